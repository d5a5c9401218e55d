"""Prose is cut into sentences, and what nobody said in this message is left out."""

from passdown.extract.prose import blocks, mask, sentences


def _said(text: str) -> list[str]:
    return [s.text for block in blocks(text) for s in sentences(text, block)]


def test_sentences_end_at_stops_and_not_at_abbreviations() -> None:
    """A stop followed by a blank ends a sentence; `e.g.`, file names and versions do not."""
    assert _said("Use a queue, e.g. Redis. It reads config.toml v1.2 once. done!") == ["Use a queue, e.g. Redis.", "It reads config.toml v1.2 once.", "done!"]


def test_dots_in_the_middle_of_a_thought_do_not_end_it() -> None:
    """An ellipsis ends a sentence only before a capital letter."""
    assert _said("that again... the job hangs") == ["that again... the job hangs"]
    assert _said("Not sure... Use the queue.") == ["Not sure...", "Use the queue."]


def test_code_tables_quotations_and_pasted_output_are_left_out() -> None:
    """Fences, indented code, tables, block quotes, markup, diffs, ticked boxes and compiler lines are no prose."""
    text = "Before.\n\n```sh\nWe decided this.\n```\n\n| a | b |\n> quoted\n<b>x</b>\n- [x] done item\nsrc/a.go:3:4: error here\n\n    indented code\n\nAfter."
    assert _said(text) == ["Before.", "After."]


def test_an_open_fence_hides_the_rest() -> None:
    """A fence that is never closed is code to the end."""
    assert _said("One.\n~~~\nTwo.\n```\nThree.") == ["One."]


def test_headings_and_lead_ins_are_the_context_of_what_stands_below() -> None:
    """A heading, a line in bold or a short line that ends in a colon heads the list below it and is no sentence itself."""
    found = [(b.heading, b.item) for b in blocks("# Plan\nText.\n\n**Next steps**\n- one\n\nStill open:\n1. two")]
    assert found == [("Plan", False), ("Next steps", True), ("Still open", True)]


def test_offsets_point_at_the_sentence_in_the_message() -> None:
    """A start and an end cut the sentence out of the message, line breaks and all."""
    text = "- First thing here.\n- Second one that is long enough to have been wrapped by its writer\n  and goes on."
    for block in blocks(text):
        for s in sentences(text, block):
            assert " ".join(text[s.start:s.end].split()) == s.text


def test_the_mask_hides_code_and_quotations_and_keeps_every_place() -> None:
    """Citations are filled, letters are lowered, emphasis is blanked; the length never changes."""
    for text in ('Use `rm -rf` **now**, she said "we decided" İ', "İstanbul’s plan — “never”", ""):
        assert len(mask(text)) == len(text)
    assert "decided" not in mask('she said "we decided that"')
    assert "`" not in mask("call `decide()` now")


def test_a_sentence_knows_what_follows_it_in_its_paragraph() -> None:
    """`next` is the following sentence of the same block, None at its end."""
    text = "One is here. Two is here.\n\nThree."
    first, second = sentences(text, next(blocks(text)))
    assert first.next == second
    assert second.next is None
