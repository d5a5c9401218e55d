"""The command cannot be run any more: its script, target or file is not there."""

from passdown.verification import commands
from passdown.verification.anchors import text_of
from passdown.verification.base import HOLDS, UNVERIFIED, Runs, Verdict, View

TAKES = Runs


def check(claim: Runs, view: View) -> Verdict | None:
    """Gone only when it could be run from there at the time when it was said; else what it lacks is told, and no more is known."""
    problem = commands.lacks(claim.command, lambda path: text_of(view.content(path) or b""), view.there, claim.cwd)
    if not problem:
        return HOLDS
    if not lacked(claim, view):
        return Verdict("command-gone", "✗", problem, "error")
    return Verdict(UNVERIFIED.code, "", problem, UNVERIFIED.severity)


def lacked(claim: Runs, view: View) -> str:
    """What it lacked when it was said."""
    def read(path: str) -> str:
        return text_of(view.had(path, claim.said) or b"")

    return commands.lacks(claim.command, read, lambda path: view.had(path, claim.said) is not None, claim.cwd)


__all__ = ["TAKES", "check"]
