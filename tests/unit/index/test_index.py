"""The index over real files: what a refresh takes in, what questions give back, and that no damage stops anything."""

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from passdown.errors import AmbiguousRecord, InvalidRecord, NoSuchRecord
from passdown.formats import record_file, session_file
from passdown.index import Index, Sources
from passdown.index.sources import scan
from passdown.model.anchor import Anchor, Evidence
from passdown.model.ids import derived_id
from passdown.model.record import Record
from passdown.model.session import CommandFact, FileFact, Reading, Session


def record(name: str, text: str = "", kind: str = "knowledge", **more: object) -> Record:
    return replace(Record(derived_id(name), kind, text or f"About {name}", created="2026-03-01T10:00:00Z"), **more)  # type: ignore[arg-type]


class Store:
    """A folder with what a project keeps, and the index over it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for folder in ("records", "shared", "derived", "sessions", "events"):
            (root / folder).mkdir(parents=True)
        self.sources = Sources(
            record_file.parse, session_file.parse, records=(root / "records", root / "shared"), derived=root / "derived",
            sessions=(root / "sessions",), events=root / "events")

    def put(self, *records: Record, folder: str = "records") -> None:
        for one in records:
            path = self.root / folder / one.kind / f"{one.id}.md"
            path.parent.mkdir(exist_ok=True)
            path.write_text(record_file.render(one))

    def index(self) -> Index:
        index = Index.open(self.root / "index.db")
        index.refresh(self.sources)
        return index


def set_time(path: Path, time_ns: int) -> None:
    os.utime(path, ns=(time_ns, time_ns))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def test_records_come_back_as_they_are_in_their_files(store: Store) -> None:
    """Every field of a record survives the index, and no file is read to give it back."""
    whole = record("whole", "Title\n\nBody with ünïcode and 🟡", "decision", details={"why": "so", "alternative": ("a", "b")},
                   anchors=(Anchor("src/a.py", 3, 9, "f", "sha256:00"),), evidence=(Evidence("s", 4, "sha256:11"),), supersedes=(derived_id("x"),), thread="t")
    store.put(whole)
    index = store.index()
    os.remove(store.root / "records" / "decision" / f"{whole.id}.md")
    assert index.records() == [whole]


def test_refresh_takes_in_only_what_changed(store: Store) -> None:
    """A second refresh reads nothing; an edited, a new and a removed file are each noticed."""
    store.put(record("a"), record("b"))
    index = store.index()
    assert not index.refresh(store.sources)
    store.put(record("a", "Edited by hand"), record("c"))
    os.remove(store.root / "records" / "knowledge" / f"{derived_id('b')}.md")
    changes = index.refresh(store.sources)
    assert (changes.read, changes.removed) == (2, 1)
    assert {r.text for r in index.records()} == {"Edited by hand", "About c"}
    assert not index.search("b")


def test_touched_file_is_not_parsed_again(store: Store) -> None:
    """The same content under a new time stamp is recognised by its hash."""
    store.put(record("a"))
    index = store.index()
    os.utime(store.root / "records" / "knowledge" / f"{derived_id('a')}.md", (1, 1))

    def never(text: str, where: str) -> Record:
        raise AssertionError(where)

    assert index.refresh(replace(store.sources, parse_record=never)).problems == ()
    assert index.records() == [record("a")]


@pytest.mark.parametrize(("time_ns", "trusted"), [(-1_500_000_001, True), (-1_001, False)])
def test_when_the_time_of_a_sealed_folder_is_trusted(store: Store, time_ns: int, trusted: bool) -> None:
    """A time with parts of a second tells at once whether something changed since; one of just now may still be given to another change."""
    store.put(record("a"))
    folder = store.root / "records" / "knowledge"
    set_time(folder, time.time_ns() + time_ns)

    seals = {f.path: f.seal for f in scan(replace(store.sources, sealed=(store.root / "records",)))}

    assert bool(seals[str(folder)]) is trusted


def test_a_clock_of_whole_seconds_is_waited_for(store: Store) -> None:
    """On a file system that counts in seconds, two changes within one of them have the same time."""
    store.put(record("a"))
    folder = store.root / "records" / "knowledge"
    set_time(folder, time.time_ns() // 1_000_000_000 * 1_000_000_000)

    assert not any(f.seal for f in scan(replace(store.sources, sealed=(folder,))))


def test_private_copy_wins_and_the_published_one_stands_in(store: Store) -> None:
    """Of two copies the private one is shown; when it goes the published one is, and a difference between them is told."""
    store.put(record("a", "The private text"))
    store.put(record("a", "The published text"), folder="shared")
    index = store.index()
    assert [r.text for r in index.records()] == ["The private text"]
    assert index.search("published") == []
    assert index.differing() == [(derived_id("a"), str(store.root / "shared" / "knowledge" / f"{derived_id('a')}.md"))]
    os.remove(store.root / "records" / "knowledge" / f"{derived_id('a')}.md")
    index.refresh(store.sources)
    assert [r.text for r in index.records()] == ["The published text"]
    assert index.search("published")[0].id == derived_id("a")


def derived(store: Store, session: str, *records: Record) -> None:
    from passdown.actions.derive import lines

    (store.root / "derived" / f"{session}.jsonl").write_text(lines(records))


def test_derived_records_stand_behind_those_said_on_purpose(store: Store) -> None:
    """An extracted record is found, replaced when its session's file is written again, and hidden by a file of its own."""
    derived(store, "s", record("a", "Extracted words"), record("b", "More of them"))
    index = store.index()
    assert len(index.records()) == 2
    derived(store, "s", record("a", "Extracted words"))
    store.put(record("a", "Edited words"))
    index.refresh(store.sources)
    assert [r.text for r in index.records()] == ["Edited words"]


