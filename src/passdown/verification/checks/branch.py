"""The branch was merged, or is not there any more."""

from passdown.verification.base import HOLDS, UNVERIFIED, Branch, Verdict, View

TAKES = Branch


def check(claim: Branch, view: View) -> Verdict | None:
    """A branch that was merged is done with, whether it is still there or not."""
    state = view.branch(claim)
    if not state.known:
        return UNVERIFIED
    if state.into:
        by = f" by {state.by}" if state.by else ""
        return Verdict("branch-merged", "~", f"was merged into {state.into}{by}" + ("" if state.there else ", and deleted"))
    return HOLDS if state.there else Verdict("branch-deleted", "✗", "is not there any more, and not merged as far as git tells")


__all__ = ["TAKES", "check"]
