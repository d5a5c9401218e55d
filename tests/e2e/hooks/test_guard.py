"""The guard as a host fires it: before an edit or a command, and on a prompt."""

import json
import subprocess
from collections.abc import Callable

import pytest
from tests.e2e.hooks.conftest import Host

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def settled(host: Host, passdown: Passdown) -> Host:
    """A store with a decision, a failed approach and a deferral, rendered."""
    (host.root / "outbox.py").write_text("def relay(): ...\n")
    passdown("note", "decision", "The outbox lives in SQLite", "--why", "one process, one file", "--alternative", "Redis: one more server to run",
             "--file", "outbox.py")
    passdown("note", "approach", "Tried running pytest in parallel with -n auto", "--outcome", "failed", "--why", "two workers take the same lock")
    passdown("note", "decision", "Offline mode waits", "--until", "phase 4")
    host.say("Hello there", "Hello.")
    passdown("capture", "--transcript", str(host.transcript))
    return host.another("s-2")


def call(host: Host, tool: str, call_id: str, **given: str) -> str:
    return host.fire("PreToolUse", tool_name=tool, tool_use_id=call_id, tool_input=given)


def render(settled: Host, passdown: Passdown) -> None:
    """Let a capture write the table anew."""
    passdown("note", "lesson", "anything that renders again")
    other = settled.another("s-9")
    other.say("Go on", "Yes.")
    passdown("capture", "--transcript", str(other.transcript))


def test_an_edit_that_brings_the_rejected_alternative_is_warned_of(settled: Host) -> None:
    """With the decision, its reason and its place, fenced as data."""
    said = call(settled, "Edit", "t-1", file_path=str(settled.root / "outbox.py"), old_string="def relay(): ...", new_string="import redis\n\ndef relay(): ...")
    assert said.startswith("passdown · settled in earlier sessions")
    assert "The outbox lives in SQLite. Why: one process, one file. Not: Redis" in said
    assert "outbox.py ✔" in said


def test_a_command_that_walks_the_failed_road_is_warned_of(settled: Host) -> None:
    """What it was and why it failed."""
    assert "two workers take the same lock" in call(settled, "Bash", "t-1", command="python -m pytest -n auto tests")


def test_a_prompt_that_starts_what_was_put_off_is_warned_of(settled: Host) -> None:
    """Until when it waits is said."""
    assert "Until: phase 4" in settled.fire("UserPromptSubmit", prompt="Let's add offline mode to the app")


def test_nothing_is_said_twice_in_a_session(settled: Host) -> None:
    """Another session is warned again."""
    assert call(settled, "Bash", "t-1", command="pip install redis")
    assert call(settled, "Bash", "t-2", command="pip install redis") == ""
    assert call(settled.another("s-3"), "Bash", "t-3", command="pip install redis")


@pytest.mark.parametrize("command", ["ls", "grep -rn redis .", "pip uninstall redis", "git commit -m 'no redis here'", "sqlite3 outbox.db .schema"])
def test_an_innocent_command_is_silent(settled: Host, command: str) -> None:
    """Reading, removing, writing down, and working with what was chosen."""
    assert call(settled, "Bash", "t-1", command=command) == ""


def test_the_users_word_in_this_session_overrides(settled: Host) -> None:
    """After it neither prompt nor edit is warned of; another session is."""
    assert settled.fire("UserPromptSubmit", prompt="I know we said no Redis for the outbox, use Redis anyway") == ""
    assert call(settled, "Bash", "t-1", command="pip install redis") == ""
    assert call(settled.another("s-3"), "Bash", "t-1", command="pip install redis")


