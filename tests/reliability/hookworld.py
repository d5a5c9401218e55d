"""A store that hooks have something to say of, each hook there is fired in it with one fault, and what must hold afterwards.

Hooks acknowledge nothing, so they may lose nothing: outside their own two folders not a byte changes. The exit code is 0, the answer is whole or none,
and what a hook did not get done, the next hook and the next capture do.
"""

import errno
import json
import os
import re
import shutil
import signal
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from tests.reliability.calls import CallFault, Hooked, run_hook
from tests.reliability.verbs import GOLDEN, errors, kept, records, run

from passdown.hooks import host, spool

PAYLOADS = Path(__file__).parents[1] / "golden" / "hooks" / "claude-code"
SESSION = "c0ffee00-0000-4000-8000-00000000000a"
MOST_CALLS = 300
OWN = ("hooks", spool.FOLDER)  # folders of the private store in which hooks write
LONG_NUMBER = re.compile(r"\d{2,}")

QUICK = (CallFault("killed"), CallFault("hangs"), CallFault("torn"), CallFault("lasting", error=errno.ENOSPC), CallFault("lasting", error=errno.EROFS))
ALL = (*QUICK, CallFault("fails", error=errno.EIO), CallFault("fails", error=errno.EACCES),
       CallFault("fails", error=errno.EIO, reads=True), CallFault("lasting", error=errno.EMFILE, reads=True), CallFault("killed", reads=True),
       CallFault("hangs", reads=True))


@dataclass(frozen=True)
class Case:
    """fields: what the payload has beyond the golden one. says: what its answer has in it. once: what was said or may have been is not said again."""

    event: str
    fields: tuple[tuple[str, str], ...] = ()
    says: str = ""
    once: bool = False
    command: str = ""

    def payload(self, place: Path, **more: str) -> str:
        text = (PAYLOADS / f"{self.event}.json").read_text()
        for name, value in (("session", SESSION), ("transcript", str(place / "longer.jsonl")), ("cwd", str(place))):
            text = text.replace("{" + name + "}", value)
        given = {**json.loads(text), **dict(self.fields), **more}
        return json.dumps({**given, "tool_input": {"command": self.command}} if self.command else given)


OTHER = ("session_id", "s-2")
RELAY, REDIS = "The outbox relay listens", "one more server to run"
CASES = (
    Case("SessionStart", says=RELAY), Case("SessionStart", (("source", "compact"),), RELAY), Case("SessionStart", (("source", "resume"), OTHER), RELAY),
    Case("UserPromptSubmit"), Case("UserPromptSubmit", (("prompt", "The outbox relay missed a NOTIFY again, what holds it up?"), OTHER), RELAY, True),
    Case("UserPromptSubmit", (("prompt", "Let us put the jobs into Redis"), OTHER), REDIS, True),
    Case("PreToolUse"), Case("PreToolUse", (OTHER,), REDIS, True, command="pip install redis"),
    Case("Stop"), Case("SubagentStop"), Case("PreCompact"), Case("PostCompact"), Case("SessionEnd"))


def forgotten_events() -> set[str]:
    """Events of hooks that no case fires."""
    return set(host.EVENTS) - {case.event for case in CASES}


