"""Search: what comes first, what comes last, and how questions are put."""

import gzip
import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from passdown.formats import record_file, session_file
from passdown.index import Hit, Index, Sources
from passdown.model.anchor import Evidence
from passdown.model.ids import derived_id
from passdown.model.record import Record


class Project:
    """Records and said words in an index of their own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "records").mkdir()
        (root / "events").mkdir()

    def note(self, kind: str, text: str, **more: object) -> str:
        one = replace(Record(derived_id(text), kind, text, created="2026-03-01T10:00:00Z"), **more)  # type: ignore[arg-type]
        (self.root / "records" / f"{one.id}.md").write_text(record_file.render(one))
        return one.id

    def say(self, session: str, *texts: str) -> None:
        lines = [json.dumps({"e": "prompt" if n % 2 == 0 else "reply", "n": n, "at": "2026-02-01T00:00:00Z", "text": t}) for n, t in enumerate(texts)]
        (self.root / "events" / f"{session}.jsonl.gz").write_bytes(gzip.compress("\n".join(lines).encode() + b"\n"))

    def search(self, text: str, limit: int = 10, *, inactive: bool = False, kind: str | None = None) -> list[Hit]:
        with Index.open(self.root / "index.db") as index:
            index.refresh(Sources(record_file.parse, session_file.parse, records=(self.root / "records",), events=self.root / "events"))
            return index.search(text, limit, inactive=inactive, kind=kind)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    for i in range(30):
        made.note("knowledge", f"Filler {i} about the module and how it is built in part {i}")
    return made


def test_a_question_in_plain_words(project: Project) -> None:
    """Stop words do not matter, endings do not matter, one word in common is enough."""
    wanted = project.note("knowledge", "Retrying a failed upload duplicates the invoice")
    for question in ("why do we get duplicated invoices?", "what happens when uploads are retried", "invoice"):
        assert project.search(question)[0].id == wanted


@pytest.mark.parametrize("question", ["parse http header", "parseHttpHeader", "PARSEHTTPHEADER", "header parsing", "parse_http_header"])
def test_identifiers_are_found_whole_and_in_parts(project: Project, question: str) -> None:
    """Camel case in the text is found by its parts, and its parts asked for in any spelling find it."""
    wanted = project.note("knowledge", "Call parseHttpHeader only after the body was read")
    assert project.search(question)[0].id == wanted


@pytest.mark.parametrize("question", ["--dry-run", "src/lib/flush_all.py", "flush_all", "FLUSH_ALL", "flushAll"])
def test_flags_and_paths(project: Project, question: str) -> None:
    """Flags, paths and snake case are found as they stand, ahead of what only has a part of them."""
    project.note("knowledge", "All dry goods flush with py lib src run")
    wanted = project.note("knowledge", "Run it with --dry-run, see src/lib/flush_all.py")
    assert project.search(question)[0].id == wanted


def test_title_before_details_before_body(project: Project) -> None:
    """The same word weighs more in the title than in the details, and there more than in the body."""
    body = project.note("decision", "Use the first one here\n\nIt was about walrus then", details={"why": "somebody said it"})
    details = project.note("decision", "Use the second one here\n\nIt was said back then", details={"why": "it was the walrus"})
    title = project.note("decision", "Use the walrus one here\n\nIt was said back then", details={"why": "somebody said it"})
    assert [h.id for h in project.search("walrus")] == [title, details, body]


@pytest.mark.parametrize(("question", "kind"), [
    ("why was this chosen for the walrus export", "decision"), ("how does the user want the walrus export", "preference"),
    ("what is the walrus export waiting for", "blocker"),
    ("what remains of the walrus export", "task"), ("which attempts at the walrus export failed", "approach"), ("pitfalls of the walrus export", "knowledge"),
    ("risks of the walrus export", "risk")])
def test_the_wording_tells_the_kind(project: Project, question: str, kind: str) -> None:
    """Of records with the same words, the kind that the question asks for comes first."""
    for one in ("decision", "preference", "blocker", "task", "knowledge", "risk", "question"):
        project.note(one, f"The walrus export as {one[:2]}", details={})
    project.note("approach", "The walrus export as ap", details={"outcome": "failed"})
    assert project.search(question)[0].kind == kind


def test_a_kind_that_is_asked_for_is_offered_without_common_words(project: Project) -> None:
    """`what is blocking us` lists blockers, whatever their words."""
    wanted = project.note("blocker", "No answer from the vendor yet")
    assert wanted in {h.id for h in project.search("what is blocking us")}


def test_what_was_done_comes_behind_what_is_known(project: Project) -> None:
    """A milestone that is not asked for yields to a record that answers as well; one that is asked for does not."""
    done = project.note("milestone", "The exporter writes its ledger in chunks of ninety rows")
    known = project.note("knowledge", "The exporter writes its ledger in chunks of ninety lines")
    assert [h.id for h in project.search("exporter ledger chunks", 2)] == [known, done]
    assert project.search("which milestone was the exporter ledger chunks", 1)[0].id == done


def test_other_words_for_the_same(project: Project) -> None:
    """Common words of the trade stand for each other."""
    wanted = project.note("decision", "Authentication goes through the gateway")
    assert project.search("how does login work")[0].id == wanted


def test_records_come_before_captured_text(project: Project) -> None:
    """Of like relevance the record is first, and the words that it rests on are not listed again."""
    project.say("s", "the walrus export is slow", "I see, the walrus export is slow", "and what else", "the walrus export is slow on Mondays")
    wanted = project.note("issue", "The walrus export is slow", evidence=(Evidence("s", 0, ""),))
    hits = project.search("walrus export slow")
    assert (hits[0].id, hits[0].type) == (wanted, "record")
    assert [h.event for h in hits if h.type == "text"] in ([1, 3], [3, 1])


def test_text_that_answers_better_is_not_buried(project: Project) -> None:
    """Records that share one common word of the question do not come before the text that has them all."""
    project.say("s", "what now", "The pelican gateway drops its lease after the module is built")
    assert project.search("pelican gateway lease of the module")[0].type == "text"


def test_an_answer_is_found_by_its_question(project: Project) -> None:
    """A record is a candidate when what was said next to its evidence has the words."""
    project.say("s", "is the pelican gateway safe to restart?", "Only after draining it first.")
    wanted = project.note("knowledge", "Only after draining it first", evidence=(Evidence("s", 1, ""),))
    assert wanted in {h.id for h in project.search("pelican gateway restart")}


def test_superseded_records_and_what_lies_behind_them(project: Project) -> None:
    """A superseded record is shown on demand only; it and the text behind it come last and name who superseded it, or what was."""
    project.say("s", "use the walrus profile for exports", "done")
    old = project.note("decision", "Use the walrus profile for exports", evidence=(Evidence("s", 0, ""),))
    new = project.note("decision", "Use the pelican profile for exports", supersedes=(old,), updated="2026-03-02T00:00:00Z")
    hits = project.search("walrus profile for exports")
    assert (hits[0].id, hits[0].stale) == (new, "")
    assert (hits[-1].type, hits[-1].stale) == ("text", old)
    assert old not in {h.id for h in hits}
    everything = project.search("walrus profile for exports", 50, inactive=True)
    assert [(h.id, h.stale) for h in everything if h.id == old] == [(old, new)]
    assert all(h.stale for h in everything[-2:])


def test_the_newer_of_two_equals_comes_first(project: Project) -> None:
    """Age decides between hits that are otherwise alike."""
    older = project.note("knowledge", "The walrus profile is alpha", updated="2026-01-01T00:00:00Z")
    newer = project.note("knowledge", "The walrus profile is gamma", updated="2026-04-01T00:00:00Z")
    assert [h.id for h in project.search("walrus profile")][:2] == [newer, older]


def test_the_newest_value_of_one_thing_comes_first(project: Project) -> None:
    """Of two values for one thing the later is first, even where the earlier has the words of the question in a better place."""
    older = project.note("decision", "The walrus profile is set to alpha\n\nwalrus profile", updated="2026-01-01T00:00:00Z")
    newer = project.note("decision", "Today the profile of the walrus was set to gamma", updated="2026-04-01T00:00:00Z")
    assert [h.id for h in project.search("walrus profile")][:2] == [newer, older]


def test_one_kind_and_a_limit(project: Project) -> None:
    """`kind` leaves out everything else, `limit` is kept."""
    project.say("s", "the module")
    task = project.note("task", "Look at the module")
    assert [h.id for h in project.search("module", kind="task")] == [task]
    assert len(project.search("module", 3)) == 3
    assert project.search("module", 0) == project.search("module", -1) == []


def test_excerpts_show_where_the_words_stand(project: Project) -> None:
    """The part of a long text that has most of the question, in one short line."""
    project.say("s", "blah " * 400 + "the walrus has a gateway here " + "blah " * 400)
    (hit,) = project.search("walrus gateway")
    assert "walrus has a gateway" in hit.excerpt
    assert len(hit.excerpt) <= 280
    assert (hit.excerpt[0], hit.excerpt[-1]) == ("…", "…")


def test_nothing_is_found_where_nothing_is(tmp_path: Path) -> None:
    """An empty index gives no hits and no error."""
    assert Project(tmp_path).search("anything") == []
