"""A project's own templates: `.passdown/templates/NAME.md.j2`, used as `handoff --style NAME`.

One that came with the repository runs only after the user accepted this very text: its hash is then kept in the private store. One that the user is
writing just now, of which git has nothing yet, is theirs. What git has otherwise may have come with a merge that is not committed.
"""

import os
from importlib.util import find_spec
from pathlib import Path

from passdown import files, gitrepo
from passdown.errors import GitFailed, UnreadableFile, UntrustedTemplate, UsageError
from passdown.formats import own_template
from passdown.formats.base import Style
from passdown.model.ids import content_hash
from passdown.project import Project
from passdown.redaction.scan import redact

SUFFIX = ".md.j2"


def own_style(project: Project, name: str, *, trust: bool = False) -> Style | None:
    """The style that the template of this name is; None when there is none. Raises `BadTemplate`, `UntrustedTemplate`, `UsageError` without Jinja2."""
    if not own_template.NAME.fullmatch(name):
        return None
    path = project.layout.template(name)
    try:
        data = files.read(path)
        source = None if data is None else data.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(path=path, reason=str(error)) from error
    if source is None:
        return None
    if find_spec("jinja2") is None:
        raise UsageError("templates need Jinja2, which is not installed", "pip install 'passdown[templates]'")
    accept(project, name, content_hash(source), trust=trust)
    return own_template.style(name, source)


def names(project: Project) -> list[str]:
    """The names of the project's templates."""
    return sorted(p.name.removesuffix(SUFFIX) for p in project.layout.template("x").parent.glob("*" + SUFFIX))


def accept(project: Project, name: str, digest: str, *, trust: bool) -> None:
    """Keep that the user accepted this text. Raises `UntrustedTemplate` when nothing says so."""
    kept = (files.read(project.layout.templates_trusted) or b"").decode("ascii", "replace").split()
    if digest in kept:
        return
    if not (trust or mine(project, name)):
        raise UntrustedTemplate(name=name)
    files.write(project.layout.templates_trusted, redact("\n".join([*kept, digest]) + "\n"))


def mine(project: Project, name: str) -> bool:
    """Whether nobody but the user can have put the template there: git has nothing of it, and it is in no other repository, such as a submodule."""
    if project.layout.shared is None:
        return True
    if project.place is None or project.place.root is None:
        return False
    real = Path(os.path.realpath(project.layout.template(name)))  # behind a link, git names it otherwise
    holding = gitrepo.locate(real.parent)
    if holding is None or holding.root is None or not holding.root.samefile(project.place.root):
        return False
    try:
        below = real.relative_to(os.path.realpath(holding.root)).as_posix()
        return not gitrepo.has(holding, below)
    except (GitFailed, ValueError):
        return False


__all__ = ["names", "own_style"]