def test_a_session_derived_anew_gives_no_new_record(store: Store) -> None:
    """A derived file that was written again with the same records changes none; with one more, all are taken in again."""
    def derive(*names: str) -> None:
        rows = [json.dumps(msgspec.to_builtins(record(name))) for name in names]
        (store.root / "derived" / "s.jsonl").write_text("\n".join(['{"format":"x"}', *rows, ""]))

    derive("a", "b")
    index = store.index()
    os.remove(store.root / "derived" / "s.jsonl")
    derive("a", "b")
    again = index.refresh(store.sources)
    derive("a", "b", "c")

    assert (again.read, again.records) == (1, 0)
    assert index.refresh(store.sources).records == 3
    assert len(index.records()) == 3


def test_superseded_by_another_file(store: Store) -> None:
    """A record is superseded as soon as another one says so, and active again when that one goes."""
    old, new = record("old", "Use redis for the queue"), record("new", "Use postgres for the queue", supersedes=(derived_id("old"),))
    derived(store, "s1", old)
    derived(store, "s2", new)
    index = store.index()
    assert index.records() == [new]
    assert index.get(old.id) == replace(old, status="superseded", superseded_by=new.id)
    os.remove(store.root / "derived" / "s2.jsonl")
    index.refresh(store.sources)
    assert index.records() == [old]


def test_unreadable_files_are_told_and_left_out(store: Store) -> None:
    """What does not read is a problem until it is mended; everything else is there."""
    store.put(record("a"), record("b"))
    bad = store.root / "records" / "knowledge" / f"{derived_id('a')}.md"
    good = bad.read_text()
    bad.write_bytes(b"\xff\xfe not a record")
    (store.root / "derived" / "s.jsonl").write_text("{}\n{broken")
    index = store.index()
    assert [p for p, _ in index.problems()] == [str(store.root / "derived" / "s.jsonl"), str(bad)]
    assert index.records() == [record("b")]
    bad.write_text(good)
    (store.root / "derived" / "s.jsonl").unlink()
    assert index.refresh(store.sources).problems == ()
    assert len(index.records()) == 2


def test_records_are_chosen_by_kind_status_session_and_thread(store: Store) -> None:
    """Filters combine; the last updated comes first."""
    store.put(
        record("a", kind="task", session="s1", thread="t", updated="2026-03-02T00:00:00Z"),
        record("b", kind="task", session="s2", updated="2026-03-03T00:00:00Z"),
        record("c", kind="decision", session="s1"), record("d", kind="task", status="resolved"))
    index = store.index()
    assert [r.text for r in index.records("task")] == ["About b", "About a"]
    assert [r.text for r in index.records(["task", "decision"], session="s1")] == ["About a", "About c"]
    assert [r.text for r in index.records(status="resolved")] == ["About d"]
    assert [r.text for r in index.records(thread="t")] == ["About a"]
    assert len(index.records(status=None)) == 4
    assert len(index.records(status=None, limit=2)) == 2


def test_get_by_the_beginning_of_an_id(store: Store) -> None:
    """A prefix finds its record; none and several are errors that say so."""
    one, two = replace(record("a"), id="01aaaaaaaaaaaaaa"), replace(record("b"), id="01bbbbbbbbbbbbbb")
    store.put(one, two)
    index = store.index()
    assert index.get("01b") == two
    with pytest.raises(AmbiguousRecord):
        index.get("01")
    for missing in ("zz", ""):
        with pytest.raises(NoSuchRecord):
            index.get(missing)


