"""Each file of a store with other content, as a crash, a bad disk, another program or somebody else's commit leaves it: what commands say of it."""

import gzip
import itertools
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.reliability import verbs

DAMAGED: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"", "half": lambda data: data[:len(data) // 2], "zeros": lambda data: bytes(len(data)),
    "no UTF-8": lambda data: inside(data, b"\x81"), "nested deep": lambda data: b"[" * 20_000,
    "null": lambda data: b"null", "a list": lambda data: b"[]", "a number": lambda data: b"1",
    "other types": lambda data: rows(data, other), "half a pair": lambda data: inside(data, b"\\ud800")}
TELLING = ("no UTF-8", "nested deep", "other types")  # the others wait for PASSDOWN_SLOW
ASKED = (("resume",), ("list",), ("capture", "--spooled"), ("doctor",))
ALL = (*ASKED, ("stats",), ("stats", "continuity"), ("sessions",), ("agents",), ("search", "file"), ("verify",), ("scan",), ("handoff",), ("check",),
       ("export",), ("capture", "--transcript", "{place}/longer.jsonl"), ("guard", "use two files"), ("why", "notes.md"), ("note", "lesson", "Look"), ("undo",),
       ("trust",), ("backup", "{place}/b.tar.gz"), ("restore", "{place}/all.tar.gz"), ("uninstall",), ("doctor", "--repair"))
MADE = (".passdown/local/index.db", ".passdown/local/state.db")  # databases have tests of their own


def inside(data: bytes, piece: bytes) -> bytes:
    """With the piece in the last quoted text, or in the middle; within what was packed, packed again."""
    if data[:2] == b"\x1f\x8b":
        return gzip.compress(inside(gzip.decompress(data), piece))
    at = data.rfind(b'"') if b'"' in data else len(data) // 2
    return data[:at] + piece + data[at:]


def rows(data: bytes, change: Callable[[Any], Any]) -> bytes:
    """Each line of JSON, or the whole when it is one value, changed; what is no JSON as it is."""
    if data[:2] == b"\x1f\x8b":
        return gzip.compress(rows(gzip.decompress(data), change))
    try:
        return json.dumps(change(json.loads(data))).encode()
    except ValueError:
        try:
            return b"\n".join(json.dumps(change(json.loads(row))).encode() for row in data.splitlines()) + b"\n"
        except ValueError:
            return data


def other(value: Any) -> Any:
    """Texts become numbers and all else a text; lists and objects stay."""
    if isinstance(value, dict):
        return {key: other(one) for key, one in value.items()}
    return [other(one) for one in value] if isinstance(value, list) else 5 if isinstance(value, str) else "x"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A store with notes, one shared, a session, a document that was written and one that was imported, a backup, a hook that is installed."""
    before = dict(os.environ)
    place = tmp_path_factory.mktemp("damaged")
    os.environ["HOME"] = str(place / "user")
    verbs.prepare(place)
    noted = next((place / ".passdown" / "local" / "records" / "decision").glob("*.md")).stem
    for words in (("handoff",), ("import", str(place / "notes.md")), ("install", "claude-code", "--scope", "project"), ("share", noted)):
        verbs.run(place, *words)
    yield place
    os.environ.clear()
    os.environ.update(before)


def files_of(place: Path) -> list[Path]:
    found = sorted(path.relative_to(place) for folder in (".passdown", "home") for path in (place / folder).rglob("*") if path.is_file())
    return [path for path in found if not path.as_posix().startswith(MADE) and (place / path).stat().st_size]


def faults(place: Path, spare: Path, damages: tuple[str, ...], asked: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    """What was asked, which file was damaged, and how, wherever a command answered with a fault of its own.

    place: a store, at the path that its files name. spare: where it is kept meanwhile; it is put back each time.
    """
    shutil.copytree(place, spare)
    for path, name in itertools.product(files_of(place), damages):
        (place / path).write_bytes(DAMAGED[name]((place / path).read_bytes()))
        for words in asked:
            try:
                verbs.run(place, *(word.format(place=place) for word in words))
            except verbs.CommandFailed:
                pass
            except Exception as error:  # noqa: BLE001  each is told
                yield f"{' '.join(words)}: {path} {name}: {str(error)[-300:]}"
        shutil.rmtree(place)
        shutil.copytree(spare, place)


def test_a_command_answers_whatever_a_file_holds(template: Path, tmp_path: Path) -> None:
    """It works, or says what is wrong: no fault of its own."""
    assert len(files_of(template)) > 20
    assert list(faults(template, tmp_path / "spare", TELLING, ASKED)) == []


@pytest.mark.slow
def test_every_command_answers_whatever_a_file_holds(template: Path, tmp_path: Path) -> None:
    """The same of every command that reads, and of some that write, one after the other."""
    assert list(faults(template, tmp_path / "spare", tuple(DAMAGED), ALL)) == []
