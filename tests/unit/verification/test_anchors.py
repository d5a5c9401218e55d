"""What an anchored place holds, and where it stands now: said only of what was seen."""

import pytest

from passdown.model.anchor import Anchor
from passdown.model.ids import content_hash
from passdown.verification.anchors import alike, excerpt, line_now, line_shifted, normal, part, tells

TEXT = b"one\ntwo = open_the_queue()\nthree\nfour\n"


def anchored(first: int = 0, last: int = 0) -> Anchor:
    return Anchor("a.py", first, last, seen=content_hash(excerpt(TEXT, first, last) or b""))


@pytest.mark.parametrize(("anchor", "now", "line"), [
    (anchored(), TEXT, 1), (anchored(), TEXT + b"five\n", 0), (anchored(2, 3), b"zero\n" + TEXT, 3), (anchored(2, 3), TEXT, 2),
    (anchored(2, 3), TEXT.replace(b"three", b"3"), 0), (anchored(2, 3), b"one\n", 0), (anchored(3, 9), TEXT, 3), (anchored(4, 4), b"four\n", 0)])
def test_where_it_stands(anchor: Anchor, now: bytes, line: int) -> None:
    """Where it stood, some lines on, beyond the end as far as it was seen, or nowhere."""
    assert line_now(anchor, now) == line


def test_a_look_alike_elsewhere_is_not_the_place() -> None:
    """Lines that say nothing by themselves, and those that stand twice, are not known again away from where they were."""
    text = b"x\n}\ny\n}\nz\n}\n"
    brace, twice = Anchor("a.js", 5, 5, seen=content_hash("}\n")), b"return lookup_in_the_cache(key)\n"

    assert line_now(Anchor("a.js", 4, 4, seen=content_hash("}\n")), text) == 4
    assert (line_now(brace, text), alike(brace, text)) == (0, True)
    assert line_now(Anchor("a.js", 9, 9, seen=content_hash(twice)), b"a\n" + twice) == 2
    assert line_now(Anchor("a.js", 9, 9, seen=content_hash(twice)), b"a\n" + twice + b"b\n" + twice) == 0


def test_what_changed_around_a_line_shifts_it() -> None:
    """A line that looks like many others is followed through the change; one that was changed itself is nowhere."""
    before = b"def a():\n    return True\n\n\ndef b():\n    return True\n"
    anchor = Anchor("a.py", 6, 6, seen=content_hash("    return True\n"))

    assert line_shifted(anchor, before, b"import os\n" + before) == 7
    assert line_shifted(anchor, before, before.replace(b"def b():\n    return True", b"def b():\n    return 1")) == 0
    assert line_shifted(anchor, None, before) == 0


def test_a_symbol_is_found_wherever_it_is_defined() -> None:
    """An anchor to a symbol means its lines: what changes around them does not count."""
    before, after = b"def drain(queue):\n    return 1\n", b"import os\n\n\ndef other():\n    pass\n\n\ndef drain(queue):\n    return 1\n"
    anchor = Anchor("a.py", symbol="drain", seen=content_hash(before), signature="0123456789ab")

    assert line_now(anchor, after) == 8
    assert part(anchor, after) == before
    assert line_now(anchor, after.replace(b"return 1", b"return 2")) == 0


def test_line_ends_do_not_count() -> None:
    """A checkout with other line ends is the same text."""
    assert line_now(anchored(2, 3), normal(TEXT.replace(b"\n", b"\r\n"))) == 2


def test_a_brace_tells_nothing() -> None:
    """What stands in every file is not known again in another one."""
    assert not tells(b"    }\n")
    assert tells(b"    return frobnicate(queue)\n")
