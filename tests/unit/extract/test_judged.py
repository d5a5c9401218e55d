"""Whether an extracted record says again what was kept or rejected."""

import time

import pytest
from msgspec.structs import replace

from passdown.extract.judged import REJECTED, REVIEW, Judged, rejected, revived
from passdown.model.anchor import Evidence
from passdown.model.record import Record

KEPT = Record(id="x00000000000000a", kind="decision", text="Keep the retry queue in SQLite because there is no server to run", trust="noted",
              session="s-1", evidence=(Evidence("s-1", 7, "sha256:a"),), extractor="prose/1")
AGAIN = Record(id="x00000000000000b", kind="decision", text="We keep the retry queue in SQLite because there is no server to run", trust="extracted",
               session="s-2", evidence=(Evidence("s-2", 3, "sha256:b"),), extractor="prose/1")


@pytest.mark.parametrize("judged", [KEPT, replace(KEPT, trust="extracted", status="archived", details={REVIEW: REJECTED})], ids=["kept", "rejected"])
@pytest.mark.parametrize("record", [
    AGAIN,
    replace(AGAIN, text="Something else entirely", evidence=(Evidence("s-9", 1, "sha256:a"),)),
    replace(AGAIN, kind="approach", text="Keep the retry queue in SQLite", evidence=(Evidence("s-1", 7, "sha256:c"),))],
    ids=["the same words", "the same quote", "another cut of the sentence"])
def test_a_restatement_is_superseded_by_what_was_judged(judged: Record, record: Record) -> None:
    """Whatever its id."""
    assert Judged([judged]).again(record) == replace(record, status="superseded", superseded_by=judged.id)


@pytest.mark.parametrize("record", [
    replace(AGAIN, text="Set the upload timeout to 90 seconds because the proxy cuts longer ones"),
    replace(AGAIN, text="We keep the retry queue in SQLite 3.45 because there is no server to run"),
    replace(AGAIN, kind="task"), replace(AGAIN, trust="noted"), replace(AGAIN, status="superseded"), replace(AGAIN, extractor=""),
    replace(KEPT, trust="extracted")],
    ids=["other words", "another value", "another kind", "kept itself", "not active", "noted", "the same record"])
def test_all_else_is_left_alone(record: Record) -> None:
    """A value that is new is news, however alike the words are."""
    assert Judged([KEPT]).again(record) is None


def test_an_undone_judgement_revives_what_it_took_away() -> None:
    """Its id is an extracted record's again, or it still stands; a real successor names what it replaced."""
    marked = replace(AGAIN, status="superseded", superseded_by=KEPT.id)
    undone = replace(KEPT, trust="extracted")

    assert revived([marked], {KEPT.id: undone}) == [AGAIN]
    assert revived([marked], {KEPT.id: KEPT}) == []
    assert revived([marked], {KEPT.id: replace(undone, supersedes=(AGAIN.id,))}) == []
    assert revived([marked], {}) == []


def test_a_rejection_is_a_detail() -> None:
    """Being put away is none."""
    assert rejected(replace(KEPT, details={REVIEW: REJECTED}))
    assert not rejected(replace(KEPT, status="archived"))


def test_thousands_are_judged_in_a_moment() -> None:
    """Each is looked at once, among those that share words with it."""
    names = [f"part{n}" for n in range(3_000)]
    judged = Judged(replace(KEPT, id=f"x{n:015}", text=f"Keep {name} of the queue beside {name}x and {name}y", evidence=()) for n, name in enumerate(names))
    begun = time.process_time()
    again = [judged.again(replace(AGAIN, text=f"We keep {name} of the queue beside {name}x and {name}y", evidence=())) for name in names]

    assert all(again)
    assert time.process_time() - begun < 10
