"""How an anchored place stands: said only of what was seen."""

import pytest

from passdown.model.anchor import Anchor
from passdown.model.ids import content_hash
from passdown.verification.anchors import CHANGED, GONE, HOLDS, UNKNOWN, moved_to, stands

TEXT = b"one\ntwo\nthree\nfour\n"


def anchored(first: int = 0, last: int = 0) -> Anchor:
    part = b"".join(TEXT.splitlines(keepends=True)[first - 1: max(first, last)]) if first else TEXT
    return Anchor("a.py", first, last, seen=content_hash(part))


@pytest.mark.parametrize(("anchor", "now", "verdict"), [
    (anchored(), TEXT, HOLDS), (anchored(), TEXT + b"five\n", CHANGED), (anchored(), None, GONE), (anchored(2, 3), b"zero\n" + TEXT, HOLDS),
    (anchored(2, 3), TEXT.replace(b"three", b"3"), CHANGED), (anchored(2, 3), b"one\n", CHANGED), (Anchor("a.py"), None, UNKNOWN),
    (Anchor("a.py", 2), TEXT, UNKNOWN)])
def test_each_verdict(anchor: Anchor, now: bytes | None, verdict: str) -> None:
    """As it was, moved within its file, changed, gone, or never seen."""
    assert stands(anchor, now) == verdict


def test_moved_lines_are_found_where_they_are() -> None:
    """The line at which the same lines stand now, 0 when they stand nowhere."""
    assert moved_to(anchored(2, 3), b"x\ny\n" + TEXT) == 4
    assert moved_to(anchored(2, 3), b"x\ny\n") == 0
