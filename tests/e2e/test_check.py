"""`passdown check` as a whole process: in a project, outside of one, on broken input."""

import json
import os
import subprocess
from pathlib import Path

import yaml
from tests.conftest import Passdown

ROOT = Path(__file__).parents[2]
LOG = """# Session: retry queue
**Created**: 2026-11-18
**Updated**: 2026-11-20
**Status**: {status}

## Context Summary
The retry queue in `README.md` drains twice.

## Next Steps
1. Make `RetryQueue.drain` idempotent
"""
NOW = {"PASSDOWN_NOW": "2026-11-20T12:00:00Z"}


def written(root: Path, path: str, text: str | bytes) -> Path:
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(text if isinstance(text, bytes) else text.encode())
    return place


def codes(done: "subprocess.CompletedProcess[str]", document: int = 0) -> list[str]:
    return [f["code"] for f in json.loads(done.stdout)["documents"][document]["findings"]]


def test_a_document_is_checked_without_a_store(repository: Path, passdown: Passdown) -> None:
    """In any repository: style, score, findings with lines; nothing is written."""
    written(repository, ".claude/sessions/2026-11-20-queue.tmp", LOG.format(status="more or less done"))
    before = sorted(p for p in repository.rglob("*") if ".git/" not in p.as_posix())

    said = json.loads(passdown("check", "--json", **NOW).stdout)

    document = said["documents"][0]
    assert said["schema"] == "passdown-check/1"
    assert document["path"] == ".claude/sessions/2026-11-20-queue.tmp"
    assert document["style"] == "session-log"
    assert 0 < document["score"] <= 10
    assert {"code": "status-ambiguous", "line": 4}.items() <= next(f for f in document["findings"] if f["code"] == "status-ambiguous").items()
    assert sorted(p for p in repository.rglob("*") if ".git/" not in p.as_posix()) == before


def test_exit_codes_follow_what_is_to_fail(repository: Path, passdown: Passdown) -> None:
    """0 for warnings unless they are asked for, 1 for errors, 2 for what cannot be asked."""
    written(repository, "HANDOFF.md", LOG.format(status="more or less done"))
    passdown("check", "HANDOFF.md", code=0, **NOW)
    passdown("check", "HANDOFF.md", "--fail-on", "warning", code=1, **NOW)
    written(repository, "HANDOFF.md", LOG.format(status="[SESSION_STATUS]"))
    passdown("check", "HANDOFF.md", code=1, **NOW)
    passdown("check", "missing.md", code=2, **NOW)
    passdown("check", "--style", "no-such-style", code=2, **NOW)


def test_outside_of_git_and_of_any_project_a_file_can_be_checked(tmp_path: Path, passdown: Passdown) -> None:
    """As in a build server that has nothing but the file."""
    written(tmp_path, "plain/HANDOFF.md", LOG.format(status="in_progress") + "\n- [NEXT_STEP]\n")

    done = passdown("check", "HANDOFF.md", "--json", code=1, cwd=tmp_path / "plain", **NOW)

    assert "placeholder" in codes(done)


def test_settings_of_the_project_hold(repository: Path, passdown: Passdown) -> None:
    """`[check]` disables rules, makes them graver or milder, and tells mistakes."""
    passdown("init", "--yes")
    written(repository, "HANDOFF.md", LOG.format(status="[SESSION_STATUS]"))
    written(repository, ".passdown/config.toml", '[check]\ndisable = ["section-missing"]\n[check.severity]\nplaceholder = "info"\n')
    assert "placeholder" in codes(passdown("check", "HANDOFF.md", "--json", code=0, **NOW))

    written(repository, ".passdown/config.toml", '[check]\ndisable = ["no-such-rule"]\n')
    assert "no-such-rule" in passdown("check", "HANDOFF.md", code=44, **NOW).stderr


