"""Command lines: cut into commands, what they do, what they lack, whether they match."""

from benchmarks.fuzzing.base import Target

from passdown.extract import checks, commands, shell, wording
from passdown.model import command_line
from passdown.verification.commands import lacks

SEEDS = [b"cd src && FOO=1 pytest -q tests/ 2>&1 | tail -5; git commit -m 'x' || echo \"no\"", b"cat <<'EOF' > a.py\nprint(1)\nEOF\nnpm run build --if-present",
         b"bash -lc 'for f in *.py; do sed -i \"s/a/b/\" $f; done'", b"make -C sub target && python -m pkg.mod"]
TOKENS = (b"&&", b"||", b";", b"|", b"$(", b")", b"`", b"<<EOF\n", b"\nEOF\n", b"'", b'"', b"\\", b"{", b"}", b"$((", b"<(", b" # ", b"sudo ", b"env A=b ",
    b"xargs ", b"cd ../.. ")


def run(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    command_line.segments(text)
    command_line.simple(text)
    shell.effects(text)
    commands.settled(text)
    commands.signature(text)
    commands.purpose(text)
    commands.commits(text)
    lacks(text, lambda _: '{"scripts": {"a": "b"}}', lambda path: len(path) % 2 == 0)


__all__ = ["TARGETS", "checks", "wording"]
TARGETS = {"shell": Target(lambda: SEEDS, run, TOKENS)}
