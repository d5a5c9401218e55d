"""Front matter: a subset of YAML in which everything is a string."""

import pytest
import yaml

from passdown.errors import InvalidRecord
from passdown.formats import front_matter

NOT_STRINGS_TO_YAML = [
    "no", "Yes", "ON", "y", "null", "~", "", "true", "1", "1e3", "0x1F", "0o17", "1_000", "1:30", ".5", ".inf", ".nan", "2026-11-20",
    "2026-11-20T10:00:00Z", "=", "<<", "- a", "? a", "a: b", "a:", "a #b", "#a", "*a", "&a", "!a", "!!int 3", "%a", "@a", "`a", "[a]", "{a}", "'a", '"a"',
    "|", ">", "a\nb", " a", "a ", "a\tb", "\u2028", "\x85", "\x07", "\ufeff", "---", "...", "a\u202eb",
]


@pytest.mark.parametrize("text", [*NOT_STRINGS_TO_YAML, "plain words", "src/queue.py:88#drain", "größer, schöner", "it's", "a:b", "a#b", "😀 ok", "/abs"])
def test_every_yaml_reader_gets_the_same_string(text: str) -> None:
    """Our own parser, PyYAML with types and PyYAML without read back what was written, as a value and in a list."""
    written = front_matter.render([("key", text), ("list", (text, "x"))], "")
    head = front_matter.split(written, "x")[0]

    assert front_matter.canonical(head, "x") == {"key": text, "list": (text, "x")}
    for loader in (yaml.SafeLoader, yaml.BaseLoader):
        assert yaml.load(head, Loader=loader) == {"key": text, "list": [text, "x"]}


@pytest.mark.parametrize("text", NOT_STRINGS_TO_YAML)
def test_what_yaml_would_read_otherwise_is_quoted(text: str) -> None:
    """Nothing that means something to YAML stands without quotes."""
    assert front_matter.scalar(text).startswith('"')


@pytest.mark.parametrize(("head", "fields"), [
    ("key: 'single'\n", {"key": "single"}),
    ("key: 2026-11-20   # a comment\n", {"key": "2026-11-20"}),
    ("key:\n- a\n- b\n", {"key": ("a", "b")}),
    ("key: [a, no]\n", {"key": ("a", "no")}),
    ("key: >\n  folded\n  text\n", {"key": "folded text\n"}),
    ("key:\n", {"key": ""}),
    ("key: a\n  - b\n", {"key": "a - b"}),
    ("\n# only a comment\nkey: a\n", {"key": "a"}),
])
def test_what_people_write_is_read(head: str, fields: dict[str, object]) -> None:
    """Any YAML of texts and lists of texts is taken, and nothing in it becomes a number, a date or a truth value."""
    assert front_matter.parse(head, "x") == fields


@pytest.mark.parametrize(("head", "reason"), [
    ("a: b\na: c\n", "comes twice"),
    ("a: 'b'\na: c\n", "line 3: `a` comes twice"),
    ("a: {b: c}\n", "line 2: `a` is neither"),
    ("a:\n  b: c\n", "neither a text nor a list"),
    ("a: [b, [c]]\n", "neither a text nor a list"),
    ("a: 'b\n", "line"),
    ("just words\n", "not made of lines"),
    ("- a\n", "not made of lines"),
    ("1: b\n", "cannot be a key"),
    ("a: \x07\n", "line|nested|characters"),
    ("a: " + "[" * 5000 + "\n", "line|nested"),
])
def test_what_cannot_be_read_is_refused_with_its_line(head: str, reason: str) -> None:
    """An error names the file, and the line of the file where there is one."""
    with pytest.raises(InvalidRecord, match=reason):
        front_matter.parse(head, "x.md")


def test_split_takes_what_editors_do_to_line_ends() -> None:
    """A byte order mark goes, CRLF becomes LF when the first line has it, and `---` in the body is body."""
    assert front_matter.split("\ufeff---\r\na: b\r\n---\r\n\r\ntext\r\n", "x") == ("a: b\n", "\ntext\n")
    assert front_matter.split("---\na: b\n---\nx\r\n---\n", "x") == ("a: b\n", "x\r\n---\n")
    assert front_matter.split("---\n---\nx", "x") == ("", "x")
    assert front_matter.split("---\na: b\n---", "x") == ("a: b\n", "")


@pytest.mark.parametrize("text", ["", "a: b\n", "---\na: b\n", "----\na: b\n---\n"])
def test_split_refuses_what_has_no_front_matter(text: str) -> None:
    """Both fences have to be there."""
    with pytest.raises(InvalidRecord):
        front_matter.split(text, "x.md")


def test_lists_of_plain_and_quoted_items() -> None:
    """What one item looks like says nothing about the next one."""
    head = front_matter.split(front_matter.render([("list", ("a", "größer", "no", "a: b", 'say "hi"', "z"))], ""), "x")[0]

    assert front_matter.canonical(head, "x") == {"list": ("a", "größer", "no", "a: b", 'say "hi"', "z")}


@pytest.mark.parametrize("head", ["a: b\n\nc: d\n", "a: b\n  - c\n", "a:\n", "a:b\n", " a: b\n", "a: b", 'a: "b\n', "a: b:\n"])
def test_what_is_not_our_form(head: str) -> None:
    """A line that `render` would not write is left to the wider parser."""
    with pytest.raises(front_matter.NotCanonicalError):
        front_matter.canonical(head, "x")
