"""Payloads of every host: whose they are, what happened, what is said of it by the guard and of the topic."""

import os
from collections.abc import Callable

from benchmarks.fuzzing.base import GOLDEN, BrokenLaw, Target
from benchmarks.fuzzing.world import project

from passdown.hooks import fired, guard, host, payload, place, prompt
from passdown.hooks.moment import Moment

TOKENS = (b'"tool_name":"Bash"', b'"tool_input":{"command":"x"}', b'"cwd":"/"', b'"session_id":"../../x"', b'"prompt":"',
    b"*** Begin Patch\n*** Update File: a\n+x\n",
          b'"edits":[{"new_string":"a"}]', b'"transcript_path":"/etc/passwd"')


def run_of(name: str) -> Callable[[bytes], None]:
    def run(data: bytes) -> None:
        given = payload.parse(data.decode("utf-8", "replace"))
        host.who(name, given)
        read = host.of(name).read(given, "userPromptSubmitted")
        event = payload.text(read, "hook_event_name")
        store = place.find(str(project()))
        if store is None:
            raise BrokenLaw("the store is not found")
        moment = Moment(name, event, read, store, 0.0, name)
        said = prompt.answer(moment) if event == "UserPromptSubmit" else ""
        held, _ = guard.answer(moment)
        fired.note(moment)
        if event in host.of(name).ANSWERED:
            host.of(name).envelope(event, said + held)

    return run


def seeds_of(name: str) -> Callable[[], list[bytes]]:
    def seeds() -> list[bytes]:
        root = os.fsencode(project())
        return [p.read_bytes().replace(b"{cwd}", root).replace(b"{session}", b"s-1").replace(b"{transcript}", root + b"/t.jsonl")
                for p in sorted((GOLDEN / "hooks" / name).glob("*.json"))]

    return seeds


TARGETS = {f"hook-{name}": Target(seeds_of(name), run_of(name), TOKENS) for name in sorted(host.MODULES)}
