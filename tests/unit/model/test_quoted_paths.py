"""Paths in quoted text, as somebody reads them who works in the project."""

import pytest

from passdown.model.quoted_paths import Shortener
from passdown.model.record import Record

SHORT = Shortener(("/home/ann/shop", "/home/ann/shop/web", "/Users/bob/wt/shop/"))


@pytest.mark.parametrize(("text", "wanted"), [
    ("See /home/ann/shop/src/a.py:3.", "See src/a.py:3."),
    ("[a](/Users/bob/wt/shop/docs/a.md), `/home/ann/shop/web/b.ts`", "[a](docs/a.md), `web/b.ts`"),
    ("cd /home/ann/shop && make", "cd . && make"),
    ("It lies in /home/ann/shop.", "It lies in the project's root."),
    ("`/home/ann/.claude/notes.md` and /home/ann", "`~/.claude/notes.md` and ~"),
    ("/home/ann/shop2/a.py", "~/shop2/a.py"),
    ("/home/zoe/x/y.py", "~/x/y.py"),
    ("C:\\Users\\kim\\x\\y.py", "~\\x\\y.py")])
def test_what_lies_in_the_project_is_relative_and_what_lies_in_a_home_begins_with_a_tilde(text: str, wanted: str) -> None:
    """A folder of the project in which a session ran is still a folder of it; another clone's root counts as the root."""
    assert SHORT(text) == wanted


@pytest.mark.parametrize("text", ["https://shop.test/home/ann/shop/a", "GET /home/help", "src/home/ann/shop/a.py", "/etc/hosts", "x/Users/bob", ""])
def test_what_is_no_such_path_stays(text: str) -> None:
    """Addresses, routes of a web site, relative paths and other places of the machine."""
    assert SHORT(text) is text


def test_all_strings_of_a_record_are_shortened_but_for_what_is_kept() -> None:
    """Details too; a record without such a path is the same object."""
    record = Record("0" * 16, "decision", "Keep /home/ann/shop/a.py", details={"why": "/home/ann/shop/b.py needs it"}, session="/home/ann/shop/s")
    short = SHORT.struct(record, keep=("session",))

    assert (short.text, short.details, short.session) == ("Keep a.py", {"why": "b.py needs it"}, "/home/ann/shop/s")
    assert SHORT.struct(short, keep=("session",)) is not record
    plain = Record("0" * 16, "decision", "Keep a.py")
    assert SHORT.struct(plain) is plain