class Sweep:
    """One case in a store of its own, put back to where it was before each run."""

    def __init__(self, case: Case, folder: Path, scratch: Path | None = None) -> None:
        self.case, self.place, self.template, self.scratch = case, folder / "shop", folder / "template", scratch or folder
        self.private = self.place / ".passdown" / "local"
        self.home = {"PASSDOWN_HOME": str(self.place / "home"), "HOME": str(self.place / "home")}
        self.runs, self.seen = 0, set[str]()
        prepare(self.place)
        shutil.copytree(self.place, self.template)
        run(self.place, "capture", "--transcript", str(self.place / "longer.jsonl"))
        self.expected, self.records = kept(self.place), records(self.place)
        self._renew()

    def all(self, faults: Sequence[CallFault]) -> int:
        """Every call of the hook going wrong in each of these ways, until it passes untouched; how many runs there were."""
        for fault in faults:
            for at in count(1):
                assert at < MOST_CALLS
                if len(self._run(replace(fault, at=at)).calls) < at:
                    break
        return self.runs

    def attempt(self, what: str) -> None:
        """Fire the hook while something else is wrong than a call."""
        done = run_hook(self.case.payload(self.place), CallFault("fails"), self.scratch, self.home)
        assert done.code == 0, what
        assert self.case.says in answer(done.said) or self.case.once, f"{what}: nothing was said"
        assert self._theirs() == self.before, f"{what}: something else than the hooks' own files was changed"

    def _run(self, fault: CallFault) -> Hooked:
        self._clean_up()
        self.runs += 1
        done = run_hook(self.case.payload(self.place), fault, self.scratch, self.home)
        fired = len(done.calls) >= fault.at
        what = f"{self.case.event} {dict(self.case.fields)}: {fault}, {done.calls[fault.at - 1:fault.at]}"
        assert done.code == (-signal.SIGKILL if fired and fault.mode == "killed" else 0), f"{what}: ended with {done.code}"
        assert self._theirs() == self.before, f"{what}: something else than the hooks' own files was changed"
        self._look_at_answer(done, fault, fired, what)
        state = self._ours()
        if state not in self.seen:  # what follows depends on what was left behind alone
            self.seen.add(state)
            self._goes_on(what)
            self._renew()
        return done

    def _look_at_answer(self, done: Hooked, fault: CallFault, fired: bool, what: str) -> None:
        said = answer(done.said)  # also: it is whole
        unheard = fault.mode in ("killed", "hangs", "fails") and done.calls[fault.at - 1:fault.at] == ["answer"]
        in_vain = fired and (unheard or fault.mode in ("killed", "hangs") or fault.reads or self.case.once)
        assert self.case.says in said or in_vain, f"{what}: nothing was said"

    def _goes_on(self, what: str) -> None:
        """The next hook answers, the next capture keeps everything, once, and takes what hooks left away; doctor finds nothing wrong."""
        again = run_hook(self.case.payload(self.place, tool_use_id="again"), CallFault("fails"), self.scratch, self.home)
        assert again.code == 0, what
        assert self.case.says in answer(again.said) or self.case.once, f"{what}: the next hook says nothing"
        run(self.place, "capture", "--spooled")
        assert not spool.waiting(str(self.private)), f"{what}: a pointer stays"
        assert kept(self.place) == self.expected, f"{what}: {kept(self.place)} events, not {self.expected}"
        assert records(self.place) >= self.records, f"{what}: records lost"
        assert not (wrong := errors(self.place)), f"{what}: {wrong}"

    def _renew(self) -> None:
        shutil.rmtree(self.place)
        shutil.copytree(self.template, self.place)
        self.before = self._theirs()

    def _clean_up(self) -> None:
        """Nothing but what hooks have written has changed."""
        for name in OWN:
            shutil.rmtree(self.private / name, ignore_errors=True)
            if (before := self.template / self.private.relative_to(self.place) / name).exists():
                shutil.copytree(before, self.private / name)

    def _theirs(self) -> dict[str, tuple[int, int, int]]:
        """All that is not the hooks' own."""
        found = {path: path.stat() for path in self.place.rglob("*") if path.is_file() and not any(path.is_relative_to(self.private / own) for own in OWN)}
        return {str(path): (status.st_ino, status.st_size, status.st_mtime_ns) for path, status in found.items()}

    def _ours(self) -> str:
        """What a hook leaves behind, whenever and by whatever process it was written."""
        found = [(path.name, path.read_bytes()) for own in OWN for path in (self.private / own).rglob("*") if path.is_file()]
        return LONG_NUMBER.sub("0", repr(sorted(found)))


def prepare(place: Path) -> None:
    """A store with decisions, a session captured in part, everything rendered for hooks, and a transcript that has grown since."""
    rows = GOLDEN.read_text().splitlines()
    place.mkdir(parents=True)
    log = place / "longer.jsonl"
    log.write_text("\n".join(rows[: len(rows) // 2]) + "\n")
    run(place, "init")
    run(place, "note", "decision", "The outbox relay listens with NOTIFY", "--why", "polling kept the laptop awake", "--alternative", "poll the relay table")
    run(place, "note", "decision", "Jobs lie in SQLite", "--why", "one process, one file", "--alternative", "Redis: one more server to run")
    run(place, "note", "knowledge", "The staging proxy drops websocket frames above 64 kB")
    run(place, "capture", "--transcript", str(log))
    os.environ["PASSDOWN_HOME"] = str(place / "home")
    log.write_text("\n".join(rows) + "\n")


def answer(printed: str) -> str:
    """What goes into the conversation; fails where it is no whole answer."""
    if not printed:
        return ""
    said = json.loads(printed)["hookSpecificOutput"]
    return str(said.get("additionalContext") or said.get("permissionDecisionReason") or "")
