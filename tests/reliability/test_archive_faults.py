"""The archive of raw transcripts with every disk operation going wrong."""

import os
from pathlib import Path

import pytest
from tests.reliability.faults import every_fault

from passdown.store import transcript_archive
from passdown.store.transcript_archive import Archive

CHUNK = 2_000
ROOM, FIRST, LAST = 1 << 20, "2026-11-20T10:00:00Z", "2026-11-21T10:00:00Z"
OLD, BEGUN = os.urandom(CHUNK), os.urandom(1_000)


def archive(place: Path) -> Archive:
    return Archive(place / "archive")


def prepare(place: Path) -> None:
    """One transcript that is done, and one that goes on."""
    for name, data in (("old", OLD), ("live", BEGUN)):
        (place / name).write_bytes(data)
        archive(place).keep(place / name, name, FIRST, ROOM)
    (place / "live").write_bytes(BEGUN + b"more")


def keep(place: Path) -> None:
    archive(place).keep(place / "live", "live", LAST, ROOM)


def restored(place: Path, session: str) -> bytes:
    target = place / f"restored-{session}"
    target.unlink(missing_ok=True)
    archive(place).restore(session, target)
    return target.read_bytes()


def test_what_was_archived_comes_back(quick_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever goes wrong wherever, both come back, the live one as it was or as it is; the next one takes away what was left lying."""
    monkeypatch.setattr(transcript_archive, "CHUNK", CHUNK)
    for run in every_fault(quick_path, prepare, keep):
        assert restored(run.place, "old") == OLD, str(run.fault)
        assert restored(run.place, "live") in ((BEGUN + b"more",) if run.acknowledged else (BEGUN, BEGUN + b"more")), str(run.fault)
        (run.place / "live").write_bytes(BEGUN + b"more, and more")
        keep(run.place)
        assert restored(run.place, "live") == BEGUN + b"more, and more", str(run.fault)
        assert len(list((run.place / "archive").rglob("*.*"))) == 4, f"{run.fault}: two transcripts of a chunk each are four files"
