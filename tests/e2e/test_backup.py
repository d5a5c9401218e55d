"""The private store goes into one file and comes out of it: on another machine, and into a store that has gone on."""

import gzip
import io
import json
import os
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from passdown.store.backup import pack

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]
TRANSCRIPT = Path(__file__).parents[1] / "golden" / "transcripts" / "claude-code" / "session.jsonl"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """The same project on another machine, without a store."""
    root = tmp_path / "elsewhere"
    root.mkdir()
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    return root


@pytest.fixture
def saved(passdown: Passdown, tmp_path: Path) -> Path:
    """A backup of a store with two notes and a captured session."""
    passdown("init")
    passdown("note", "decision", "Keep the queue in one file", "--why", "no server to run")
    passdown("note", "lesson", "Look before you leap")
    passdown("capture", "--transcript", str(TRANSCRIPT))
    passdown("backup", str(tmp_path / "store.tar.gz"))
    return tmp_path / "store.tar.gz"


def listed(passdown: Passdown, cwd: Path | None = None) -> dict[str, dict[str, object]]:
    return {one["id"]: one for one in json.loads(passdown("list", "--all", "--json", cwd=cwd).stdout)}


def private(root: Path) -> dict[str, bytes]:
    folder = root / ".git" / "passdown"
    kept = ("records", "events", "derived", "sessions", "journal")
    return {str(p.relative_to(folder)): p.read_bytes() for name in kept for p in (folder / name).rglob("*") if p.is_file() and p.name != "last"}


def fates(passdown: Passdown, saved: Path, *words: str, cwd: Path | None = None) -> dict[str, str]:
    return {one["name"]: one["fate"] for one in json.loads(passdown("restore", str(saved), "--json", *words, cwd=cwd).stdout)["files"]}


def test_another_machine(passdown: Passdown, saved: Path, repository: Path, elsewhere: Path) -> None:
    """A store that is restored where there was none has the same bytes, can be captured into, undone and restored again."""
    assert saved.stat().st_mode & 0o777 == 0o600
    assert set(fates(passdown, saved, "--dry-run", cwd=elsewhere).values()) == {"new"}
    assert not (elsewhere / ".git/passdown").exists()

    passdown("restore", str(saved), cwd=elsewhere)

    assert private(elsewhere) == private(repository)
    assert listed(passdown, elsewhere) == listed(passdown)
    passdown("capture", "--transcript", str(TRANSCRIPT), cwd=elsewhere)
    assert private(elsewhere) == private(repository)
    assert set(fates(passdown, saved, cwd=elsewhere).values()) == {"same"}
    passdown("undo", cwd=elsewhere)


def test_a_store_that_has_gone_on(passdown: Passdown, saved: Path) -> None:
    """What was edited since stays, what was removed by undo or by hand comes back, what was forgotten does not."""
    decision, lesson = sorted((one for one in listed(passdown).values() if one["trust"] == "noted"), key=lambda one: str(one["kind"]))
    passdown("edit", str(decision["id"]), "--text", "Keep the queue in one SQLite file")
    passdown("forget", str(lesson["id"]), "--yes")
    passdown("note", "lesson", "Newer than the backup")

    done = fates(passdown, saved)

    assert done[f"records/decision/{decision['id']}.md"] == "same"
    assert done[f"records/lesson/{lesson['id']}.md"] == "left"
    now = listed(passdown)
    assert now[str(decision["id"])]["text"] == "Keep the queue in one SQLite file"
    assert lesson["id"] not in now
    assert "Newer than the backup" in {one["text"] for one in now.values()}


def test_both_have_changed(passdown: Passdown, saved: Path, elsewhere: Path, tmp_path: Path) -> None:
    """A record that two machines edited apart from each other has both texts, and undo takes that back; a newer version just counts."""
    passdown("restore", str(saved), cwd=elsewhere)
    record_id = next(one for one, value in listed(passdown).items() if value["kind"] == "decision" and value["trust"] == "noted")
    passdown("edit", record_id, "--text", "Ours now", cwd=elsewhere)
    passdown("backup", str(tmp_path / "newer.tar.gz"), cwd=elsewhere)
    passdown("edit", record_id, "--text", "Theirs now")

    assert fates(passdown, tmp_path / "newer.tar.gz")[f"records/decision/{record_id}.md"] == "merged"

    text = str(listed(passdown)[record_id]["text"])
    assert "Ours now" in text
    assert "Theirs now" in text
    passdown("undo")
    assert listed(passdown)[record_id]["text"] == "Theirs now"
    passdown("undo")
    assert fates(passdown, tmp_path / "newer.tar.gz")[f"records/decision/{record_id}.md"] == "newer"
    assert listed(passdown)[record_id]["text"] == "Ours now"


