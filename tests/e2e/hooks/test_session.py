"""What a session gets from the one before, however that one ended."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.e2e.hooks.conftest import Host

from passdown import files
from passdown.hooks import detached, spool, tails

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]
ENDINGS = ("Stop", "SubagentStop", "PreCompact", "PostCompact", "SessionEnd")


def prompts(passdown: Passdown) -> dict[str, int]:
    return {s["session_id"]: s["prompts"] for s in json.loads(passdown("sessions", "--json").stdout)}


@pytest.mark.parametrize("event", ENDINGS)
def test_a_turn_that_ends_is_captured_behind_the_hosts_back(host: Host, passdown: Passdown, event: str) -> None:
    """The hook says nothing and returns; a process of its own captures, and takes the pointer away."""
    host.say("Write the outbox", "The outbox is written.")

    assert host.fire(event) == ""
    host.settle()
    assert prompts(passdown) == {"s-1": 1}


def test_the_next_session_starts_where_the_last_one_stopped(host: Host) -> None:
    """Start, prompt, stop, end; then the briefing of the next start quotes it, fenced as data."""
    assert "no session captured yet" in host.fire("SessionStart")
    assert host.fire("UserPromptSubmit") == ""
    host.say("Write the outbox", "The outbox is written, the tests are next.")
    host.fire("Stop")
    host.settle()
    host.fire("SessionEnd")
    host.settle()
    text = host.another("s-2").fire("SessionStart")

    assert text.startswith("passdown · quoted from earlier sessions")
    assert "the tests are next." in text
    assert text.count("\n```") == 2


def test_a_session_that_never_ended_is_captured_at_the_next_start(host: Host) -> None:
    """The host was killed in its first turn: its start had left a pointer, and the next start captures first."""
    host.fire("SessionStart")
    host.say("Write the outbox", "I was killed after this.")

    assert "I was killed after this." in host.another("s-2").fire("SessionStart")


def test_an_uncaptured_tail_is_captured_at_the_next_start(host: Host) -> None:
    """Turns after the last stop hook are there too."""
    host.say("Write the outbox", "First turn done.")
    host.fire("Stop")
    host.settle()
    host.say("Go on with the inbox", "Second turn was cut off.")

    assert "Second turn was cut off." in host.another("s-2").fire("SessionStart")


def test_a_large_tail_is_announced_and_comes_with_the_next_prompt_once(host: Host) -> None:
    """More than 2 MB are not waited for: the start says so, one prompt brings it, the one after says nothing."""
    for number in range(70):
        host.say(f"Part {number}: " + "more of it " * 3_000, f"Part {number} is done.")
    host.fire("Stop")
    other = host.another("s-2")
    told = other.fire("SessionStart")
    host.settle()

    assert "Not in this text:" in told
    assert "next prompt" in told
    assert "Part 69 is done." in other.fire("UserPromptSubmit", prompt_id="p-1")
    assert other.fire("UserPromptSubmit", prompt_id="p-2") == ""


def test_a_phantom_start_takes_nothing_away(host: Host) -> None:
    """A start for a session that never comes, 0.3 s before the real one, and a start that fires twice: each is answered in full."""
    host.say("Write the outbox", "The outbox is written.")
    host.fire("Stop")
    host.settle()
    host.another("phantom").fire("SessionStart")
    other = host.another("s-2")
    first = other.fire("SessionStart", at="2026-11-20T12:30:10Z", source="resume")

    assert "The outbox is written." in first
    assert other.fire("SessionStart", at="2026-11-20T12:30:11Z", source="resume") == first


def test_the_same_start_from_two_installations_is_answered_once(host: Host) -> None:
    """Plugin and settings file fire at the same moment."""
    host.fire("SessionStart")
    payload, now = host.another("s-2").payload("SessionStart"), datetime.now(UTC).isoformat()
    with ThreadPoolExecutor(2) as both:
        said = list(both.map(lambda _: host.run(payload, PASSDOWN_NOW=now).stdout, range(2)))

    assert sorted(bool(text) for text in said) == [False, True]


def test_after_a_compaction_the_briefing_comes_again(host: Host) -> None:
    """The session's own turns before the compaction are in it."""
    host.say("Write the outbox", "Outbox half done before the compaction.")
    text = host.fire("SessionStart", source="compact")

    assert "after compaction" in text.splitlines()[0]
    assert "Outbox half done before the compaction." in text