def test_what_is_known_about_a_place(store: Store) -> None:
    """Anchored records come nearest first, then those that name the path; a bare file name will do."""
    far, near = record("far", anchors=(Anchor("src/app/main.py", 90, 99),)), record("near", anchors=(Anchor("src/app/main.py", 10, 20),))
    store.put(far, near, record("named", "Look at src/app/main.py before"), record("other", anchors=(Anchor("src/app/domain.py", 1, 2),)))
    index = store.index()
    assert [r.text for r in index.by_path("src/app/main.py", 12)] == ["About near", "About far", "Look at src/app/main.py before"]
    assert [r.text for r in index.by_path("main.py", 95)][:2] == ["About far", "About near"]
    assert index.by_path("main_py") == index.by_path("") == []


def session(name: str, **more: object) -> Session:
    return replace(Session(name, "codex", "2026-03-01T10:00:00Z", "2026-03-01T11:00:00Z", goal="Make the export faster"), **more)  # type: ignore[arg-type]


def test_sessions_come_back_whole(store: Store) -> None:
    """Session facts survive the index, the last ended first; the ones that changed a file are known."""
    first = session("s1", files=(FileFact("src/a.py", edits=2),), commands=(CommandFact("pytest"),), reading=Reading(3, 2, {"blank": 1}))
    second = session("s2", ended="2026-03-02T00:00:00Z", asks=("and now the import",))
    for one in (first, second):
        (store.root / "sessions" / f"2026-03-01-x-{one.id}.md").write_text(session_file.render(one))
    index = store.index()
    assert index.sessions() == [second, first]
    assert index.sessions(1) == [second]
    assert index.sessions_on("a.py") == [first]
    assert index.session("s1") == first
    assert index.session("s") is None
    assert index.search("faster export")[0].type == "session"


# -- damage


def answers(index: Index) -> set[str]:
    return {h.id for h in index.search("About")} | {r.id for r in index.records()}


@pytest.mark.parametrize("content", [b"", b"x", b"not a database" * 1000, b"SQLite format 3\x00" + bytes(200)], ids=["empty", "byte", "text", "header"])
def test_what_is_no_index_is_replaced(store: Store, content: bytes) -> None:
    """A file that is no database is deleted and made again."""
    store.put(record("a"))
    (store.root / "index.db").write_bytes(content)
    with store.index() as index:
        assert answers(index) == {derived_id("a")}
    with Index.open(store.root / "index.db") as again:
        assert answers(again) == {derived_id("a")}


@pytest.mark.parametrize("change", ["PRAGMA user_version=999", "PRAGMA application_id=1", "DROP TABLE record_words", "DROP TABLE folders", "DELETE FROM texts"])
def test_another_version_or_a_foreign_database_is_replaced(store: Store, change: str) -> None:
    """There are no migrations: what is not exactly ours goes."""
    store.put(record("a"))
    store.index().close()
    db = sqlite3.connect(store.root / "index.db")
    db.execute(change)
    db.commit()
    db.close()
    with store.index() as index:
        assert answers(index) == {derived_id("a")}


def test_every_flipped_page_is_survived(store: Store) -> None:
    """With any page of the file overwritten, questions are still answered, and a refresh mends what is broken or goes unnoticed."""
    store.put(*(record(f"n{i}", f"About number {i}") for i in range(40)))
    store.index().close()
    path = store.root / "index.db"
    whole = path.read_bytes()
    for at in range(0, len(whole), 4096 * 3):
        path.write_bytes(whole[:at] + os.urandom(4096) + whole[at + 4096 :])
        for tail in ("-wal", "-shm"):
            path.with_name(path.name + tail).unlink(missing_ok=True)
        with store.index() as index:
            index.search("about number 7")
            assert len(index.records()) == 40
            assert index.get(derived_id("n7")).text == "About number 7"


@pytest.mark.parametrize("kept", [1, 99, 4095, 4096, 8192, 20_000])
def test_every_truncation_is_survived(store: Store, kept: int) -> None:
    """A file that was cut off is made again."""
    store.put(record("a"))
    store.index().close()
    path = store.root / "index.db"
    path.write_bytes(path.read_bytes()[:kept])
    with store.index() as index:
        assert answers(index) == {derived_id("a")}


def test_damage_while_open_is_mended(store: Store) -> None:
    """Tables that vanish under an open index are made again from the sources of its last refresh."""
    store.put(record("a"))
    index = store.index()
    db = sqlite3.connect(store.root / "index.db")
    db.execute("DROP TABLE records")
    db.commit()
    db.close()
    assert answers(index) == {derived_id("a")}


def test_a_folder_in_its_place_or_no_folder_at_all(store: Store) -> None:
    """Where no file can be made the index lives in memory."""
    store.put(record("a"))
    (store.root / "index.db").mkdir()
    with store.index() as index:
        assert answers(index) == {derived_id("a")}
    with Index.open(store.root / "records" / "knowledge" / f"{derived_id('a')}.md" / "index.db") as index:
        index.refresh(store.sources)
        assert answers(index) == {derived_id("a")}


