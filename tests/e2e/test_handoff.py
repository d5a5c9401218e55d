"""The hand-off as a user runs it: real processes, a real repository, a fixed clock."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from passdown.briefing.quoted import SOURCE
from passdown.formats.sectioned import parse
from passdown.formats.styles.session_memory import LAYOUT

SAMPLES = Path(__file__).parents[1] / "golden" / "transcripts"
CLAUDE = SAMPLES / "claude-code" / "session.jsonl"
Passdown = Callable[..., "subprocess.CompletedProcess[str]"]
NOW = "2026-11-20T09:12:00Z"


@pytest.fixture
def store(passdown: Passdown) -> Passdown:
    passdown("init", "--yes")
    return passdown


@pytest.fixture
def document(repository: Path) -> Path:
    return repository / ".tmp" / "SESSION_MEMORY.md"


def handoff(store: Passdown, *words: str, now: str = NOW) -> Any:
    return json.loads(store("handoff", "--json", "--now", now, *words).stdout)


def note(store: Passdown, *words: str, now: str = NOW) -> str:
    return str(json.loads(store("note", *words, "--json", "--now", now).stdout)["record"]["id"])


def section(text: str, number: int) -> str:
    """One section, heading included."""
    found = re.search(rf"^## {number}\. .*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"no section {number}"
    return found[0]


def test_thirteen_sections_in_order_at_exactly_this_path(store: Passdown, document: Path) -> None:
    """`handoff` writes .tmp/SESSION_MEMORY.md with the seed's headings, and git does not see it."""
    done = handoff(store)
    names = re.findall(r"^## (\d+)\. (.+)$", document.read_text(), re.MULTILINE)

    assert done["state"] == "written"
    assert Path(done["path"]) == document
    assert names == [(str(s.number), s.name) for s in LAYOUT.sections]
    assert subprocess.run(["git", "status", "--porcelain"], cwd=document.parents[1], capture_output=True, text=True, check=True).stdout == "?? .passdown/\n"


def test_a_second_run_changes_nothing(store: Passdown, document: Path) -> None:
    """Same knowledge, same bytes, also a day later."""
    note(store, "knowledge", "Ids are padded", "--severity", "critical", "--file", "README.md:1")
    handoff(store)
    before = document.read_bytes()

    assert handoff(store, now="2026-11-21T09:12:00Z")["state"] == "unchanged"
    assert document.read_bytes() == before


def test_every_kind_has_its_place(store: Passdown, document: Path) -> None:
    """Each record stands in the section where the seed wants it, with its details."""
    note(store, "knowledge", "Orders flow from the API into the outbox", "--category", "architecture")
    note(store, "milestone", "Checkout works by webhooks", "--file", "README.md")
    note(store, "task", "Make drain() safe", "--state", "in progress", "--stopped", "src/retry.py:88", "--next", "Add a lock around the loop")
    note(store, "blocker", "No sandbox key", "--impact", "cannot test refunds", "--next", "Ask finance for a key", "--expected", "2026-11-25")
    note(store, "question", "Keep the poller?", "--context", "whether src/poll may go")
    note(store, "task", "Write the refund flow", "--priority", "low")
    note(store, "task", "Fix the rounding", "--priority", "high", "--ticket", "tickets/T-12.md")
    note(store, "knowledge", "Bodies are read once", "--severity", "helpful", "--category", "gotcha")
    note(store, "knowledge", "event.id is the only safe key", "--severity", "critical", "--category", "data relationship", "--file", "README.md:1")
    note(store, "approach", "Redis Streams", "--outcome", "failed", "--why", "XAUTOCLAIM lost messages", "--spent", "2h")
    note(store, "test-data", "Order 1001 has a refund", "--as-of", "2026-11-18", "--credentials", "backend/local.env")
    note(store, "command", "git --version", "--purpose", "verify")
    note(store, "resource", "Webhook guide", "--link", "docs/webhooks.md")
    note(store, "preference", "Conventional commits", "--scope", "Commits")
    note(store, "lesson", "Build before deploy")
    handoff(store)
    text = document.read_text()

    assert "**Data flow:** Orders flow" in section(text, 2)
    assert "| Checkout works by webhooks | `README.md` | 2026-11-20 (milestone)" in section(text, 3)
    assert "Stopped at: src/retry.py:88" in section(text, 4)
    assert "**Blocked:** No sandbox key" in section(text, 4)
    assert "Next step: Ask finance for a key" in section(text, 4)
    assert "**Waiting for the user:** Keep the poller?" in section(text, 4)
    assert section(text, 5).index("[high] `@tickets/T-12.md` - Fix the rounding") < section(text, 5).index("[low] Write the refund flow")
    assert [line[:3].strip() for line in section(text, 6).splitlines() if line[:1] in "🔴🟡🟢" and line] == ["🔴 C", "🟡 I", "🟢 H"]
    assert "File: README.md:1 ✔" in section(text, 6)
    assert "Time lost: 2h" in section(text, 6)
    assert "[As of 2026-11-18] Order 1001" in section(text, 7)
    assert "Credentials (location only): backend/local.env" in section(text, 7)
    assert "git --version" in section(text, 8)
    assert "Branch: main" in section(text, 9)
    assert "`docs/webhooks.md` – Webhook guide" in section(text, 10)
    assert "Next step: Add a lock around the loop" in section(text, 11)
    assert "**Commits:** Conventional commits" in section(text, 12)
    assert "Build before deploy" in section(text, 13)


