"""The commit is not part of any branch any more: history was rewritten, or its branch was thrown away."""

from passdown.verification.base import HOLDS, UNVERIFIED, CommitNamed, Verdict, View

TAKES = CommitNamed


def check(claim: CommitNamed, view: View) -> Verdict | None:
    """Of one that git does not know only when it was made in a captured session: then it was there."""
    match view.commit(claim.sha):
        case "here":
            return HOLDS
        case "elsewhere":
            return Verdict("holds", "✔", "on another branch")
        case "nowhere":
            return Verdict("commit-gone", "✗", "is on no branch any more", "error")
        case _:
            return Verdict("commit-gone", "✗", "is not in the repository any more", "error") if claim.made else UNVERIFIED


__all__ = ["TAKES", "check"]
