"""Safe events → the facts of their session, in one pass whose state can be put down and taken up again.

Folding in any batches gives what folding at once gives. The state is one JSON value of bounded size, whatever the
transcript's: what is kept of each kind is capped (constants of `conversation`, `touched`, `runs`), counts are exact for
what is kept, and what is dropped first is what was longest untouched.
"""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from passdown.extract import conversation, names, runs, spending, touched
from passdown.extract.commands import settled
from passdown.extract.paths import Roots, normal
from passdown.extract.shell import NAMES_FILE, effects
from passdown.extract.wording import clip, ends, first_sentence, said_about
from passdown.model.event import Compaction, Event, Injected, Mark, Notice, Prompt, Reply, Rewind, SafeEvents, ToolCall, ToolResult, Usage
from passdown.model.session import Reading, Session, SubagentFact

VERSION = 2  # of the state; another one cannot be taken up, the kept events are folded anew
WAITING = 300  # calls that wait for their result
SAID_CHARS = 2_000  # of the last reply, from which the reason of an edit is taken
ASK_WORDS = 3  # fewer ("yes", "go on") are no reason for an edit: the earlier prompt's are
COMMAND_CHARS = 4_000
BRANCHES = 50
SUBAGENTS, AGENT_FILES = 60, 20
TASK_CHARS, RESULT_CHARS = 600, 1_500
NO_ERROR = frozenset(("read", "search", "web", "ask", "plan", "todo"))  # a look or a question that fails is no error of the work

State = dict[str, Any]


