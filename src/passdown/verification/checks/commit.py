"""The commit is not part of any branch any more: history was rewritten, or its branch was thrown away."""

from passdown.verification.base import HOLDS, UNVERIFIED, CommitNamed, Verdict, View

TAKES = CommitNamed


def check(claim: CommitNamed, view: View) -> Verdict | None:
    """Of one that git does not know only when it had it at the capture of the session in which it was made."""
    match view.commit(claim.sha):
        case "here":
            return HOLDS
        case "elsewhere":
            return Verdict("holds", "✔", "on another branch")
        case "nowhere":
            return Verdict("commit-gone", "✗", "is on no branch any more", "error")
        case "unknown" if claim.made:
            return Verdict("commit-gone", "✗", "is not in the repository any more", "error")
        case _:
            return UNVERIFIED


__all__ = ["TAKES", "check"]
