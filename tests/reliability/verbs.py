"""Every verb that writes, in a store that has something of everything, cut short wherever it writes: what must hold afterwards.

What was acknowledged is there, every file reads, the same command can be run again, and then `doctor` finds nothing wrong.
"""

import errno
import io
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path

from tests.reliability.databases import every_commit
from tests.reliability.faults import Fault, run_once

from passdown.cli.main import UNEXPECTED, main
from passdown.errors import PassdownError
from passdown.model.finding import Finding
from passdown.project import open_project
from passdown.store import events
from passdown.store.reading import Stored
from passdown.store.records import RecordStore
from passdown.store.state import State

GOLDEN = Path(__file__).parents[1] / "golden" / "transcripts" / "claude-code" / "session.jsonl"
NOW = "2026-11-20T10:00:00Z"
FULL, KILL, POWER = Fault("fail", error=errno.ENOSPC, lasting=True), Fault("kill"), Fault("power")

ALL = (FULL, KILL, POWER, Fault("torn-kill"), Fault("torn", error=errno.ENOSPC), Fault("fail", error=errno.EIO), Fault("fail", error=errno.EACCES),
       Fault("fail", error=errno.EROFS, lasting=True), Fault("fail", error=errno.EDQUOT), Fault("fail", error=errno.EIO, lasting=True))


class CommandFailed(PassdownError):
    """A command exited with {code}."""


@dataclass(frozen=True)
class Verb:
    """words: `{id}` stands for a noted record, `{derived}` for an extracted one, `{session}` for a session, `{place}` for the folder.

    keeps: the noted record is there afterwards. again: exit codes of a repetition that are right. captures: what it says is done does not
    depend on a capture that it makes on its way, which a later one completes.
    """

    words: tuple[str, ...]
    keeps: bool = True
    again: tuple[int, ...] = (0,)
    keeps_session: bool = True
    captures: bool = False


VERBS = (
    Verb(("init",)),
    Verb(("install", "claude-code", "--scope", "project")),
    Verb(("uninstall",)),
    Verb(("capture", "--transcript", "{place}/longer.jsonl")),
    Verb(("handoff",), captures=True),
    Verb(("check", "--fix", "{place}/notes.md"), again=(0, 1)),
    Verb(("note", "lesson", "Look first")),
    Verb(("review", "--accept", "{derived}"), again=(0, 30)),
    Verb(("edit", "{id}", "--text", "Two files"), again=(0, 2)),
    Verb(("supersede", "{id}", "Two files")),
    Verb(("resolve", "{id}")),
    Verb(("archive", "{id}")),
    Verb(("share", "{id}")),
    Verb(("share", "--session", "{session}")),
    Verb(("forget", "{id}", "--yes"), keeps=False, again=(0, 30)),
    Verb(("forget", "--session", "{session}", "--yes"), again=(0, 30), keeps_session=False),
    Verb(("undo",), again=(0, 34)),
    Verb(("import", "{place}/notes.md")),
    Verb(("export", "--out", "{place}/exported.md"), again=(0, 2)),
    Verb(("doctor", "--repair"), again=(0, 1)),
    Verb(("scan", "--fix", "--yes"), again=(0, 1)),
    Verb(("backup", "{place}/backup.tar.gz"), again=(0, 33)),
    Verb(("restore", "{place}/all.tar.gz")),
    Verb(("pause", "--for", "1h")),
    Verb(("merge-driver", "{place}/base.md", "{place}/ours.md", "{place}/theirs.md", "records/x"), again=(0, 6, 7)),  # 7: power took git's own file
)
READING = frozenset(("resume", "search", "list", "show", "why", "verify", "load", "sessions", "stats", "agents", "guard"))  # write nothing but index and cache
APART = frozenset(("demo", "completion", "mcp", "run", "trust", "workflow"))
# … into a folder of their own, or by the actions of other verbs; `workflow` has kills of its own.
# Of a verb that is new, one of these has to know: `test_every_verb_has_a_case`.


def run(place: Path, *words: str) -> str:
    """Standard output. Raises `CommandFailed`."""
    os.environ["PASSDOWN_HOME"] = str(place / "home")
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(out):
        code = main([*words, "-C", str(place), "--now", NOW])
    assert code != UNEXPECTED, out.getvalue()
    if code:
        raise CommandFailed(code=code)
    return out.getvalue()


