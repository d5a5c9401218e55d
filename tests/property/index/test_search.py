"""Laws of the index: any text may be asked, and the way to a state does not matter."""

import gzip
import json
import os
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from passdown.formats import record_file, session_file
from passdown.index import Index, Sources
from passdown.model.anchor import Anchor, Evidence
from passdown.model.ids import derived_id
from passdown.model.record import Record

WORDS = ("walrus", "pelican", "heron", "parseHeader", "src/a.py", "the", "why", "--dry-run", "export")
NAMES = ("a", "b", "c", "d")
words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)


def _index(root: Path, name: str = "index.db") -> Index:
    index = Index.open(root / name)
    index.refresh(Sources(
        record_file.parse, session_file.parse, records=(root / "private", root / "shared"), derived=root / "derived", events=root / "events"))
    return index


class _Any:
    """One index for all questions."""

    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        root = Path(self.folder.name)
        (root / "private").mkdir()
        (root / "events").mkdir()
        for name in NAMES:
            one = Record(derived_id(name), "knowledge", f"walrus and 'quoted' {name} ünï 中文")
            (root / "private" / f"{one.id}.md").write_text(record_file.render(one))
        (root / "events" / "s.jsonl.gz").write_bytes(gzip.compress(b'{"e":"prompt","n":0,"text":"walrus AND NOT NEAR"}\n'))
        self.index = _index(root)


ANY = _Any()
syntax = st.lists(st.sampled_from([*'"\'*^():{}+-NEAROT \x00\n\ud800🦭中é_.', "walrus", " AND ", " OR "]), max_size=60).map("".join)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=80), syntax), st.booleans(), st.integers(-2, 30))
def test_any_text_may_be_asked(text: str, inactive: bool, limit: int) -> None:
    """No text raises, and no more hits come than were asked for."""
    assert len(ANY.index.search(text, limit, inactive=inactive)) <= max(0, limit)


def test_large_and_odd_questions() -> None:
    """Ten kilobytes of anything are a question too."""
    for text in ("walrus " * 1500, "a" * 10_000, '"' * 10_000, "🦭" * 3_000, "\x00\ud800\udfff" * 3_000, "(" * 10_000, "parseHTTP" * 1_200, "a/" * 5_000):
        ANY.index.search(text)
    assert ANY.index.search("walrus " * 1500)


edits = st.lists(
    st.tuples(st.sampled_from(("private", "shared", "derived", "events", "remove", "refresh")), st.sampled_from(NAMES), words, st.sampled_from((*NAMES, ""))),
    min_size=1, max_size=14)


def _apply(root: Path, what: str, name: str, text: str, old: str) -> None:
    one = replace(
        Record(derived_id(name), "decision", text, created=f"2026-01-0{NAMES.index(name) + 1}T00:00:00Z"), evidence=(Evidence(name, 0, ""),),
        anchors=(Anchor("src/a.py", 1, 2),), supersedes=(derived_id(old),) if old and old != name else ())
    if what in ("private", "shared"):
        (root / what / f"{one.id}.md").write_text(record_file.render(one))
    elif what == "derived":
        line = {"id": one.id, "kind": one.kind, "text": one.text, "evidence": [{"session": name, "event": 0, "quote": ""}]}
        (root / "derived" / f"{name}.jsonl").write_text("{}\n" + json.dumps(line) + "\n")
    elif what == "events":
        with (root / "events" / f"{name}.jsonl.gz").open("ab") as file:
            file.write(gzip.compress(json.dumps({"e": "reply", "n": file.tell(), "text": text}).encode() + b"\n"))
    elif what == "remove":
        for path in root.glob(f"*/*{name}*"):
            os.remove(path)
        for path in root.glob(f"*/{one.id}.md"):
            os.remove(path)


@settings(max_examples=25, deadline=None)
@given(edits, words)
def test_refreshed_step_by_step_or_made_at_once(steps: list[tuple[str, str, str, str]], question: str) -> None:
    """An index that followed every change answers as one that is made from the final files."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("private", "shared", "derived", "events"):
            (root / name).mkdir()
        followed = _index(root)
        for what, name, text, old in steps:
            _apply(root, what, name, text, old)
            if what == "refresh":
                followed.close()
                followed = _index(root)
        followed.close()
        with _index(root) as followed, _index(root, "new.db") as new:
            assert followed.problems() == new.problems()
            assert followed.records(status=None) == new.records(status=None)
            assert followed.by_path("src/a.py") == new.by_path("src/a.py")
            assert followed.search(question, 50, inactive=True) == new.search(question, 50, inactive=True)
