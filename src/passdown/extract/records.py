"""Records from what was said: events of one session in, in batches of any size; the same records out however they were cut."""

import re
from collections.abc import Iterable
from typing import Any

from passdown.extract import answers, summaries
from passdown.extract.anchors import anchors
from passdown.extract.base import LEAST_WORDS, Candidate, Context, Speaker
from passdown.extract.briefed import briefings, without_briefings
from passdown.extract.closing import AT_ONCE, Closing
from passdown.extract.deed import Deed
from passdown.extract.done import Done
from passdown.extract.merge import merge
from passdown.extract.paths import Roots
from passdown.extract.plans import ORDER, ordered
from passdown.extract.said import candidates
from passdown.extract.voices import speaker
from passdown.extract.words import content_words
from passdown.model.anchor import Evidence
from passdown.model.event import Compaction, Event, Injected, Mark, Prompt, Reply, Rewind, SafeEvents, ToolCall, ToolResult
from passdown.model.ids import content_hash, derived_id
from passdown.model.record import Record

EXTRACTOR = "prose/5"
FORGOTTEN = "[forgotten]"  # in place of words that the user had taken out of what was said; what is left of a sentence is no record
MOST_ROWS = 400  # of a session; when there are more, the oldest go
MOST_GIVEN = 200  # lines of briefings that are remembered
MOST_LANES = 32  # sub-agents whose last reply is held, the latest
MOST_ASKED = 8  # questions put by tool whose answer is still out
SUMMARY_PROMPTS = 4  # after which the tasks of a compaction's summary are out of date
ECHO = 0.8  # share of a sentence's content words that stand in one line of a briefing: then it only repeats it

# Off the live branch, what was decided and planned is off; what was learnt stays true.
_TAKEN_BACK = frozenset({"decision", "task", "question", "blocker"})
# Offered and asked at a turn's end: the user's next prompt takes it up or passes it over.
_ANSWERED = frozenset({"question", "task"})
_CLOSED = frozenset({"task", "issue", "blocker"})  # what a later edit, commit or finished entry may close
# A fix that is told as such, not that it was made.
_FIX = re.compile(r"\W*(?:the |a )?(?:\w+ )?(?:fix|solution)\W*:", re.IGNORECASE)
_CHANGES = frozenset({"edit", "write", "delete", "shell"})

Row = dict[str, Any]  # kind, text, details, at, n, session, branch, watched (see `Closing`) and, where it counts only at a turn's end, closing


