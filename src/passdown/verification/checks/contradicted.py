"""What was said not to be there, not to be done or to fail is there, is done, or passes now."""

import re

from passdown.model.anchor import Anchor
from passdown.verification import sayings
from passdown.verification.anchors import text_of
from passdown.verification.base import HOLDS, UNVERIFIED, Branch, Left, Says, Verdict, View
from passdown.verification.symbols.table import defined

TAKES = Says


def check(claim: Says, view: View) -> Verdict | None:
    """Only of what was not there when it was said."""
    for kind, sentence in sayings.negative(claim.text):
        if note := JUDGES[kind](claim, sentence, view):
            return Verdict("contradicted", "✗", note, "error")
    return HOLDS if claim.anchors else UNVERIFIED


def absent(claim: Says, sentence: str, view: View) -> str:
    """A name of code is looked for in the files that the sentence names, else anywhere; a file itself only where no name is given."""
    files = [a for a in claim.anchors if a.path in sentence]
    symbols = [s for s in sayings.names(sentence) if s not in {a.path for a in files}]
    if symbols:
        return next((note for s in symbols if (note := defined_now(claim, s, files, view))), "")
    there = next((a.path for a in files if not a.seen and view.content(a.path) is not None), "")
    return f"{there} is there now" if there else ""


def defined_now(claim: Says, symbol: str, files: list[Anchor], view: View) -> str:
    if any(a.signature and a.symbol == symbol for a in files):
        return ""  # it was there when this was said: something else is meant
    if not files and not telling(symbol):
        return ""
    path, line = view.defines(symbol, [a.path for a in files])
    if not path or not claim.said or not view.newer(path, claim.said):
        return ""
    then = view.had(path, claim.said)
    if then is not None and defined(path, text_of(then), symbol):
        return ""
    return f"`{symbol}` is defined now: {path}:{line}"


def telling(symbol: str) -> bool:
    """Whether a name says by itself what it means: it has several words. Any file may come to define a `close`."""
    return bool(re.search(r"[^\W_](?:_+|\.|::)[^\W_]|[a-z][A-Z]", symbol))


def failing(claim: Says, sentence: str, view: View) -> str:
    command = view.passed(sentence, claim.said)
    return f"`{command}` has passed since" if command else ""


def uncommitted(claim: Says, sentence: str, view: View) -> str:
    files = [a for a in claim.anchors if a.path in sentence and a.seen]
    states = [view.left(Left(a.path, a.commit, "" if a.first or a.signature else a.seen)) for a in files]
    return f"{files[0].path} was committed since" if states and all(s == "committed" for s in states) else ""


def unmerged(_claim: Says, sentence: str, view: View) -> str:
    words = {w.strip("`\"'.,;:()") for w in sentence.split()}
    merged = ((w, view.branch(Branch(w))) for w in sorted(words) if w)
    return next((f"{name} was merged into {state.into}" for name, state in merged if state.known and state.into), "")


JUDGES = {sayings.ABSENT: absent, sayings.FAILING: failing, sayings.UNCOMMITTED: uncommitted, sayings.UNMERGED: unmerged}

__all__ = ["TAKES", "check"]