def test_read_only_index_goes_on_in_memory(store: Store) -> None:
    """An index that may only be read answers, sees what changed since, and leaves its file as it was."""
    store.put(record("a"))
    store.index().close()
    before = (store.root / "index.db").read_bytes()
    store.put(record("b"))
    with Index.open(store.root / "index.db", writable=False) as index:
        assert answers(index) == {derived_id("a")}
        index.refresh(store.sources)
        assert answers(index) == {derived_id("a"), derived_id("b")}
    assert (store.root / "index.db").read_bytes() == before
    with Index.open(store.root / "none.db", writable=False) as index:
        index.refresh(store.sources)
        assert len(answers(index)) == 2
    assert not (store.root / "none.db").exists()


_AS_NOBODY = """
import os, sys
from pathlib import Path
from passdown.formats import record_file, session_file
from passdown import files
from passdown.index import Index, Sources, codec, query, refresh, search
if os.getuid() == 0: os.setuid(65534)  # root may write everywhere
root = Path(sys.argv[1])
index = Index.open(root / "index.db")
index.refresh(Sources(record_file.parse, session_file.parse, records=(root / "records",)))
print(len(index.records()), len(index.search("About")))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are POSIX ones")
@pytest.mark.parametrize("ready", [False, True], ids=["no index", "an older index"])
def test_read_only_folder(ready: bool) -> None:
    """In a folder that cannot be written, both an index that is there and one that is missing serve."""
    with tempfile.TemporaryDirectory() as base:
        os.chmod(base, 0o755)
        store = Store(Path(base) / "store")
        store.put(record("a"))
        if ready:
            store.index().close()
        store.put(record("b"))
        store.root.chmod(0o555)
        done = subprocess.run([sys.executable, "-c", _AS_NOBODY, str(store.root)], capture_output=True, text=True, check=False)
        store.root.chmod(0o755)
    assert done.stdout.split() == ["2", "2"], done.stderr


_REFRESH = """
import sys
from pathlib import Path
from passdown.formats import record_file, session_file
from passdown.index import Index, Sources
root = Path(sys.argv[1])
sources = Sources(record_file.parse, session_file.parse, records=(root / "records",))
for _ in range(int(sys.argv[2])):
    with Index.open(root / "index.db") as index:
        changes = index.refresh(sources)
        assert index.search("about number 7") is not None
        assert len(index.records()) >= 60 or changes.stale, len(index.records())
"""


def test_four_processes_at_once(store: Store) -> None:
    """Four processes make, refresh and read one index while files are added; at the end everything is there once."""
    store.put(*(record(f"n{i}", f"About number {i}") for i in range(60)))
    workers = [subprocess.Popen([sys.executable, "-c", _REFRESH, str(store.root), "6"], stderr=subprocess.PIPE, text=True) for _ in range(4)]
    for i in range(60, 90):
        store.put(record(f"n{i}", f"About number {i}"))
    for worker in workers:
        assert worker.wait(60) == 0, worker.stderr and worker.stderr.read()
        assert worker.stderr
        worker.stderr.close()
    with store.index() as index:
        assert len(index.records()) == 90
        db = sqlite3.connect(store.root / "index.db")
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("SELECT count(*), count(DISTINCT id) FROM records").fetchone() == (90, 90)
        db.close()


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX ones")
def test_the_index_is_private(store: Store) -> None:
    """Nobody else may read what was captured, neither in the database nor in its companions."""
    store.put(record("a"))
    with store.index():
        assert {p.name: p.stat().st_mode & 0o777 for p in store.root.glob("index.db*") if p.stat().st_mode & 0o077} == {}


def test_purge_leaves_no_trace(store: Store) -> None:
    """After a removal and a purge, the removed words are in none of the index's files."""
    store.put(record("a", "The word xylophonic must go"), record("b"))
    index = store.index()
    os.remove(store.root / "records" / "knowledge" / f"{derived_id('a')}.md")
    index.refresh(store.sources)
    index.purge()
    assert all(b"xylophon" not in p.read_bytes() for p in store.root.glob("index.db*"))
    assert index.records() == [record("b")]


def test_parse_errors_of_any_class_are_problems(store: Store) -> None:
    """A parser may raise what it likes for a file's content."""
    store.put(record("a"))

    def refuse(text: str, where: str) -> Record:
        raise InvalidRecord(where=where, reason="no")

    with Index.open(store.root / "other.db") as index:
        (problem,) = index.refresh(replace(store.sources, parse_record=refuse)).problems
        assert "is not a valid record" in problem[1]
