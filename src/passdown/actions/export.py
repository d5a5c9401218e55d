"""`export`: the records as documents of any style, without touching the project's own."""

import os
from pathlib import Path

import msgspec
from msgspec.structs import replace

from passdown import files
from passdown.actions.document_files import narrowed, style_of, tracked_by_git
from passdown.actions.material import material
from passdown.errors import UsageError
from passdown.formats.base import LeftOut, Planned, Style
from passdown.formats.edits import WHOLE
from passdown.formats.losses import of_all
from passdown.formats.sectioned import update
from passdown.model.text import RedactedText
from passdown.project import Project
from passdown.redaction.scan import scan


class Order(msgspec.Struct, frozen=True):
    """What is asked for. style: "" for the project's own. out: a file, or a folder for several documents; None for none. whole: without budgets of lines."""

    style: str = ""
    out: Path | None = None
    whole: bool = False
    include_private: bool = False
    variant: str = ""


class Exported(msgspec.Struct, frozen=True):
    """One document. path: where it was written, None when it was not; place: where the style has it, below the project's root."""

    place: str
    path: Path | None
    text: RedactedText
    replaced: int = 0


class Export(msgspec.Struct, frozen=True):
    """left_out: what of the records no document says whole. shared_only: git would track what was written, so it says what is shared alone."""

    style: str
    documents: tuple[Exported, ...]
    left_out: tuple[LeftOut, ...]
    shared_only: bool = False


def export(project: Project, order: Order) -> Export:
    """Raises `NotInitialised`, `UsageError` when a file is there already, `WriteFailed`."""
    kind = style_of(order.style or project.require().config.style, project)
    out = Path(os.path.normpath(project.start / order.out)) if order.out else None
    whole = replace(material(project, project.root / "-", shared_only=False), written="", variant=order.variant)
    planned = kind.documents(whole, {})
    paths = places(kind, planned, out)
    shared_only = not order.include_private and any(path and tracked_by_git(project, path, default=False) for path in paths)
    if shared_only:  # a file's name must not say either what only this machine may know
        whole = narrowed(project, whole, project.root / "-")
        planned = kind.documents(whole, {})
        paths = places(kind, planned, out)
    if there := next((path for path in paths if path and path.exists()), None):
        raise UsageError(f"{there} is there already", "Name another place; `passdown handoff --out FILE` brings a document up to date.")
    drafts = [update(one.layout, "", one.material, WHOLE if order.whole else 0) for one in planned]
    done = []
    for one, path, draft in zip(planned, paths, drafts, strict=True):
        safe = scan(draft.text, one.path)
        if path:
            files.write(path, safe.text, expected=None, mode=files.PUBLIC if shared_only else files.PRIVATE)
        done.append(Exported(one.path, path, safe.text, len(safe.findings)))
    lost = of_all(whole, [(one.material, draft.left_out) for one, draft in zip(planned, drafts, strict=True)])
    return Export(kind.name, tuple(done), tuple(lost), shared_only)


def places(kind: Style, planned: tuple[Planned, ...], out: Path | None) -> list[Path | None]:
    """Where each document is to be written: one into the file that was named, several below the folder, as they lie below the project's root."""
    if out is None:
        return [None] * len(planned)
    if len(planned) == 1 and not out.is_dir():
        return [out]
    if out.is_file():
        raise UsageError(f"the style `{kind.name}` has {len(planned)} documents, and {out} is a file", "Name a folder.")
    return [out / one.path for one in planned]


__all__ = ["Export", "Exported", "Order", "export"]
