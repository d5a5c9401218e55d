"""Captured text: what of an event is searched, reading on, torn and damaged files."""

import gzip
import json
from pathlib import Path

from passdown.formats import record_file, session_file
from passdown.index import Index, Sources
from passdown.index.texts import Neighbours, searched

Event = dict[str, object]


def member(*events: Event) -> bytes:
    return gzip.compress(b"".join(json.dumps(e, separators=(",", ":")).encode() + b"\n" for e in events))


def said(n: int, text: str, tag: str = "reply") -> Event:
    return {"e": tag, "n": n, "at": f"2026-01-01T00:00:{n % 60:02d}Z", "text": text}


def sources(root: Path) -> Sources:
    (root / "events").mkdir(exist_ok=True)
    return Sources(record_file.parse, session_file.parse, events=root / "events")


def refreshed(root: Path, name: str = "index.db") -> Index:
    index = Index.open(root / name)
    index.refresh(sources(root))
    return index


def found(index: Index, text: str) -> list[tuple[str, int]]:
    return [(h.id, h.event) for h in index.search(text)]


def test_what_is_searched() -> None:
    """Words of user and agent, commands and plans are; thinking, injected text and the bulk of outputs are not."""
    assert searched({"e": "prompt", "text": "hello"}) == ("prompt", "hello")
    assert searched({"e": "call", "about": "run it", "command": "make x"}) == ("call", "run it\nmake x")
    assert searched({"e": "call", "action": "plan", "about": "1. do"}) == ("plan", "1. do")
    assert searched({"e": "thinking", "text": "hm"})[1] == searched({"e": "injected", "text": "be good"})[1] == ""
    assert len(searched({"e": "result", "ok": True, "output": "x" * 999})[1]) < len(searched({"e": "result", "ok": False, "output": "x" * 999})[1]) < 999


def test_neighbours_are_the_prompt_and_the_text_before() -> None:
    """A reply is also found by the words of the prompt that it answers; what is carried over makes no difference."""
    whole, first = Neighbours(), Neighbours()
    steps = [("prompt", "why"), ("reply", "because"), ("call", "ls"), ("reply", "so")]
    contexts = [whole.step(*s) for s in steps]
    assert contexts[1:] == ["why", "\nwhy", "ls\nwhy"]
    head = [first.step(*s) for s in steps[:2]]
    again = Neighbours(first.carry())
    assert head + [again.step(*s) for s in steps[2:]] == contexts


def test_a_file_that_grew_is_read_on(tmp_path: Path) -> None:
    """Only new members are read, and the result is that of reading the whole file."""
    path = tmp_path / "events" / "s1.jsonl.gz"
    index = refreshed(tmp_path)
    path.write_bytes(member(said(0, "the walrus question", "prompt"), said(1, "an answer")))
    index.refresh(sources(tmp_path))
    path.write_bytes(path.read_bytes() + member(said(2, "the pelican")) + member(said(3, "and the heron")))
    index.refresh(sources(tmp_path))
    new = refreshed(tmp_path, "new.db")
    for text in ("walrus", "pelican answer", "heron"):
        assert index.search(text) == new.search(text) != []
    assert found(index, "heron")[0] == ("s1", 3)


def test_a_torn_member_waits(tmp_path: Path) -> None:
    """Whatever part of the last member is there, what stands before it is found, and the rest once it is whole."""
    path = tmp_path / "events" / "s1.jsonl.gz"
    index = refreshed(tmp_path)
    first, second = member(said(0, "the walrus")), member(*(said(n, f"the pelican {n}") for n in range(1, 30)))
    for cut in (0, 1, 9, len(second) // 2, len(second) - 1):
        path.write_bytes(first + second[:cut])
        index.refresh(sources(tmp_path))
        assert found(index, "walrus pelican") == [("s1", 0)]
        assert index.problems() == []
    path.write_bytes(first + second)
    index.refresh(sources(tmp_path))
    assert len(index.search("pelican", 50)) == 29


def test_another_member_in_the_place_of_one_that_was_read(tmp_path: Path) -> None:
    """A file that was cut off and continued differently is read again from the start."""
    path = tmp_path / "events" / "s1.jsonl.gz"
    index = refreshed(tmp_path)
    path.write_bytes(member(said(0, "walrus")) + member(said(1, "pelican")))
    index.refresh(sources(tmp_path))
    path.write_bytes(member(said(0, "walrus")) + member(said(1, "heron")) + member(said(2, "stork")))
    index.refresh(sources(tmp_path))
    assert (found(index, "pelican"), found(index, "heron"), found(index, "walrus")) == ([], [("s1", 1)], [("s1", 0)])


def test_damage_in_the_middle_is_told(tmp_path: Path) -> None:
    """What stands before the damage stays searchable, and the file is a problem."""
    path = tmp_path / "events" / "s1.jsonl.gz"
    index = refreshed(tmp_path)
    broken = bytearray(member(said(1, "pelican")))
    broken[len(broken) // 2] ^= 0xFF
    path.write_bytes(member(said(0, "walrus")) + bytes(broken) + member(said(2, "stork")))
    (tmp_path / "events" / "s2.jsonl.gz").write_bytes(gzip.compress(b"not json\n"))
    (tmp_path / "events" / "s3.jsonl.gz").write_bytes(b"no gzip")
    index.refresh(sources(tmp_path))
    assert len(index.problems()) == 3
    assert found(index, "walrus") == [("s1", 0)]


def test_a_forgotten_session_is_gone(tmp_path: Path) -> None:
    """When the file goes, so do its words."""
    path = tmp_path / "events" / "s1.jsonl.gz"
    index = refreshed(tmp_path)
    path.write_bytes(member(said(0, "the parseHttpHeader walrus", "prompt"), said(1, "ok", "reply")))
    index.refresh(sources(tmp_path))
    assert found(index, "http header")
    path.unlink()
    index.refresh(sources(tmp_path))
    assert index.search("http header walrus ok") == []


def test_a_session_whose_id_is_no_file_name(tmp_path: Path) -> None:
    """The id comes from the first event then, since the file's name is a hash."""
    index = refreshed(tmp_path)
    (tmp_path / "events" / "~00ff.jsonl.gz").write_bytes(member({"e": "mark", "n": 0, "session": "../odd/id"}, said(1, "walrus")))
    index.refresh(sources(tmp_path))
    assert found(index, "walrus") == [("../odd/id", 1)]


def test_half_characters(tmp_path: Path) -> None:
    """Halves of surrogate pairs, as some transcripts have them, do not keep a text out."""
    index = refreshed(tmp_path)
    (tmp_path / "events" / "s.jsonl.gz").write_bytes(member(said(0, "walrus \ud83d cut off")))
    assert index.refresh(sources(tmp_path)).problems == ()
    assert found(index, "walrus") == [("s", 0)]