def test_two_live_sessions_in_one_work_tree_lose_nothing(host: Host, passdown: Passdown) -> None:
    """Both fire at once, again and again; after the last one everything is captured."""
    both = [host, host.another("s-2")]
    for turn in range(4):
        for one in both:
            one.say(f"Do part {turn} of {one.session}", f"Part {turn} is done.")
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda one, turn=turn: one.fire("Stop", prompt_id=f"p{turn}"), both))  # type: ignore[misc]
    host.settle()

    assert prompts(passdown) == {"s-1": 4, "s-2": 4}


def test_a_killed_capture_is_made_good_by_the_next_start(host: Host, passdown: Passdown) -> None:
    """Kill -9 of the detached capture at several moments: the pointer is still there, or what it stood for is done."""
    for number, delay in enumerate((0.02, 0.08, 0.12, 0.2)):
        host.say(f"Do part {number} of the work", f"Part {number} is done.")
        host.fire("Stop", prompt_id=f"p{number}")
        time.sleep(delay)
        for process in captures_of(host.root):
            os.kill(process, signal.SIGKILL)
    text = host.another("s-2").fire("SessionStart")

    assert "Part 3 is done." in text
    assert prompts(passdown) == {"s-1": 4}


def test_a_start_does_its_own_capture_when_the_one_at_work_was_past_it(host: Host) -> None:
    """It waits for that one's end, and not for its deadline."""
    host.say("Write the outbox", "Said while another capture was at work.")
    other = host.another("s-2")
    with ThreadPoolExecutor(1) as waiting, files.lock(host.private / detached.LOCK, timeout_s=60):
        text = waiting.submit(other.fire, "SessionStart", transcript_path=str(host.transcript), source="resume")
        until = time.monotonic() + 60
        while not spool.waiting(str(host.private)) and time.monotonic() < until:
            time.sleep(0.01)

    assert "Said while another capture was at work." in text.result()


def captures_of(root: Path) -> list[int]:
    """Processes that capture for this repository."""
    listing = subprocess.run(["ps", "-eo", "pid,args"], capture_output=True, text=True, check=True).stdout.splitlines()
    return [int(row.split()[0]) for row in listing if "--spooled" in row and str(root) in row]


def test_what_was_injected_is_never_evidence(host: Host, passdown: Passdown) -> None:
    """A briefing comes back in the next transcript, as an attachment of the host and as a pasted prompt: no record and no goal is made of it."""
    host.say("We decided to use SQLite because there is no server to run.", "I'll use SQLite because there is no server to run.")
    host.fire("Stop")
    host.settle()
    text = host.another("s-2").fire("SessionStart")
    before = len(json.loads(passdown("list", "--json").stdout))
    second = host.another("s-2")
    second.say(text + "\nNow add the retry loop to it", "All right.")
    with second.transcript.open("a") as file:
        file.write(json.dumps({"type": "attachment", "uuid": "h1", "sessionId": "s-2", "cwd": str(host.root), "timestamp": "2026-11-20T10:00:01Z",
                               "attachment": {"type": "hook_additional_context", "content": [text], "hookEvent": "SessionStart"}}) + "\n")
    second.fire("Stop")
    host.settle()
    sessions = {s["session_id"]: s for s in json.loads(passdown("sessions", "--json").stdout)}

    assert "SQLite" in text
    assert len(json.loads(passdown("list", "--json").stdout)) == before
    assert "Now add the retry loop" in passdown("resume").stdout
    assert passdown("resume").stdout.count("quoted from earlier") == 1  # the fence's own line
    assert sessions["s-2"]["prompts"] == 1


