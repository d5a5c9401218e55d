"""What was seen stands in another file: git calls it a rename, or the same lines or symbol are found there."""

from passdown.model.anchor import Anchor
from passdown.verification.anchors import text_of
from passdown.verification.base import Place, Verdict, View
from passdown.verification.symbols.table import defined

TAKES = Place


def check(claim: Place, view: View) -> Verdict | None:
    """A file that is there has moved only in so far as its lines or symbol did."""
    anchor = claim.anchor
    now = view.content(anchor.path)
    if now is None and view.there(anchor.path):
        return None
    if now is not None and (not (anchor.first or anchor.signature) or (anchor.signature and defined(anchor.path, text_of(now), anchor.symbol))):
        return None  # it is there, and has changed
    path, line = view.elsewhere(anchor)
    if path:
        whole = not (anchor.first or anchor.signature)
        return Verdict("moved", "~", f"moved to {path}" + ("" if whole else f":{line}"), to=anchor.at(path, line).place)
    to = "" if view.there(anchor.path) else view.renamed(anchor.path)
    if not to:
        return None
    changed = ", and changed" if anchor.first or anchor.signature else ""
    return Verdict("moved", "~", f"moved to {to}{changed}", to=Anchor(to, symbol=anchor.symbol).place)  # at which lines, nobody knows


__all__ = ["TAKES", "check"]
