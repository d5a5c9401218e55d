"""`check`: documents held against the rules, the repository and what sessions measured. Works without a store, and without git."""

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from posixpath import normpath

import msgspec
from msgspec.structs import replace

from passdown import files
from passdown.actions.document_places import ENDINGS, Unread, lying, text_of
from passdown.actions.documents import ProjectFiles
from passdown.actions.git_look import GitLook
from passdown.errors import BadConfig, UsageError
from passdown.formats import checklist
from passdown.formats.base import Check, GitState, Layout, Material
from passdown.formats.marked import keys
from passdown.formats.sectioned import number
from passdown.formats.table import STYLES, layout_of, style
from passdown.lint.base import Reading, World, read
from passdown.lint.checked import Checked
from passdown.lint.edits import mended
from passdown.lint.score import assess
from passdown.lint.settings import Settings, settings
from passdown.lint.table import OF_FILES, as_findings, codes, problems
from passdown.model.finding import Finding
from passdown.model.ids import ID
from passdown.model.record import Record
from passdown.model.session import Session
from passdown.project import Project
from passdown.redaction.scan import redact
from passdown.verification import commands

MOST = 5_000  # documents that one run reads
BEGINNING = 256 * 1024  # bytes of a manifest or a document of settled things
SESSIONS, RECORDS = 20, 500
ROUNDS = 5  # of repairs: one may make room for another
SETTLING = ("SESSION_CONTEXT.md", "docs/decisions.md", "CLAUDE.md", "AGENTS.md")  # documents in which projects put things off
PLACED = 0.15  # likeness that is enough where a document lies at a style's own place


class Order(msgspec.Struct, frozen=True):
    """What is asked for. files: documents and folders, empty for the project's own documents. style: "" to see from each document which one it has."""

    files: tuple[Path, ...] = ()
    style: str = ""
    fix: bool = False
    dry_run: bool = False


def check(project: Project, order: Order) -> tuple[tuple[Checked, ...], int]:
    """What the rules say of each document, in order, and how many documents were left out.

    Raises `UsageError` for a file or style that there is not, `BadConfig`, `WriteFailed`.
    """
    if order.style and order.style not in STYLES:
        raise UsageError(f"there is no style `{order.style}`", f"Styles: {', '.join(STYLES)}")
    looked = GitLook(project.place).begun()
    wanted = configured(project)
    places = placed(project.root, order.style)
    ground = Ground(project, frozenset(places), looked)
    found = list(documents(project, order, places))
    return tuple(document(ground, order, path, layout, wanted) for path, layout in found[:MOST]), max(0, len(found) - MOST)


def configured(project: Project) -> Settings:
    try:
        return settings(project.config.check, codes())
    except ValueError as error:
        raise BadConfig(path=project.layout.config, problem=str(error)) from None


def documents(project: Project, order: Order, places: Mapping[Path, Layout | None]) -> Iterator[tuple[Path, Layout | None]]:
    """Each document once, with the layout of the place where it lies."""
    if not order.files:
        yield from places.items()
        return
    seen: set[Path] = set()
    for given in order.files:
        path = Path(os.path.normpath(project.start / given))
        if not path.is_dir() and not os.path.lexists(path):
            raise UsageError(f"there is no file {given}", "Give files, folders, or nothing for the project's own documents.")
        for one in within(path) if path.is_dir() else (path,):
            if one not in seen:
                seen.add(one)
                yield one, places.get(one)


def placed(root: Path, wanted: str) -> dict[Path, Layout | None]:
    """Documents that lie where styles have theirs."""
    found: dict[Path, Layout | None] = {}
    for name in (wanted,) if wanted else STYLES:
        for layout in style(name).layouts:
            for path in lying(root, layout):
                found.setdefault(path, layout)
    return found


