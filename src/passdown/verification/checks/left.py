"""What was not committed when a session ended: committed since, still there, or lost."""

from passdown.verification.base import HOLDS, UNVERIFIED, Left, Verdict, View

TAKES = Left


def check(claim: Left, view: View) -> Verdict | None:
    """Lost is said only when no commit and no change in the work tree holds it."""
    match view.left(claim):
        case "there":
            return HOLDS
        case "committed":
            return Verdict("holds", "✔", "committed since")
        case "gone":
            return Verdict("uncommitted-gone", "✗", "its uncommitted changes are neither in the work tree nor in a commit", "error")
        case _:
            return UNVERIFIED


__all__ = ["TAKES", "check"]
