"""`handoff`: what is new is captured, edits are taken over, documents are written or brought up to date, and what they lack is named."""

from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec
from msgspec.structs import replace

from passdown.actions.adoption import instructions, said_there
from passdown.actions.capture import Captured, capture, roots_of
from passdown.actions.check import Ground
from passdown.actions.discover import transcripts
from passdown.actions.document_files import hide, place, style_of, there
from passdown.actions.document_writing import Document, Order, Target, taken_over, target, without, written
from passdown.actions.flow_back import said_by_others, with_records
from passdown.actions.material import listed, material, shared
from passdown.actions.put_away import put_away
from passdown.actions.quick_start import resolved
from passdown.actions.refresh import refresh
from passdown.errors import UsageError
from passdown.formats import checklist
from passdown.formats.base import Check, Gap, Layout, LeftOut, Material, Style
from passdown.formats.gaps import gaps
from passdown.formats.losses import of_all
from passdown.formats.sectioned import number
from passdown.project import Project
from passdown.store.state import State


class Handoff(msgspec.Struct, frozen=True):
    """What came of it. documents: those of the style, its first one first. checks: the self-verification of a session memory, () for other styles.

    left_out: what of the records no document says. unkept: why no edit was taken over, "" when that was possible.
    unshared: ids of notes that only this machine has.
    retired: documents that were through and where they lie now, both below the project's root.
    """

    style: str
    documents: tuple[Document, ...]
    checks: tuple[Check, ...]
    gaps: tuple[Gap, ...]
    captured: tuple[Captured, ...] = ()
    unshared: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    retired: tuple[tuple[str, str], ...] = ()
    unkept: str = ""

    @property
    def first(self) -> Document:
        return self.documents[0]


def handoff(project: Project, order: Order, progress: Callable[[int, int, Path], None] | None = None) -> Handoff:
    """Write or update the style's documents. Raises `NotInitialised`, `UsageError`, `UnreadableFile`, `Conflict`, `WriteFailed`."""
    kind = style_of(order.style or project.require().config.style, project.require(), trust=order.trust_template)
    out = place(project, order.out)
    captured = () if order.dry_run else tuple(capture(project, known_transcripts(project), progress=progress))
    if any(c.new_events for c in captured):
        refresh(project)
    if order.out is None and not order.dry_run:
        hide(project, kind.hidden)
    everything = material(project, out or project.root / kind.layouts[0].globs[0], shared_only=False)
    adopted = said_there(everything.records, instructions(project))
    texts = there(project, kind)
    before = targets(project, order, kind, replace(without(everything, adopted), variant=order.variant), texts)
    took = taken_over(project, order, before, replace(without(everything, adopted), variant=order.variant))
    others = said_by_others([(one.planned.layout, one.before) for one in before if one.before], (*took.whole.records, *took.whole.done))
    whole = without(took.whole, others)
    after = targets(project, order, kind, whole, texts)
    ground = Ground(project, frozenset(one.path for one in after))
    done = tuple(written(project, order, one, took, adopted, ground) for one in after)
    meant = public(project, whole) if all(one.shared_only for one in after) else whole
    lost = of_all(meant, [(one.planned.material, d.draft.left_out) for one, d in zip(after, done, strict=True)])
    return Handoff(
        kind.name, done, checked(project, after[0].planned.layout, done[0].text, took.whole, run=order.run) if kind.name == "session-memory" else (),
        gaps(with_records(everything, [r for one in took.flows.values() for r in one.changed])), captured, unshared(project, took.whole),
        (*adopted, *(one for one in others if one.why), *lost),
        put_away(project, kind, texts) if order.out is None and not order.dry_run else (), took.unkept)


def targets(project: Project, order: Order, kind: Style, whole: Material, texts: Mapping[str, str]) -> list[Target]:
    """The style's documents as they lie there. Raises `UsageError` for several with one place, and for none."""
    found = planned(project, order, kind, whole, texts)
    if found and all(one.shared_only for one in found):  # a file's name must not say either what only this machine may know
        found = planned(project, order, kind, public(project, whole), texts)
    if not found:
        raise UsageError(f"there is nothing that the style `{kind.name}` would write",
                         "Note something for it first; where git has its documents, `passdown share ID` or --include-private.")
    return found


def planned(project: Project, order: Order, kind: Style, whole: Material, texts: Mapping[str, str]) -> list[Target]:
    wanted = kind.documents(whole, texts)
    out = place(project, order.out)
    if out and len(wanted) > 1:
        raise UsageError(f"the style `{kind.name}` writes {len(wanted)} documents", "Leave --out away: each has its place.")
    return [target(project, order, one, out) for one in wanted]


def public(project: Project, whole: Material) -> Material:
    """The same with the shared records only."""
    return replace(whole, records=tuple(shared(project, whole.records)), done=tuple(shared(project, whole.done)), expired=tuple(shared(project, whole.expired)))


def known_transcripts(project: Project) -> list[Path]:
    """Transcripts found on this machine, and those that were captured from elsewhere and are still there."""
    found = transcripts(project, roots_of(project, ()))
    with State(project.layout.state) as state:
        before = [Path(c.path) for c in state.cursors()]
    return [*found, *(p for p in before if p not in found and p.is_file())]


def checked(project: Project, layout: Layout, text: str, found: Material, *, run: bool) -> tuple[Check, ...]:
    """The seven points, on the text as it is written."""
    sections = checklist.bodies(text, number(layout))
    there = frozenset(listed(project))
    names = {name.rsplit("/", 1)[-1] for name in there}
    missing = checklist.missing(sections, lambda p: p in there or (project.root / Path(p).expanduser()).exists() or ("/" not in p and p in names))
    return checklist.verify(sections, found, checklist.Facts(missing, resolved(project.root, checklist.commands(sections), run=run)))


def unshared(project: Project, found: Material) -> tuple[str, ...]:
    """Notes that a teammate cannot see yet."""
    return tuple(r.id for r in found.records if r.trust != "extracted" and (copy := project.layout.copy(r.kind, r.id)) and not copy.exists())


__all__ = ["Handoff", "handoff"]
