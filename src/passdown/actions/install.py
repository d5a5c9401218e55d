"""`install` and `uninstall`: our hooks, skills, commands and servers in the agents' own files, and the launcher that they run.

The launcher is written first and removed last, so that no hook ever names a command that is not there. A file that several agents share goes with
the last of them.
"""

import os
import shlex
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path, PurePosixPath

import msgspec

from passdown.actions.agents import hindrances, is_here, location, version
from passdown.actions.foreign import RUNNABLE, Edit, Foreign, real, text_of
from passdown.errors import BadAgentConfig, NoAgentFound, PassdownError, UsageError
from passdown.files import PUBLIC
from passdown.hooks import launcher
from passdown.integrations import own, skills
from passdown.integrations.base import Agent, Own, Piece, command, may_have_ours, shared_command
from passdown.integrations.pieces import pieces, scopes
from passdown.integrations.rules import RULES, is_ours
from passdown.integrations.table import AGENTS, NAMED, agent
from passdown.model.finding import Finding
from passdown.project import Project, user_home

SCOPES = ("user", "project", "local")


class Outcome(msgspec.Struct, frozen=True):
    """What was done for one agent, or would be: its edits, why its hooks may not run, what the user has to do, and what was refused."""

    agent: str
    title: str
    edits: tuple[Edit, ...] = ()
    findings: tuple[Finding, ...] = ()
    after: str = ""
    errors: tuple[PassdownError, ...] = ()

    @property
    def error(self) -> PassdownError | None:
        """The first of them."""
        return next(iter(self.errors), None)


def install(project: Project, names: Sequence[str], scope: str = "", *, mcp: bool = False, dry_run: bool = False) -> list[Outcome]:
    """Wire the named agents, else all that are here; one whose file is refused does not keep the others from it.

    scope: "" for each agent's usual one, the user's where it has that. mcp: enter the MCP server too. Raises `UsageError` (no such agent), `NoAgentFound`.
    """
    chosen = named(names) or [one for one in map(agent, NAMED) if (scope or "user") in scopes(one) and is_here(project, one)]
    if not chosen:
        looked = " nor ".join(f"{location(project, one.HOME)} or `{one.BINARY}`" for one in map(agent, NAMED))
        raise NoAgentFound(looked=looked, first=AGENTS[0])
    return [installed(project, one, scope or scopes(one)[0], mcp=mcp, dry_run=dry_run) for one in chosen]


def uninstall(project: Project, names: Sequence[str], scope: str = "", *, dry_run: bool = False) -> list[Outcome]:
    """Take out what is ours, in one scope or in all of them; a file that is refused keeps no other in. Raises `UsageError`."""
    if not dry_run:
        done = [uninstalled(project, one, scope, Foreign(user_home(), project.clock)) for one in named(names) or map(agent, AGENTS)]
    else:
        foreign = Foreign(user_home(), project.clock)  # one for all, and never written: what an agent leaves the next one finds left
        done = [left_by(project, one, scope, foreign) for one in named(names) or map(agent, AGENTS)]
    return [*done, *without_launcher(project, done, dry_run=dry_run)]


def without_launcher(project: Project, done: list[Outcome], *, dry_run: bool) -> list[Outcome]:
    """The launcher goes when no file that we know of names it any more."""
    foreign = Foreign(user_home(), project.clock)
    left = {*foreign.ledger.files, *foreign.ledger.users} - {str(edit.path) for one in done for edit in one.edits if not edit.kept}
    script = text_of(launcher_path())
    if script is None or left or any(one.error for one in done):
        return []
    edit = Edit("launcher", launcher_path(), script, None)
    if not dry_run:
        foreign.apply(edit)
        foreign.end()
    return [Outcome("", "passdown", (edit,))]


def named(names: Sequence[str]) -> list[Agent]:
    for name in names:
        if name not in AGENTS:
            raise UsageError(f"passdown cannot be wired into `{name}`", "Agents: " + ", ".join(AGENTS))
    return [agent(name) for name in dict.fromkeys(names)]


def installed(project: Project, one: Agent, scope: str, *, mcp: bool, dry_run: bool) -> Outcome:
    try:
        edits = list(wanted(project, one, scope, mcp=mcp))
        if not dry_run:
            put_in(Foreign(user_home(), project.clock), one, edits)
    except PassdownError as error:
        return Outcome(one.NAME, one.TITLE, errors=(error,))
    return Outcome(one.NAME, one.TITLE, tuple(edits), tuple(hindrances(project, one)), one.AFTER)