class Fold:
    """The facts of one session so far.

    state: None, or what `state()` gave: `ValueError` when it is of another version. roots: where the project lies (see `Roots`).
    """

    def __init__(self, state: Mapping[str, Any] | None = None, roots: Roots | None = None) -> None:
        if state is not None and state.get("version") != VERSION:
            raise ValueError(f"a fold of version {state.get('version')}, not {VERSION}")
        self._state: State = _copy(state) if state is not None else _empty()
        self._talk, self._files = self._state["talk"], self._state["files"]
        self._runs, self._spent = self._state["runs"], self._state["spent"]
        self._names = self._state["names"]
        self.roots = roots or Roots()
        self._spelled: dict[tuple[str, str], str] = {}

    def add(self, events: SafeEvents) -> None:
        """Takes the next events, in order."""
        for event in events:
            self._state["events"] += 1
            if event.at and event.at != self._state["last_at"]:
                self._state["last_at"] = event.at
                spending.tick(self._spent, event.at)
            take = TAKEN.get(type(event))
            if take is not None:
                take(self, event)

    def state(self) -> dict[str, Any]:
        """All that is needed to go on, as JSON values."""
        return _copy(self._state)

    def facts(self, agent: str = "", reading: Reading | None = None) -> Session:
        """The session as it stands; events may still be added afterwards.

        A change whose result never came counts only when the transcript gives no results at all.
        agent, reading: known to the caller alone, set as they are given.
        """
        if self._state["waiting"] and not self._state["results"]:
            return self._assumed().facts(agent, reading)
        here, talk = self._state["here"], self._talk
        return Session(
            id=here["session"], agent=agent, started=self._spent["first"], ended=self._spent["last"], title=conversation.title(talk),
            parent=here["parent"], subagent=here["subagent"], cwd=here["home"], branch=here["branch"], branches=tuple(self._state["branches"]),
            head=here["commit"], wall_s=spending.wall(self._spent), active_s=self._spent["active"] // 1_000, prompts=talk["count"],
            tool_calls=self._state["calls"], events=self._state["events"], rewinds=talk["rewinds"], goal=conversation.goal(talk),
            asks=conversation.asks(talk), plan=conversation.latest(talk["plans"]), last_words=conversation.latest(talk["words"]),
            files=names.placed(touched.facts(self._files), self._names), commands=runs.command_facts(self._runs), checks=runs.check_facts(self._runs),
            commits=runs.commit_facts(self._runs), todos=conversation.todo_facts(talk), errors=runs.error_facts(self._runs),
            summaries=tuple(talk["summaries"]), names=names.facts(self._names), subagents=self._subagents(), usage=spending.usage_facts(self._spent),
            reading=reading or Reading())

    def _assumed(self) -> "Fold":
        """A copy in which every waiting change has happened."""
        copy = Fold(self._state, self.roots)
        copy._state["results"] = 1
        for call in copy._state["waiting"].values():
            copy._changed(call, "", call["at"])
        return copy

    # ---- what is taken of each event

    def _mark(self, event: Mark) -> None:
        here = self._state["here"]
        conversation.mark(self._talk, event)
        for name in ("session", "parent", "subagent", "commit"):  # the first word holds: the head at the start, this file's own id
            here[name] = here[name] or getattr(event, name)
        here["model"] = event.model or here["model"]
        if event.cwd:
            here["cwd"] = event.cwd
            here["home"] = here["home"] or event.cwd
        if event.branch:
            here["branch"] = event.branch
            if event.branch not in self._state["branches"]:
                self._state["branches"] = [*self._state["branches"], event.branch][-BRANCHES:]

    def _prompt(self, event: Prompt) -> None:
        if not event.lane:
            conversation.prompt(self._talk, event)
            names.told(self._names, event.n, event.text)
            asked = first_sentence(event.text)
            self._state["said"] = ["", asked if len(asked.split()) >= ASK_WORDS else self._state["said"][1]]

    def _injected(self, event: Injected) -> None:
        if not event.lane:
            conversation.injected(self._talk, event)

    def _reply(self, event: Reply) -> None:
        if not event.lane:
            conversation.reply(self._talk, event)
            names.told(self._names, event.n, event.text)
            self._state["said"][0] = event.text[-SAID_CHARS:]
        elif agent := self._agent(event.lane):
            agent["result"] = ends(event.text.strip(), RESULT_CHARS)

    def _compaction(self, event: Compaction) -> None:
        if not event.lane:
            conversation.compaction(self._talk, event)

    def _rewind(self, event: Rewind) -> None:
        conversation.rewind(self._talk, event)

    def _usage(self, event: Usage) -> None:
        if not event.lane.startswith("fork:"):
            spending.usage(self._spent, event, self._state["here"]["model"])

    def _notice(self, event: Notice) -> None:
        if event.kind == "branch" and event.text and not event.lane:
            self._mark(Mark(branch=event.text))
        if event.kind == "commit":
            runs.linked(self._runs, event, self._state["here"]["branch"])

    def _call(self, event: ToolCall) -> None:
        if event.lane:
            if agent := self._agent(event.lane):
                agent["calls"] += 1
        else:
            self._state["calls"] += 1
            self._listed(event)
            if event.action in ("shell", "search"):
                names.typed(self._names, event.n, event.command)
            for patch in event.patches:
                names.edited(self._names, self._path(patch.path, event.cwd or self._state["here"]["cwd"]), patch.removed, patch.added)
        if not event.lane.startswith("fork:"):
            self._wait(event)

    def _listed(self, event: ToolCall) -> None:
        if event.todos or (event.whole and event.action == "todo"):
            conversation.todos(self._talk, event.n, event.todos, whole=event.whole)
        if event.action == "plan":
            conversation.plan(self._talk, event.n, event.about)

    def _wait(self, event: ToolCall) -> None:
        """The call waits for its result. When there are too many, the oldest is settled as `facts` would settle it."""
        waiting = self._state["waiting"]
        cwd, line = event.cwd or self._state["here"]["cwd"], ""
        if event.action == "shell" and event.command.strip():
            cwd, line = self._placed(event.command, cwd)
            if not event.lane:
                runs.started(self._runs, line, event.at)
        waiting[event.call] = {
            "n": event.n, "at": event.at, "lane": event.lane, "action": event.action, "tool": event.tool, "cwd": cwd, "paths": list(event.paths),
            "patches": [[p.path, p.action, p.moved_to] for p in event.patches], "command": line,
            "about": clip(event.about, TASK_CHARS) if event.action == "agent" else "", "said": self._why(event) if event.patches or event.paths else ""}
        if len(waiting) > WAITING:
            call = waiting.pop(next(iter(waiting)))
            if not self._state["results"]:
                self._changed(call, "", call["at"])

    def _placed(self, command: str, cwd: str) -> tuple[str, str]:
        """(directory, command line): a leading `cd` is followed; only one to another place than the project's root is kept, in the project's spelling."""
        line, step = settled(command[:COMMAND_CHARS])
        if step:
            cwd = normal(step, cwd)
        place = self._path(cwd, "") if step or cwd != self._state["here"]["home"] else ""
        return cwd, f"cd {place} && {line}" if place else line

    def _why(self, event: ToolCall) -> str:
        """What the agent said just before about the file, else what it was asked."""
        if event.action not in ("edit", "write", "delete") or event.lane:
            return ""
        said, asked = self._state["said"]
        path = event.paths[0] if event.paths else event.patches[0].path
        return said_about(said, path.replace("\\", "/").rsplit("/", 1)[-1]) or asked

    def _result(self, event: ToolResult) -> None:
        self._state["results"] += 1
        call = self._state["waiting"].pop(event.call, None)
        if event.todos and not event.lane:
            conversation.todos(self._talk, event.n, event.todos, whole=False)
        if call is None:
            return
        if call["action"] == "agent":
            self._delegated(call, event)
        if event.ok is not False:
            self._changed(call, event.effect, event.at or call["at"])
        if call["command"]:
            if not call["lane"]:
                runs.ended(self._runs, call["command"], event, self._state["here"]["branch"])
        elif not call["lane"] and call["action"] not in NO_ERROR:
            runs.outcome(self._runs, f"{call['tool']} {self._path(call['paths'][0], call['cwd']) if call['paths'] else ''}".strip(), event, ok=event.ok)

    # ---- files

    def _path(self, path: str, cwd: str) -> str:
        key = (path, cwd)
        found = self._spelled.get(key)
        if found is None:
            if len(self._spelled) > 10_000:
                self._spelled.clear()
            found = self._spelled[key] = self.roots.relative(path, cwd, self._state["here"]["home"])
        return found

    def _changed(self, call: State, effect: str, at: str) -> None:
        """What a call that succeeded did to files. A sub-agent's changes are its own."""
        if call["lane"]:
            self._changed_by_agent(call)
            return
        if call["command"]:
            self._shell(call, at)
        if call["action"] == "read":
            for path in call["paths"]:
                self._read(path, call["cwd"], at)
        for path, action, moved_to in _patches(call):
            self._patch(self._path(path, call["cwd"]), action, self._path(moved_to, call["cwd"]) if moved_to else "", effect, at, call)

    def _patch(self, path: str, action: str, moved_to: str, effect: str, at: str, call: State) -> None:
        if not path:
            return
        if action == "delete" or moved_to:
            touched.remove(self._files, path, at, call["said"], by_edit=True)
            path = moved_to
        if action != "delete":
            made = bool(moved_to) or effect == "created" or (action == "write" and not effect and not touched.known(self._files, path))
            touched.edit(self._files, path, at, call["said"], made=made)
        runs.step(self._runs, call["n"], "edited", path)

    def _read(self, path: str, cwd: str, at: str) -> None:
        if spelled := self._path(path, cwd):
            touched.read(self._files, spelled, at)

    def _shell(self, call: State, at: str) -> None:
        cwd = call["cwd"]
        done = effects(settled(call["command"])[0])
        for path in (p for p in call["paths"] if NAMES_FILE.fullmatch(p)) if call["paths"] else done.read:  # a reader may know them better
            self._read(path, cwd, at)
        for path in done.removed:
            if spelled := self._path(path, cwd):
                touched.remove(self._files, spelled, at)
        for path in done.trees:
            if spelled := self._path(path, cwd):
                touched.remove_tree(self._files, spelled, at)
        for old, new in done.moved:  # not an edit: the file is at another place with the same content
            if spelled := self._path(old, cwd):
                touched.remove(self._files, spelled, at)
            self._read(new, cwd, at)

    # ---- sub-agents

    def _agent(self, lane: str) -> State | None:
        """The sub-agent of a lane; None for a lane that holds the history of the session this one was forked from."""
        if lane.startswith("fork:"):
            return None
        agents: dict[str, State] = self._state["agents"]
        found = agents.get(lane)
        if found is None:
            found = agents[lane] = {"task": "", "result": "", "calls": 0, "files": []}
            if len(agents) > SUBAGENTS:
                del agents[next(iter(agents))]
        return found

    def _delegated(self, call: State, event: ToolResult) -> None:
        agent = self._agent(event.agent or event.call)
        if agent is not None:
            agent["task"] = call["about"] or agent["task"]
            agent["result"] = ends(event.output.strip(), RESULT_CHARS) or agent["result"]

    def _changed_by_agent(self, call: State) -> None:
        agent = self._agent(call["lane"])
        for path, _, _ in _patches(call):
            spelled = self._path(path, call["cwd"])
            if agent is not None and spelled and spelled not in agent["files"]:
                agent["files"] = [*agent["files"], spelled][:AGENT_FILES]

    def _subagents(self) -> tuple[SubagentFact, ...]:
        """The files that a sub-agent changed stand in the last line of its result."""
        return tuple(
            SubagentFact(lane, a["task"], "\n".join(filter(None, (a["result"], f"[changed: {', '.join(a['files'])}]" if a["files"] else ""))), a["calls"])
            for lane, a in self._state["agents"].items())


