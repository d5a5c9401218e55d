"""Findings in the formats of people, scanners and build servers."""

import json

from passdown.formats.base import Check
from passdown.lint.checked import Checked, as_json, failing
from passdown.lint.report import github, text
from passdown.lint.report.sarif import sarif
from passdown.model.finding import Finding

ONE = Checked(
    "docs/hand off,1.md", "session-log", (
        Finding("empty-document", "error", "docs/hand off,1.md", "it says nothing", "Write it."),
        Finding("path-missing", "warning", "docs/hand off,1.md:12", "`a.py` is not there: 100%\nreally", "Correct it."),
        Finding("tabs", "info", "docs/hand off,1.md:3", "a tab")),
    4.25, "MEDIUM", 12, ((1.5, "state: where things stand"), (-0.2, "tabs")), (Check("seven", False, "no"),), 2)
CLEAN = Checked("b.md", "", (), 9.0, "HIGH", 3)


def test_json_has_all_that_the_product_promises() -> None:
    """`{schema, documents: [{path, style, score, confidence, recovery_minutes, findings}]}`, with the line of each finding."""
    said = as_json((ONE, CLEAN))

    assert said["schema"] == "passdown-check/1"
    assert [(f["code"], f["line"]) for f in said["documents"][0]["findings"]] == [("empty-document", 0), ("path-missing", 12), ("tabs", 3)]
    assert {"path", "style", "score", "confidence", "recovery_minutes", "findings"} <= set(said["documents"][1])
    json.dumps(said)


def test_a_severity_counts_the_graver_ones_too() -> None:
    """A clean document fails at nothing."""
    assert failing((ONE,), "error")
    assert failing((ONE,), "info")
    assert not failing((CLEAN,), "info")


def test_annotations_escape_what_would_end_them() -> None:
    """Commas and colons in properties, line ends and per cent signs in the text."""
    lines = list(github.lines((ONE,)))

    assert lines[0] == "::error file=docs/hand off%2C1.md,line=1,title=passdown empty-document::it says nothing. Write it."
    assert lines[1] == "::warning file=docs/hand off%2C1.md,line=12,title=passdown path-missing::`a.py` is not there: 100%25%0Areally. Correct it."
    assert lines[2].startswith("::notice ")


def test_sarif_names_its_rules_and_places() -> None:
    """Every result points to a rule of the driver and to a line; the fingerprint does not depend on the line."""
    run = sarif((ONE,), "1.2.3")["runs"][0]
    rules, results = run["tool"]["driver"]["rules"], run["results"]

    assert sarif((), "1")["version"] == "2.1.0"
    assert [rules[r["ruleIndex"]]["id"] for r in results] == [r["ruleId"] for r in results] == ["empty-document", "path-missing", "tabs"]
    assert [r["level"] for r in results] == ["error", "warning", "note"]
    assert results[1]["locations"][0]["physicalLocation"] == {"artifactLocation": {"uri": "docs/hand%20off%2C1.md"}, "region": {"startLine": 12}}
    assert all(rule["shortDescription"]["text"] for rule in rules)


def test_a_person_reads_score_findings_and_what_to_do() -> None:
    """With the reasons of the score only when they are asked for."""
    said = "\n".join(text.lines((ONE, CLEAN)))

    assert "docs/hand off,1.md · session-log · 4.2/10, confidence MEDIUM, about 12 min to recover · 2 fixed" in said
    assert "→ Write it." in said
    assert "✗ seven: no" in said
    assert said.endswith("2 documents: 1 error, 1 warning, 1 note.")
    assert "where things stand" not in said
    assert "+1.50  state: where things stand" in "\n".join(text.lines((ONE,), explain=True))