def prepare(place: Path) -> None:
    """A store with a note, a session with an extracted record, a document, a backup, and a transcript that has grown."""
    rows = GOLDEN.read_text().splitlines()
    said = {"type": "user", "sessionId": "s-rules", "cwd": str(place), "timestamp": "2026-11-19T10:00:00.000Z", "uuid": "u-1", "version": "2.1.0",
            "message": {"role": "user", "content": "From now on always run the linter before you commit, never push to main directly."}}
    (place / "rules.jsonl").write_text(json.dumps(said) + "\n")
    (place / "longer.jsonl").write_text("\n".join(rows[: len(rows) // 2]) + "\n")
    run(place, "init")
    run(place, "note", "decision", "One file", "--why", "it is small")
    run(place, "capture", "--transcript", str(place / "rules.jsonl"))
    run(place, "capture", "--transcript", str(place / "longer.jsonl"))
    run(place, "export", "--style", "continuity", "--out", str(place / "notes.md"))
    (place / "longer.jsonl").write_text("\n".join(rows) + "\n")
    text = next((place / ".passdown" / "local" / "records" / "decision").glob("*.md")).read_text()
    for name in ("base", "ours", "theirs"):
        (place / f"{name}.md").write_text(text.replace("it is small", name))
    run(place, "note", "risk", "Only in the backup")
    run(place, "note", "lesson", "Taken back by undo")
    run(place, "backup", str(place / "all.tar.gz"))
    for path in (place / ".passdown" / "local").glob("records/risk/*.md"):
        path.unlink()


def words_for(verb: Verb, place: Path) -> list[str]:
    private = place / ".passdown" / "local"
    noted = next((private / "records" / "decision").glob("*.md")).stem
    derived = next(json.loads(row)["id"] for path in (private / "derived").glob("*.jsonl") for row in path.read_text().splitlines()[1:])
    [session] = [path.name.removesuffix(".jsonl.gz") for path in (private / "events").glob("c0ffee*.gz")]
    return [word.format(id=noted, derived=derived, session=session, place=place) for word in verb.words]


def records(place: Path) -> set[str]:
    """Ids of all; fails on a file that does not read."""
    found = list(RecordStore(open_project(place, NOW).layout).all())
    assert not [one for one in found if isinstance(one, Finding)]
    return {one.record.id for one in found if isinstance(one, Stored)}


def kept(place: Path) -> dict[str, int]:
    """Events by session."""
    return {log.name: len(list(events.read(log))) for log in (place / ".passdown" / "local" / "events").glob("*.gz")}


def standing(place: Path) -> tuple[int, dict[str, int]]:
    """How many records there are, and how many events were committed of each session."""
    with State(open_project(place, NOW).layout.state) as state:
        return len(records(place)), {session: state.kept(session).count for session in state.sessions()}


def cut_short(verb: Verb, template: Path, root: Path, faults: Sequence[Fault] = (FULL, KILL, POWER), stride: int = 1) -> int:
    """Run it with every `stride`-th disk operation and every commit going wrong; how many runs there were. Fails where a promise is broken."""
    runs = 0
    words = words_for(verb, template)
    before, events_before = records(template), kept(template)

    def at(name: str) -> Path:
        place = root / name
        shutil.copytree(template, place)
        return place

    def act(place: Path) -> None:
        try:
            run(place, *[word.replace(str(template), str(place)) for word in words])
        except CommandFailed as error:
            if error.facts["code"] not in verb.again:
                raise

    clean = at("clean")
    act(clean)
    done = standing(clean)
    shutil.rmtree(clean)
    for place, what, acknowledged in chain(_disk(at, act, faults, stride), _database(at, act)):
        runs += 1
        assert not acknowledged or verb.captures or standing(place) == done, f"{verb.words[0]}: {what}: acknowledged, but not done"
        RecordStore(open_project(place, NOW).layout).recover()
        gone = before - records(place)
        assert not gone or not verb.keeps or verb.words[0] == "undo", f"{verb.words[0]}: {what}: lost {gone}"
        if verb.keeps_session:
            now = kept(place)
            assert all(now.get(name, 0) >= number for name, number in events_before.items()), f"{verb.words[0]}: {what}: events lost"
        act(place)
        assert not (broken := errors(place)), f"{verb.words[0]}: {what}: {broken}"
        shutil.rmtree(place)
    return runs


def _disk(at: object, act: object, faults: Sequence[Fault], stride: int) -> Iterator[tuple[Path, str, bool]]:
    for kind, model in enumerate(faults):
        for number in count(1, stride):
            place = at(f"{kind}-{number}")  # type: ignore[operator]
            done = run_once(place, act, replace(model, at=number))  # type: ignore[arg-type]
            yield place, str(done.fault), done.acknowledged
            if not done.fired:
                break


def _database(at: object, act: object) -> Iterator[tuple[Path, str, bool]]:
    for place, fault, acknowledged in every_commit(at, act):  # type: ignore[arg-type]
        yield place, str(fault), acknowledged


def errors(place: Path) -> list[object]:
    """What doctor finds to be wrong."""
    os.environ["PASSDOWN_HOME"] = str(place / "home")
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(io.StringIO()):
        main(["doctor", "--json", "-C", str(place), "--now", NOW])
    return [f for f in json.loads(out.getvalue())["findings"] if f["severity"] == "error"]
