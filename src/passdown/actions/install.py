"""`install` and `uninstall`: our hooks and skills in the agents' own files, and the launcher that they run.

The launcher is written first and removed last, so that no hook ever names a command that is not there.
"""

import os
import shlex
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from passdown.actions.agents import hindrances, is_here, location, version
from passdown.actions.foreign import RUNNABLE, Edit, Foreign, real, text_of
from passdown.errors import BadAgentConfig, NoAgentFound, PassdownError, UsageError
from passdown.hooks import launcher
from passdown.integrations import plan, skills
from passdown.integrations.base import Agent, command, may_have_ours, shared_command
from passdown.integrations.table import AGENTS, agent
from passdown.model.finding import Finding
from passdown.project import Project, user_home

SCOPES = ("user", "project", "local")


class Outcome(msgspec.Struct, frozen=True):
    """What was done for one agent, or would be: its edits, why its hooks may not run, what the user has to do, or why it was refused."""

    agent: str
    title: str
    edits: tuple[Edit, ...] = ()
    findings: tuple[Finding, ...] = ()
    after: str = ""
    error: PassdownError | None = None


def install(project: Project, names: Sequence[str], scope: str = "user", *, dry_run: bool = False) -> list[Outcome]:
    """Wire the named agents, else all that are here; one whose file is refused does not keep the others from it.

    Raises `UsageError` (no such agent), `NoAgentFound`.
    """
    chosen = named(names) or [one for one in map(agent, AGENTS) if scope in one.CONFIG and is_here(project, one)]
    if not chosen:
        looked = " nor ".join(f"{location(project, one.HOME)} or `{one.BINARY}`" for one in map(agent, AGENTS))
        raise NoAgentFound(looked=looked, first=AGENTS[0])
    return [installed(project, one, scope, dry_run=dry_run) for one in chosen]


def uninstall(project: Project, names: Sequence[str], scope: str = "", *, dry_run: bool = False) -> list[Outcome]:
    """Take out what is ours, in one scope or in all of them. Raises `UsageError`."""
    done = [uninstalled(project, one, scope, dry_run=dry_run) for one in named(names) or map(agent, AGENTS)]
    return [*done, *without_launcher(project, done, dry_run=dry_run)]


def without_launcher(project: Project, done: list[Outcome], *, dry_run: bool) -> list[Outcome]:
    """The launcher goes when no file that we know of names it any more."""
    foreign = Foreign(user_home(), project.clock)
    left = set(foreign.ledger.files) - {str(edit.path) for one in done for edit in one.edits}
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


def installed(project: Project, one: Agent, scope: str, *, dry_run: bool) -> Outcome:
    try:
        edits = list(wanted(project, one, scope))
        carry_out(project, edits, gone=False, dry_run=dry_run)
    except PassdownError as error:
        return Outcome(one.NAME, one.TITLE, error=error)
    return Outcome(one.NAME, one.TITLE, tuple(edits), tuple(hindrances(project, one)), one.AFTER)


def uninstalled(project: Project, one: Agent, scope: str, *, dry_run: bool) -> Outcome:
    try:
        edits = list(unwanted(project, one, scope))
        carry_out(project, edits, gone=True, dry_run=dry_run)
    except PassdownError as error:
        return Outcome(one.NAME, one.TITLE, error=error)
    return Outcome(one.NAME, one.TITLE, tuple(edits))


def carry_out(project: Project, edits: list[Edit], *, gone: bool, dry_run: bool) -> None:
    """All edits, then what is known of them; what was done before a failure is known too."""
    if dry_run:
        return
    foreign = Foreign(user_home(), project.clock)
    done: list[Edit] = []
    try:
        for edit in edits:
            foreign.apply(edit)
            done.append(edit)
    finally:
        if any(edit.done != "unchanged" for edit in done):
            foreign.close([edit for edit in done if edit.foreign], gone=gone)


# What an installation wants


