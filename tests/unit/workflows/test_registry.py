"""Which productions a task is about, and how they are told."""

from msgspec.structs import replace

from passdown.workflows.registry import Row, about, batches, latest, told

REGULATION = Row("podcast", "ep_005_ai_regulation", "production", "running", 8.64, 3.2, "2026-11-20T09:00:00Z", 1, 3)
ROME = Row("podcast", "ep_004_rome", "final", "completed", 9.5, 4.0, "2026-11-19T09:00:00Z", 3, 3)
RELEASE = Row("release", "v2", "check", "stopped", None, None, "2026-11-18T09:00:00Z", 0, 2, "its budget is used up")
ROWS = [REGULATION, ROME, RELEASE]


def test_a_row_is_told_in_a_line() -> None:
    """Phase, quality and cost, and why it stopped."""
    assert [told(row) for row in ROWS] == [
        "production 2 of 3, RUNNING (quality 8.6/10, $3.20)", "COMPLETED (quality 9.5/10, $4.00)", "check 1 of 2, STOPPED: its budget is used up"]


def test_a_row_tells_its_batch() -> None:
    """By which the others of it are found."""
    assert told(replace(ROME, batch="B7")) == "COMPLETED (quality 9.5/10, $4.00) in batch B7"


def test_a_batch_is_told_by_how_its_items_stand() -> None:
    """The one that changed last first; runs of their own are in none."""
    rows = [replace(ROME, batch="B1"), replace(ROME, item="ep_6", batch="B1"), replace(REGULATION, batch="B1"), replace(RELEASE, batch="B2"), REGULATION]

    assert list(batches(rows).items()) == [("B1", "podcast: 2 completed, 1 running ($11.20)"), ("B2", "release: 1 stopped")]


def test_an_items_latest_run_counts_and_open_ones_come_first() -> None:
    """An older run of the same item says nothing any more."""
    again = Row("podcast", "ep_004_rome", "research", "failed", updated="2026-11-01T00:00:00Z")

    assert latest([again, ROME, RELEASE, REGULATION]) == [REGULATION, RELEASE, ROME]


def test_a_task_that_names_an_item_gets_that_item() -> None:
    """By its name, or by two words of it."""
    assert about(ROWS, "go on with ep_004_rome") == [ROME]
    assert about(ROWS, "the AI regulation script is too long") == [REGULATION]


def test_a_task_that_names_a_plan_gets_its_items() -> None:
    """All of them, finished ones too."""
    assert about(ROWS, "how is the podcast doing?") == [REGULATION, ROME]


def test_a_task_about_productions_gets_the_open_ones() -> None:
    """What is finished needs nobody."""
    assert about(ROWS, "which workflow is stuck?") == [REGULATION, RELEASE]


def test_another_task_gets_none() -> None:
    """Productions are not mentioned to somebody who mends a bug."""
    assert about(ROWS, "fix the null pointer in the parser") == []
    assert about(ROWS, "") == []