def test_the_ids_come_back(store: Passdown, document: Path) -> None:
    """Parsing the document gives every record that it holds, ids, kinds and titles."""
    ids = {
        note(store, "decision", "SQLite outbox, not Redis", "--why", "no server"): "decision", note(store, "issue", "Flaky clock"): "issue",
        note(store, "command", "make test", "--purpose", "verify"): "command", note(store, "task", "Delete the poller", "--priority", "high"): "task",
        note(store, "blocker", "No key", "--next", "ask"): "blocker", note(store, "approach", "Polling", "--outcome", "failed", "--why", "slow"): "approach",
        note(store, "preference", "Short commits", "--scope", "Commits"): "preference", note(store, "milestone", "It | works"): "milestone"}
    handoff(store)
    found = {f.record.id: f for f in parse(LAYOUT, document.read_text())}

    assert set(ids) <= set(found)
    assert {i: found[i].record.kind for i in ids if ids[i] != "milestone"} == {i: k for i, k in ids.items() if k != "milestone"}
    assert not any(f.edited for f in found.values())


def test_the_report_says_what_is_missing_with_commands(store: Passdown) -> None:
    """A decision without a rationale, no next step: each with the exact command."""
    found = note(store, "decision", "SQLite outbox")
    done = store("handoff", "--now", NOW).stdout

    assert f'passdown edit {found[:12]} --set why="…"' in done
    assert "passdown note task" in done
    assert "✗ resume instructions" in done


def test_a_document_that_git_would_track_holds_shared_records_only(store: Passdown, repository: Path) -> None:
    """Decision 2: what was not shared stays out, unless it is asked for."""
    note(store, "knowledge", "The private one", "--severity", "critical")
    note(store, "knowledge", "The shared one", "--severity", "critical", "--share")
    out = repository / "docs" / "HANDOFF.md"
    done = handoff(store, "--out", str(out))
    text = out.read_text()

    assert done["shared_only"] is True
    assert "The shared one" in text
    assert "The private one" not in text
    assert str(repository) not in text
    assert handoff(store, "--out", str(out), "--include-private")["shared_only"] is False
    assert "The private one" in out.read_text()


def test_what_git_takes_later_loses_what_is_private(store: Passdown, document: Path, repository: Path) -> None:
    """A document that git begins to track keeps no private record, not in its archive either; what a hand rewrote stays and is told."""
    private = [note(store, "knowledge", "The private one", "--severity", "critical"), note(store, "milestone", "The private milestone", "--file", "README.md"),
               note(store, "lesson", "The rewritten lesson")]
    note(store, "lesson", "The shared one", "--share")
    handoff(store)
    for one in private[:2]:
        store("archive", one)
    handoff(store)
    before = document.read_text()
    document.write_text(before.replace("The rewritten lesson", "My own lesson"))
    subprocess.run(["git", "add", "-f", str(document)], cwd=repository, check=True)
    done = handoff(store)
    text = document.read_text()

    assert before.count("The private") == 2
    assert "The shared one" in text
    assert "The private" not in text
    assert "My own lesson" in text
    assert (done["shared_only"], done["edited"]) == (True, [private[2]])


