"""One session's events give its records, whichever way they are cut into batches."""

import json
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from passdown.extract.records import EXTRACTOR, MOST_ROWS, Extraction
from passdown.model.event import Compaction, Event, Injected, Mark, Prompt, Reply, Rewind, SafeEvents, ToolCall, ToolResult
from passdown.model.ids import content_hash
from passdown.model.record import KINDS, Record

DECISION = "I opted for optimistic locking instead of row locks because conflicts are rare."
TASK = "Next steps: port the admin pages to the new router."
BRIEFING = f"passdown · shop @ abc1234 · Friday\n\nDECIDED\n{DECISION}\n\nThe user expects to hear where things stand before anything changes."


def _session(*events: Event) -> SafeEvents:
    numbered = enumerate([Mark(session="s1", branch="main"), *events])
    return SafeEvents(tuple(replace(event, n=n, at="2026-02-03T04:05:06.789Z") for n, event in numbered))


def _records(*events: Event) -> list[Record]:
    extraction = Extraction()
    extraction.add(_session(*events))
    return extraction.records()


def _kinds(*events: Event) -> list[str]:
    return [r.kind for r in _records(*events)]


def _call(**fields: str) -> ToolCall:
    return ToolCall(**{"call": "c", "tool": "t", **fields})  # type: ignore[arg-type]


def test_a_record_is_verbatim_and_points_at_its_event() -> None:
    """Text, evidence, time, branch, reason and rejected way are those of the sentence; trust is `extracted`."""
    [record] = _records(Prompt(text="lock the rows"), Reply(text=f"I looked around. {DECISION} Let me run the checks."))
    assert (record.text, record.trust, record.extractor) == (DECISION, "extracted", EXTRACTOR)
    assert (record.session, record.branch) == ("s1", "main")
    assert (record.created, record.evidence[0].event, record.evidence[0].quote) == ("2026-02-03T04:05:06Z", 2, content_hash(DECISION))
    assert (record.detail("why"), record.detail("alternative")) == ("conflicts are rare", "row locks")


def test_details_are_those_of_the_table() -> None:
    """Every detail is a field of its kind."""
    said = [DECISION, "I tried a bloom filter but it broke deduplication, so I reverted it.",
            "Watch out: the seed script wipes the users table if it is run twice.",
            "We are blocked on the vendor: they have not sent the API specification."]
    for record in _records(*(Reply(text=t) for t in said)):
        assert set(record.details) <= {f.name for f in KINDS[record.kind].fields}


def test_the_id_stays_when_extracted_again() -> None:
    """Two extractions of one session give the same ids."""
    assert [r.id for r in _records(Reply(text=DECISION))] == [r.id for r in _records(Reply(text=DECISION))]


def test_only_what_user_and_agent_say_counts() -> None:
    """Injected text, tool output, thinking, code and quotations give nothing."""
    cited = Reply(text=f"```\n{DECISION}\n```\n> {DECISION}")
    assert _kinds(Injected(text=DECISION), _call(about=DECISION), ToolResult(call="c", output=DECISION), cited) == []


def test_only_the_user_has_preferences() -> None:
    """The same words are a preference from the user and nothing from the agent."""
    text = "always run the formatter before you commit"
    assert _kinds(Prompt(text=text)) == ["preference"]
    assert _kinds(Reply(text=text)) == []


def test_our_briefing_is_no_evidence_and_neither_is_its_echo() -> None:
    """What the session was given by us is cut out, and repeating it gives no record."""
    assert _kinds(Prompt(text=BRIEFING)) == []
    assert _kinds(Injected(text=BRIEFING), Reply(text=DECISION)) == []
    assert _kinds(Injected(text=BRIEFING), Reply(text="I chose `heapq` over a sorted list because inserts dominate.")) == ["decision"]


def test_next_steps_count_where_a_session_ends_and_not_in_its_middle() -> None:
    """Before a tool call "next" is narration; before another prompt it was taken up or passed over."""
    assert _kinds(Prompt(text="go"), Reply(text=TASK)) == ["task"]
    assert _kinds(Prompt(text="go"), Reply(text=TASK), _call()) == []
    assert _kinds(Prompt(text="go"), Reply(text=TASK), Prompt(text="ok")) == []


def test_what_is_left_for_later_counts_anywhere() -> None:
    """A deferral says by itself that it is not for now."""
    assert _kinds(Reply(text="What is left over is the replay command, it has to be written in a later session."), _call()) == ["task"]


def test_a_question_counts_until_it_is_answered() -> None:
    """The agent's last question waits for the user; the next prompt takes it away."""
    question = Reply(text="Which of the two currencies should the ledger report in?")
    assert _kinds(question) == ["question"]
    assert _kinds(question, Prompt(text="euros")) == []


def test_an_answer_to_a_question_put_by_tool_is_a_decision() -> None:
    """Question and answer together, approved by the user."""
    answer = ToolResult(call="c", output='User has answered: "Which store should we use?"="SQLite file". Go on.')
    [record] = _records(_call(action="ask"), answer)
    assert (record.kind, record.text, record.detail("approval")) == ("decision", "Which store should we use?\nSQLite file", "user")


