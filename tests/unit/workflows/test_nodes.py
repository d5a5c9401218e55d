"""Hostile and broken YAML: one clear message with its place, soon, and nothing that grows."""

import tracemalloc

import pytest

from passdown.workflows.nodes import MAX_BYTES, NotReadError, read, text_of


def said(data: bytes) -> str:
    with pytest.raises(NotReadError) as error:
        read(text_of(data))
    problem = error.value.problem
    return f"{problem.line}:{problem.column} {problem.message}"


@pytest.mark.parametrize(("data", "wanted"), [
    (b"a:\n\tb: 1", "2:1 not YAML: a tab indents here; YAML takes spaces only"),
    (b"run: echo a: b", "1:12 not YAML: `: ` stands inside a text; put the whole text in quotes"),
    (b"a: 'x", "1:6 not YAML: a quote or bracket is opened and never closed"),
    (b"a: [1, 2", "not YAML: "),
    (b"a: x\n b: y", "not YAML: "),
    (b"ok: 1\na: caf\xe9", "2:7 not UTF-8 (byte 0xe9)"),
    (b"\xff\xfea\0", "1:1 not UTF-8"),
    (b"a: \x01", "1:4 character U+0001, which YAML forbids"),
    (b"a: 1\n---\nb: 2", "2:1 a second document"),
    (b"a: !!python/object/apply:os.system [x]", "1:4 a tag"),
    (b"a: &x [*x]", "1:8 `*x` stands inside itself"),
    (b"a: *nobody", "1:4 `*nobody` names nothing above it"),
])
def test_what_is_no_plain_yaml_is_refused_where_it_stands(data: bytes, wanted: str) -> None:
    """Line and column, what is wrong, and what would be right."""
    assert said(data).startswith(wanted) or wanted in said(data)


@pytest.mark.parametrize("sign", ["[", "{", "- ", "[\n", "? "])
def test_depth_is_bounded(sign: str) -> None:
    """Thousands of levels are refused at the thirteenth, without a stack that overflows."""
    assert "levels deep" in said((sign * 20_000).encode())


def test_aliases_cannot_blow_it_up() -> None:
    """Nine lines that stand for a billion values are refused, and take no memory."""
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    tracemalloc.start()
    message = said("\n".join(lines).encode())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert "more than 10,000 values" in message
    assert peak < 8_000_000


def test_size_is_bounded() -> None:
    """A file that is no plan is not read to its end."""
    assert "a plan has at most" in said(b"a" * (MAX_BYTES + 1))


def test_long_words_are_cut_in_messages() -> None:
    """A message is for a person, however long the word is."""
    assert len(said(b"a: !" + b"x" * 50_000 + b" y")) < 300


def test_words_stay_words() -> None:
    """`no`, `~`, `1e3` and dates are texts: a plan has no types of its own."""
    node = read("[no, ~, 1e3, 2026-11-20, 0x10, 'yes']")

    assert [item.text for item in node.items] == ["no", "~", "1e3", "2026-11-20", "0x10", "yes"]


def test_a_byte_order_mark_is_no_character() -> None:
    """Editors that put one before a file do not shift its columns."""
    assert read(text_of(b"\xef\xbb\xbfa: b")).pairs[0][0].column == 1


def test_a_value_may_be_used_again_by_its_alias() -> None:
    """Aliases are taken where they are small."""
    assert [value.text for _, value in read("a: &x y\nb: *x").pairs] == ["y", "y"]