def test_a_commit_after_the_last_capture_is_in_the_briefing(host: Host, repository: Path) -> None:
    """The rendered text is of another commit: it is rendered anew before it is said."""
    host.fire("SessionStart")
    subprocess.run(["git", "commit", "-q", "--allow-empty", "-m", "By hand"], cwd=repository, check=True)
    head = subprocess.run(["git", "rev-parse", "--short=7", "HEAD"], cwd=repository, check=True, capture_output=True, text=True).stdout.strip()

    assert f"main @ {head}" in host.another("s-2").fire("SessionStart")


def test_a_note_by_hand_is_in_the_next_briefing(host: Host, passdown: Passdown) -> None:
    """Records changed since the text was rendered."""
    host.fire("SessionStart")
    passdown("note", "decision", "Keep the outbox in one table")

    assert "Keep the outbox in one table" in host.another("s-2").fire("SessionStart")


def test_a_linked_work_tree_has_a_briefing_of_its_own(host: Host, repository: Path) -> None:
    """Its branch stands in it, and its session is captured into the one store."""
    tree = repository.parent / "side"
    subprocess.run(["git", "worktree", "add", "-q", str(tree), "-b", "side"], cwd=repository, check=True)
    linked = Host(tree, session="s-9")
    linked.say("Try it on the side", "Tried on the side.")
    linked.run(linked.payload("Stop"))
    host.settle()

    assert "side @" in linked.fire("SessionStart")
    assert "main @" in host.fire("SessionStart")
    assert "Tried on the side." in host.another("s-3").fire("SessionStart")


def test_what_was_private_is_nowhere(host: Host, passdown: Passdown) -> None:
    """A span between private tags reaches neither events nor facts nor state."""
    word = "zanzi" + "bar"
    host.say(f"Use the port <private>of {word}</private> for it", f"Using <private>{word}")
    host.fire("Stop")
    host.settle()
    import gzip

    files = [p for p in host.private.rglob("*") if p.is_file()]
    texts = [gzip.decompress(p.read_bytes()) if p.suffix == ".gz" else p.read_bytes() for p in files]

    assert prompts(passdown) == {"s-1": 1}
    assert [p for p, text in zip(files, texts, strict=True) if word.encode() in text] == []


def test_a_pause_is_kept_and_told(host: Host, passdown: Passdown) -> None:
    """Hooks are silent and capture nothing until it is taken back; a capture by hand goes on."""
    passdown("pause", "--for", "2h")
    host.say("Write the outbox", "Off the record.")
    host.fire("Stop")

    assert host.fire("SessionStart") == ""
    assert not (host.private / "inbox-hooks").exists()
    assert "paused" in passdown("doctor", code=1).stdout
    assert "paused" in passdown("capture", "--transcript", str(host.transcript)).stderr
    assert "paused" in passdown("resume").stdout
    passdown("pause", "--off")
    assert "Off the record." in host.fire("SessionStart", source="resume")


def test_known_transcripts_are_listed_with_what_was_captured(host: Host) -> None:
    """So that a start sees by stat what is missing."""
    host.say("Write the outbox", "Done.")
    host.fire("Stop")
    host.settle()

    assert tails.rows(str(host.private)) == {str(host.transcript): (host.transcript.stat().st_size, "")}
    assert tails.missing(str(host.private)) == {}


def test_auto_init_starts_a_private_store_where_an_agent_works(repository: Path) -> None:
    """With `auto_init = true` in the user's own settings the first session of a repository gets a store; the work tree stays as it is."""
    host = Host(repository)
    (host.home / ".passdown" / "config.toml").write_text("auto_init = true  # everywhere\n")
    host.fire("SessionStart")
    until = time.monotonic() + 20
    while not (host.private / "VERSION").exists() and time.monotonic() < until:
        time.sleep(0.05)

    assert (host.private / "VERSION").exists()
    assert not (repository / ".passdown").exists()


@pytest.mark.parametrize("text", ["", "# auto_init = true\n", "auto_init = false\n", "auto_inits = true\n"])
def test_without_auto_init_nothing_is_started(repository: Path, text: str) -> None:
    """Silence is the default."""
    host = Host(repository)
    (host.home / ".passdown" / "config.toml").write_text(text)
    host.fire("SessionStart")
    time.sleep(0.3)

    assert not host.private.exists()