def within(folder: Path) -> Iterator[Path]:
    """Documents below a folder, in order; links to folders are not followed."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if f not in (".git", "node_modules", ".venv", ".passdown"))
        for name in sorted(names):
            if name.lower().endswith(ENDINGS):
                yield Path(place, name)


def document(ground: "Ground", order: Order, path: Path, place: Layout | None, wanted: Settings) -> Checked:
    """One document: read, judged, mended if that is asked for, scored."""
    shown = ground.shown(path)
    try:
        text = content(ground.project.root, path)
    except Unread as unread:
        severity = wanted.grave(unread.code, next(s for code, s, _ in OF_FILES if code == unread.code), shown)
        return Checked(shown, findings=(Finding(unread.code, severity, shown, unread.why),) if severity else ())
    layout = placed_layout(text, place, order.style)
    world = ground.world(path, text)
    fixed = 0
    if order.fix:
        text, fixed = repaired(path, shown, text, layout, world, wanted, dry_run=order.dry_run)
    checked, reading = judged(shown, text, layout, world, wanted)
    checks = ground.checks(path, reading) if layout and layout.name == "session-memory" else ()
    return replace(checked, checks=checks, fixed=fixed)


def judged(shown: str, text: str, layout: Layout | None, world: World, wanted: Settings) -> tuple[Checked, Reading]:
    """What the rules say of a text, and its score."""
    reading = read(shown, text, layout)
    findings = as_findings(reading, problems(reading, world, wanted))
    found = assess(reading, findings, world)
    return Checked(shown, layout.name if layout else "", tuple(findings), found.score, found.confidence, found.recovery, found.explained), reading


def content(root: Path, path: Path) -> str:
    """A document's text. Raises `Unread`."""
    real, inside = os.path.realpath(path), os.path.join(os.path.realpath(root), "")  # noqa: PTH118  compared as text
    if str(path).startswith(os.path.join(root, "")) and not real.startswith(inside):  # noqa: PTH118
        raise Unread("file-outside", f"it is a link that leads out of the project (to {real}): it was not read")
    text = text_of(path) if path.is_file() else None
    if text is None:
        raise Unread("file-unreadable", "it is no file")
    return text


def placed_layout(text: str, place: Layout | None, wanted: str) -> Layout | None:
    """The layout that is asked for, that of the place where it lies, or the one that the text has; what lies at a place of its own has no other."""
    found = layout_of(text, style(wanted).layouts if wanted else (), (place,) if place else (), at_place=PLACED)
    return found or (place if place and "*" not in place.glob else None)


def repaired(path: Path, shown: str, text: str, layout: Layout | None, world: World, wanted: Settings, *, dry_run: bool) -> tuple[str, int]:
    """The text with all repairs that lose nothing, and how many there were. A file with a secret in it is left to its author."""
    before, count = text, 0
    for _ in range(ROUNDS):
        reading = read(shown, text, layout)
        edits = [problem.edit for _, problem in problems(reading, world, wanted) if problem.edit]
        after = mended(text, edits)
        if after == text:
            break
        text, count = after, count + len(edits)
    safe = redact(text)
    if text == before or safe != text:
        return before, 0
    if not dry_run:
        data = files.read(path)
        if data is not None and data.decode("utf-8", "replace") == before:
            files.write(path, safe, expected=files.hash_of(path), mode=path.stat().st_mode & 0o777)
    return text, count


def beginning(path: Path) -> str:
    """The beginning of a text file, "" where there is none."""
    try:
        with path.open("rb") as file:
            return file.read(BEGINNING).decode("utf-8", "replace")
    except OSError:
        return ""


