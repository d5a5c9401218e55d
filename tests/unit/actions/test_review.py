"""What was extracted is accepted or rejected once, whoever says it again."""

import json
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from passdown import files
from passdown.actions.capture import capture
from passdown.actions.change import Edit, edit, undo
from passdown.actions.init import init
from passdown.actions.look import records
from passdown.actions.note import note
from passdown.actions.rebuild import rebuild
from passdown.actions.refresh import refresh
from passdown.actions.review import accept, chosen, cut, quoted, reject, unreviewed
from passdown.errors import NoSuchRecord, UsageError
from passdown.extract.judged import REVIEW
from passdown.model.ids import derived_id
from passdown.model.record import Record
from passdown.project import Project, open_project

QUEUE = "We decided to keep the retry queue in SQLite because there is no server to run."
PARSER = "We decided to patch the vendored parser upstream because every fork of it was lost before."


@pytest.fixture
def project(repository: Path) -> Project:
    found = open_project(repository, "2026-11-20T12:00:00Z")
    init(found)
    return found


def say(project: Project, session: str, *replies: str, day: int = 20) -> None:
    """A session in Claude Code's form, captured."""
    common = {"sessionId": session, "cwd": str(project.root), "timestamp": f"2026-11-{day}T10:00:00Z", "version": "2.1.50"}
    rows = []
    for number, reply in enumerate(replies):
        rows += [{"type": "user", "uuid": f"u{number}", "message": {"role": "user", "content": "How shall we do it?"}, **common},
                 {"type": "assistant", "uuid": f"a{number}", "message": {"role": "assistant", "id": f"m{number}", "model": "x",
                                                                        "content": [{"type": "text", "text": reply}]}, **common}]
    path = project.root.parent / f"{session}.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    done = capture(project, [path])
    assert not done[0].error
    refresh(project, fresh=True)


def one(project: Project, words: str) -> Record:
    return next(r for r in records(project, every=True) if words in r.text and not r.superseded_by)


def texts(project: Project) -> list[str]:
    return [r.text for r in unreviewed(project)]


def test_the_list_is_what_nobody_has_looked_at(project: Project) -> None:
    """Newest first; what was noted, accepted, edited or rejected is not in it."""
    say(project, "s-1", QUEUE, day=18)
    say(project, "s-2", PARSER, day=19)
    note(project, "decision", "Deploy on Mondays alone", {})
    listed = unreviewed(project)

    assert ["parser" in r.text for r in listed] == [True, False]
    assert [r.id for r in unreviewed(project, since="2026-11-19T00:00:00Z")] == [listed[0].id]
    assert [r.id for r in unreviewed(project, session="s-1")] == [listed[1].id]
    accept(project, listed[:1])
    edit(project, listed[1].id, Edit(text="The retry queue lies in SQLite"))
    assert unreviewed(project) == []
    assert one(project, "lies in SQLite").trust == "noted"


def test_an_accepted_record_is_noted_and_keeps_where_it_was_said(project: Project) -> None:
    """In a file of its own."""
    say(project, "s-1", QUEUE)
    old = one(project, "retry queue")
    done = accept(project, [old])[0]

    assert done.path.is_file()
    assert done.record.trust == "noted"
    assert (done.record.evidence, done.record.session, done.record.agent, done.record.extractor) == (old.evidence, "s-1", "claude-code", old.extractor)
    assert records(project)[0].id == old.id


def test_a_rejected_record_is_put_away_and_undo_brings_it_back(project: Project) -> None:
    """With its words, which stay in the kept events all the time."""
    say(project, "s-1", QUEUE)
    old = one(project, "retry queue")
    reject(project, [old])

    assert records(project) == []
    assert one(project, "retry queue").details[REVIEW] == "rejected"
    undo(project)
    assert [r.id for r in records(project)] == [old.id]
    assert texts(project) == [old.text]


