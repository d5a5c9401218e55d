"""A plan file into a `Plan`: every mistake with its line and column, as many at once as can be found."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from passdown.errors import InvalidPlan
from passdown.model.ids import content_hash
from passdown.workflows.cautions import cautions
from passdown.workflows.keys import MOST_PHASES, NAME, ONE_OF, TABLES, TOGETHER, Key
from passdown.workflows.model import Budget, Gate, Phase, Plan, Retries
from passdown.workflows.needs import cycles
from passdown.workflows.nodes import Node, NotReadError, Problem, cut, read, text_of
from passdown.workflows.order import order
from passdown.workflows.shapes import BAD, READ, Say, nearest

Path = tuple[str, ...]  # of a value: ("phases", "research", "budget", "money")
VALUES: Mapping[str, Any] = {"budget": Budget, "gate": Gate, "retries": Retries}


class Parsed(msgspec.Struct, frozen=True):
    """A plan file as it was read. plan: None when a problem is an error. places: the key and the value of each path, for messages and edits."""

    name: str
    text: str
    plan: Plan | None
    problems: tuple[Problem, ...]
    about: str = ""
    places: Mapping[Path, tuple[Node, Node]] = {}

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(p for p in self.problems if p.severity == "error")


def parse(data: bytes, name: str, where: str) -> Plan:
    """The plan of this name. where: the file, for messages. Raises `InvalidPlan` with all that is wrong."""
    return plan_of(look(data, name), where)


def plan_of(found: Parsed, where: str) -> Plan:
    """The plan, if it can run. Raises `InvalidPlan`."""
    if found.plan is None:
        raise InvalidPlan(where=where, problems=[(p.line, p.column, p.message) for p in found.errors])
    return found.plan


def look(data: bytes, name: str) -> Parsed:
    """The plan with all that is to say of it; never raises."""
    try:
        text = text_of(data)
        root = read(text)
    except NotReadError as error:
        return Parsed(name, data.decode("utf-8", "replace"), None, (error.problem,))
    reader = _Plan()
    values = reader.map(root, "plan", ())
    plan = reader.plan(values, name, content_hash(data))
    problems = sorted({*reader.problems, *(cautions(plan, reader.places) if plan else ())})
    return Parsed(name, text, plan, tuple(problems), str(values.get("about", "")), reader.places)


class _Plan:
    """Reads by the tables of `keys`, and collects what is wrong."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.places: dict[Path, tuple[Node, Node]] = {}

    def plan(self, values: Mapping[str, Any], name: str, text_hash: str) -> Plan | None:
        """The plan of what was read; None when something is wrong with it."""
        phases = values.get("phases")
        if isinstance(phases, tuple):
            self.needs(phases)
        if self.problems or not isinstance(phases, tuple):
            return None
        rest = {key: value for key, value in values.items() if key not in ("about", "phases")}
        return Plan(name=name, phases=order(phases), text_hash=text_hash, **rest)

    def map(self, node: Node, table: str, path: Path) -> dict[str, Any]:
        """The values of a map by the names of their fields."""
        if node.kind != "map":
            self.say(node.wrong(f"{_what(table, path)} is written as lines `key: value`, not as a {node.kind}"))
            return {}
        keys = {key.name: key for key in TABLES[table]}
        found: dict[str, Any] = {}
        for name, value in self.pairs(node, path):
            key = keys.get(name.text)
            if key is None:
                self.say(name.wrong(f"`{cut(name.text)}` is no key of {_what(table, path)}" + (nearest(name.text, keys) or "; it has " + ", ".join(keys))))
            elif (read := self.value(value, key, (*path, key.name))) is not BAD:
                found[key.field or key.name] = read
        self.complete(node, table, path)
        return found

    def pairs(self, node: Node, path: Path) -> list[tuple[Node, Node]]:
        """Keys with their values, each key once, and where they stand."""
        found: dict[str, tuple[Node, Node]] = {}
        for key, value in node.pairs:
            if key.kind != "text":
                self.say(key.wrong("this cannot be a key"))
            elif key.text in found:
                self.say(key.wrong(f"`{cut(key.text)}` comes twice, first in line {found[key.text][0].line}"))
            else:
                found[key.text] = self.places[(*path, key.text)] = key, value
        return list(found.values())

    def value(self, node: Node, key: Key, path: Path) -> Any:
        """A key's value. The value of a map whose key is `short` may be written alone."""
        if key.shape == "phases":
            return self.phases(node, path)
        if key.shape != "map":
            return READ[key.shape](node, key, self.say)
        if key.short and node.kind == "text":
            inner = next(k for k in TABLES[key.of] if k.name == key.short)
            short = READ[inner.shape](node, inner, self.say)
            return BAD if short is BAD else VALUES[key.of](**{inner.field or inner.name: short})
        before = len(self.problems)
        values = self.map(node, key.of, path)
        return BAD if len(self.problems) > before else VALUES[key.of](**values)

    def phases(self, node: Node, path: Path) -> Any:
        """The phases as they are written."""
        if node.kind != "map" or not node.pairs:
            self.say(node.wrong("`phases` is a map of phases by name, such as `research:` with `run: …` indented below it"))
            return BAD
        if len(node.pairs) > MOST_PHASES:
            self.say(node.wrong(f"{len(node.pairs)} phases; a plan has at most {MOST_PHASES}"))
            return BAD
        found: list[Phase] = []
        for key, value in self.pairs(node, path):
            self.named(key, [p.name for p in found])
            values = self.map(value, "phase", (*path, key.text))
            found.append(Phase(name=key.text, **values))
        return tuple(found)

    def named(self, key: Node, others: Sequence[str]) -> None:
        """A phase's name is a word, which file systems that ignore case can tell from the others."""
        if not re.fullmatch(NAME, key.text):
            self.say(key.wrong(f"`{cut(key.text)}` cannot name a phase: letters, digits, `-` and `_`, at most 60"))
        elif twin := next((other for other in others if other.lower() == key.text.lower()), ""):
            self.say(key.wrong(f"`{cut(key.text)}` and `{twin}` differ in case only"))

    def complete(self, node: Node, table: str, path: Path) -> None:
        """That nothing is missing, and that what excludes each other does not stand together."""
        given = {key.text: key for key, _ in node.pairs}
        for key in TABLES[table]:
            if key.required and key.name not in given:
                right = f", such as `{key.name}: {key.example}`" if key.example else ""
                self.say(self.of(path, node).wrong(f"{_what(table, path)} needs `{key.name}`{right}"))
        one_of = ONE_OF.get(table, ())
        there = [name for name in given if name in one_of]
        if one_of and not there:
            self.say(self.of(path, node).wrong(f"{_what(table, path)} needs one of {', '.join(f'`{n}`' for n in one_of)}"))
        for extra in there[1:]:
            self.say(given[extra].wrong(f"`{extra}` beside `{there[0]}`: {_what(table, path)} has one of {', '.join(f'`{n}`' for n in one_of)}"))
        for first, second in TOGETHER.get(table, ()):
            if first in given and second not in given:
                self.say(given[first].wrong(f"`{first}` needs `{second}` beside it"))

    def of(self, path: Path, node: Node) -> Node:
        """Where something is said to be missing: the key above it."""
        return self.places[path][0] if path in self.places else node

    def needs(self, phases: Sequence[Phase]) -> None:
        """That each need is a phase, and that none leads back to itself."""
        known = {phase.name: phase for phase in phases}
        for phase in phases:
            for need in phase.needs:
                if need not in known:
                    self.say(self.need(phase.name, need).wrong(f"`{phase.name}` needs `{cut(need)}`, which is no phase{nearest(need, known)}"))
        for cycle in cycles({p.name: [n for n in p.needs if n in known] for p in phases}):
            at = self.need(cycle[0], cycle[1])
            self.say(at.wrong("these phases wait for each other: " + " → ".join(cycle) if len(cycle) > 2 else f"`{cycle[0]}` needs itself"))

    def need(self, phase: str, need: str) -> Node:
        """Where a phase says that it needs another."""
        value = self.places["phases", phase, "needs"][1]
        return next((item for item in value.items if item.text == need), value)

    @property
    def say(self) -> Say:
        return self.problems.append


def _what(table: str, path: Path) -> str:
    """What a map is, in words: `phase research`, `the gate of research`."""
    if table == "phase":
        return f"phase `{cut(path[-1])}`"
    return "a plan" if table == "plan" else f"the {table} of `{cut(path[-2])}`" if len(path) > 1 else f"the plan's {table}"


__all__ = ["Parsed", "Path", "look", "parse", "plan_of"]
