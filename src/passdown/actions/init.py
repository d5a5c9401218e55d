"""`init`: make a store for the project. Idempotent: what is there already stays as it is."""

from pathlib import Path

import msgspec

from passdown import files
from passdown.actions import merge_driver
from passdown.actions.adoption import instructions, style_of
from passdown.config import default_text
from passdown.errors import UsageError
from passdown.model.text import RedactedText
from passdown.project import Project
from passdown.redaction.scan import redact
from passdown.store.layout import FORMAT_VERSION, Layout

MERGED = "records/** merge=passdown\nsessions/** merge=passdown\n"
ATTRIBUTES = f"* text eol=lf\n{MERGED}"  # a record's bytes are its identity: git must not turn line ends
IGNORED = "local/\ninbox/\n.*.tmp\n"


class Initialised(msgspec.Struct, frozen=True):
    """root, private, shared: where things lie, shared is None with `private_only`. made: the files that were new.

    style, documents: the habit that the project has already, "" for none, and its documents. instructions: what its agents read by themselves.
    """

    root: Path
    private: Path
    shared: Path | None
    git: bool
    made: tuple[Path, ...]
    style: str = ""
    documents: tuple[str, ...] = ()
    instructions: tuple[str, ...] = ()


def init(project: Project, *, private_only: bool = False) -> Initialised:
    """Make the private store and, unless `private_only`, the published part in the work tree. Raises `WriteFailed`, `UsageError`."""
    if private_only and project.place is None:
        raise UsageError("outside git there is no place but the work tree for a private store", "Run `git init` first, or `passdown init` without --private.")
    layout = project.layout
    if private_only and not project.initialised:
        layout = Layout(private=layout.private)
    style, documents = style_of(project)
    made = [path for path, text in wanted(layout, style, private_only=private_only) if made_new(path, text, layout)]
    made += told_git(project, layout)
    return Initialised(project.root, layout.private, layout.shared, project.place is not None, tuple(made), style, documents, tuple(instructions(project)))


def wanted(layout: Layout, style: str, *, private_only: bool) -> list[tuple[Path, RedactedText]]:
    """The files of a new store, the one that says that it is there last. style: the setting with which it begins, "" for the default."""
    version = redact(f"{FORMAT_VERSION}\n")
    out = [(layout.private_only, redact(""))] if private_only else []
    out.append((layout.config, redact(default_text(style))))
    if layout.git_attributes and layout.git_ignore:
        out += [(layout.git_attributes, redact(ATTRIBUTES)), (layout.git_ignore, redact(IGNORED))]
    return [*out, *dict.fromkeys([(layout.version, version), (layout.private_version, version)])]


def told_git(project: Project, layout: Layout) -> list[Path]:
    """Let git merge what is shared by our driver; a `.gitattributes` of an earlier version, or one that was edited, gets the lines at its end."""
    path = layout.git_attributes
    if path is None or layout.shared is None:
        return []
    merge_driver.install(project)
    present = (files.read(path) or b"").decode("utf-8", "replace")
    if "merge=passdown" in present:
        return []
    files.write(layout.writable(path), redact(f"{present.rstrip()}\n{MERGED}"), mode=files.PUBLIC)
    return [path]


def made_new(path: Path, text: RedactedText, layout: Layout) -> bool:
    """Write the file unless there is one."""
    if path.exists():
        return False
    public = layout.shared is not None and path.is_relative_to(layout.shared) and not path.is_relative_to(layout.private)
    files.write(layout.writable(path), text, mode=files.PUBLIC if public else files.PRIVATE)
    return True


__all__ = ["Initialised", "init"]