class Extraction:
    """A fold over one session's events. `state()` is a bounded JSON value from which another `Extraction` goes on.

    Raises `ValueError` for the state of another extractor: it does not hold what this one would have seen.
    """

    def __init__(self, state: dict[str, Any] | None = None, roots: Roots | None = None) -> None:
        state = state or {}
        if state and state.get("extractor") != EXTRACTOR:
            raise ValueError(f"the state is not of {EXTRACTOR}")
        self._session: str = state.get("session", "")
        self._branch: str = state.get("branch", "")
        self._rows: list[Row] = list(state.get("rows", ()))
        self._held: list[Row] = list(state.get("held", ()))
        self._lanes: dict[str, list[Row]] = dict(state.get("lanes", {}))
        self._plans: dict[str, list[Row]] = dict(state.get("plans", {}))  # the last one put up, until the user approves
        self._asked: dict[str, str] = dict(state.get("asked", {}))  # call → its questions
        self._given: list[list[str]] = list(state.get("given", ()))
        self._turn: int = state.get("turn", 0)  # the event with which it began; -1 once something was changed in it
        self._done, self._closing = Done(state.get("done"), roots), Closing(state.get("closing"))

    def state(self) -> dict[str, Any]:
        return {"extractor": EXTRACTOR, "session": self._session, "branch": self._branch, "rows": list(self._rows), "held": list(self._held),
                "lanes": dict(self._lanes), "plans": dict(self._plans), "asked": dict(self._asked), "given": list(self._given), "turn": self._turn,
                "done": self._done.state(), "closing": self._closing.state()}

    def add(self, events: SafeEvents) -> None:
        for event in events:
            self._take(event)
            self._done.add(event)
            self._closing.add(event)

    def records(self) -> list[Record]:
        """All records so far, in order of saying, restatements merged and replaced values marked."""
        rows = [*self._rows, *self._held, *(row for lane in self._lanes.values() for row in lane)]
        said = [(int(row["n"]), self._record(row)) for row in self._hoped(rows)]
        done = [(deed.n, self._deed(deed)) for deed in self._done.deeds()]
        return merge([record for _, record in sorted([*said, *done], key=lambda pair: pair[0]) if FORGOTTEN not in record.text])

    def _take(self, event: Event) -> None:
        match event:
            case Mark():
                self._session, self._branch = event.session or self._session, event.branch or self._branch
            case Injected():
                self._remember(event.text)
            case Prompt(lane=""):
                self._age_summary(1)
                self._commit(row for row in self._held if not (row["closing"] and row["kind"] in _ANSWERED))
                self._rows, self._held, self._turn = self._hoped(self._rows), [], event.n
                self._commit(self._prompt(event))
            case Reply(lane=""):
                self._hold(self._summary(event, event.text) if speaker(event) == "summary" else self._read(event, event.text, "agent"))
            case Reply():
                self._hold_lane(event)
            case Compaction(lane=""):
                self._age_summary(SUMMARY_PROMPTS)
                self._hold(self._summary(event, event.text))
            case ToolCall(lane=""):
                self._call(event)
            case ToolResult() if event.call in self._asked:
                self._answers(event)
            case ToolResult() if event.call in self._plans:
                self._commit(self._plans.pop(event.call) if event.ok else ())
            case Rewind():
                self._rewind(event.to)
            case _:
                pass

    def _prompt(self, event: Prompt) -> list[Row]:
        plan = [self._row(event, candidate) for candidate in ordered(event.text)] if ORDER.match(event.text) else []
        return plan + self._read(event, event.text, speaker(event))

    def _commit(self, rows: Iterable[Row]) -> None:
        self._rows.extend(rows)
        del self._rows[:-MOST_ROWS]

    def _hold(self, rows: list[Row]) -> None:
        """What counts only at a turn's end waits until the next event shows whether this was one."""
        self._commit(row for row in self._held if not row["closing"])
        self._held = rows

    def _hold_lane(self, reply: Reply) -> None:
        """Of a sub-agent only the last reply counts: it is its report."""
        self._lanes.pop(reply.lane, None)
        if rows := [row for row in self._read(reply, reply.text, speaker(reply)) if not row["closing"]]:
            self._lanes[reply.lane] = rows
        while len(self._lanes) > MOST_LANES:
            self._commit(self._lanes.pop(next(iter(self._lanes))))

    def _call(self, call: ToolCall) -> None:
        self._hold([])
        if call.action in _CHANGES:
            self._turn = -1
        if call.action == "plan":
            plan = [self._row(call, candidate) for candidate in ordered(call.about)]
            self._plans = {call.call: plan + self._read(call, call.about, "document")}
        elif call.action == "ask":
            self._asked[call.call] = call.about[:answers.MOST_CHARS]
            while len(self._asked) > MOST_ASKED:
                del self._asked[next(iter(self._asked))]

    def _answers(self, result: ToolResult) -> None:
        """An option that the user picked when asked is a decision."""
        self._commit(self._row(result, found) for found in answers.picked(self._asked.pop(result.call), result.output))

    def _rewind(self, to: int) -> None:
        def kept(rows: list[Row]) -> list[Row]:
            return [row for row in rows if row["n"] < to or row["kind"] not in _TAKEN_BACK]

        self._commit(row for row in self._held if not row["closing"])
        self._rows, self._held = kept(self._rows), []

    def _remember(self, text: str) -> None:
        lines = (sorted(content_words(line)) for given in briefings(text) for line in given.split("\n"))
        self._given.extend(line for line in lines if len(line) >= LEAST_WORDS)
        del self._given[:-MOST_GIVEN]

    def _read(self, event: Event, text: str, by: Speaker) -> list[Row]:
        if text and briefings(text):
            self._remember(text)
            text = without_briefings(text)
        return [self._row(event, candidate) for candidate in candidates(text, Context(by)) if not self._echoes(candidate.text)]

    def _summary(self, event: Event, text: str) -> list[Row]:
        """What the sections hold that are known by their heading, and what the rest says."""
        told = [{**self._row(event, candidate), "prompts": 0} for candidate in summaries.candidates(text) if not self._echoes(candidate.text)]
        return told + self._read(event, summaries.rest(text), "summary")

    def _age_summary(self, prompts: int) -> None:
        """The tasks of a summary are those of its moment: a few prompts later, or with the next summary, they are no longer what is open."""
        for row in self._rows:
            if "prompts" in row:
                row["prompts"] += prompts
        self._rows = [row for row in self._rows if row["kind"] != "task" or row.get("prompts", 0) < SUMMARY_PROMPTS]

    def _hoped(self, rows: list[Row]) -> list[Row]:
        """The same rows; a fix that was told in a turn which changed nothing has not been tried."""
        def untried(row: Row) -> bool:
            return bool(row["n"] > self._turn >= 0 and row["details"].get("outcome") == "worked" and _FIX.match(row["text"].rsplit("\n", 1)[-1]))

        return [{**row, "details": {**row["details"], "outcome": "untried"}} if untried(row) else row for row in rows]

    def _echoes(self, text: str) -> bool:
        said = content_words(text) if self._given else frozenset()
        return any(len(said.intersection(line)) >= ECHO * len(said) for line in self._given)

    def _row(self, event: Event, candidate: Candidate) -> Row:
        may_close = candidate.kind in _CLOSED or candidate.fault
        if may_close:
            soon = isinstance(event, Compaction) and candidate.details.get("horizon") == "immediate"
            self._closing.watch(event.n, candidate.text, left=1 if candidate.soon else AT_ONCE if soon else 0, problem=candidate.kind != "task")
        details = {name: list(value) if isinstance(value, tuple) else value for name, value in candidate.details.items()}
        return {"kind": candidate.kind, "text": candidate.text, "details": details, "at": event.at, "n": event.n,
                "session": self._session, "branch": self._branch, "closing": candidate.closing, "watched": may_close, "quote": candidate.quote}

    def _record(self, row: Row) -> Record:
        session, text = row["session"] or self._session, row["text"]
        at = row["at"][:19] + "Z" if row["at"] else ""
        return Record(
            id=derived_id(session, row["kind"], " ".join(text.lower().split())), kind=row["kind"], text=text, trust="extracted", created=at, updated=at,
            session=session, branch=row["branch"], anchors=anchors(text), extractor=EXTRACTOR,
            evidence=(Evidence(session, row["n"], content_hash(row["quote"] or text)),),
            details={name: tuple(value) if isinstance(value, list) else value for name, value in row["details"].items()},
            status="resolved" if row["watched"] and self._closing.done(row["n"], text) else "active")

    def _deed(self, deed: Deed) -> Record:
        at = deed.at[:19] + "Z" if deed.at else ""
        return Record(
            id=derived_id(self._session, deed.kind, " ".join(deed.text.lower().split())), kind=deed.kind, text=deed.text, trust="extracted", created=at,
            updated=at, session=self._session, branch=self._branch, details=deed.details, anchors=deed.anchors or anchors(deed.text), extractor=EXTRACTOR,
            evidence=tuple(Evidence(self._session, n, content_hash(quote)) for n, quote in deed.quotes))


__all__ = ["EXTRACTOR", "FORGOTTEN", "Extraction"]
