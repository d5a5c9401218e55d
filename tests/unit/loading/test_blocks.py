"""`<LOAD_IF>` blocks."""

import time

import pytest

from passdown.loading.blocks import ALWAYS, Blocks, blocks
from passdown.loading.markdown import Markdown


def cut(text: str) -> tuple[Blocks, list[tuple[str, int]]]:
    found = blocks(Markdown(text), "m.md")
    return found, [(text[s.start:s.end], s.condition) for s in found.segments]


def codes(found: Blocks) -> list[str]:
    return [f.code for f in found.findings]


def test_a_block_is_apart_from_the_text_around_it() -> None:
    """The tags go with their lines, text inside and outside stays as it is."""
    found, segments = cut('one\n<LOAD_IF task="a|b">\ntwo\n</LOAD_IF>\nthree\n')

    assert segments == [("one\n", ALWAYS), ("two\n", 0), ("three\n", ALWAYS)]
    assert [(c.task, c.first, c.last) for c in found.conditions] == [("a|b", 2, 4)]
    assert codes(found) == []


def test_a_block_may_stand_within_a_line() -> None:
    """Then only the tags go."""
    _, segments = cut('one <load_if task=\'a\'>two</load_if> three\n')

    assert segments == [("one ", ALWAYS), ("two", 0), (" three\n", ALWAYS)]


def test_a_nested_block_stands_under_both_conditions() -> None:
    """It is legal, and said."""
    found, segments = cut('<LOAD_IF task="a">\nx\n<LOAD_IF task="b">\ny\n</LOAD_IF>\nz\n</LOAD_IF>\n')

    assert segments == [("x\n", 0), ("y\n", 1), ("z\n", 0)]
    assert [c.parent for c in found.conditions] == [ALWAYS, 0]
    assert codes(found) == ["load-if-nested"]


def test_an_unclosed_block_does_not_swallow_the_rest() -> None:
    """It ends at the next heading or block."""
    found, segments = cut('<LOAD_IF task="a">\nx\n\n## Next\ny\n<LOAD_IF task="b">\nz\n</LOAD_IF>\nend\n')

    assert segments == [("x\n\n", 0), ("## Next\ny\n", ALWAYS), ("z\n", 1), ("end\n", ALWAYS)]
    assert codes(found) == ["load-if-unclosed"]
    assert found.findings[0].where == "m.md:1"


@pytest.mark.parametrize(("text", "code"), [
    ("a\n</LOAD_IF>\nb\n", "load-if-stray-end"),
    ("<LOAD_IF>\na\n</LOAD_IF>\n", "load-if-without-task"),
    ('<LOAD_IF task="">\na\n</LOAD_IF>\n', "load-if-without-task"),
    ('<LOAD_IF task="a\nb\n', "load-if-malformed"),
    ('```\n<LOAD_IF task="a">\n</LOAD_IF>\n```\n', "load-if-in-code"),
])
def test_what_is_wrong_is_a_finding(text: str, code: str) -> None:
    """Each with its place and what to do; nothing is lost by it."""
    found, segments = cut(text)

    assert code in codes(found)
    assert "a" in "".join(words for words, _ in segments)


def test_a_block_without_a_task_always_loads() -> None:
    """Its condition has no alternative that could fail."""
    found, _ = cut("<LOAD_IF>\na\n</LOAD_IF>\n")

    assert found.conditions[0].task == ""


def test_tags_in_code_are_text() -> None:
    """In a fenced block and in a code span; a fence that nothing closes hides nothing."""
    _, fenced = cut('```\n<LOAD_IF task="a">\nx\n</LOAD_IF>\n```\n')
    _, span = cut('write `<LOAD_IF task="a">` and `</LOAD_IF>`\n')
    _, stray = cut('```\n<LOAD_IF task="a">\nx\n</LOAD_IF>\ny\n')

    assert [c for _, c in fenced] == [ALWAYS]
    assert [c for _, c in span] == [ALWAYS]
    assert ("x\n", 0) in stray


def test_a_fenced_block_may_stand_inside_a_block() -> None:
    """As in the documents that this comes from."""
    _, segments = cut('<LOAD_IF task="a">\n```yaml\nx: 1\n```\n</LOAD_IF>\nrest\n')

    assert segments == [("```yaml\nx: 1\n```\n", 0), ("rest\n", ALWAYS)]


@pytest.mark.parametrize("text", [
    '<LOAD_IF task="a">\n' * 20_000,
    "</LOAD_IF>\n" * 20_000, '<LOAD_IF task="a">x</LOAD_IF>' * 20_000, "<LOAD_IF " * 50_000, '<LOAD_IF task="' + "a" * 1_000_000,
    "```\n" * 50_000 + "<LOAD_IF>", ("```\n~~~~\n````\n" * 10_000) + "<LOAD_IF>", "`" * 500_000 + '<LOAD_IF task="a">',
], ids=["open", "close", "one line", "half tags", "long attribute", "fences", "mixed fences", "ticks"])
def test_hostile_documents_take_linear_time(text: str) -> None:
    """Twenty thousand tags are cut in seconds, and findings are bounded."""
    began = time.process_time()
    found = blocks(Markdown(text), "m.md")

    assert time.process_time() - began < 4
    assert len(found.findings) <= 20