@pytest.mark.parametrize("spelling", ["worktree", "link"])
def test_git_is_asked_where_the_document_really_lies(store: Passdown, repository: Path, tmp_path: Path, spelling: str) -> None:
    """A linked worktree outside the project, and the project under another name, are in git's sight too."""
    note(store, "knowledge", "The private one", "--severity", "critical")
    there = tmp_path / spelling
    if spelling == "link":
        there.symlink_to(repository)
    else:
        subprocess.run(["git", "worktree", "add", "-q", str(there)], cwd=repository, check=True)

    assert handoff(store, "--out", str(there / "HANDOFF.md"))["shared_only"] is True
    assert "The private one" not in (there / "HANDOFF.md").read_text()


def test_what_is_forgotten_leaves_the_document(store: Passdown, document: Path, repository: Path) -> None:
    """At once from the document at its own place, archive included, and with the next update from one elsewhere."""
    elsewhere = repository.parent / "elsewhere.md"
    gone = [note(store, "knowledge", "The zanzibar one", "--severity", "critical"), note(store, "milestone", "The zanzibar milestone", "--file", "README.md")]
    note(store, "lesson", "The kept one")
    handoff(store)
    handoff(store, "--out", str(elsewhere))
    store("archive", gone[0])
    handoff(store)
    for one in gone:
        store("forget", one, "--yes")
    left = document.read_text()
    handoff(store, "--out", str(elsewhere))

    assert "zanzibar" not in left
    assert "zanzibar" not in elsewhere.read_text()
    assert "The kept one" in left


def test_secrets_and_personal_data_stay_out(store: Passdown, document: Path, repository: Path) -> None:
    """A key in a manifest, and an address in a note, are replaced."""
    key = "gh" + "p_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"
    (repository / "package.json").write_text(json.dumps({"name": "shop", "description": f"Uses {key}"}))
    note(store, "knowledge", "Ask jane.doe@corp.io or +49 170 1234567; not test@example.com")
    handoff(store)
    text = document.read_text()

    assert key not in text
    assert "jane.doe" not in text
    assert "1234567" not in text
    assert "test@example.com" in text
    assert handoff(store)["state"] == "unchanged"


def test_whole_files_and_speculation_stay_out(store: Passdown, document: Path) -> None:
    """A pasted file is cut to its beginning, future work without a ticket is left out and told."""
    pasted = "\n".join(f"line {n}" for n in range(60))
    note(store, "knowledge", f"The generated client\n\n```python\n{pasted}\n```\nis never edited")
    note(store, "task", "Rewrite it in Rust some day", "--horizon", "future")
    note(store, "task", "Move to queues", "--horizon", "future", "--ticket", "T-9")
    done = handoff(store)
    text = document.read_text()

    assert "line 3" in text
    assert "line 30" not in text
    assert "Rust" not in text
    assert "Move to queues" in text
    assert [one["title"] for one in done["left_out"] if not one["why"].startswith("not whole")] == ["Rewrite it in Rust some day"]


def test_ten_updates_keep_update_archive_and_expire(store: Passdown, document: Path) -> None:
    """A chain with a fixed clock: what holds keeps its bytes, changed sections are stamped, obsolete entries go to the archive and leave it after two weeks."""
    keeper = note(store, "knowledge", "Ids are padded", "--severity", "critical", now="2026-11-01T10:00:00Z")
    gone = note(store, "knowledge", "The cache is off", "--severity", "important", now="2026-11-01T10:00:00Z")
    handoff(store, now="2026-11-01T12:00:00Z")                                                             # 1: written
    first = document.read_text()
    kept = next(line for line in first.splitlines() if keeper in line)
    assert "[UPDATED" not in first

    assert handoff(store, now="2026-11-02T12:00:00Z")["state"] == "unchanged"                             # 2: nothing new
    assert document.read_text() == first

    note(store, "lesson", "Build before deploy", now="2026-11-03T10:00:00Z")
    assert handoff(store, now="2026-11-03T12:00:00Z")["updated"] == ["Lessons Learned"]                   # 3: one section
    assert re.findall(r"^## (.*) \[UPDATED: (.*)\]$", document.read_text(), re.MULTILINE) == [("13. Lessons Learned", "2026-11-03")]

    document.write_text(document.read_text().replace("## 13.", "A line of my own, *untouched*.   \n\n## 13."))
    handoff(store, now="2026-11-04T12:00:00Z")                                                             # 4: somebody's own line
    assert "A line of my own, *untouched*.   \n" in document.read_text()

    store("archive", gone, "--now", "2026-11-05T10:00:00Z")
    done = handoff(store, now="2026-11-05T12:00:00Z")                                                      # 5: obsolete
    assert done["archived"] == 1
    assert "### [2026-11-05] 6. Critical Knowledge" in document.read_text().split("## Archive")[1]
    assert "The cache is off" not in section(document.read_text(), 6)

    task = note(store, "task", "Delete the poller", "--priority", "high", now="2026-11-06T10:00:00Z")
    handoff(store, now="2026-11-06T12:00:00Z")                                                             # 6: a task
    assert task in section(document.read_text(), 5)

    store("resolve", task, "--now", "2026-11-07T10:00:00Z")
    done = handoff(store, now="2026-11-07T12:00:00Z")                                                      # 7: done: it moves to section 3, not to the archive
    assert (task in section(document.read_text(), 3), task in section(document.read_text(), 5), done["archived"]) == (True, False, 0)

    document.write_text(document.read_text().replace("Build before deploy", "Always build before a deploy"))
    done = handoff(store, now="2026-11-08T12:00:00Z")                                                      # 8: rewritten by hand: the record takes it over
    assert [one["changed"] for one in done["taken"]] == [["text"]]
    assert "Always build before a deploy" in section(document.read_text(), 13)

    assert handoff(store, now="2026-11-19T12:00:00Z")["expired"] == 0                                     # 9: fourteen days old: still there
    assert gone in document.read_text()

    done = handoff(store, now="2026-11-20T12:00:00Z")                                                      # 10: older than two weeks
    text = document.read_text()
    assert done["expired"] == 1
    assert gone not in text
    assert "## Archive" not in text
    assert "(archived)" in store("show", gone).stdout
    assert kept in text
    assert "A line of my own, *untouched*.   \n" in text


