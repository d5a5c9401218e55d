"""Plans of productions."""

from pathlib import Path

from benchmarks.fuzzing.base import GOLDEN, Target

from passdown.errors import PassdownError
from passdown.workflows.parse import look, parse

ROOT = GOLDEN.parents[1]
TOKENS = (b"phases:\n", b"&a ", b"*a", b"<<: *a\n", b"- ", b": |\n", b"? ", b"!!python/object/apply:os.system", b"needs: ", b"{item}", b"../", b"~/",
    b"budget: {", b"%YAML 1.2\n",
          b"---\n", b"{", b"[", b"timeout: 99999999999999 h\n", b"gate: ")


def seeds() -> list[bytes]:
    found = [*(ROOT / "src" / "passdown" / "actions" / "plan_templates").glob("*.yaml"), *(ROOT / "examples").rglob("*.yaml")]
    return [path.read_bytes() for path in sorted(found, key=Path.as_posix)] + [b"a: &a [1]\nb: [*a, *a]\n"]


def run(data: bytes) -> None:
    look(data, "x")
    parse(data, "x", "x.yaml")


TARGETS = {"plan": Target(seeds, run, TOKENS, (PassdownError,))}