def test_what_the_user_set_aside_becomes_a_record(settled: Host, passdown: Passdown) -> None:
    """In the user's own words, and what it sets aside is no longer warned of in any session."""
    words = "I know we decided against Redis for the outbox, but the new service needs it: use Redis anyway"
    settled.say(words, "Done.")
    settled.fire("Stop")
    settled.settle()
    kept = [r for r in json.loads(passdown("list", "--kind", "decision", "--json").stdout) if r.get("overrides")]
    assert [r["text"] for r in kept] == [words]
    assert kept[0]["trust"] == "user"
    assert call(settled.another("s-3"), "Bash", "t-1", command="pip install redis") == ""


def test_it_blocks_only_where_that_is_configured(settled: Host, passdown: Passdown) -> None:
    """`guard = "block"` denies the call with the same words; a prompt is only warned of."""
    (settled.root / ".passdown" / "config.toml").write_text('guard = "block"\n')
    render(settled, passdown)
    out = json.loads(settled.run(settled.payload("PreToolUse", tool_name="Bash", tool_input={"command": "pip install redis"}, tool_use_id="t-1")).stdout)
    assert out["hookSpecificOutput"]["permissionDecision"] == "deny"
    assert "Redis" in out["hookSpecificOutput"]["permissionDecisionReason"]


@pytest.mark.parametrize("tool", [("Bash", {"command": "pip install redis"}), ("shell", {"command": ["pip", "install", "redis"]}), ("apply_patch", {
    "input": "*** Begin Patch\n*** Update File: outbox.py\n@@\n-def relay(): ...\n+import redis\n*** End Patch\n"})], ids=lambda tool: tool[0])
def test_codex_is_warned_and_never_held_back(settled: Host, passdown: Passdown, tool: tuple[str, dict[str, object]]) -> None:
    """It refuses any key besides the two of a text."""
    (settled.root / ".passdown" / "config.toml").write_text('guard = "block"\n')
    render(settled, passdown)
    codex = Host(settled.root, "codex", "s-4")
    name, given = tool
    out = json.loads(codex.run(codex.payload("PreToolUse", tool_name=name, tool_input=given, tool_use_id="t-1")).stdout)
    assert set(out["hookSpecificOutput"]) == {"hookEventName", "additionalContext"}
    assert "The outbox lives in SQLite" in out["hookSpecificOutput"]["additionalContext"]


def test_off_is_silent(settled: Host, passdown: Passdown) -> None:
    """`guard = "off"` holds for calls and prompts alike."""
    (settled.root / ".passdown" / "config.toml").write_text('guard = "off"\n')
    render(settled, passdown)
    assert call(settled, "Bash", "t-1", command="pip install redis") == ""
    assert settled.fire("UserPromptSubmit", prompt="should we use redis for the outbox instead?") == ""


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "cut off": lambda data: data[: len(data) // 2], "garbage behind the first line": lambda data: data.partition(b"\n")[0] + b"\n" + bytes(range(256)),
    "no text": lambda data: b"\xff\0" * 500, "empty": lambda data: b"", "a line too much": lambda data: data + b"\n{}"}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_table_that_is_not_as_it_was_written_is_silent(settled: Host, damage: Callable[[bytes], bytes]) -> None:
    """Nothing fails, and no error is noted."""
    [table] = (settled.private / "cache").glob("guard-*.txt")
    table.write_bytes(damage(table.read_bytes()))
    assert call(settled, "Bash", "t-1", command="pip install redis") == ""
    assert not [p for p in (settled.private / "hooks").rglob("*error*") if p.is_file() and p.stat().st_size]


def test_a_huge_edit_is_looked_at_from_its_beginning(settled: Host) -> None:
    """Within the time of a hook."""
    assert "Redis" in call(settled, "Write", "t-1", file_path=str(settled.root / "a.py"), content="import redis\n" + "x = [" + "1, " * 400_000 + "]\n")


@pytest.mark.parametrize("fields", [
    {"tool_input": None}, {"tool_input": {}}, {"tool_name": "Read"}, {"tool_name": 7}, {"tool_input": {"command": "\x00"}},
    {"tool_name": "MultiEdit", "tool_input": {"edits": [7, {"edits": []}, {"new_string": None}]}}], ids=str)
