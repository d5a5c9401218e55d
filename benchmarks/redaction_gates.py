"""Makes `src/passdown/redaction/gates.py` from the rules: with it a process that prints a page loads none of them.

Usage: python -m benchmarks.redaction_gates > gates.py && mv gates.py src/passdown/redaction/   (after each change of a rule; a test says when it was forgotten)
"""

import sys

from passdown.redaction.loosening import gates

WIDTH = 150
HEAD = '''"""What runs over every text, and the groups of rules (by place in `table.GROUPS`) that it speaks for; made by `benchmarks/redaction_gates.py`."""

GATES: tuple[tuple[str, tuple[int, ...]], ...] = (
{gates}
)

__all__ = ["GATES"]
'''


def shown(pattern: str, groups: tuple[int, ...]) -> str:
    """One gate: its pattern in pieces that fit on a line."""
    pieces = [pattern[at: at + WIDTH // 2] for at in range(0, len(pattern), WIDTH // 2)]
    return "    ((\n" + "\n".join(f"        {piece!r}" for piece in pieces) + f"\n    ), {groups!r}),"


def text() -> str:
    return HEAD.format(gates="\n".join(shown(*one) for one in gates()))


if __name__ == "__main__":
    sys.stdout.write(text())