def test_settings_hold_for_files_that_are_not_read(repository: Path, passdown: Passdown) -> None:
    """Their codes are silenced, everywhere or below a path, and made milder as any other."""
    passdown("init", "--yes")
    written(repository, "notes/latin.md", "# Größe\n".encode("latin-1"))
    assert codes(passdown("check", "notes/latin.md", "--json", code=1, **NOW)) == ["file-not-text"]

    for table in ('disable = ["file-not-text"]', '[check.paths]\n"notes/*" = ["file-not-text"]'):
        written(repository, ".passdown/config.toml", f"[check]\n{table}\n")
        assert codes(passdown("check", "notes/latin.md", "--json", code=0, **NOW)) == []

    written(repository, ".passdown/config.toml", '[check.severity]\nfile-not-text = "info"\n')
    assert codes(passdown("check", "notes/latin.md", "--json", code=0, **NOW)) == ["file-not-text"]


def test_fix_keeps_bars_that_are_text_of_a_cell(repository: Path, passdown: Passdown) -> None:
    """A row that ends in an escaped bar gets its missing cell behind it."""
    place = written(repository, "HANDOFF.md", "# A\n\n| a | b | c |\n|---|---|---|\n| x | y \\|\n")

    passdown("check", "HANDOFF.md", "--fix", code=None, **NOW)

    assert place.read_text().splitlines()[-1] == "| x | y \\| |  |"


def test_fix_reads_back_what_was_mis_decoded_span_by_span(repository: Path, passdown: Passdown) -> None:
    """What stands beside it in correct letters stays, and a word that only looks so is none."""
    place = written(repository, "HANDOFF.md", "# A\n\nGröße ‚alt‘ â€“ neu, CAFÉ™\n")

    passdown("check", "HANDOFF.md", "--fix", code=None, **NOW)

    assert place.read_text() == "# A\n\nGröße ‚alt‘ – neu, CAFÉ™\n"


def test_fix_makes_safe_repairs_once_and_touches_no_other_byte(repository: Path, passdown: Passdown) -> None:
    """A second run has nothing to do; a dry run writes nothing."""
    text = b"\xef\xbb\xbf# A  \r\n\r\n| a | b |\r\n|---|---|\r\n| 1 |\r\n\r\n- one\r\n\t- two   \r\n"
    place = written(repository, "HANDOFF.md", text)
    mode = place.stat().st_mode

    assert "2 fixed" in passdown("check", "HANDOFF.md", "--fix", "--dry-run", code=None, **NOW).stdout
    assert place.read_bytes() == text
    passdown("check", "HANDOFF.md", "--fix", code=None, **NOW)
    once = place.read_bytes()
    assert once == text.replace(b"| 1 |\r\n", b"| 1 |  |\r\n").replace(b"\t- two", b"    - two")
    passdown("check", "HANDOFF.md", "--fix", code=None, **NOW)
    assert place.read_bytes() == once
    assert place.stat().st_mode == mode


def test_a_document_with_a_secret_is_not_rewritten(repository: Path, passdown: Passdown) -> None:
    """What is written would be redacted: the author takes the secret out first. The secret is not said again."""
    secret = "AKIA" + "Q3XN7ZK2PLM5RTVW"
    text = f"# A\n\n| a | b |\n|---|---|\n| {secret} |\n".encode()
    place = written(repository, "HANDOFF.md", text)

    done = passdown("check", "HANDOFF.md", "--fix", code=1, **NOW)

    assert place.read_bytes() == text
    assert secret not in done.stdout + done.stderr


def test_git_is_held_against_the_document(repository: Path, passdown: Passdown) -> None:
    """Another branch, and clean where it is not."""
    written(repository, "HANDOFF.md", "# Handoff\n\n## Git state\n\n**Branch:** develop\n**Git Status:** CLEAN\n")
    written(repository, "src/new.py", "x = 1\n")

    assert {"git-branch", "git-dirty"} <= set(codes(passdown("check", "HANDOFF.md", "--json", code=None, **NOW)))


