"""`note`: one record, said on purpose."""

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from passdown.actions.facts import seen_at
from passdown.errors import Conflict, UsageError
from passdown.model.anchor import Anchor
from passdown.model.ids import new_id
from passdown.model.record import KINDS, Detail, Record, Trust
from passdown.model.text import printable
from passdown.project import Project
from passdown.store.records import Receipt, RecordStore

PLACE = re.compile(r"(?P<path>.+?)(?::(?P<first>\d{1,9})(?:-(?P<last>\d{1,9}))?)?(?:#(?P<symbol>.+))?")
MOST_CHARS = 20_000  # of a record's text: a longer one is a document
TRIES = 5  # ids are made of the clock and chance: a second try never had to be made, a fifth cannot be


def note(project: Project, kind: str, text: str, details: Mapping[str, Detail], places: Sequence[str] = (), *,
         trust: Trust = "noted", publish: bool | None = None, thread: str = "") -> Receipt:
    """Keep one record; acknowledged when this returns. publish: None for what the settings say. Raises `UsageError`, `WriteFailed`."""
    record = replace(new_record(project.require(), kind, text, details, places), trust=trust, thread=thread)
    store = RecordStore(project.layout)
    shared = project.config.share in ("noted", "all") if publish is None else publish
    for _ in range(TRIES - 1):
        try:
            return store.add(record, publish=shared)
        except Conflict:
            record = replace(record, id=new_id(project.clock.milliseconds()))
    return store.add(record, publish=shared)


def new_record(project: Project, kind: str, text: str, details: Mapping[str, Detail], places: Sequence[str] = ()) -> Record:
    """A valid record of a kind with a new id. Raises `UsageError`."""
    text = worded(kind, text)
    now = project.clock.iso()
    return Record(
        id=new_id(project.clock.milliseconds()), kind=kind, text=text, created=now, updated=now, branch=project.head().branch,
        details=checked(kind, details), anchors=tuple(anchor(project, p) for p in places))


def worded(kind: str, text: str) -> str:
    """A record's text without controls and blanks around it. Raises `UsageError` when nothing is left, or too much."""
    text = printable(text).strip()
    if not text:
        raise UsageError("a record needs a text", f"passdown note {kind} \"what you know\"")
    if len(text) > MOST_CHARS:
        raise UsageError(f"a record's text has {MOST_CHARS:,} characters at most, this one has {len(text):,}",
                         "Say one thing in a record; put the rest into a document of the project and name it with --file.")
    return text


def checked(kind: str, details: Mapping[str, Detail]) -> dict[str, Detail]:
    """The details in the order of the kind's table. Raises `UsageError` for one that it does not have, or a value that it does not take."""
    if kind not in KINDS:
        raise UsageError(f"there is no record kind `{kind}`", "Kinds: " + ", ".join(KINDS))
    known = {f.name: f for f in KINDS[kind].fields}
    for name, value in details.items():
        if name not in known:
            raise UsageError(f"a {kind} has no `{name}`", f"It has: {', '.join(known)}")
        choices = known[name].choices
        if choices and value not in choices:
            raise UsageError(f"`{value}` is no {name} of a {kind}", "Choose from: " + ", ".join(choices))
    return {name: details[name] for name in known if details.get(name)}


def anchor(project: Project, place: str) -> Anchor:
    """`path`, `path:12`, `path:12-20` or `path#symbol` as an anchor, with the hash of what stands there now. Raises `UsageError`."""
    match = PLACE.fullmatch(place.strip())
    if not match:
        raise UsageError(f"`{place}` is not a place", "Write path, path:12, path:12-20 or path#symbol.")
    path = within(project, match["path"])
    first, last = int(match["first"] or 0), int(match["last"] or 0)
    if (match["first"] and not first) or (match["last"] and last < first):
        raise UsageError(f"`{place}` names no lines", "Lines count from 1, the first one stands first: path:12-20.")
    return seen_at(project.root, Anchor(path, first, last, match["symbol"] or ""), commit=project.head().commit)


def inside(project: Project, path: str) -> str:
    """The path relative to the project's root, forward slashes; as it is given when it lies elsewhere."""
    from passdown.extract.paths import Roots

    return Roots(str(project.root), (str(project.root.resolve()),)).relative(path, str(project.start)) or path


def within(project: Project, path: str) -> str:
    """The path relative to the project's root. Raises `UsageError` when it lies elsewhere: a record goes with the project, other places do not."""
    from passdown.extract.paths import absolute

    found = inside(project, path)
    if Path(found).is_absolute():
        found = inside(project, str(Path(found).resolve()))
    if absolute(found) or found.startswith("../"):
        raise UsageError(f"`{path}` lies outside of the project", f"Places of a record lie in {project.root}; say what is elsewhere in its text.")
    return found


def beside(project: Project, path: str) -> str:
    """A path as a document says it, which others may read: meant from the project's root, `../…` where it leads out of it, never absolute."""
    from passdown.extract.paths import Roots

    root = str(project.root)
    found = Roots(root, (str(project.root.resolve()),)).relative(path, root) or "."
    try:
        return os.path.relpath(found, root).replace("\\", "/") if Path(found).is_absolute() else found
    except ValueError:  # on another drive there is no way from here to there
        return Path(found).name


__all__ = ["anchor", "beside", "checked", "inside", "new_record", "note", "within", "worded"]