def test_it_does_not_come_back_when_all_is_derived_anew(project: Project) -> None:
    """Neither by another capture, nor when derived files and index are lost."""
    say(project, "s-1", QUEUE)
    reject(project, [one(project, "retry queue")])
    say(project, "s-1", QUEUE, "Anything else?")
    assert records(project) == []
    files.remove(project.layout.derived("s-1"))
    files.remove(project.layout.index)
    rebuild(project)
    refresh(project, fresh=True)

    assert [r for r in records(project) if "retry queue" in r.text] == []


def test_a_better_extractor_that_cuts_the_sentence_otherwise_does_not_bring_it_back(project: Project) -> None:
    """Another text and so another id, from the same event."""
    say(project, "s-1", QUEUE)
    old = one(project, "retry queue")
    reject(project, [old])
    text = "Keep the retry queue in SQLite because there is no server to run."
    newer = replace(old, id=derived_id("s-1", "decision", text), text=text, extractor="prose/99", evidence=(replace(old.evidence[0], quote="sha256:0"),))
    path = project.layout.derived("s-1")
    path.write_text(path.read_text() + json.dumps(msgspec.to_builtins(newer)) + "\n")
    refresh(project, fresh=True)

    assert records(project) == []


@pytest.mark.parametrize("judge", [accept, reject])
def test_another_session_that_says_the_same_adds_nothing(project: Project, judge: object) -> None:
    """Before the judgement or after it; what is undone counts again with the next capture."""
    say(project, "s-1", QUEUE, day=18)
    judge(project, unreviewed(project))  # type: ignore[operator]
    kept = len(records(project))
    say(project, "s-2", QUEUE, PARSER, day=19)

    assert len(texts(project)) == 1
    assert "parser" in texts(project)[0]
    assert len(records(project)) == kept + 1
    undo(project)
    say(project, "s-3", "Nothing new here.")
    assert sum("retry queue" in text for text in texts(project)) == 1


def test_an_accepted_record_is_not_replaced_by_what_a_session_says_again(project: Project) -> None:
    """Nor is one that was edited."""
    say(project, "s-1", QUEUE, day=18)
    accept(project, unreviewed(project))
    say(project, "s-2", QUEUE, day=19)

    assert one(project, "retry queue").trust == "noted"
    assert [r.status for r in records(project, every=True) if r.trust == "noted"] == ["active"]


def test_a_rejected_record_can_still_be_accepted(project: Project) -> None:
    """Then nothing of the rejection is left."""
    say(project, "s-1", QUEUE)
    reject(project, unreviewed(project))
    accept(project, [one(project, "retry queue")])
    record = one(project, "retry queue")

    assert (record.status, record.trust, REVIEW in record.details) == ("active", "noted", False)


def test_what_cannot_be_reviewed_is_an_error_before_anything_is_changed(project: Project) -> None:
    """An id that is not there, and a record that was noted."""
    say(project, "s-1", QUEUE)
    noted = note(project, "decision", "Deploy on Mondays alone", {}).record
    known = unreviewed(project)[0].id
    with pytest.raises(NoSuchRecord):
        chosen(project, [known, "zzzz"])
    with pytest.raises(UsageError):
        chosen(project, [known, noted.id])

    assert [r.id for r in chosen(project, [known[:6]])] == [known]


def test_the_quote_is_shown_between_what_stands_around_it(project: Project) -> None:
    """With the prompt before; nothing when the events are gone."""
    say(project, "s-1", f"I looked at three ways. {QUEUE} Next is the metrics page.")
    record = unreviewed(project)[0]
    said = quoted(project, record)

    assert said
    assert said.prompt == "How shall we do it?"
    assert said.before.endswith("three ways. ")
    assert said.quote == record.text
    assert "metrics page" in said.behind
    files.remove(project.layout.events("s-1"))
    assert quoted(project, record) is None


@pytest.mark.parametrize(("text", "quote", "parts"), [
    ("a b c", "b", ("a ", "b", " c")), ("a b c", "x", ("", "a b c", "")), ("", "x", ("", "", "")), ("a b c", "", ("", "a b c", ""))])
def test_a_text_is_cut_at_the_quote(text: str, quote: str, parts: tuple[str, str, str]) -> None:
    """Or shown from its beginning."""
    assert cut(text, quote) == parts
