"""What remains of an attempt in its folder: what it printed, secrets replaced, for `logs`; the rest goes when its run is over."""

from pathlib import Path

from passdown import files
from passdown.redaction.cuts import head, tail
from passdown.redaction.scan import redact

OUTPUT_CHARS = 1 << 20  # of what a phase printed that are kept: the first and the last half
OUTPUT = "output"


def put_away(folder: Path) -> str:
    """What was printed, redacted, in its file and as text."""
    raw = (files.read(folder / OUTPUT) or b"").decode("utf-8", "replace")
    half = OUTPUT_CHARS // 2
    safe = redact(raw) if len(raw) <= OUTPUT_CHARS else redact(
        f"{head(raw, half)}\n… {len(raw) - OUTPUT_CHARS} characters are left out here …\n{tail(raw, half)}")
    files.write(folder / OUTPUT, safe, durable=False)
    return safe


def clear(folder: Path) -> None:
    """Take away all of an attempt that was settled but what it printed. Cut short, it can be repeated. Raises `WriteFailed`."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            files.remove_folder(path)
        elif path != folder / OUTPUT:
            files.remove(path, durable=False)


__all__ = ["clear", "put_away"]