def test_a_document_written_by_hand_is_kept(store: Passdown, document: Path) -> None:
    """Another agent followed the seed: its lines stay byte for byte, git's state becomes the measured one, ours come beside."""
    document.parent.mkdir()
    mine = "🔴 **CRITICAL** - S3 ids\nThe id is PADDED.\nFile: README.md:1\n"
    document.write_text(
        "# Memory\n\n### 1. Project Overview (~10 lines)\nShop API, Python.\n\n### 6. Critical Knowledge\n\n" + mine +
        "\n### 9. Git State\n```\nBranch: old-branch\nLast commit: 1234567 gone\n```\n\n## Notes\n\nkeep | me\n")
    note(store, "knowledge", "Bodies are read once", "--severity", "helpful")
    handoff(store)
    text = document.read_text()

    assert mine in text
    assert "Shop API, Python.\n" in text
    assert "## Notes\n\nkeep | me\n" in text
    assert "Bodies are read once" in text
    assert text.index("Branch: main") < text.index("Archive") < text.index("Branch: old-branch")
    assert [int(n) for n in re.findall(r"^### (\d+)\. ", text, re.MULTILINE)] == list(range(1, 14))
    assert handoff(store)["state"] == "unchanged"


def test_hand_written_resume_instructions_hold_until_the_next_session(store: Passdown, document: Path, repository: Path) -> None:
    """They are better than ours while they are fresh, and wrong once a later session has worked."""
    document.parent.mkdir()
    document.write_text("## 11. Resume Instructions\n\nCONTINUE FROM: the parser\n")
    store("capture", "--transcript", str(CLAUDE), "--cwd-map", f"/home/dev/shop={repository}")
    handoff(store)
    assert "<!-- pd:continue" not in document.read_text()

    document.write_text("## 11. Resume Instructions\n\nCONTINUE FROM: the parser\n")
    os.utime(document, (0, 0))
    handoff(store)
    text = document.read_text()
    assert "<!-- pd:continue" in section(text, 11)
    assert "CONTINUE FROM: the parser" in text.split("## Archive")[1]


def test_quick_start_commands_run_only_when_asked(store: Passdown, repository: Path) -> None:
    """They are looked up; `--run` runs them."""
    note(store, "command", "touch ran.txt", "--purpose", "set-up")
    note(store, "command", "test -f ran.txt", "--purpose", "verify")
    first = handoff(store)["checks"][0]
    assert (first["ok"], (repository / "ran.txt").exists()) == (True, False)

    second = handoff(store, "--run")["checks"][0]
    assert second["ok"] is True
    assert "2 were run" in second["why"]
    assert (repository / "ran.txt").exists()

    note(store, "command", "no-such-program-here --serve", "--purpose", "run")
    assert handoff(store)["checks"][0]["ok"] is False


