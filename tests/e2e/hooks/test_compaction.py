"""After a compaction: first what its summary does not mention, then the briefing."""

import json
import time

from tests.e2e.hooks.conftest import Host

LOST = "NOT IN THE SUMMARY"
SAID = "Never touch the vendored parser in third_party, we patch it upstream only."
SUMMARY = "This session is being continued from a previous conversation. Summary: the user asked for an outbox; it was written in outbox.py and works."


def compact(host: Host, summary: str) -> None:
    """The rows that Claude Code writes at a compaction."""
    number = time.time_ns()
    common = {"sessionId": host.session, "cwd": str(host.root), "timestamp": "2026-11-20T11:00:00Z", "version": "2.1.50"}
    rows = [{"type": "system", "subtype": "compact_boundary", "uuid": f"c{number}", "parentUuid": None, "content": "Conversation compacted",
             "compactMetadata": {"trigger": "auto", "preTokens": 160_000}, **common},
            {"type": "user", "uuid": f"s{number}", "parentUuid": f"c{number}", "isCompactSummary": True, "isVisibleInTranscriptOnly": True,
             "message": {"role": "user", "content": summary}, **common}]
    with host.transcript.open("a") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)


def test_what_the_summary_left_out_comes_first(host: Host) -> None:
    """What the user said, which the summary does not have; what it has is not repeated above the briefing."""
    host.say("Write the outbox", "Done.")
    host.say(SAID, "Understood.")
    compact(host, SUMMARY)
    lines = host.fire("SessionStart", source="compact").splitlines()

    assert "after compaction" in lines[0]
    assert lines[2].startswith(LOST)
    assert "vendored parser" in lines[3]
    assert any(line.startswith("passdown · ") for line in lines[4:])
    assert "Not in this text" not in "\n".join(lines)


def test_a_capture_that_the_host_had_time_for_gives_the_same(host: Host) -> None:
    """PostCompact comes before the start, and its capture is done by then; a start that fires twice is answered twice."""
    host.say(SAID, "Understood.")
    compact(host, SUMMARY)
    host.fire("PostCompact")
    host.settle()
    first = host.fire("SessionStart", at="2026-11-20T12:30:10Z", source="compact")

    assert LOST in first
    assert host.fire("SessionStart", at="2026-11-20T12:30:11Z", source="compact") == first


def test_a_summary_that_has_everything_is_not_mended(host: Host) -> None:
    """The briefing alone."""
    host.say(SAID, "Understood.")
    compact(host, f"{SUMMARY}\n\nThe user said: {SAID}")
    text = host.fire("SessionStart", source="compact")

    assert LOST not in text
    assert "after compaction" in text


def test_of_two_compactions_the_last_one_counts(host: Host) -> None:
    """What the second summary has again is not lost."""
    host.say(SAID, "Understood.")
    compact(host, SUMMARY)
    assert LOST in host.fire("SessionStart", source="compact")
    host.say("Now write the inbox", "Done.")
    compact(host, f"{SUMMARY}\n\nThe user said: {SAID} Then: now write the inbox.")

    assert LOST not in host.fire("SessionStart", source="compact", prompt_id="second")


def test_no_other_start_says_it(host: Host) -> None:
    """A session that is resumed later has its whole transcript."""
    host.say(SAID, "Understood.")
    compact(host, SUMMARY)
    host.fire("PostCompact")
    host.settle()

    assert LOST not in host.fire("SessionStart", source="resume")
    assert LOST not in host.another("s-2").fire("SessionStart")


def test_what_could_not_be_captured_in_time_comes_with_the_next_prompt_once(host: Host) -> None:
    """More than 2 MB came with the compaction."""
    host.say(SAID, "Understood.")
    for number in range(70):
        host.say(f"Part {number}: " + "more of it " * 3_000, f"Part {number} is done.")
    compact(host, SUMMARY)
    told = host.fire("SessionStart", source="compact")
    host.settle()

    assert "next prompt" in told
    assert LOST not in told
    assert LOST in host.fire("UserPromptSubmit", prompt_id="p-1")
    assert host.fire("UserPromptSubmit", prompt_id="p-2") == ""
