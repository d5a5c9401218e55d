"""The only module that writes."""

import errno
import os
import stat
import threading
from pathlib import Path

import pytest

from passdown import files
from passdown.errors import Conflict, Locked, NotVerified, WriteFailed
from passdown.model.ids import content_hash
from passdown.redaction.scan import redact


class Broken(files.Operations):
    """Fails in the one method that is named."""

    def __init__(self, method: str, error: int = errno.ENOSPC) -> None:
        def fail(*_: object) -> None:
            raise OSError(error, os.strerror(error))

        setattr(self, method, fail)


class NoLinks(files.Operations):
    """A file system without hard links."""

    def link(self, source: str, target: str) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")


class Forgetful(files.Operations):
    """A disk that keeps something else than it was given."""

    def write(self, handle: int, data: bytes) -> int:
        os.write(handle, b"x" * len(data))
        return len(data)


def test_write_makes_folders_and_returns_the_hash(tmp_path: Path) -> None:
    """Missing folders are made for the owner alone, and the result is the hash of the content."""
    path = tmp_path / "private" / "records" / "a.md"

    assert files.write(path, redact("grüße\n")) == content_hash("grüße\n")
    assert path.read_bytes() == "grüße\n".encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_published_files_are_readable_by_others(tmp_path: Path) -> None:
    """A public file gets the mode that the umask allows, and so do its folders."""
    files.write(tmp_path / "shared" / "a.md", redact("x"), mode=files.PUBLIC)

    assert stat.S_IMODE((tmp_path / "shared" / "a.md").stat().st_mode) == 0o644
    assert stat.S_IMODE((tmp_path / "shared").stat().st_mode) == 0o755


@pytest.mark.parametrize(("present", "expected"), [("old", None), ("old", content_hash("other")), (None, content_hash("old"))])
def test_write_refuses_what_it_did_not_expect(tmp_path: Path, present: str | None, expected: str | None) -> None:
    """A file that is there, not there, or not as it was read is left as it is."""
    path = tmp_path / "a.md"
    if present is not None:
        path.write_text(present)

    with pytest.raises(Conflict):
        files.write(path, redact("new"), expected=expected)
    assert [p.read_text() for p in tmp_path.iterdir()] == ([present] if present else [])


def test_write_replaces_what_it_expected(tmp_path: Path) -> None:
    """With the right hash the file is replaced."""
    path = tmp_path / "a.md"
    first = files.write(path, redact("old"), expected=None)
    files.write(path, redact("new"), expected=first)

    assert path.read_text() == "new"


@pytest.mark.parametrize("method", ["open", "write", "fsync", "replace"])
def test_a_failed_write_leaves_the_old_content_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str) -> None:
    """Whatever fails before the replacement: the old file is intact, and no temporary one is left."""
    path = tmp_path / "a.md"
    path.write_text("old")
    monkeypatch.setattr(files, "operations", Broken(method))

    with pytest.raises(WriteFailed, match="No space left on device") as caught:
        files.write(path, redact("new"))
    assert caught.value.facts["path"] == str(path)
    assert [p.read_text() for p in tmp_path.iterdir()] == ["old"]


def test_a_new_file_that_was_not_confirmed_goes_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the folder cannot be synced, nobody may find a file that was never acknowledged."""
    monkeypatch.setattr(files, "operations", Broken("fsync_folder", errno.EIO))

    with pytest.raises(WriteFailed):
        files.write(tmp_path / "a.md", redact("new"), expected=None)
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_keeps_something_else_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What reads back differently was not written."""
    monkeypatch.setattr(files, "operations", Forgetful())

    with pytest.raises(NotVerified):
        files.write(tmp_path / "a.md", redact("new"))
    with pytest.raises(NotVerified):
        files.append(tmp_path / "b", b"new", 0)


def test_exclusive_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are no links a new file is still made once only."""
    monkeypatch.setattr(files, "operations", NoLinks())
    files.write(tmp_path / "a.md", redact("one"), expected=None)

    with pytest.raises(Conflict):
        files.write(tmp_path / "a.md", redact("two"), expected=None)
    assert [p.read_text() for p in tmp_path.iterdir()] == ["one"]


def test_one_of_many_exclusive_writers_wins(tmp_path: Path) -> None:
    """Of eight threads that create the same file, one succeeds and seven are told."""
    conflicts: list[Conflict] = []

    def create(number: int) -> None:
        try:
            files.write(tmp_path / "a.md", redact(str(number)), expected=None, durable=False)
        except Conflict as error:
            conflicts.append(error)

    threads = [threading.Thread(target=create, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(conflicts) == 7
    assert len(list(tmp_path.iterdir())) == 1


def test_append_cuts_off_what_was_not_committed(tmp_path: Path) -> None:
    """Bytes behind the committed length go; the new length is returned."""
    path = tmp_path / "new" / "log"
    length = files.append(path, b"one", 0)
    with path.open("ab") as file:
        file.write(b"torn")

    assert files.append(path, b"two", length) == 6
    assert path.read_bytes() == b"onetwo"


def test_append_refuses_a_file_that_lost_committed_bytes(tmp_path: Path) -> None:
    """A gap is never filled with zeros."""
    (tmp_path / "log").write_bytes(b"on")

    with pytest.raises(Conflict):
        files.append(tmp_path / "log", b"two", 3)


def test_a_failed_append_is_cut_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The committed bytes stay, nothing more."""
    (tmp_path / "log").write_bytes(b"one")
    monkeypatch.setattr(files, "operations", Broken("fsync"))

    with pytest.raises(WriteFailed):
        files.append(tmp_path / "log", b"two", 3)
    assert (tmp_path / "log").read_bytes() == b"one"


def test_remove_says_whether_there_was_a_file(tmp_path: Path) -> None:
    """Removing twice is no error."""
    (tmp_path / "a").write_text("x")

    assert files.remove(tmp_path / "a") is True
    assert files.remove(tmp_path / "a") is False
    assert files.remove(tmp_path / "none" / "a") is False


def test_move_replaces(tmp_path: Path) -> None:
    """The target has the source's content; a source that is not there is a failure."""
    (tmp_path / "a").write_text("a")
    (tmp_path / "b").write_text("b")
    files.move(tmp_path / "a", tmp_path / "b")

    assert [p.read_text() for p in tmp_path.iterdir()] == ["a"]
    with pytest.raises(WriteFailed):
        files.move(tmp_path / "a", tmp_path / "b")


def test_lock_keeps_others_out_until_it_goes(tmp_path: Path) -> None:
    """A second holder gets `Locked` after its time, and the lock afterwards."""
    path = tmp_path / "deep" / "lock"
    with files.lock(path), pytest.raises(Locked), files.lock(path, timeout_s=0.05):
        pass
    with files.lock(path, timeout_s=0.05):
        assert path.exists()


def test_sweep_removes_unfinished_files_only(tmp_path: Path) -> None:
    """What a killed writer left goes, all else stays."""
    (tmp_path / ".a.md.0011223344.tmp").write_text("half")
    (tmp_path / "a.md").write_text("whole")

    assert files.sweep(tmp_path) == 1
    assert files.sweep(tmp_path / "none") == 0
    assert [p.name for p in tmp_path.iterdir()] == ["a.md"]


def test_lone_surrogates_do_not_stop_a_write(tmp_path: Path) -> None:
    """A text that UTF-8 cannot say is written with a question mark in that place."""
    assert files.write(tmp_path / "a", redact("a\ud800b")) == content_hash("a?b")
