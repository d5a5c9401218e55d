"""What a project and a document want to hear nothing of."""

import pytest

from passdown.lint.base import World, read
from passdown.lint.settings import settings
from passdown.lint.table import codes, findings

TODAY = World("2026-11-20")
TEXT = "# A\n- [SESSION_ID]\n- [PROJECT_NAME]\n"


def found(text: str, table: dict[str, object] | None = None, path: str = "docs/a.md") -> list[tuple[str, str]]:
    wanted = settings(table or {}, codes())
    return [(f.where.rpartition(":")[2], f.severity) for f in findings(read(path, text, None), TODAY, wanted) if f.code == "placeholder"]


def test_without_settings_every_rule_speaks() -> None:
    """Both placeholders are found, as errors."""
    assert found(TEXT) == [("2", "error"), ("3", "error")]


def test_a_code_may_be_silenced_for_the_project_or_for_some_documents() -> None:
    """`disable` is for all of them, `paths` for those that a glob names."""
    assert found(TEXT, {"disable": ["placeholder"]}) == []
    assert found(TEXT, {"paths": {"docs/*": ["placeholder"]}}) == []
    assert found(TEXT, {"paths": {"docs/*": ["*"]}}) == []
    assert found(TEXT, {"paths": {"notes/*": ["placeholder"]}}) == [("2", "error"), ("3", "error")]


def test_a_severity_may_be_another_one() -> None:
    """A team may think otherwise of how grave something is."""
    assert found(TEXT, {"severity": {"placeholder": "info"}}) == [("2", "info"), ("3", "info")]


@pytest.mark.parametrize(("table", "said"), [
    ({"disabled": []}, "check.disabled"), ({"disable": ["placehodler"]}, "placehodler"), ({"severity": {"placeholder": "fatal"}}, "placeholder"),
    ({"paths": {"docs/*": ["nothing"]}}, "nothing"), ({"paths": []}, "check.paths"), ({"disable": "placeholder"}, "check.disable")])
def test_a_setting_that_is_none_is_told_with_its_key(table: dict[str, object], said: str) -> None:
    """A mistyped code must not look as if it were obeyed."""
    with pytest.raises(ValueError, match=said):
        settings(table, codes())


def test_a_comment_answers_a_finding_on_its_line_or_the_next() -> None:
    """`passdown-ignore` holds for the line on which it stands and for the one below."""
    assert found("# A\n- [SESSION_ID] <!-- passdown-ignore: placeholder it is the template -->\n- [PROJECT_NAME]\n") == [("3", "error")]
    assert found("# A\n<!-- passdown-ignore: placeholder it is the template -->\n- [SESSION_ID]\n- [PROJECT_NAME]\n") == [("4", "error")]


def test_a_comment_above_all_text_answers_for_the_whole_document() -> None:
    """Front matter may stand above it."""
    assert found("<!-- passdown-ignore: placeholder, vague a template -->\n" + TEXT) == []
    assert found("---\nid: a\n---\n<!-- passdown-ignore: placeholder a template -->\n\n" + TEXT) == []
    assert len(found("<!-- passdown-ignore: vague a template -->\n" + TEXT)) == 2