def wanted(project: Project, one: Agent, scope: str) -> Iterator[Edit]:
    """The launcher, the skills (of the user alone: a repository is kept lean), the hooks."""
    if scope not in one.CONFIG:
        raise UsageError(f"{one.TITLE} has no scope `{scope}`", "Scopes: " + ", ".join(one.CONFIG))
    hooks = hooks_edit(project, one, scope)
    script = launcher_path()
    yield Edit("launcher", script, text_of(script), launcher.text(sys.executable), mode=RUNNABLE)
    if scope == "user":
        yield from (skill_edit(project, one, name) for name in skills.SKILLS)
    yield hooks


def hooks_edit(project: Project, one: Agent, scope: str) -> Edit:
    path = real(location(project, one.CONFIG[scope]))
    words = shared_command(one.NAME) if scope == "project" else command(launcher_path().as_posix(), one.NAME)
    before = text_of(path)
    try:
        after = plan.install(before or "", one.hooks(words, version(project, one)))
        return Edit("hooks", path, before, after, foreign=True, clean=not plan.installed(before or ""))
    except ValueError as error:
        raise BadAgentConfig(path=path, reason=error) from error


def skill_edit(project: Project, one: Agent, name: str) -> Edit:
    """A skill that somebody has edited, or that is somebody else's, stays."""
    path = skill_path(project, one, name)
    before, after = text_of(path), skills.skill(name, shlex.quote(launcher_path().as_posix()))
    whose = skills.whose(before) if before is not None else "ours"
    return Edit("skill", path, before, after if whose == "ours" else before, kept=KEPT[whose])


KEPT = {"ours": "", "edited": "it was edited since it was installed: it stays as it is", "foreign": "it is not passdown's: it stays as it is"}


# What an uninstallation takes away


def unwanted(project: Project, one: Agent, scope: str) -> Iterator[Edit]:
    """The hooks in every file that is known to have them, then the skills."""
    foreign = Foreign(user_home(), project.clock)
    for path in hook_files(project, one, scope, foreign):
        if edit := hooks_out(path, foreign):
            yield edit
    if scope in ("", "user"):
        yield from (edit for name in skills.SKILLS if (edit := skill_out(skill_path(project, one, name))))


def hook_files(project: Project, one: Agent, scope: str, foreign: Foreign) -> list[Path]:
    """Those of this project and the user, and, without a scope, those of other projects that we know of."""
    own = [real(location(project, path)) for name, path in one.CONFIG.items() if scope in ("", name)]
    names = {Path(path).parts[-2:] for path in one.CONFIG.values()}
    others = [Path(p) for p in foreign.ledger.files if Path(p).parts[-2:] in names] if not scope else []
    return list(dict.fromkeys([*own, *others]))


def hooks_out(path: Path, foreign: Foreign) -> Edit | None:
    """The file as it was before us when nobody has changed it since, else without our entries; None when it has none."""
    text = text_of(path)
    try:
        if text is None or not may_have_ours(text) or not plan.installed(text):
            return None
        receipt, before = foreign.receipt(path, text), foreign.before(path)
        after: str | None = before if receipt and before is not None else plan.uninstall(text, before or "")
        if foreign.made(path) and (receipt or plan.is_bare(after or "")):
            after = None
        return Edit("hooks", path, text, after, foreign=True, clean=False)
    except ValueError as error:
        raise BadAgentConfig(path=path, reason=error) from error


def skill_out(path: Path) -> Edit | None:
    text = text_of(path)
    if text is None or (whose := skills.whose(text)) == "foreign":
        return None
    return Edit("skill", path, text, None if whose == "ours" else text, kept=KEPT[whose])


def launcher_path() -> Path:
    return Path(os.path.abspath(launcher.path(str(user_home()))))  # noqa: PTH100  links in it stay: the path must not change


def skill_path(project: Project, one: Agent, name: str) -> Path:
    return location(project, one.SKILLS) / name / skills.FILE


__all__ = ["SCOPES", "Outcome", "install", "uninstall"]
