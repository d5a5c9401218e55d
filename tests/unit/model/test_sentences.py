"""The one cutter of prose."""

from passdown.model.sentences import mask, sentences, spans


def test_a_span_is_verbatim_and_bears_no_white_space() -> None:
    """Offsets give back what stands in the text."""
    text = "  One is done.  Two is\nnot, says v1.2 of it. "
    assert [text[a:b] for a, b in spans(text, mask(text))] == ["One is done.", "Two is", "not, says v1.2 of it."]


def test_a_stop_in_code_or_a_quotation_ends_nothing() -> None:
    """What is cited may hold whole sentences."""
    assert sentences('Call `a. B` first. He said "Stop. Now" and left.') == ["Call `a. B` first.", 'He said "Stop. Now" and left.']


def test_marks_of_lists_and_headings_are_cut_off() -> None:
    """Each item is a sentence; code blocks and table rows are none."""
    text = "# Title\n- one item\n2. another one\n> cited\n```\ncode. Here.\n```\n| a | b |\nEnd."
    assert sentences(text) == ["Title", "one item", "another one", "cited", "End."]


def test_other_stops_count_too() -> None:
    """Full stops of Chinese and Japanese end a sentence without a blank behind them."""
    assert sentences("使用队列。不要用线程。") == ["使用队列。", "不要用线程。"]


def test_a_mask_has_the_length_of_its_text() -> None:
    """Letters that grow in lower case do not shift what follows."""
    assert len(mask("İstanbul `x` “y”")) == len("İstanbul `x` “y”")
