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

from tests.reliability import databases
from tests.reliability.faults import Fault, run_once

from passdown.cli.main import UNEXPECTED, main
from passdown.errors import PassdownError
from passdown.hooks import spool
from passdown.model.finding import Finding
from passdown.project import open_project
from passdown.store import events
from passdown.store.reading import Stored
from passdown.store.records import RecordStore
from passdown.store.state import State

GOLDEN = Path(__file__).parents[1] / "golden" / "transcripts" / "claude-code" / "session.jsonl"
NOW = "2026-11-20T10:00:00Z"
REFUSED = 10  # exit codes from here on, of a first run, say that something is not there
FULL, KILL, POWER = Fault("fail", error=errno.ENOSPC, lasting=True), Fault("kill"), Fault("power")

ALL = (FULL, KILL, POWER, Fault("torn-kill"), Fault("torn", error=errno.ENOSPC), Fault("fail", error=errno.EIO), Fault("fail", error=errno.EACCES),
       Fault("fail", error=errno.EROFS, lasting=True), Fault("fail", error=errno.EDQUOT), Fault("fail", error=errno.EIO, lasting=True))


class CommandFailed(PassdownError):
    """A command exited with {code}."""


@dataclass(frozen=True)
class Verb:
    """words: `{id}` stands for a noted record, `{derived}` for an extracted one, `{session}` for a session, `{place}` for the folder.

    keeps: the noted record is there afterwards. again: exit codes of a repetition that are right. captures: what it says is done does not
    depend on a capture that it makes on its way, which a later one completes. spooled: a hook has pointed at the transcript that has grown.
    """

    words: tuple[str, ...]
    keeps: bool = True
    again: tuple[int, ...] = (0,)
    keeps_session: bool = True
    captures: bool = False
    spooled: bool = False


VERBS = (
    Verb(("init",)),
    Verb(("install", "claude-code", "--scope", "project")),
    Verb(("uninstall",)),
    Verb(("capture", "--transcript", "{place}/longer.jsonl")),
    Verb(("capture", "--spooled"), spooled=True),
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


class Trial:
    """A verb in copies of one store, and what must hold of each copy whatever went wrong in it."""

    def __init__(self, verb: Verb, template: Path, root: Path) -> None:
        self.verb, self.template, self.root = verb, template, root
        self.words = words_for(verb, template)
        self.before, self.events_before = records(template), kept(template)
        clean = self.copy("clean")
        self.act(clean)
        self.done = standing(clean)
        shutil.rmtree(clean)

    def copy(self, name: str) -> Path:
        place = self.root / name
        shutil.copytree(self.template, place)
        if self.verb.spooled:
            assert spool.put(str(place / ".passdown" / "local"), spool.Pointer(str(place / "longer.jsonl"), str(place), "claude-code", "Stop", "s-1"))
        return place

    def act(self, place: Path) -> None:
        """The first run. Raises `CommandFailed` where it says that it was not done."""
        self._run(place, tuple(code for code in self.verb.again if code < REFUSED))

    def again(self, place: Path) -> None:
        """Raises `CommandFailed` where the exit code is none that is right for a repetition."""
        self._run(place, self.verb.again)

    def _run(self, place: Path, right: tuple[int, ...]) -> None:
        try:
            run(place, *[word.replace(str(self.template), str(place)) for word in self.words])
        except CommandFailed as error:
            if error.facts["code"] not in right:
                raise

    def check(self, place: Path, what: str, acknowledged: bool) -> None:
        """Fails where a promise is broken; the copy is used up by it."""
        what = f"{' '.join(self.verb.words[:2])}: {what}"
        anew = databases.MALFORMED in what  # such a database is put aside, and with it what it knew of other sessions, whose events are all there
        assert not acknowledged or self.verb.captures or anew or standing(place) == self.done, f"{what}: acknowledged, but not done"
        RecordStore(open_project(place, NOW).layout).recover()
        gone = self.before - records(place)
        assert not gone or not self.verb.keeps or self.verb.words[0] == "undo", f"{what}: lost {gone}"
        now = kept(place)
        lost = [name for name, number in self.events_before.items() if now.get(name, 0) < number]
        assert not lost or not self.verb.keeps_session, f"{what}: events lost of {lost}"
        self.again(place)
        assert not (broken := errors(place)), f"{what}: {broken}"
        assert not self.verb.spooled or not spool.waiting(str(place / ".passdown" / "local")), f"{what}: a pointer stays"
        shutil.rmtree(place)


def cut_short(verb: Verb, template: Path, root: Path, faults: Sequence[Fault] = (FULL, KILL, POWER), stride: int = 1,
              in_databases: Sequence[databases.DatabaseFault] = databases.COMMITS) -> int:
    """Run it with every `stride`-th disk operation, every commit and every `stride`-th statement of a database going wrong; how many runs there were.

    Fails where a promise is broken.
    """
    trial, runs = Trial(verb, template, root), 0
    for place, what, acknowledged in chain(_disk(trial, faults, stride), _database(trial, in_databases, stride)):
        runs += 1
        trial.check(place, what, acknowledged)
    return runs


def _disk(trial: Trial, faults: Sequence[Fault], stride: int) -> Iterator[tuple[Path, str, bool]]:
    for kind, model in enumerate(faults):
        for number in count(1, stride):
            place = trial.copy(f"{kind}-{number}")
            done = run_once(place, trial.act, replace(model, at=number))
            yield place, str(done.fault), done.acknowledged
            if not done.fired:
                break


def _database(trial: Trial, faults: Sequence[databases.DatabaseFault], stride: int) -> Iterator[tuple[Path, str, bool]]:
    for one in faults:
        for place, fault, acknowledged in databases.every_fault(trial.copy, trial.act, (one,), stride if one.every_statement else 1):
            yield place, str(fault), acknowledged


def errors(place: Path) -> list[object]:
    """What doctor finds to be wrong."""
    os.environ["PASSDOWN_HOME"] = str(place / "home")
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(io.StringIO()):
        main(["doctor", "--json", "-C", str(place), "--now", NOW])
    return [f for f in json.loads(out.getvalue())["findings"] if f["severity"] == "error"]