class Ground:
    """What is known of the project, each looked up once and when it is first needed.

    documents: those at the places of styles, which are no work themselves. looked: git's answers where they were asked for already.
    """

    def __init__(self, project: Project, documents: frozenset[Path], looked: GitLook | None = None) -> None:
        self.project, self._documents, self._looked = project, documents, looked or GitLook(project.place)

    def shown(self, path: Path) -> str:
        """The path from the project's root; absolute where it lies outside."""
        return path.relative_to(self.project.root).as_posix() if path.is_relative_to(self.project.root) else path.as_posix()

    def world(self, path: Path, text: str) -> World:
        """What is known besides this document."""
        return replace(self._common, exists=self._exists(path.parent), records=self._statuses(text))

    @cached_property
    def _common(self) -> World:
        project, git = self.project, self._git
        changed = list(self.sessions[0].files_changed) if self.sessions else []
        changed += [path for path, _ in git.changed] if git else []
        root = project.root
        inside = [p for p in dict.fromkeys(changed) if not p.startswith(("/", "~", "..", ".passdown/"))]
        own = [p for p in inside if (root / p).is_file() and root / p not in self._documents]
        return World(
            project.clock.iso()[:10], resolves=self._resolves, git=git, sessions=self.sessions, changed=tuple(own), sources=ProjectFiles(root),
            known=self._records, settled=tuple((name, text) for name in SETTLING if (text := beginning(root / name))))

    @cached_property
    def _git(self) -> GitState | None:
        """Without our own files, which change with every hand-off."""
        git = self._looked.state
        if git is None or not git.changed:
            return git
        from passdown.actions.own_files import own_files  # only where something has changed

        own = own_files(self.project)
        return replace(git, changed=tuple((path, state) for path, state in git.changed if not own(path)))

    @cached_property
    def sessions(self) -> tuple[Session, ...]:
        if not self.project.initialised:
            return ()
        from passdown.actions.refresh import opened  # only where there is a store

        with opened(self.project) as index:
            return tuple(index.sessions(SESSIONS))

    @cached_property
    def _records(self) -> tuple[Record, ...]:
        if not self.project.initialised:
            return ()
        from passdown.actions.refresh import opened

        with opened(self.project) as index:
            return tuple(index.records(limit=RECORDS))

    def _exists(self, beside: Path) -> "Exists":
        return Exists(self, (self.project.root, beside))

    def named(self, path: str) -> bool:
        return path in self._looked.ends

    def _resolves(self, command: str) -> tuple[bool | None, str]:
        """Whether the repository has what a command line needs; which programs a machine has, is not its matter."""
        root = self.project.root
        lacks = commands.lacks(command, lambda path: beginning(root / path), lambda path: (root / path).exists())
        return (False, lacks) if lacks else (True, "")

    def _statuses(self, text: str) -> dict[str, str]:
        named = {key for key in keys(text) if ID.fullmatch(key)}
        return {id_: status for id_, status in self._known.items() if id_ in named} if named and self.project.initialised else {}

    @cached_property
    def _known(self) -> dict[str, str]:
        from passdown.actions.refresh import opened

        with opened(self.project) as index:
            return {r.id: r.status for r in index.records(None, None)}

    def checks(self, path: Path, reading: Reading) -> tuple[Check, ...]:
        """The seven points of a session memory, on the document as it stands."""
        from passdown.actions.quick_start import resolved

        if reading.layout is None:
            return ()
        sections = checklist.bodies(reading.text, number(reading.layout))
        missing = checklist.missing(sections, self._exists(path.parent))
        return checklist.verify(sections, self._material(path), checklist.Facts(missing, resolved(self.project.root, checklist.commands(sections), run=False)))

    def _material(self, path: Path) -> Material:
        if not self.project.initialised:
            return Material(self.project.clock.iso(), root=str(self.project.root))
        from passdown.actions.material import material

        return material(self.project, path, shared_only=False)


class Exists:
    """Whether a path is there: below the root, beside the document, or as the end of a path that git has."""

    def __init__(self, ground: Ground, bases: Sequence[Path]) -> None:
        self._ground, self._bases = ground, bases
        self._known: dict[str, bool] = {}

    def __call__(self, path: str) -> bool:
        if path not in self._known:
            self._known[path] = self._look(normpath(path))
        return self._known[path]

    def _look(self, path: str) -> bool:
        try:
            return any((base / path).exists() for base in self._bases) or self._ground.named(path)
        except (OSError, ValueError):
            return False


__all__ = ["Ground", "Order", "check", "configured", "judged", "placed", "placed_layout"]
