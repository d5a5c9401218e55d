"""Hooks as agents start them: the installed launcher in a clean environment, beside a bare interpreter, in one interleaved run.

Usage: python -m benchmarks.hooks [--rounds N] [--records 10000] [--product-cmd CMD] [--rival] [--cache DIR]

`--rival` adds the briefing command of daimon-briefing, the nearest rival that installs from a registry, which is what its hook runs at session start;
its store is empty, which favours it.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from benchmarks import conditions, corpus
from benchmarks.conditions import interleaved, verdict
from benchmarks.drivers import installs

BOUND = 5.0  # times bare Python
MAX_MB = 25.0
MAX_START_MS = 1_000.0
TAIL_BYTES = 2 << 20
QUIET_S = 20.0  # in which a capture that a hook started has to end, before the next sample is taken
SUMMARY = "This session is being continued from a previous conversation. Summary: some words of it."
WISH = "Never touch the vendored parser in third_party, we patch it upstream only."
ORDINARY = "Please look into why the start page is slow in the evening, measure it, and tell me what you would change first and what it costs."
# What is timed: event, fields of its payload, whether it is answered. `{topic}` stands for words of a record.
SETTLED = 400  # records that the guard knows: as many as its table holds
EDIT: dict[str, object] = {"tool_name": "Edit", "tool_input": {
    "file_path": "src/hooks.py", "old_string": "", "new_string": Path(conditions.__file__).read_text("utf-8")[:4_096]}}
TEST_RUN: dict[str, object] = {"tool_name": "Bash", "tool_input": {"command": "cd src && python -m pytest -q tests/unit/test_outbox.py | tail -20"}}
REOPENS: dict[str, object] = {"tool_name": "Bash", "tool_input": {"command": "pip install redis"}}
TIMED: dict[str, tuple[str, dict[str, object], bool]] = {
    "SessionStart": ("SessionStart", {}, True), "SessionStart after a compaction": ("SessionStart", {"source": "compact", "session_id": "s-1"}, True),
    "UserPromptSubmit": ("UserPromptSubmit", {}, False), "UserPromptSubmit on a topic": ("UserPromptSubmit", {"prompt": "{topic}"}, True),
    "PreToolUse of an edit of 4 kB": ("PreToolUse", EDIT, False), "PreToolUse of a command": ("PreToolUse", TEST_RUN, False),
    "PreToolUse that is warned of": ("PreToolUse", REOPENS, True), "Stop": ("Stop", {}, False)}


class Bench:
    """A project full of records, a transcript that was captured, and the launcher as `install` writes it."""

    def __init__(self, folder: Path, product: list[str], records: int) -> None:
        from passdown.hooks import launcher

        self.env = conditions.clean_env(folder)
        self.project = corpus.repository(folder / "full", self.env)
        self.private = self.project / ".git" / "passdown"
        self.product = product
        self.turns = 0
        self.command("init", "--yes")
        known = corpus.items(records)
        corpus.fill_store(self.project, known)
        corpus.settle(self.project, SETTLED, records)
        self.topic = " ".join(known[(records - 1) // len(corpus.KINDS) * len(corpus.KINDS)].text.split()[:14])  # of the newest decision
        self.launcher = Path(launcher.path(str(folder / ".passdown")))
        self.launcher.parent.mkdir(parents=True)
        self.launcher.write_text(launcher.text(sys.executable))
        self.launcher.chmod(0o755)
        self.transcript = folder / ".claude" / "projects" / "full" / "s-1.jsonl"
        self.transcript.parent.mkdir(parents=True)
        self.say(40)
        self.compact()
        self.command("capture", "--transcript", str(self.transcript))

    def command(self, *words: str) -> None:
        conditions.run([*self.product, *words], env=self.env, cwd=self.project)

    def say(self, turns: int, chars: int = 400) -> None:
        """The session goes on by so many turns."""
        with self.transcript.open("a", encoding="utf-8") as file:
            for number in range(self.turns, self.turns + turns):
                for kind in ("user", "assistant"):
                    said = [{"type": "text", "text": f"{kind} {number}: " + "words of it " * (chars // 12)}]
                    row = {"type": kind, "uuid": f"{kind}{number}", "sessionId": "s-1", "cwd": str(self.project),
                           "timestamp": f"2026-11-20T10:{number % 60:02d}:00Z", "message": {"role": kind, "id": f"m{number}", "model": "x", "content": said}}
                    file.write(json.dumps(row) + "\n")
        self.turns += turns

    def compact(self) -> None:
        """The session is compacted, and its summary does not mention what the user said last."""
        common = {"sessionId": "s-1", "cwd": str(self.project), "timestamp": "2026-11-20T11:00:00Z"}
        rows = [{"type": "user", "uuid": "u", "message": {"role": "user", "content": WISH}, **common},
                {"type": "system", "subtype": "compact_boundary", "uuid": "c", "compactMetadata": {"trigger": "auto", "preTokens": 1}, **common},
                {"type": "user", "uuid": "s", "isCompactSummary": True, "message": {"role": "user", "content": SUMMARY}, **common}]
        with self.transcript.open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in rows)

    def payload(self, event: str, fields: Mapping[str, object] = MappingProxyType({})) -> str:
        """Of a session of its own, so that no sample is taken for another one's echo."""
        given = {"session_id": f"s-{time.time_ns()}", "transcript_path": str(self.transcript), "cwd": str(self.project), "hook_event_name": event,
                 "source": "startup" if event == "SessionStart" else "user", "prompt": ORDINARY, "prompt_id": str(time.time_ns()),
                 "tool_use_id": str(time.time_ns())}
        return json.dumps(given | {name: self.topic if value == "{topic}" else value for name, value in fields.items()})

    def fire(self, event: str, fields: Mapping[str, object] = MappingProxyType({})) -> conditions.Run:
        return conditions.run([str(self.launcher), "hook", "claude-code"], env=self.env, cwd=Path("/"), stdin=self.payload(event, fields))

    def quiet(self) -> None:
        """Waits until no capture runs and nothing waits for one."""
        from passdown.hooks import detached, spool

        end = time.monotonic() + QUIET_S
        while (detached.busy(str(self.private)) or spool.waiting(str(self.private))) and time.monotonic() < end:
            time.sleep(0.02)

    def timed(self, what: str) -> float:
        event, fields, answered = TIMED[what]
        done = self.fire(event, fields)
        if bool(done.out) != answered or ("compaction" in what and "NOT IN THE SUMMARY" not in done.out):
            raise SystemExit(f"{what}: an answer where none is due, or none where one is")
        ms = done.ms
        if event == "Stop":  # the others start no capture
            self.quiet()
        return ms

    def peak_mb(self, what: str) -> float:
        event, fields, _ = TIMED[what]
        _, mb = conditions.weighed([str(self.launcher), "hook", "claude-code"], env=self.env, cwd=Path("/"), stdin=self.payload(event, fields))
        return mb

    def bare(self) -> float:
        return conditions.run(conditions.BARE_PYTHON, env=self.env, cwd=self.project).ms

    def start_with_tail(self) -> tuple[float, bool]:
        """Milliseconds of a session's start with 2 MB to capture first, and whether the briefing has it."""
        self.say(TAIL_BYTES // 9_000, chars=4_000)
        done = self.fire("SessionStart")
        self.quiet()
        return done.ms, "additionalContext" in done.out and "Not in this text" not in done.out


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--product-cmd", default=conditions.DEFAULT_PRODUCT)
    parser.add_argument("--rival", action="store_true")
    parser.add_argument("--cache", type=Path, default=installs.default_cache())
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(os.path.realpath(folder)), conditions.product(args.product_cmd), args.records)
        bench.fire("Stop")
        bench.quiet()
        sides = {"bare": bench.bare, **{what: (lambda what=what: bench.timed(what)) for what in TIMED}}  # type: ignore[misc]
        if args.rival:
            command = (installs.daimon(args.cache).command, "brief")
            sides["daimon brief"] = lambda: conditions.run(command, env=bench.env, cwd=bench.project).ms
        medians = interleaved(sides, args.rounds)
        rows = [(what, f"{medians[what]:.1f} ms", f"{medians['bare']:.1f} ms", verdict(medians[what] / medians["bare"], BOUND),
                 f"{bench.peak_mb(what):.1f} MB (≤ {MAX_MB:.0f})") for what in TIMED]
        print(conditions.conditions(args.rounds))
        if args.rival:
            rival = medians["daimon brief"]
            rows.append(("daimon brief", f"{rival:.1f} ms", f"{medians['bare']:.1f} ms", f"{rival / medians['bare']:.1f}", ""))
        print(conditions.table(("hook", "median", "bare Python", "ratio", "peak memory"), rows))
        tails = [bench.start_with_tail() for _ in range(3)]
        print(f"\nsession start with 2 MB to capture first: {sorted(ms for ms, _ in tails)[1]:.0f} ms (≤ {MAX_START_MS:.0f}); "
              f"in the briefing {sum(whole for _, whole in tails)} of {len(tails)} times")
    return 0


if __name__ == "__main__":
    sys.exit(main())
