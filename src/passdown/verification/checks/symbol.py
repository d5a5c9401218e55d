"""The symbol is not defined in the file any more, or its signature is another one."""

from passdown.verification.anchors import text_of
from passdown.verification.base import Place, Verdict, View
from passdown.verification.symbols.table import defined

TAKES = Place


def check(claim: Place, view: View) -> Verdict | None:
    """Only of a symbol that was seen defined there."""
    anchor = claim.anchor
    now = view.content(anchor.path)
    if not (anchor.symbol and anchor.signature) or now is None:
        return None
    found = defined(anchor.path, text_of(now), anchor.symbol)
    by = view.broken_by(anchor)
    told = f" {by.words}" if by else ""
    if found is None:
        return Verdict("symbol-gone", "✗", f"`{anchor.symbol}` removed{told}" if by else f"`{anchor.symbol}` is not in it any more", "error")
    if found.signature != anchor.signature:
        return Verdict("signature-changed", "~", f"signature of `{anchor.symbol}` changed{told}")
    return None


__all__ = ["TAKES", "check"]