def test_a_plan_that_the_user_orders_is_a_decision() -> None:
    """How it is done, with the reason from its context; a plan that is only put up is none until it is approved."""
    plan = "# Plan: Move the ledger to integers\n\n## Context\nFloats lose cents.\n\n## Approach\nStore amounts as integer cents in `ledger.py`.\n"
    [record] = _records(Prompt(text=f"Implement the following plan:\n\n{plan}"))
    assert record.text == "Store amounts as integer cents in `ledger.py`."
    assert (record.detail("why"), record.detail("approval"), record.anchors[0].path) == ("Floats lose cents.", "user", "ledger.py")
    assert _kinds(_call(action="plan", about=plan)) == []
    assert _kinds(_call(action="plan", about=plan), ToolResult(call="c", ok=False)) == []
    assert _kinds(_call(action="plan", about=plan), ToolResult(call="c", ok=True)) == ["decision"]


def test_of_a_sub_agent_only_the_last_reply_counts() -> None:
    """What it said on the way is not its report."""
    first = Reply(text="I chose `heapq` over a sorted list because inserts dominate.", lane="a")
    assert [r.text for r in _records(first, Reply(text=DECISION, lane="a"))] == [DECISION]


def test_a_summary_lists_what_is_pending() -> None:
    """Items below "Pending Tasks" of a compaction are open when nothing follows."""
    assert _kinds(Compaction(text="Pending Tasks:\n- Port the admin pages to the router")) == ["task"]


def test_what_the_user_took_back_is_gone_and_what_was_learnt_stays() -> None:
    """A rewind drops decisions and tasks behind it, not knowledge."""
    gotcha = "It turns out `os.replace` fails on Windows when the target is open."
    assert _kinds(Prompt(text="go"), Reply(text=DECISION), Reply(text=gotcha), _call(), Rewind(to=1)) == ["knowledge"]


def test_lists_below_a_telling_heading_are_of_its_kind() -> None:
    """A heading names the kind of the items below it."""
    text = "## Key decisions\n- Amounts are kept as integer cents\n- One ledger for each tenant\n\n## Done\n- Amounts have a test now"
    assert _kinds(Reply(text=text)) == ["decision"] * 2


def test_the_state_of_another_extractor_is_refused() -> None:
    """The session is read again: a better extractor cleans up after a worse one."""
    state = Extraction().state()
    Extraction(state)
    with pytest.raises(ValueError, match=EXTRACTOR):
        Extraction({**state, "extractor": "prose/1"})


FAULT = "Root cause: `load_rows` in `src/load.py` never closes the file when the parser raises."


def _edit(path: str) -> list[Event]:
    return [ToolCall(call=path, tool="Edit", action="edit", paths=(path,)), ToolResult(call=path, ok=True)]


def test_a_fault_that_is_mended_is_resolved() -> None:
    """By an edit of what it names, or by the next one when the agent says that it mends it now."""
    def states(said: str, *after: Event) -> list[str]:
        return [r.status for r in _records(Prompt(text="why does it leak"), Reply(text=said), *after)]

    assert states(FAULT) == ["active"]
    assert states(FAULT, *_edit("/srv/shop/src/other.py")) == ["active"]
    assert states(FAULT, *_edit("/srv/shop/src/load.py")) == ["resolved"]
    assert states(f"{FAULT} Let me fix it.", *_edit("/srv/shop/src/other.py")) == ["resolved"]


def test_a_fix_of_a_turn_that_changes_nothing_is_untried() -> None:
    """It was proposed; where the turn changes something, it was made."""
    fix = Reply(text="The fix: `load_rows` now reads inside a `with` block so that the handle is closed.")

    def outcomes(*events: Event) -> list[str]:
        return [r.detail("outcome") for r in _records(Prompt(text="go"), *events)]

    assert outcomes(fix) == ["untried"]
    assert outcomes(fix, Prompt(text="thanks"), *_edit("src/load.py")) == ["untried"]
    assert outcomes(fix, *_edit("src/load.py")) == ["worked"]
    assert outcomes(*_edit("src/load.py"), fix, Prompt(text="thanks")) == ["worked"]


def test_state_is_json_and_bounded() -> None:
    """However long the session, the state keeps the newest rows only and survives JSON."""
    extraction = Extraction()
    for n in range(MOST_ROWS + 50):
        extraction.add(SafeEvents((Reply(n=n, text=f"I chose widget{n} over gadget{n} because it is faster."),)))
    state = json.loads(json.dumps(extraction.state()))
    assert len(state["rows"]) + len(state["held"]) <= MOST_ROWS + 1
    assert Extraction(state).records() == extraction.records()


_EVENT = st.sampled_from([
    Prompt(text="always run the formatter before you commit"), Prompt(text="ok"), Prompt(text=BRIEFING),
    Reply(text=DECISION), Reply(text=TASK), Reply(text=DECISION, lane="a"), Reply(text="Which of the two currencies should it be in the end?"),
    Injected(text=BRIEFING), _call(), _call(action="ask"), _call(action="plan", about="# Move it\n\nText."),
    ToolResult(call="c", ok=True, output='"Which store should we use?"="SQLite file"'),
    Compaction(text="Pending Tasks:\n- Port the admin pages to the router"), Rewind(to=2),
    Prompt(text="set the request timeout to 30s"), Prompt(text="set the request timeout to 90s"),
])


@settings(max_examples=60, deadline=None)
@given(st.lists(_EVENT, max_size=14), st.sets(st.integers(0, 15)))
def test_batches_make_no_difference(events: Sequence[Event], cuts: set[int]) -> None:
    """Any cut into batches, with the state through JSON in between, gives the same records."""
    safe = _session(*events)
    state = None
    for start, end in zip([0, *sorted(cuts)], [*sorted(cuts), len(safe)], strict=True):
        part = Extraction(state)
        part.add(SafeEvents(safe[start:end]))
        state = json.loads(json.dumps(part.state()))
    whole = Extraction()
    whole.add(safe)
    assert Extraction(state).records() == whole.records()
