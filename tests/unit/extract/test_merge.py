"""Restatements fold into the newest, and a new value replaces the old."""

import time

import pytest
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


def test_the_work_of_a_merge_grows_with_the_number_of_records() -> None:
    """And not with its square, which would be 64 times as much for eight times as many: told by processor time, so that a busy machine does not matter."""
    nouns, verbs = [f"part{i}" for i in range(97)], ["queue", "cache", "parser", "export", "index", "theme", "relay"]
    said = (f"We chose {nouns[i % 97]} over {nouns[i * 7 % 89]} for the {verbs[i % 7]} of {nouns[i * 3 % 83]} number{i}" for i in range(10_000))
    records = [_record("decision", text, i % 28) for i, text in enumerate(said)]
    spent = []
    for count in (1_000, 8_000):
        start = time.process_time()
        assert len(merge(records[:count])) == count
        spent.append(time.process_time() - start)
    assert spent[1] < 30 * spent[0]


def test_an_archived_record_is_left_alone() -> None:
    """Only active records are superseded."""
    old = replace(_record("decision", "The upload timeout is 30s from now on.", 0), status="archived")
    assert merge([old, _record("decision", "change the upload timeout to 90s", 1)])[0] == old


def test_one_sentence_in_two_kinds_is_one_record() -> None:
    """What was said as a decision and as knowledge is the decision, in either order, with the evidence of both."""
    text = "The importer keeps one transaction a file because the vendor resends whole files."
    kinds = ("decision", "knowledge")
    for first, second in (kinds, kinds[::-1]):
        [merged] = merge([_record(first, text, 0), _record(second, text, 1)])
        assert (merged.kind, sorted(e.event for e in merged.evidence)) == ("decision", [0, 1])


@pytest.mark.parametrize("said", [
    "actually let's go with memcached for the session cache after all",
    "on second thought we use memcached for the session cache",
    "I changed my mind, memcached for the session cache",
    "let's go back to memcached for the session cache, it eats less memory",
    "actually let's go with memcached after all",
])
def test_a_reversal_supersedes_the_decision_on_the_same_subject(said: str) -> None:
    """In other words than the value's; another subject's decision stays."""
    old = _record("decision", "We are going with Redis for the session cache instead of memcached because it is deployed.", 0, alternative="memcached")
    other = _record("decision", "The billing events go through Kafka instead of Rabbit.", 1, alternative="Rabbit")
    first, second, new = merge([old, other, _record("decision", said, 2)])
    assert (first.status, first.superseded_by, second.status, new.supersedes) == ("superseded", new.id, "active", (old.id,))


def test_a_swap_is_no_restatement() -> None:
    """The same words, but what was rejected is chosen now."""
    old = _record("decision", "use Redis for the session cache, not memcached, because it is fast", 0, alternative="memcached")
    new = _record("decision", "use memcached for the session cache, not Redis, because it is fast", 1, alternative="Redis")
    assert [r.status for r in merge([old, new])] == ["superseded", "active"]


def test_one_command_for_one_purpose() -> None:
    """Other options and places are the same way to check; another program, script or folder is not. The plainest stays."""
    lines = ("go test ./...", "go test ./... -count=1", "npm run test:unit", "npm run test:e2e", "golangci-lint run")
    assert [r.text for r in merge([_record("command", line, n) for n, line in enumerate(lines)])] == [lines[0], *lines[2:]]
    web, api = (_record("command", "npm test", n, cwd=cwd) for n, cwd in enumerate(("web", "api")))
    assert len(merge([web, api])) == 2