def _patches(call: State) -> list[list[str]]:
    """[path, action, moved to] of each file that a call changes."""
    if call["patches"]:
        patches: list[list[str]] = call["patches"]
        return patches
    return [[path, call["action"], ""] for path in call["paths"]] if call["action"] in ("edit", "write", "delete") else []


def _copy(state: Mapping[str, Any]) -> State:
    copy: State = msgspec.json.decode(msgspec.json.encode(state))
    return copy


def _empty() -> State:
    return {
        "version": VERSION, "events": 0, "calls": 0, "results": 0, "last_at": "",
        "here": {"session": "", "parent": "", "subagent": "", "cwd": "", "home": "", "branch": "", "commit": "", "model": ""},
        "branches": [], "said": ["", ""], "waiting": {}, "agents": {},
        "talk": conversation.empty(), "files": touched.empty(), "runs": runs.empty(), "spent": spending.empty(), "names": names.empty()}


TAKEN: Mapping[type[Event], Callable[[Fold, Any], None]] = {
    Mark: Fold._mark, Prompt: Fold._prompt, Injected: Fold._injected, Reply: Fold._reply, ToolCall: Fold._call, ToolResult: Fold._result,
    Compaction: Fold._compaction, Rewind: Fold._rewind, Usage: Fold._usage, Notice: Fold._notice,
}

__all__ = ["VERSION", "Fold"]
