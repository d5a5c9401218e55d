"""Where one is: the project, its structure, how to run it, git, and what else there is to read."""

import re
from collections.abc import Iterator, Mapping

from passdown.formats.base import Item, Material
from passdown.formats.parts.entry import entry
from passdown.formats.parts.wording import bare, code, counted, key, line, listed, quote, some, trimmed
from passdown.formats.parts.worktree import ASIDE, names
from passdown.model.record import Record
from passdown.model.session import CommandFact

ARCHITECTURE = ("architecture",)
PURPOSES = {"set-up": "Set up", "run": "Run", "build": "Verify", "test": "Verify", "lint": "Verify", "verify": "Verify"}
PER_GROUP = 5
LEGEND = ("“…” is quoted from a session and confirmed by nobody, (measured) was counted; files: ✔ as it was when noted, ~ changed since, ✗ gone, "
          "(not here) named by a session and not found now.")
LONG = 120  # a longer command line was made for one occasion
LINK = re.compile(r"[^\s`]{1,300}")
COMPOSED = re.compile(r"[|;&\n<>]|^\(|^for |^cd ")  # made for one occasion


def head(material: Material) -> Item:
    """When, where and how to read it. It changes only with something else in the document."""
    git = material.git
    where = f" on `{line(git.branch or 'no branch', 80)}`{f' at {git.commit.sha[:7]}' if git.commit else ''}" if git else ""
    return Item("head", f"As of {material.now[:16].replace('T', ' ')} UTC{where}. {LEGEND}")


def overview(material: Material) -> Iterator[Item]:
    """What it is, made of what, and where: the one place with an absolute path."""
    about = material.overview
    if about.name or about.about:
        yield Item("about", ": ".join(filter(None, (f"**{line(about.name, 80)}**" if about.name else "", quote(about.about, 400)))))
    if about.stack:
        yield listed("stack", [f"Stack: {line(', '.join(about.stack), 240)}"])
    yield listed("root", [f"Project root: `{material.root}`" if material.root else "Project root: the top of this repository"])


def architecture(material: Material) -> Iterator[Item]:
    """Key directories, entry points, and how data flows as far as somebody noted it."""
    for path, what in material.overview.directories:
        yield listed(key("dir", path), [f"`{path}/`: {line(what, 160)}"])
    if material.overview.entry_points:
        yield listed("entry", [f"Entry points: {some(map(code, material.overview.entry_points), 8)}"])
    for record in material.records:
        if is_architecture(record):
            yield entry(trimmed(record), material, "knowledge", given={"category": "architecture"}, lead="**Data flow:** ")


def is_architecture(record: Record) -> bool:
    return record.kind == "knowledge" and record.detail("category") in ARCHITECTURE


def quick_start(material: Material) -> Iterator[Item]:
    """Exact commands from the project's root in one block, by purpose, each with how it ended last."""
    groups: dict[str, dict[str, str]] = {"Set up": {}, "Run": {}, "Verify": {}}
    for group, command, note in (*noted(material), *declared(material), *used(material)):
        if len(groups[group]) < PER_GROUP:
            groups[group].setdefault(command, note)
    lines: list[str] = []
    for group, commands in groups.items():
        if commands:
            lines += [""] * bool(lines) + [f"# {group}"] + [f"{c}  # {note}" if note else c for c, note in commands.items()]
    if lines:
        yield Item("quick", "\n".join(["```bash", *lines, "```"]))


def noted(material: Material) -> Iterator[tuple[str, str, str]]:
    """Commands kept as records; `pd:` and the id, in the comment, say which."""
    ran = outcomes(material)
    for record in (r for r in material.records if r.kind == "command" and r.trust != "extracted"):
        command = line(record.title.strip("`"), 300)
        where = record.detail("cwd")
        told = ", ".join(filter(None, (ran.get(command, "") or line(record.detail("outcome"), 80), f"pd:{record.id}")))
        yield PURPOSES.get(record.detail("purpose"), "Run"), f"(cd {where} && {command})" if where and where != "." else command, told


def declared(material: Material) -> Iterator[tuple[str, str, str]]:
    """What manifests and README say."""
    ran = outcomes(material)
    for command, purpose, source in material.overview.commands:
        yield PURPOSES.get(purpose, "Run"), command, ran.get(command, "") or f"from {source}, not run in a session yet"


def used(material: Material) -> Iterator[tuple[str, str, str]]:
    """What sessions ran with success, the latest first."""
    for session in material.sessions[:5]:
        for fact in session.commands:
            command = bare(fact.command)
            if fact.purpose in PURPOSES and fact.ok and len(command) <= LONG and not COMPOSED.search(command):
                yield PURPOSES[fact.purpose], line(command, LONG), outcome(fact)


def outcomes(material: Material) -> Mapping[str, str]:
    """How each command ended last, in words."""
    found: dict[str, str] = {}
    for session in material.sessions:
        for fact in session.commands:
            if fact.ok is not None:
                found.setdefault(bare(fact.command), outcome(fact))
    return found


def outcome(fact: CommandFact) -> str:
    """`ok 2026-11-20`, `FAILED (1) 2026-11-20`."""
    code_ = f" ({fact.exit_code})" if fact.exit_code else ""
    return f"{'ok' if fact.ok else f'FAILED{code_}'} {fact.last[:10]}".rstrip()


def git_state(material: Material) -> Iterator[Item]:
    """The four lines of the seed, measured."""
    git = material.git
    if git is None:
        return
    last = f"{git.commit.sha[:7]} {line(git.commit.subject, 120)}" if git.commit else "none yet"
    told = f"{counted(len(git.changed), 'path')}: {names(git).replace('`', '')}"
    yield Item("git", "\n".join([
        "```", f"Branch: {line(git.branch, 120) or 'none (detached head)'}", f"Last commit: {last}",
        f"Uncommitted changes: {f'yes, {told}' if git.changed else f'no, {ASIDE}'}",
        f"Remote sync: {git.remote or 'not known'}", "```"]))


def related(material: Material) -> Iterator[Item]:
    """Other context files, and resources that were noted."""
    for path, what in material.memory:
        yield listed(key("memory", path), [f"`{path}`" + (f" - {line(what, 120)}" if what else "")])
    for record in (r for r in material.records if r.kind == "resource"):
        link = record.detail("link") if LINK.fullmatch(record.detail("link")) else ""
        yield entry(trimmed(record), material, "resource", given={"link": link}, lead=f"`{link}` – " if link else "")


__all__ = ["COMPOSED", "LEGEND", "architecture", "git_state", "head", "is_architecture", "outcome", "outcomes", "overview", "quick_start", "related"]
