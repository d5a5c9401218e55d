"""One document of a style: as it lies there, with what people changed in it taken over, written or brought up to date."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec.structs import replace

from passdown import files
from passdown.actions.check import Ground, configured, judged
from passdown.actions.document_files import HIDDEN, existing, narrowed, tracked_by_git, withheld
from passdown.actions.flow_back import Flow, Known, flow, keep, known, rendered, with_records
from passdown.actions.material import modified
from passdown.actions.refresh import opened
from passdown.errors import Conflict, Locked, WriteFailed
from passdown.formats.base import Draft, LeftOut, Material, Planned, nothing
from passdown.formats.edits import foreign, resealed
from passdown.formats.marked import rewritten
from passdown.formats.personal import personal
from passdown.formats.sectioned import parse, update
from passdown.hooks.place import work_tree
from passdown.lint.checked import Checked
from passdown.model.ids import ID, content_hash
from passdown.model.record import Record
from passdown.model.text import RedactedText
from passdown.project import Project
from passdown.redaction.scan import redact, scan
from passdown.store.rendered import name_of
from passdown.store.rendered import read as read_rendered
from passdown.store.rendered import write as write_rendered

MOST_JUDGED = 3  # times that a document which says its own score is judged: saying it may change it


class Order(msgspec.Struct, frozen=True):
    """What is asked for. style: "" for the project's own. out: None for the style's own place. budget: lines, 0 for the style's own.

    variant: the kind of work that a style has a form of its own for, "" when it is to be measured.
    prefer: who wins where record and document were both changed: `document`, `record`, "" for neither.
    restore: say again what was deleted by hand, and measure again what was rewritten.
    trust_template: the style is a template that came with the repository, and the user has read it.
    """

    style: str = ""
    out: Path | None = None
    budget: int = 0
    run: bool = False
    dry_run: bool = False
    include_private: bool = False
    variant: str = ""
    prefer: str = ""
    restore: bool = False
    trust_template: bool = False


class Target(msgspec.Struct, frozen=True):
    """A document before it is written. before: its text, None when there is none. tracked: git has it, or would take it. branch: "" unless git has it."""

    planned: Planned
    path: Path
    material: Material
    before: str | None
    tracked: bool
    shared_only: bool
    branch: str


class Document(msgspec.Struct, frozen=True):
    """One document as it is now. state: `written`, `updated`, `unchanged`; with a dry run, what would be. shared_only: git would track the document.

    replaced: line and kind of each secret that was redacted. personal: e-mail addresses and telephone numbers that stand in somebody else's lines.
    flow: what people and agents had changed in it. unknown: how many lines of others would be records and are none. checked: score and findings.
    """

    path: Path
    state: str
    text: RedactedText
    draft: Draft
    shared_only: bool = False
    replaced: tuple[tuple[int, str], ...] = ()
    personal: int = 0
    flow: Flow = msgspec.field(default_factory=Flow)
    unknown: int = 0
    checked: Checked = msgspec.field(default_factory=lambda: Checked(""))


class TakenOver(msgspec.Struct, frozen=True):
    """What people changed in documents, by their paths, and the material and all records as they are with it. unkept: why nothing was, "" when all was."""

    flows: Mapping[Path, Flow]
    whole: Material
    have: Known
    unkept: str = ""


def target(project: Project, order: Order, planned: Planned, out: Path | None) -> Target:
    """A planned document as it lies there."""
    path = out or project.root / planned.path
    own_place = order.out is None and Path(planned.path).parts[0] in HIDDEN
    tracked = not (order.dry_run and own_place) and tracked_by_git(project, path, default=own_place)  # a dry run has not hidden it yet
    shared_only = tracked and not order.include_private
    found = narrowed(project, planned.material, path) if shared_only else replace(planned.material, written=modified(path))
    return Target(planned, path, found, existing(path), tracked, shared_only, project.head().branch if tracked else "")


def taken_over(project: Project, order: Order, targets: Sequence[Target], whole: Material) -> TakenOver:
    """Take over what people changed, in one operation; a later document's edit goes on top of an earlier one's. A dry run keeps nothing."""
    with opened(project) as index:
        before = have = known(index.records(status=None))
    flows: dict[Path, Flow] = {}
    for one in (t for t in targets if t.before):
        flows[one.path] = flow_of(project, order, one, have)
        have = known([*have.records.values(), *flows[one.path].changed]) if flows[one.path].changed else have
    changed = {r.id: r for one in flows.values() for r in one.changed}
    try:
        if not order.dry_run:
            keep(project, "handoff", list(changed.values()))
    except (WriteFailed, Locked, Conflict) as error:
        return TakenOver({}, whole, before, error.message)
    return TakenOver(flows, with_records(whole, list(changed.values())) if changed else whole, have)


def flow_of(project: Project, order: Order, one: Target, have: Known) -> Flow:
    source = one.path.relative_to(project.root).as_posix() if one.path.is_relative_to(project.root) else one.path.name
    before = read_rendered(project.layout, named(project, one.path), one.branch, str(one.path))
    return flow(project, one.planned.layout, one.before or "", one.material, have, before, source, order.prefer)


def written(project: Project, order: Order, one: Target, took: TakenOver, told: Sequence[LeftOut], ground: Ground) -> Document:
    """One document written or brought up to date. told: records that are said elsewhere, and go from the document. ground: what it is held against."""
    flow = took.flows.get(one.path, Flow())
    before = one.before or ""
    deleted = () if order.restore else tuple(LeftOut(r.id, r.title, f"deleted in the document: `passdown archive {r.id}`, or --restore") for r in flow.gone)
    hidden = withheld(project, before, shared_only=one.shared_only) | {left.key for left in told}
    wanted = replace(without(one.material, deleted), withheld=hidden)
    draft, checked = assessed(ground, one, resealed(before, frozenset((*settled(order, flow), *remeasured(order, before)))), wanted, order.budget)
    draft = replace(draft, left_out=(*deleted, *draft.left_out))
    safe = scan(draft.text, str(one.path))
    if not order.dry_run:
        save(project, one, safe.text, took.have, () if order.restore else flow.gone)
    unknown = sum(not took.have.says(f.record) for f in foreign(parse(one.planned.layout, safe.text), safe.text)) if before else 0
    state = "written" if one.before is None else "unchanged" if safe.text == one.before else "updated"
    return Document(one.path, state, safe.text, draft, one.shared_only, safe.places, len(personal(safe.text)), flow, unknown, checked)


def assessed(ground: Ground, one: Target, before: str, wanted: Material, budget: int) -> tuple[Draft, Checked]:
    """The document, and how good it is as it will be written, without secrets; where it says so itself, it is written again with that."""
    layout, said, found = one.planned.layout, dict[str, str](), Checked("")
    for _ in range(MOST_JUDGED):
        draft = update(layout, before, replace(wanted, assessment=said), budget)
        text = redact(draft.text)
        found, _ = judged(ground.shown(one.path), text, layout, ground.world(one.path, text), configured(ground.project))
        told = {"score": f"{found.score or 0:.1f}/10", "confidence": found.confidence, "recovery": f"{found.recovery_minutes} minutes"}
        if layout.foot is nothing or told == said:
            break
        said = told
    return draft, found


def settled(order: Order, flow: Flow) -> Iterator[str]:
    """Ids of records whose items may be written anew although somebody rewrote them."""
    yield from (t.record.id for t in flow.taken if t.whole)
    if order.prefer == "record":
        yield from (c.record.id for c in flow.clashes)


def remeasured(order: Order, before: str) -> Iterator[str]:
    """Keys of measured facts that somebody rewrote and that are to be measured again. What is told of a record (`ID.log`) is no measurement."""
    if order.restore or order.prefer == "record":
        yield from (key for key in rewritten(before) if not ID.fullmatch(key.partition(".")[0]))


def save(project: Project, one: Target, text: RedactedText, have: Known, gone: Sequence[Record]) -> None:
    """Write the document, unless it has that text already, and remember what it says. Raises `Conflict` when it changed since it was read."""
    if text != one.before:
        expected = None if one.before is None else content_hash(one.before)
        files.write(one.path, text, expected=expected, mode=files.PUBLIC if one.tracked else files.PRIVATE)
    name = named(project, one.path)
    was = read_rendered(project.layout, name, one.branch, str(one.path))
    with suppress(WriteFailed):  # a store that may not be written: then nothing is taken for deleted or new
        write_rendered(project.layout, one.branch, rendered(one.planned.layout, name, text, have.records, gone, was))


def named(project: Project, path: Path) -> str:
    """The document's name in the store, which lasts when the repository is moved."""
    tree = work_tree(str(project.place.git_dir), str(project.place.common_dir)) if project.place else "main"
    return name_of(path, project.root, tree)


def without(whole: Material, told: Sequence[LeftOut]) -> Material:
    ids = {one.key for one in told}
    left = {name: tuple(r for r in getattr(whole, name) if r.id not in ids) for name in ("records", "done")}
    return replace(whole, **left) if ids else whole


__all__ = ["Document", "Order", "TakenOver", "Target", "taken_over", "target", "without", "written"]