def test_a_path_written_short_or_beside_the_document_is_found(repository: Path, passdown: Passdown) -> None:
    """Documents leave the first folders out, and link to what lies beside them."""
    for path in ("backend/app/store/queue.py", "docs/setup.md"):
        written(repository, path, "x\n")
    subprocess.run(["git", "add", "-A"], cwd=repository, check=True)
    written(repository, "docs/HANDOFF.md", "# A\n\nSee `store/queue.py`, `app/store/`, [set-up](setup.md) and `store/poll.py`.\n")

    said = json.loads(passdown("check", "docs/HANDOFF.md", "--json", code=None, **NOW).stdout)["documents"][0]["findings"]

    assert [f["message"] for f in said if f["code"] == "path-missing"] == ["`store/poll.py` is not there"]


def test_seven_points_of_a_session_memory_are_told(repository: Path, passdown: Passdown) -> None:
    """On the document as it stands, with what speaks against each."""
    passdown("init", "--yes")
    passdown("note", "knowledge", "Ids in paths are stripped", "--severity", "critical")
    passdown("handoff", **NOW)

    said = json.loads(passdown("check", "--json", code=None, **NOW).stdout)["documents"][0]

    assert said["style"] == "session-memory"
    assert len(said["checks"]) == 7
    assert "critical knowledge is ranked by severity" in [c["name"] for c in said["checks"] if c["ok"]]


def test_a_superseded_record_in_a_document_is_told(repository: Path, passdown: Passdown) -> None:
    """The store knows better than a document of yesterday."""
    passdown("init", "--yes")
    passdown("note", "decision", "Use Redis for the queue", "--why", "it is there")
    passdown("handoff", **NOW)
    id_ = json.loads(passdown("list", "--json").stdout)[0]["id"]
    passdown("supersede", id_[:12], "Use SQLite for the queue", "--why", "one file")

    assert "record-settled" in codes(passdown("check", ".tmp/SESSION_MEMORY.md", "--json", code=None, **NOW))


def test_work_that_no_line_mentions_is_told_but_documents_are_no_work(repository: Path, passdown: Passdown) -> None:
    """What git has as changed is held against the hand-off; other hand-off documents do not count."""
    written(repository, ".claude/sessions/2026-11-20-queue.tmp", LOG.format(status="in_progress"))
    written(repository, "HANDOFF.md", "# Handoff\n\n## Next steps\n\n1. Drain `README.md`\n")
    written(repository, "poll.py", "x = 1\n")
    place = repository / ".claude/sessions/2026-11-20-queue.tmp"
    place.rename(repository / ".claude/sessions/queue.tmp")

    said = json.loads(passdown("check", ".claude/sessions/queue.tmp", "--json", **NOW).stdout)["documents"][0]["findings"]

    assert [f["message"] for f in said if f["code"] == "work-unmentioned"] == ["1 of 1 changed files are not mentioned: `poll.py`"]


