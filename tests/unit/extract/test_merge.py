"""Restatements fold into the newest, and a new value replaces the old."""

import time

from msgspec.structs import replace

from passdown.extract.merge import merge
from passdown.model.anchor import Evidence
from passdown.model.ids import derived_id
from passdown.model.record import Record


def _record(kind: str, text: str, n: int = 0, **details: str) -> Record:
    return Record(id=derived_id("s", kind, text), kind=kind, text=text, trust="extracted", created=f"2026-01-{n + 1:02d}T00:00:00Z",
                  evidence=(Evidence("s", n, f"q{n}"),), details=details)


def test_a_restatement_is_folded_into_the_newest() -> None:
    """The newest text stays, with the evidence of both and the time of the first."""
    old = _record("decision", "We settled on Postgres over MySQL for the ledger tables.", 0)
    new = _record("decision", "Settled: Postgres over MySQL for the ledger tables.", 1)
    [merged] = merge([old, new])
    assert (merged.id, merged.created, [e.event for e in merged.evidence]) == (new.id, old.created, [1, 0])


def test_the_same_words_with_another_number_are_another_thing() -> None:
    """Numbers, paths and names of flags keep two records apart."""
    records = [_record("task", f"Port the importer for phase {n} of the migration plan.", n) for n in (1, 2)]
    assert merge(records) == records


def test_different_kinds_never_fold() -> None:
    """A decision and a preference in the same words stay two."""
    assert len(merge([_record(kind, "Tabs instead of spaces in makefiles") for kind in ("decision", "preference")])) == 2


def test_a_new_value_of_a_setting_supersedes_the_old_one() -> None:
    """The older is marked with the newer's id; the newer names it."""
    old, new = merge([_record("decision", "The upload timeout is 30s from now on.", 0), _record("decision", "change the upload timeout to 90s", 1)])
    assert (old.status, old.superseded_by, new.status, new.supersedes) == ("superseded", new.id, "active", (old.id,))


def test_values_of_other_settings_stay() -> None:
    """The port and the timeout of one thing, or the timeouts of two things, are different settings."""
    texts = ("set the upload timeout to 30s", "set the upload port to 8080", "set the billing timeout to 30s")
    assert [r.status for r in merge([_record("decision", t, n) for n, t in enumerate(texts)])] == ["active"] * 3


def test_a_task_reported_as_done_is_resolved() -> None:
    """A later report in nearly the same words resolves it; an unrelated one does not."""
    task = _record("task", "What remains is the replay command for failed webhooks.", 0, state="open")
    done = _record("milestone", "Added the replay command for failed webhooks, which remains idempotent, in `cli.py`.", 1)
    other = _record("milestone", "Added the settings page in `web/settings.ts`.", 1)
    assert merge([task, done])[0].status == "resolved"
    assert merge([task, other])[0].status == "active"


def test_merging_twice_changes_nothing() -> None:
    """What was merged is left as it is."""
    once = merge([_record("decision", "The upload timeout is 30s from now on.", 0), _record("decision", "change the upload timeout to 90s", 1)])
    assert merge(once) == once


def test_ten_thousand_records_merge_quickly() -> None:
    """The work grows with the number of records, not with its square."""
    nouns, verbs = [f"part{i}" for i in range(97)], ["queue", "cache", "parser", "export", "index", "theme", "relay"]
    said = (f"We chose {nouns[i % 97]} over {nouns[i * 7 % 89]} for the {verbs[i % 7]} of {nouns[i * 3 % 83]} number{i}" for i in range(10_000))
    records = [_record("decision", text, i % 28) for i, text in enumerate(said)]
    start = time.perf_counter()
    assert len(merge(records)) == 10_000
    assert time.perf_counter() - start < 4


def test_an_archived_record_is_left_alone() -> None:
    """Only active records are superseded."""
    old = replace(_record("decision", "The upload timeout is 30s from now on.", 0), status="archived")
    assert merge([old, _record("decision", "change the upload timeout to 90s", 1)])[0] == old