def uninstalled(project: Project, one: Agent, scope: str, foreign: Foreign) -> Outcome:
    done: tuple[Edit, ...] = ()
    try:
        edits, refused = unwanted(project, one, scope, foreign)
        done, failed = take_out(foreign, one, edits)
    except PassdownError as error:
        return Outcome(one.NAME, one.TITLE, done, errors=(error,))
    return Outcome(one.NAME, one.TITLE, done, errors=(*refused, *failed))


def left_by(project: Project, one: Agent, scope: str, foreign: Foreign) -> Outcome:
    """What an uninstallation would take out."""
    edits, refused = unwanted(project, one, scope, foreign)
    for edit in edits:
        foreign.leave(edit.path, one.NAME)
    return Outcome(one.NAME, one.TITLE, tuple(edits), errors=tuple(refused))


def put_in(foreign: Foreign, one: Agent, edits: Sequence[Edit]) -> None:
    """All edits, up to the first that fails."""
    with known(foreign, gone=False) as done:
        for edit in edits:
            foreign.apply(edit)
            done.append(edit)
            if edit.what != "launcher":
                foreign.use(edit.path, one.NAME)


def take_out(foreign: Foreign, one: Agent, edits: Sequence[Edit]) -> tuple[tuple[Edit, ...], list[PassdownError]]:
    """All edits that can be done, and why the others could not."""
    failed = []
    with known(foreign, gone=True) as done:
        for edit in edits:
            try:
                foreign.apply(edit)
            except PassdownError as error:
                failed.append(error)
                continue
            done.append(edit)
            foreign.leave(edit.path, one.NAME)
    return tuple(done), failed


@contextmanager
def known(foreign: Foreign, *, gone: bool) -> Iterator[list[Edit]]:
    """Behind the edits, what is known of them; what was done before a failure is known too."""
    before = msgspec.json.encode(foreign.ledger.users)
    done: list[Edit] = []
    try:
        yield done
    finally:
        if any(edit.done != "unchanged" for edit in done) or msgspec.json.encode(foreign.ledger.users) != before:
            foreign.close([edit for edit in done if edit.foreign and not edit.kept], gone=gone)


# What an installation wants


def wanted(project: Project, one: Agent, scope: str, *, mcp: bool) -> Iterator[Edit]:
    """The launcher, files of ours (of the user alone: a repository is kept lean), and what goes into files of others."""
    if scope not in scopes(one):
        raise UsageError(f"{one.TITLE} has no scope `{scope}`", "Scopes: " + ", ".join(scopes(one)))
    others = list(edits_of(project, one, scope, mcp=mcp))
    script = launcher_path()
    yield Edit("launcher", script, text_of(script), launcher.text(sys.executable), mode=RUNNABLE)
    if scope == "user":
        yield from (own_edit(project, file) for file in own_files(one))
    yield from others


def edits_of(project: Project, one: Agent, scope: str, *, mcp: bool) -> Iterator[Edit]:
    """One edit a file: what goes into it stands together."""
    for path, found in by_file(project, one, scope).items():
        put = [piece for piece in found if mcp or piece.what != "mcp"]
        if put:
            yield edit_of(path, put)


def edit_of(path: Path, put: Sequence[Piece]) -> Edit:
    before = text_of(path)
    after, clean = before or "", True
    try:
        for piece in put:
            clean = clean and not piece.has(before or "")
            after = piece.put(after)
    except ValueError as error:
        raise BadAgentConfig(path=path, reason=error) from error
    return Edit(put[0].what, path, before, after, foreign=True, clean=clean)


def by_file(project: Project, one: Agent, scope: str) -> dict[Path, list[Piece]]:
    """What an agent may have in one scope, by the file that holds it."""
    words = shared_command(one.NAME) if scope == "project" else command(launcher_path().as_posix(), one.NAME)
    out: dict[Path, list[Piece]] = {}
    for piece in pieces(one, scope, words, launcher_path().as_posix(), version(project, one)):
        out.setdefault(real(location(project, piece.path)), []).append(piece)
    return out


def own_files(one: Agent) -> Iterator[Own]:
    """The skills, and what else is ours as a whole."""
    word = launcher_path().as_posix()
    for name in skills.SKILLS:
        yield Own("skill", f"{one.SKILLS}/{name}/{skills.FILE}", skills.skill(name, shlex.quote(word)))
    yield from one.own(word)


def own_edit(project: Project, file: Own) -> Edit:
    """One that somebody has edited, or that is somebody else's, stays."""
    path = location(project, file.path)
    before = text_of(path)
    whose = whose_of(file, before) if before is not None else "ours"
    kept = KEPT[whose] + (f"; passdown's own says: {file.text.splitlines()[-1]}" if whose == "foreign" and file.what == "hook" else "")
    return Edit(file.what, path, before, file.text if whose == "ours" else before, kept=kept, mode=RUNNABLE if file.runnable else PUBLIC)


