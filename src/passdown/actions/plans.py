"""Plans of productions: finding, reading and checking them, and writing a new one from a template."""

import os
import re
from collections.abc import Sequence
from importlib.resources import files as packaged
from pathlib import Path

import msgspec

from passdown import files
from passdown.actions import trust
from passdown.errors import Conflict, NoSuchPlan, UnreadableFile, UsageError
from passdown.project import Project
from passdown.redaction.scan import redact, scan
from passdown.workflows.keys import ITEM, NAME
from passdown.workflows.model import Plan
from passdown.workflows.nodes import Problem
from passdown.workflows.parse import Parsed, look, plan_of
from passdown.workflows.shapes import nearest

SUFFIX = ".yaml"
TEMPLATES = ("session", "quality", "cost", "production")
MOST_ITEMS = 200  # items whose folders are looked at for links


class Checked(msgspec.Struct, frozen=True):
    """A plan file as it lies there. parsed: with all problems, also those that the disk has. trusted: whether it may run on this machine."""

    path: Path
    data: bytes
    parsed: Parsed
    trusted: bool


def names(project: Project) -> list[str]:
    """Of the plans that are there."""
    return sorted(p.name.removesuffix(SUFFIX) for p in project.layout.plans.glob("*" + SUFFIX) if re.fullmatch(NAME, p.name.removesuffix(SUFFIX)))


def read(project: Project, name: str) -> Checked:
    """The plan of this name, right or not. Raises `NoSuchPlan`, `UnreadableFile`."""
    path = project.layout.plan(name)
    try:
        data = files.read(path) if re.fullmatch(NAME, name) else None
    except OSError as error:
        raise UnreadableFile(path=path, reason=error.strerror or str(error)) from error
    if data is None:
        raise NoSuchPlan(name=name, near=nearest(name, names(project)) or ".", path=project.layout.plans)
    parsed = look(data, name)
    found = sorted({*parsed.problems, *links(project, parsed), *secrets(parsed)})
    plan = None if any(p.severity == "error" for p in found) else parsed.plan
    return Checked(path, data, msgspec.structs.replace(parsed, problems=tuple(found), plan=plan), trust.is_trusted(project, path, data))


def runnable(project: Project, name: str) -> Plan:
    """The plan of this name, read once, right and trusted. Raises `NoSuchPlan`, `InvalidPlan`, `UntrustedPlan`, `UnreadableFile`."""
    found = read(project, name)
    plan = plan_of(found.parsed, shown(project, found.path))
    trust.require(project, found.path, found.data)
    return plan


def shown(project: Project, path: Path) -> str:
    """A path as messages name it: below the root where it is."""
    return path.relative_to(project.root).as_posix() if path.is_relative_to(project.root) else str(path)


def new(project: Project, name: str, template: str) -> Path:
    """Write a plan from a template; what is there is never overwritten. The one who writes it has seen it, so it may run.

    Raises `UsageError`, `WriteFailed`.
    """
    project.require()
    if not re.fullmatch(NAME, name):
        raise UsageError(f"`{name}` cannot name a plan", "Letters, digits, `-` and `_`, at most 60.")
    path = project.layout.plan(name)
    if leads_away(path.parent, project.root if project.layout.shared else project.layout.private):
        raise UsageError(f"{path.parent} is a link that leads out of the project", "Take the link away and repeat the command.")
    text = redact(template_text(template).replace("NAME", name))
    try:
        files.write(path, text, expected=None, mode=files.PUBLIC if project.layout.shared else files.PRIVATE)
    except Conflict:
        raise UsageError(f"there is a plan `{name}` already: {shown(project, path)}", "Give another name, or edit that one.") from None
    trust.keep(project, [(path, text.encode())])
    return path


def template_text(template: str) -> str:
    """A template as it is packaged."""
    return packaged("passdown.actions").joinpath("plan_templates", template + SUFFIX).read_text(encoding="utf-8")


def links(project: Project, parsed: Parsed) -> list[Problem]:
    """Links on the disk by which a production would leave its folder: what the plan names lies elsewhere."""
    plan = parsed.plan
    if plan is None:
        return []
    at = parsed.places.get(("folder",), parsed.places["phases",])[1]
    above, _, _ = plan.folder.partition(ITEM)
    folder = project.root / above
    if leads_away(folder if above.endswith("/") or not above else folder.parent, project.root):
        return [at.wrong(f"`{above.rstrip('/')}` is a link that leads out of the project")]
    found = []
    for phase in plan.phases:
        for pattern, item in ((fixed(pattern), item) for pattern in phase.outputs for item in items(project, plan.folder)):
            if pattern and leads_away(item / pattern, item):
                value = parsed.places["phases", phase.name, "outputs"][1]
                found.append(value.wrong(f"`{pattern}` is a link in `{shown(project, item)}` that leads out of the item's folder"))
    return found


def items(project: Project, folder: str) -> Sequence[Path]:
    """The folders of items that are there already, the first `MOST_ITEMS`."""
    found = sorted(project.root.glob(folder.replace(ITEM, "*")))
    return [path for path in found[:MOST_ITEMS] if path.is_dir()]


def fixed(pattern: str) -> str:
    """The part of a glob that is a plain path."""
    parts = pattern.split("/")
    end = next((n for n, part in enumerate(parts) if re.search(r"[*?\[]", part)), len(parts))
    return "/".join(parts[:end])


def leads_away(path: Path, root: Path) -> bool:
    """Whether a path, all links followed, lies outside of `root`. One that is not there lies where it says."""
    real, base = os.path.realpath(path), os.path.realpath(root)
    return real != base and not real.startswith(base.rstrip(os.sep) + os.sep)


def secrets(parsed: Parsed) -> list[Problem]:
    """Warnings of what looks like a secret: it would be committed, and a process can have it from the environment of the one who starts it."""
    lines = dict.fromkeys(line for line, _ in scan(parsed.text).places)
    return [Problem(line, 1, "this looks like a secret; leave it in the environment of whoever runs the plan", "warning") for line in lines]


__all__ = ["SUFFIX", "TEMPLATES", "Checked", "names", "new", "read", "runnable", "shown", "template_text"]
