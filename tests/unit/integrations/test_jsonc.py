"""Reading JSON with comments, with the place of everything."""

import json

import pytest

from passdown.integrations import jsonc


def parsed(text: str) -> jsonc.Node:
    node = jsonc.parse(text)
    assert node
    return node


@pytest.mark.parametrize("text", [
    "{}", "[]", "0", '"x"', "null", '{"a": [1, -2.5e3, true, false, null, "\\u00e9\\"\\\\"]}', ' \t\r\n{"a":{"b":[]}}\n', '{"é": "日本"}'])
def test_strict_json_reads_as_the_standard_library_reads_it(text: str) -> None:
    """What is JSON has the same value for both."""
    assert parsed(text).plain() == json.loads(text)


@pytest.mark.parametrize("text", [
    '{"a": 1,}', '{"a": /* x */ 1}', '{"a": 1 // one\n}', '// first\n{"a": 1}\n// last', '\ufeff{"a": 1}', '{/*,*/"a"/*:*/:/*"*/1/*}*/,/**/}'])
def test_what_people_write_beside_json_is_read_too(text: str) -> None:
    """Comments, a trailing comma and a byte order mark change nothing."""
    assert parsed(text).plain() == {"a": 1}


def test_comment_marks_in_strings_are_text() -> None:
    """A URL in a string is no comment."""
    text = '{"a": "https://x/*y*/", // z\n "b": 1}'

    assert parsed(text).plain() == {"a": "https://x/*y*/", "b": 1}
    assert jsonc.comment_ends(text) == {text.index("z") + 1}


@pytest.mark.parametrize(("text", "where"), [
    ('{"a": 1', "line 1, column 8"), ('{"a" 1}', "line 1, column 6"), ('{"a": 1 "b": 2}', "line 1, column 9"), ("{'a': 1}", "line 1, column 2"),
    ('{\n  "a": tru\n}', "line 2, column 8"), ('{} {}', "line 1, column 4"), ('{"a": "x\n"}', "line 1, column 7"), ("{/* open }", "line 1, column 2"),
    ('{,}', "line 1, column 2"), ('[1,,2]', "line 1, column 4"), ("01", "line 1, column 1"), ('{"a": "\\q"}', "line 1, column 7"), ("[" * 5_000, "line 1")])
def test_what_does_not_parse_is_told_with_its_place(text: str, where: str) -> None:
    """Line and column lead to the mistake; deep nesting ends in an error, too."""
    with pytest.raises(jsonc.NotJsonError, match=where):
        jsonc.parse(text)


@pytest.mark.parametrize("text", ["", " \n", "// nothing yet\n", "\ufeff", "/* a */ // b"])
def test_a_text_without_a_value_is_no_mistake(text: str) -> None:
    """An empty file, or one of comments alone, holds nothing."""
    assert jsonc.parse(text) is None


def test_places_lead_back_to_the_text() -> None:
    """Start and end of every member cut out what it is."""
    text = '{ "a" : [1 , 2,] /*c*/ , "b":{} }'
    a, b = parsed(text).members

    assert [text[m.node.start : m.node.end] for m in (a, b)] == ["[1 , 2,]", "{}"]
    assert [text[m.start : m.start + 3] for m in (a, b)] == ['"a"', '"b"']
    assert (text[a.comma], b.comma, [m.comma >= 0 for m in a.node.members]) == (",", -1, [True, True])


@pytest.mark.parametrize("text", ["", "[1]", "{broken", '"x"'])
def test_settings_of_a_file_without_an_object_are_empty(text: str) -> None:
    """Who only looks something up is not stopped by a file that holds something else."""
    assert jsonc.settings(text) == {}
