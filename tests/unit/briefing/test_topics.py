"""What a prompt opens: the table as it is rendered, read as a hook reads it."""

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from passdown.briefing import topics
from passdown.hooks import topics as reader
from passdown.model.anchor import Anchor
from passdown.model.record import Record
from passdown.model.session import Session

QUEUE = Record(id="01jd000000000001", kind="decision", text="Keep the retry queue in one SQLite file", created="2026-11-02T10:00:00Z",
               details={"why": "no server to run", "alternative": ("a Redis stream",)}, anchors=(Anchor("src/jobs/retry_queue.py", 3, 9),))
FAILED = Record(id="01jd000000000002", kind="approach", text="Polling the outbox table every second", created="2026-11-03T10:00:00Z",
                details={"outcome": "failed", "why": "the laptop never slept"}, session="s-9")
PORT = Record(id="01jd000000000003", kind="knowledge", text="The staging proxy drops websocket frames above 64 kB", created="2026-11-04T10:00:00Z")
TASK = Record(id="01jd000000000004", kind="task", text="Write the retry queue's metrics page")
ALL = (QUEUE, FAILED, PORT, TASK)


def table(*records: Record, sessions: tuple[Session, ...] = ()) -> reader.Table:
    terms, rows = topics.table(topics.topics(records), sessions, lambda topic: f"[]\t{topic.text}")
    head = json.dumps({"terms": len(terms.encode())}).encode() + b"\n"
    return reader.Table(json.loads(head), head + terms.encode() + rows.encode(), len(head))


def opened(prompt: str, *, session: str = "s-1", told: tuple[str, ...] = (), records: tuple[Record, ...] = ALL) -> list[str]:
    return [row.id for row in reader.opened(table(*records), prompt, session, set(told))]


@pytest.mark.parametrize(("prompt", "found"), [
    ("How does the retry queue work, and could it live in Redis?", QUEUE),
    ("look at src/jobs/retry_queue.py, something is off with the retries", QUEUE),
    ("Let's poll the outbox table again", FAILED),
    ("why are websocket frames dropped on staging", PORT)])
def test_a_prompt_opens_what_is_known_of_its_topic(prompt: str, found: Record) -> None:
    """By words in any form, by the name of a file, by what was turned down."""
    assert opened(prompt) == [found.id]


@pytest.mark.parametrize("prompt", [
    "", "yes", "continue", "commit and push", "Go on with the next step please", "What is the weather like?", "run the tests again and fix what fails",
    "update the table", "Write a file with the one thing that I said", "继续", "\x00\x1b[2J\u202e", "🙂🙂🙂", "{" * 5_000, "ValueError: x\n" * 5_000])
def test_most_prompts_open_nothing(prompt: str) -> None:
    """Those about nothing in particular, about something else, and those that are no words."""
    assert opened(prompt) == []


def test_what_the_session_was_told_or_said_itself_is_not_said() -> None:
    """It has that in its context."""
    prompt = "Let's poll the outbox table again"

    assert opened(prompt, told=(FAILED.id,)) == []
    assert opened(prompt, session="s-9") == []


def test_a_topic_of_every_day_opens_nothing() -> None:
    """A word that the project's records and prompts are full of tells nothing."""
    many = tuple(replace(QUEUE, id=f"01jd00000000{n:04}", text=f"The retry queue, part {n}", details={}, anchors=()) for n in range(200))

    assert opened("How does the retry queue work?", records=many) == []


def test_a_large_prompt_is_looked_at_at_both_ends() -> None:
    """What it is about stands before the pasted log, or behind it."""
    log = "12:00:01 INFO worker 17 ready\n" * 100_000

    assert opened(f"Why are websocket frames dropped on staging?\n{log}") == [PORT.id]
    assert opened(f"{log}\nWhy are websocket frames dropped on staging?") == [PORT.id]
    assert opened(f"{log}\nWhy are websocket frames dropped on staging?\n{log}") == []


def test_a_prompt_in_chinese_opens_by_pairs() -> None:
    """No blanks between words."""
    record = replace(PORT, text="数据库迁移必须先停止写入服务")

    assert opened("帮我看看数据库迁移的脚本", records=(record, QUEUE)) == [record.id]
    assert opened("帮我写一个新的页面", records=(record, QUEUE)) == []


def test_lines_are_facts_with_their_date() -> None:
    """An extracted one stands between quotation marks; what is only said when asked for has none."""
    assert topics.line(QUEUE) == ("Decided on 2026-11-02: Keep the retry queue in one SQLite file Why: no server to run Not: a Redis stream"
                                  " [src/jobs/retry_queue.py:3-9]")
    assert topics.line(replace(FAILED, trust="extracted", details={"outcome": "failed"})) == (
        'Tried and failed on 2026-11-03: "Polling the outbox table every second"')
    assert TASK not in [topic.record for topic in topics.topics(ALL)]


def test_superseded_records_are_not_said() -> None:
    """Nor those that are resolved or put away."""
    assert opened("why are websocket frames dropped on staging", records=(replace(PORT, status="archived"), QUEUE)) == []


def test_of_many_records_those_noted_on_purpose_come_first() -> None:
    """The table has room for so many."""
    many = [replace(PORT, id=f"01jd00000000{n:04}", trust="extracted", updated=f"2026-11-20T10:00:{n % 60:02}Z") for n in range(topics.MOST + 50)]
    found = topics.topics([*many, QUEUE])

    assert len(found) == topics.MOST
    assert found[0].record == QUEUE


def test_a_torn_table_is_no_table(tmp_path: Path) -> None:
    """A row that does not read raises, a term that is not there has no rows."""
    assert table(*ALL).posting("nowhere") == (-1, [])
    assert all(table(*ALL).posting(term)[0] >= 0 for term in topics.weights(topics.topics(ALL), ()))
