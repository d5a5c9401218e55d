"""Short pieces of longer texts."""

from passdown.extract.wording import clip, closing_line, ends, first_sentence, said_about, telling_line


def test_a_clip_is_never_longer_than_its_limit() -> None:
    """What is cut ends in an ellipsis."""
    assert clip("abcdef", 6) == "abcdef"
    assert clip("abcdefg", 6) == "abcde…"


def test_both_ends_are_kept() -> None:
    """Of a long text the beginning and the end remain."""
    assert ends("a" * 50 + "b" * 50, 10) == "aaaaa\n[…]\nbbbbb"


def test_the_sentence_about_a_file_wins() -> None:
    """What was said of the file goes before what was said last."""
    said = "The queue in `retry.py` delivers twice. I will run the tests afterwards and see."

    assert said_about(said, "retry.py") == "The queue in `retry.py` delivers twice."
    assert said_about(said, "other.py") == "I will run the tests afterwards and see."


def test_a_sentence_of_two_words_says_little() -> None:
    """A longer sentence before it is preferred."""
    assert said_about("The guard compares the wrong side of the pair. Fix that:", "x.py") == "The guard compares the wrong side of the pair."
    assert said_about("Fix that:", "x.py") == "Fix that:"


def test_code_and_tables_are_no_sentences() -> None:
    """Only prose counts."""
    assert first_sentence("```\nx = 1.\n```\n| a | b |\n- Do it now. Then rest.") == "Do it now."


def test_closing_line_passes_over_rules_and_blanks() -> None:
    """The last line that says something."""
    assert closing_line("a\nBuild done.\n=====\n\n") == "Build done."
    assert closing_line("\x1b[32mok\x1b[0m\r\n") == "ok"
    assert closing_line(" \n") == ""


def test_the_telling_line_is_the_error() -> None:
    """A broken test tells most, then a raised error, then a line that speaks of one, then the end."""
    trace = 'Traceback (most recent call last):\n  File "a.py", line 1\nValueError: no such colour\nmake: done'

    assert telling_line(trace) == "ValueError: no such colour"
    assert telling_line("error: logged by a test\n(fail) queue > drains twice [3ms]") == "(fail) queue > drains twice [3ms]"
    assert telling_line("compiling\nerror: expected `;`\nhint: add it") == "error: expected `;`"
    assert telling_line("Exit code 1\nall was quiet") == "all was quiet"