def test_a_dry_run_writes_nothing(store: Passdown, repository: Path, document: Path) -> None:
    """The document goes to standard output, as a quotation since no person sees it come; the report to standard error."""
    done = store("handoff", "--dry-run", "--now", NOW)

    assert re.match(re.escape(SOURCE) + "\n(`{3,})text\n# Session Memory\n", done.stdout)
    assert "Self-verification:" in done.stderr
    assert not document.exists()
    assert ".tmp/" not in (repository / ".git" / "info" / "exclude").read_text()


@pytest.mark.parametrize("content", [b"\xff\xfe\x00bad", b"x" * (5 << 20)], ids=["not UTF-8", "huge"])
def test_what_is_no_document_is_left_alone(store: Passdown, document: Path, content: bytes) -> None:
    """A clear error, and the file as it was."""
    document.parent.mkdir()
    document.write_bytes(content)
    done = store("handoff", code=22)

    assert str(document) in done.stderr
    assert document.read_bytes() == content


def test_unknown_styles_and_places_are_usage_errors(store: Passdown, repository: Path) -> None:
    """Exit code 2, and what there is instead."""
    assert "session-memory" in store("handoff", "--style", "none", code=2).stderr
    assert "directory" in store("handoff", "--out", str(repository), code=2).stderr


def test_outside_git_and_without_commits(passdown: Passdown, tmp_path: Path) -> None:
    """No repository: section 9 says so."""
    place = tmp_path / "plain"
    place.mkdir()
    passdown("init", "--yes", cwd=place)
    passdown("handoff", cwd=place)

    assert "Not in a git work tree." in (place / ".tmp" / "SESSION_MEMORY.md").read_text()


def test_a_sample_session_is_handed_on(store: Passdown, repository: Path, document: Path) -> None:
    """What the session did, said last and left open is in the document, within its budget."""
    store("capture", "--transcript", str(CLAUDE), "--cwd-map", f"/home/dev/shop={repository}")
    done = handoff(store)
    text = document.read_text()

    assert "src/login.py" in section(text, 3)
    assert "Last words (claude-code" in section(text, 11)
    assert done["lines"] <= 500
    assert all(s["lines"] <= s["budget"] for s in done["sections"])


def test_a_real_session_is_handed_on_within_its_budget(store: Passdown, data: Path, repository: Path, document: Path) -> None:
    """A 4 MB session: within 500 lines, stable on the second run, and it parses."""
    transcript = next((data / "projects" / "skills" / "sessions").glob("005-*"))
    store("capture", "--transcript", str(transcript), "--cwd-map", f"/Users/alisha/Projects/wt/skills/experiment={repository}")
    done = handoff(store)

    assert done["lines"] <= 500
    assert all(s["lines"] <= s["budget"] for s in done["sections"])
    assert handoff(store)["state"] == "unchanged"
    assert parse(LAYOUT, document.read_text())


def test_a_git_directory_that_may_not_be_written_is_no_reason_to_write_nothing(store: Passdown, document: Path, repository: Path) -> None:
    """Where git cannot be told to look away, the document says only what is shared."""
    note(store, "lesson", "The private one")
    folder = repository / ".git" / "info"
    shutil.rmtree(folder, ignore_errors=True)
    folder.write_text("no folder")

    assert handoff(store)["shared_only"] is True
    assert "The private one" not in document.read_text()


def test_secrets_in_lines_of_others_are_named_by_line_and_kind(store: Passdown, document: Path) -> None:
    """On stderr and in JSON, never the secret itself; the score is that of the text as written, as `check` says it too."""
    first, second = "ghp_" + "R4nd0mLettersAndD1gits" + "ForTests99x3kQ", "hunter" + "sevenish"
    document.parent.mkdir(exist_ok=True)
    document.write_text(f"# Memory\n\n## 13. Lessons Learned\n\n- Use {first}\n- And mysql -p{second} shop\n")
    done = store("handoff", "--json", "--now", NOW)
    said = json.loads(done.stdout)
    lines = document.read_text().split("\n")
    assert [one["code"] for one in said["secrets"]] == ["github-token", "command-password"]
    assert all(f"[REDACTED:{one['code']}" in lines[one["line"] - 1] for one in said["secrets"])
    assert all(f"SESSION_MEMORY.md:{one['line']}: what looks like a secret ({one['code']})" in done.stderr for one in said["secrets"])
    assert not any(secret in text for secret in (first, second) for text in (done.stdout, done.stderr, *lines))
    assert said["score"] == json.loads(store("check", str(document), "--json", "--now", NOW, code=None).stdout)["documents"][0]["score"]