def test_a_session_that_has_gone_on(passdown: Passdown, repository: Path, elsewhere: Path, tmp_path: Path) -> None:
    """The longer one of two captures of a session counts, whichever side has it."""
    rows = TRANSCRIPT.read_bytes().splitlines(keepends=True)
    half = tmp_path / "session.jsonl"
    half.write_bytes(b"".join(rows[: len(rows) // 2]))
    for root in (repository, elsewhere):
        passdown("init", cwd=root)
        passdown("capture", "--transcript", str(half), cwd=root)
    passdown("backup", str(tmp_path / "short.tar.gz"))
    half.write_bytes(b"".join(rows))
    passdown("capture", "--transcript", str(half))
    passdown("backup", str(tmp_path / "long.tar.gz"))
    whole = private(repository)

    passdown("restore", str(tmp_path / "long.tar.gz"), cwd=elsewhere)
    passdown("restore", str(tmp_path / "short.tar.gz"))

    there = private(elsewhere)
    assert {name: data for name, data in there.items() if name.startswith("events")} == {n: d for n, d in whole.items() if n.startswith("events")}
    assert private(repository) == whole
    passdown("capture", "--transcript", str(half), cwd=elsewhere)
    assert {n for n in private(elsewhere) if n.startswith("events")} == {n for n in whole if n.startswith("events")}


@pytest.mark.parametrize("harm", ["torn", "changed", "foreign", "outside", "link", "not a backup"])
def test_what_is_no_backup_is_refused(passdown: Passdown, saved: Path, repository: Path, tmp_path: Path, harm: str) -> None:
    """A torn, changed, foreign or hostile file is refused as a whole, and nothing is changed."""
    before = private(repository)
    bad = tmp_path / "bad.tar.gz"
    bad.write_bytes(harmed(saved, harm))

    passdown("restore", str(bad), code=29)

    assert private(repository) == before
    assert not (repository / ".git" / "outside").exists()
    assert not (repository / "outside").exists()
    passdown("backup", str(saved), code=33)


def harmed(saved: Path, harm: str) -> bytes:
    data = saved.read_bytes()
    if harm == "torn":
        return data[: len(data) // 2]
    if harm == "not a backup":
        return os.urandom(1000)
    raw = gzip.decompress(data)
    if harm == "changed":
        return gzip.compress(raw.replace(b"Look before you leap", b"Leap before you look"))
    if harm == "foreign":
        return gzip.compress(raw.replace(b"passdown-backup/1", b"passdown-backup/9"))
    name = "../../outside" if harm == "outside" else "records/lesson/" + "0a" * 8 + ".md"
    hostile = gzip.decompress(pack({"VERSION": b"1\n", name: b"x"}, "2026-11-20T10:00:00Z"))  # with a list of contents that is right
    if harm == "outside":
        return gzip.compress(hostile)
    out = io.BytesIO()
    with tarfile.open(fileobj=io.BytesIO(hostile)) as honest, tarfile.open(fileobj=out, mode="w") as archive:
        *members, member = honest
        for one in members:
            archive.addfile(one, honest.extractfile(one))
        member.type, member.linkname, member.size = tarfile.SYMTYPE, "/etc/hostname", 0
        archive.addfile(member)
    return gzip.compress(out.getvalue())


def test_raw_transcripts(passdown: Passdown, repository: Path, tmp_path: Path) -> None:
    """Who asks for it has every captured transcript byte for byte after its agent has swept it away; forgetting the session takes it too."""
    passdown("init")
    (repository / ".passdown/config.toml").write_text('archive = "transcripts"\n')
    log = tmp_path / "session.jsonl"
    log.write_bytes(TRANSCRIPT.read_bytes())
    passdown("capture", "--transcript", str(log))
    log.unlink()

    passdown("restore", "--transcript", "c0ffee00", str(log))

    assert log.read_bytes() == TRANSCRIPT.read_bytes()
    passdown("forget", "--session", "c0ffee00-0000-4000-8000-00000000000a", "--yes")
    passdown("restore", "--transcript", "c0ffee00", str(tmp_path / "again"), code=30)