def whose_of(file: Own, text: str) -> skills.Whose:
    return skills.whose(text) if file.what == "skill" else own.whose(text)


KEPT = {"ours": "", "edited": "it was edited since it was installed: it stays as it is", "foreign": "it is not passdown's: it stays as it is"}


# What an uninstallation takes away


def unwanted(project: Project, one: Agent, scope: str, foreign: Foreign) -> tuple[list[Edit], list[PassdownError]]:
    """What stands in every file that is known to have something of ours, then files that are ours; and why some of them are refused."""
    edits, refused = list[Edit](), list[PassdownError]()
    for look in looks(project, one, scope, foreign):
        try:
            if edit := look():
                edits.append(edit)
        except PassdownError as error:
            refused.append(error)
    return edits, refused


def looks(project: Project, one: Agent, scope: str, foreign: Foreign) -> Iterator[Callable[[], Edit | None]]:
    """One for each file: what is to be done with it, None for nothing."""
    for path, found in files_of(project, one, scope, foreign).items():
        yield partial(taken_out, path, found, foreign, one)
    for path in rules_files(project, one, foreign):
        yield partial(rules_out, path)
    for file in own_files(one) if scope in ("", "user") else ():
        yield partial(own_out, project, file, foreign, one)


def files_of(project: Project, one: Agent, scope: str, foreign: Foreign) -> dict[Path, list[Piece]]:
    """Those of this project and the user, and, without a scope, those of other projects that we know of."""
    found: dict[Path, list[Piece]] = {}
    for name in scopes(one) if not scope else (scope,) if scope in scopes(one) else ():
        for path, some in by_file(project, one, name).items():
            found.setdefault(path, []).extend(some)
            for other in (Path(p) for p in foreign.ledger.files if not scope):
                if other != path and below(some[0].path) == other.parts[-len(below(some[0].path)):]:
                    found.setdefault(other, []).extend(some)
    return found


def below(pattern: str) -> tuple[str, ...]:
    """The last two parts of a pattern, by which the same file of another project is known."""
    return tuple(part for part in PurePosixPath(pattern).parts if part != "{project}")[-2:]


def taken_out(path: Path, found: Sequence[Piece], foreign: Foreign, one: Agent) -> Edit | None:
    """The file as it was before us when nobody has changed it since, else without what is ours; None when it has nothing of ours."""
    text = text_of(path)
    try:
        there = [piece for piece in found if text and (piece.what != "hooks" or may_have_ours(text)) and piece.has(text)]
        if text is None or not there:
            return None
        if others := foreign.others(path, one.NAME):
            return Edit(there[0].what, path, text, text, kept=f"{agent(others[0]).TITLE} uses it too", foreign=True)
        after = without(path, text, there, foreign)
        return Edit(there[0].what, path, text, after, foreign=True, clean=False)
    except ValueError as error:
        raise BadAgentConfig(path=path, reason=error) from error


def without(path: Path, text: str, there: Sequence[Piece], foreign: Foreign) -> str | None:
    """What is left of a file; None when it was made for us and nothing is."""
    receipt, before = foreign.receipt(path, text), foreign.before(path)
    after = text
    if receipt and before is not None:
        after = before
    else:
        for piece in there:
            after = piece.take(after, before or "")
    return None if foreign.made(path) and (receipt or all(piece.bare(after) for piece in there)) else after


def rules_files(project: Project, one: Agent, foreign: Foreign) -> Iterable[Path]:
    """The rules files that captures may have made for this agent, of other projects too."""
    if one.NAME not in RULES:
        return ()
    return dict.fromkeys((project.root / RULES[one.NAME].path, *(Path(p) for p in foreign.ledger.users if p.endswith(RULES[one.NAME].path))))


def rules_out(path: Path) -> Edit | None:
    text = text_of(path)
    return Edit("rules", path, text, None) if text is not None and is_ours(text) else None


def own_out(project: Project, file: Own, foreign: Foreign, one: Agent) -> Edit | None:
    path = location(project, file.path)
    text = text_of(path)
    if text is None or (whose := whose_of(file, text)) == "foreign":
        return None
    if others := foreign.others(path, one.NAME):
        return Edit(file.what, path, text, text, kept=f"{agent(others[0]).TITLE} uses it too")
    return Edit(file.what, path, text, None if whose == "ours" else text, kept=KEPT[whose])


def launcher_path() -> Path:
    return Path(os.path.abspath(launcher.path(str(user_home()))))  # noqa: PTH100  links in it stay: the path must not change


__all__ = ["SCOPES", "Outcome", "install", "uninstall"]