def test_broken_input_gives_findings_and_no_damage(repository: Path, passdown: Passdown, tmp_path: Path) -> None:
    """Binary, huge, not UTF-8, a folder's name, links out of the repository, and all of Markdown's ways to be broken."""
    written(tmp_path, "outside.md", "# Secret plans\n- [SESSION_ID]\n")
    (repository / "link.md").symlink_to(tmp_path / "outside.md")
    (repository / "loop.md").symlink_to("loop.md")
    broken = {
        "binary.md": (b"# A\n\0\0", "file-not-text"), "latin.md": ("# Größe\n".encode("latin-1"), "file-not-text"),
        "huge.md": (b"# A\n" + b"word " * 1_000_000, "file-too-large"), "front.md": (b"---\nid: [\n---\n# A\n", "front-matter-broken"),
        "open.md": (b"# A\n```\nx\n", "fence-unclosed"), "ragged.md": (b"# A\n| a | b |\n|---|---|\n| 1 |\n", "table-ragged"),
        "mixed.md": (b"# A\r\nx\ny\n", "line-ends-mixed"), "tabs.md": (b"# A\n- x\n\t- y\n", "tabs"),
        "bare.md": (b"a\nb\nc\nd\ne\nf\n", "no-headings"),
        "twice.md": (b"# A\n- x <!-- pd:01m3250v00yn62s6 abcdef -->\n- y <!-- pd:01m3250v00yn62s6 abcdef -->\n", "duplicate-mark"),
        "empty.md": (b"", "empty-document")}
    for name, (data, _) in broken.items():
        written(repository, name, data)

    done = passdown("check", *broken, "link.md", "loop.md", "--json", code=1, **NOW)

    found = {d["path"]: [f["code"] for f in d["findings"]] for d in json.loads(done.stdout)["documents"]}
    assert {name: code in found[name] for name, (_, code) in broken.items()} == dict.fromkeys(broken, True)
    assert found["link.md"] == ["file-outside"]
    assert found["loop.md"] == ["file-unreadable"]
    assert {name: (repository / name).read_bytes() for name in broken} == {name: data for name, (data, _) in broken.items()}
    assert "Secret plans" not in done.stdout


def test_fifty_megabytes_are_not_read(repository: Path, passdown: Passdown) -> None:
    """Nothing of such a file is read."""
    written(repository, "huge.md", b"word and more\n" * 3_800_000)

    assert codes(passdown("check", "huge.md", "--json", code=1, **NOW)) == ["file-too-large"]


def test_a_folder_gives_its_documents(repository: Path, passdown: Passdown) -> None:
    """Each once, in order, those of dependencies not."""
    for path in ("notes/b.md", "notes/a.md", "notes/node_modules/c.md", "notes/x.py"):
        written(repository, path, "# A\ntext\n")

    said = json.loads(passdown("check", "notes", "notes/a.md", "--json", **NOW).stdout)

    assert [d["path"] for d in said["documents"]] == ["notes/a.md", "notes/b.md"]


def test_formats_go_to_standard_output(repository: Path, passdown: Passdown) -> None:
    """SARIF that parses, annotations that a workflow takes, and a word for people where there is nothing."""
    assert "no document" in passdown("check", code=0, **NOW).stderr
    written(repository, "HANDOFF.md", "# A\n- [SESSION_ID]\n")
    assert json.loads(passdown("check", "HANDOFF.md", "--format", "sarif", code=1, **NOW).stdout)["version"] == "2.1.0"
    assert "::error file=HANDOFF.md,line=2,title=passdown placeholder::" in passdown("check", "HANDOFF.md", "--format", "github", code=1, **NOW).stdout
    assert "+0." in passdown("check", "HANDOFF.md", "--explain", code=1, **NOW).stdout


def test_hook_and_action_definitions_run_what_there_is() -> None:
    """The pre-commit hook and the build action call `passdown check` with options that it has."""
    hook = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())[0]
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    steps = " ".join(step.get("run", "") for step in action["runs"]["steps"])

    assert hook["entry"] == "passdown check"
    assert "passdown check $FILES --format github --fail-on" in steps
    assert os.access(ROOT / "action.yml", os.R_OK)


def test_documents_of_our_own_are_no_uncommitted_work(repository: Path, passdown: Passdown) -> None:
    """A document says that nothing is uncommitted, hand-off files aside, and the check of it means the same."""
    passdown("init", "--yes")
    passdown("note", "decision", "Keep the queue in one SQLite file", "--why", "no server to run", **NOW)
    for style in ("session-context", "handoff"):
        passdown("handoff", "--style", style, "--include-private", **NOW)
    assert "git-dirty" not in codes(passdown("check", "HANDOFF.md", "--json", code=None, **NOW))

    (repository / "README.md").write_text("# Changed\n")
    assert "git-dirty" in codes(passdown("check", "HANDOFF.md", "--json", code=None, **NOW))
