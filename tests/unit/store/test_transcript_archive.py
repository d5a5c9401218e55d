"""Raw transcripts come back byte for byte, share what they have in common, and never take more room than they may."""

import os
from pathlib import Path

import pytest

from passdown.errors import Conflict, NoSuchRecord, NotABackup
from passdown.store.transcript_archive import CHUNK, Archive

ROOM = 100 << 20


def chunks(archive: Archive) -> set[str]:
    return {path.name for path in (archive.folder / "chunks").glob("*.gz")}


def test_it_comes_back_as_it_was(tmp_path: Path) -> None:
    """Also bytes that are no text, in files for the owner alone; a transcript that grows adds what is new."""
    archive, log = Archive(tmp_path / "archive"), tmp_path / "s.jsonl"
    first = os.urandom(CHUNK) + b'{"a": "\xff"}\n'
    log.write_bytes(first)
    assert archive.keep(log, "s", "2026-11-20T10:00:00Z", ROOM)
    assert not archive.keep(log, "s", "2026-11-20T11:00:00Z", ROOM)
    before = chunks(archive)
    log.write_bytes(first + b"more\n")
    assert archive.keep(log, "s", "2026-11-20T12:00:00Z", ROOM)
    log.unlink()

    assert archive.restore("s", tmp_path / "back.jsonl") == len(first) + 5
    assert (tmp_path / "back.jsonl").read_bytes() == first + b"more\n"
    assert len(chunks(archive) & before) == 1
    assert len(chunks(archive)) == 2
    assert {path.stat().st_mode & 0o077 for path in archive.folder.rglob("*") if path.is_file()} == {0}
    with pytest.raises(Conflict):
        archive.restore("s", tmp_path / "back.jsonl")
    with pytest.raises(NoSuchRecord):
        archive.restore("t", tmp_path / "other.jsonl")


def test_the_oldest_make_room(tmp_path: Path) -> None:
    """Never more than the limit; what is shared with a transcript that stays, stays too; one that is too large is not kept."""
    archive, common = Archive(tmp_path / "archive"), os.urandom(CHUNK)
    for day, name in enumerate(("a", "b", "c"), start=10):
        (tmp_path / name).write_bytes(common + os.urandom(CHUNK))
        archive.keep(tmp_path / name, name, f"2026-11-{day}T10:00:00Z", 3 * CHUNK + CHUNK // 2)

    assert [entry.session for entry in archive.entries()] == ["c", "b"]
    assert archive.restore("c", tmp_path / "back") == 2 * CHUNK
    assert len(chunks(archive)) == 3
    (tmp_path / "huge").write_bytes(os.urandom(CHUNK * 4))
    assert not archive.keep(tmp_path / "huge", "huge", "2026-11-20T10:00:00Z", 3 * CHUNK)
    assert [entry.session for entry in archive.entries()] == ["c", "b"]


def test_what_is_forgotten_is_gone(tmp_path: Path) -> None:
    """With every chunk that nothing else needs; a damaged archive says so, and writes nothing."""
    archive = Archive(tmp_path / "archive")
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(os.urandom(1000))
        archive.keep(tmp_path / name, name, "2026-11-20T10:00:00Z", ROOM)

    assert archive.forget("a") == 1
    assert len(chunks(archive)) == 1
    next((archive.folder / "chunks").glob("*.gz")).write_bytes(b"garbage")
    with pytest.raises(NotABackup):
        archive.restore("b", tmp_path / "back")
    assert not (tmp_path / "back").exists()