def test_a_strange_payload_is_passed_over(settled: Host, fields: dict[str, object]) -> None:
    """Nothing is said and nothing fails."""
    assert settled.fire("PreToolUse", **({"tool_name": "Bash"} | fields)) == ""


def test_a_table_older_than_the_records_is_silent(settled: Host, passdown: Passdown) -> None:
    """It may hold what no longer holds."""
    passdown("note", "lesson", "a change")
    assert call(settled, "Bash", "t-1", command="pip install redis") == ""


def test_tools_of_qwen_code_are_known(settled: Host) -> None:
    """It fires Claude Code's event with its own names of tools."""
    assert call(settled, "run_shell_command", "t-1", command="pip install redis")
    assert call(settled.another("s-4"), "replace", "t-2", file_path="outbox.py", old_string="", new_string="import redis")


def patch(*lines: str) -> dict[str, str]:
    return {"input": "\n".join(("*** Begin Patch", *lines, "*** End Patch"))}


@pytest.mark.parametrize(("tool", "given"), [
    ("Edit", {"file_path": "gen/api.py", "old_string": "def old(): ...", "new_string": ""}),
    ("apply_patch", patch("*** Delete File: gen/api.py")),
    ("apply_patch", patch("*** Update File: src/api.py", "*** Move to: gen/api.py", "@@", "-a", "+b")),
    ("apply_patch", patch("*** Update File: src/a.py", "@@", "+a = 1", "*** Update File: gen/api.py", "@@", "+b = 1")),
    ("Bash", {"command": "git rm gen/api.py"})], ids=("emptied", "deleted", "moved to", "second file", "git rm"))
def test_a_protected_place_is_told_of_whatever_is_done_to_it(settled: Host, passdown: Passdown, tool: str, given: dict[str, str]) -> None:
    """Not only lines that are added, and not only the first file of a patch."""
    passdown("note", "decision", "Do not edit gen/api.py by hand; run make gen")
    render(settled, passdown)
    assert "gen/api.py by hand" in call(settled, tool, "t-1", **given)
    assert call(settled.another("s-3"), "Edit", "t-2", file_path="src/api.py", old_string="a = 1", new_string="") == ""


def test_what_is_blocked_stays_blocked_until_the_user_sets_it_aside(settled: Host, passdown: Passdown) -> None:
    """Told in full once, then in short; an agent that tries again is denied again."""
    (settled.root / ".passdown" / "config.toml").write_text('guard = "block"\n')
    render(settled, passdown)

    def denied(number: int) -> str:
        payload = settled.payload("PreToolUse", tool_name="Bash", tool_input={"command": "pip install redis"}, tool_use_id=f"t-{number}")
        said = settled.run(payload).stdout
        out = json.loads(said)["hookSpecificOutput"] if said.strip() else {}
        return out["permissionDecisionReason"] if out.get("permissionDecision") == "deny" else ""

    first = denied(1)
    assert "one process, one file" in first
    assert "go on" not in first
    assert "held back again" in denied(2)
    settled.fire("UserPromptSubmit", prompt="I know we said no Redis for the outbox, use Redis anyway")
    assert denied(3) == ""


def test_a_document_that_changed_since_is_not_quoted(settled: Host, passdown: Passdown) -> None:
    """What it said then it may say no more."""
    document = settled.root / "SESSION_CONTEXT.md"
    document.write_text("# Session context\n\n## What NOT to do\n\n- Do not use moment.js; use date-fns\n")
    render(settled, passdown)
    assert "Do not use moment.js" in settled.another("s-3").fire("UserPromptSubmit", prompt="use moment.js for dates")
    document.write_text("# Session context\n\n## What NOT to do\n\n- Nothing\n")
    assert settled.another("s-4").fire("UserPromptSubmit", prompt="use moment.js for dates") == ""
