"""What a document is made of, gathered once: the index, the manifests, git, and the context files that lie about."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from passdown import gitrepo
from passdown.actions.agent_memory import own_memory
from passdown.actions.clones import clones
from passdown.actions.facts import below
from passdown.actions.held import standings
from passdown.actions.own_files import own_files, without
from passdown.actions.refresh import opened
from passdown.actions.standing import standing
from passdown.errors import GitFailed
from passdown.extract import project_facts
from passdown.formats.base import Commit, GitState, Material, Overview
from passdown.model.anchor import Anchor
from passdown.model.quoted_paths import Shortener
from passdown.model.record import Record
from passdown.model.session import Session
from passdown.project import Project
from passdown.redaction.values import redact_values
from passdown.workflows.registry import Row

T = TypeVar("T")
SESSIONS = 20
COMMITS = 30
REPEATED_WORDS = 3  # of a detail that a text says too; fewer are said on purpose
MANIFEST_BYTES = 256 * 1024
HEAD_CHARS = 4_096  # of a file, to see what it says of itself
FILES_OUTSIDE_GIT = 5_000
MEMORY = (  # context files of agents and of people, each with what it is when it does not say so itself
    (".tmp/*.md", ""), ("CLAUDE.md", "standing instructions for Claude Code"), ("AGENTS.md", "standing instructions for agents"),
    ("GEMINI.md", "standing instructions for Gemini CLI"),
    (".github/copilot-instructions.md", "standing instructions for Copilot"), (".cursorrules", "rules for Cursor"), (".windsurfrules", "rules for Windsurf"),
    (".cursor/rules/*.mdc", ""), ("SESSION_CONTEXT.md", ""), ("CONTINUITY.md", ""), ("HANDOFF.md", ""), ("docs/decisions.md", ""), ("docs/adr/*.md", ""),
    ("memory-bank/*.md", ""), (".claude/sessions/*.tmp", "session log"), (".passdown/handoffs/*.md", ""), (".passdown/memory/*.md", ""), ("START_HERE.md", ""),
    ("docs/architecture.md", ""), ("docs/phases/*.md", ""), ("docs/hypothesis.md", ""), ("docs/conversation_summary.md", ""), ("docs/*comparison*.md", ""),
    ("docs/setup.md", ""))
PER_PATTERN = 5


def material(project: Project, document: Path, *, shared_only: bool) -> Material:
    """All that a document at this path may say. shared_only: only what git may carry to others. Raises `NotInitialised`."""
    with opened(project) as index:
        records, done = index.records(), index.records(("task", "milestone"), "resolved")
        cleared = index.records(("blocker",), "resolved")
        sessions = index.sessions(SESSIONS)
    own_file, short = own_files(project), Shortener(clones(project, sessions))
    if shared_only:
        records, done, cleared, sessions = shared(project, records), shared(project, done), shared(project, cleared), []
    records, done, cleared = ([short.struct(once(r), keep=("id", "anchors")) for r in found] for found in (records, done, cleared))
    sessions = [short.struct(without(s, own_file), keep=("id", "cwd")) for s in sessions]
    today = project.clock.iso()[:10]
    holding = tuple(r for r in records if not past(r, today))
    files = listed(project)
    anchors = [a for r in (*holding, *done) for a in r.anchors]
    git = git_state(project, sessions, own_file)
    return msgspec.structs.replace(
        Material(project.clock.iso(), records=holding, done=tuple(done), cleared=tuple(cleared), sessions=tuple(sessions), written=modified(document)),
        root="" if shared_only else str(project.root), overview=safe(overview(project, files), Overview), git=git,
        standing={place: f"{s.mark} {s.note}".strip() for place, s in standings(project, anchors, project.clock.iso()).items()},
        memory=safe((*memory(project.root, document), *(() if shared_only else own(project))), tuple[tuple[str, str], ...]),
        existing=there(project.root, sessions, anchors, git), expired=tuple(r for r in records if past(r, today)),
        productions=() if shared_only else safe(standing(project), tuple[Row, ...]))


def once(record: Record) -> Record:
    """The record without details that were cut out of its own words: an extracted cause mostly stands in the quote already.

    A decision keeps its reason, for which documents have a place of its own.
    """
    said = record.text.lower() if record.trust == "extracted" and record.kind != "decision" else ""
    kept = {n: v for n, v in record.details.items() if not (isinstance(v, str) and len(v.split()) >= REPEATED_WORDS and v.lower() in said)}
    return record if len(kept) == len(record.details) else msgspec.structs.replace(record, details=kept)


def safe(value: T, shape: type[T]) -> T:
    """The same value without secrets, and without halves of characters: what manifests and git say was not looked at before."""
    said = json.dumps(msgspec.to_builtins(value), ensure_ascii=False).encode("utf-8", "replace")
    return msgspec.convert(redact_values(json.loads(said)), shape)


def shared(project: Project, records: Iterable[Record]) -> list[Record]:
    """Those of which a published copy lies in the work tree."""
    return [r for r in records if (copy := project.layout.copy(r.kind, r.id)) and copy.exists()]


def past(record: Record, today: str) -> bool:
    """Whether the day after which it no longer holds is over."""
    return "" < record.detail("expires")[:10] < today


def listed(project: Project) -> Sequence[str]:
    """The project's files: what git has in its index, else what lies there, as far as one looks."""
    if project.place and project.place.root:
        try:
            return gitrepo.tracked(project.place)
        except GitFailed:
            pass
    found = (p.relative_to(project.root).as_posix() for p in project.root.rglob("*") if p.is_file())
    return [path for path, _ in zip(found, range(FILES_OUTSIDE_GIT), strict=False)]


def overview(project: Project, files: Sequence[str]) -> Overview:
    """Project facts; a README's first paragraph where no manifest says what the project is."""
    texts = {name: text for name in project_facts.MANIFESTS if (text := own_start(project.root, name, MANIFEST_BYTES))}
    facts = project_facts.read(texts, files)
    readme = next((texts[name] for name in ("README.md", "readme.md", "README.rst") if name in texts), "")
    return Overview(
        facts.name or project.name, facts.about or first_paragraph(readme), facts.stack, facts.entry_points,
        tuple((d.path, purpose_of(project.root, d.path, d.files)) for d in facts.directories),
        tuple((c.command, c.purpose, c.source) for c in facts.commands))


def purpose_of(root: Path, directory: str, files: int) -> str:
    """What a directory says it is for: its README's title, its package's docstring; else how many files lie in it."""
    for name in ("README.md", "__init__.py"):
        said = headline(own_start(root, f"{directory}/{name}", HEAD_CHARS))
        if said:
            return f"{said} ({files} files)"
    return f"{files} files"


def headline(text: str) -> str:
    """The first line that says something, without marks of Markdown, front matter and docstrings."""
    lines = text.split("\n")
    if lines[0].strip() == "---" and "---" in (line.strip() for line in lines[1:]):
        described = next((line for line in lines if line.startswith(("description:", "title:"))), "")
        if described.partition(":")[2].strip():
            return described.partition(":")[2].strip().strip("\"'")
        lines = lines[[line.strip() for line in lines].index("---", 1) + 1:]
    said = (line.strip().strip("\"'#*` ") for line in lines if not line.startswith(("<!--", "import ", "from ")))
    return next((line for line in said if line), "")


def first_paragraph(text: str) -> str:
    """The first paragraph of prose: no heading, badge, list or markup."""
    blocks = (" ".join(block.split()) for block in text.split("\n\n"))
    return next((b for b in blocks if b and not b.startswith(("#", "[", "!", "<", "-", "*", "|", "`", "=", ">"))), "")


def own_start(root: Path, path: str, limit: int) -> str:
    """The beginning of a text file below the root; "" also for one that a link puts elsewhere: what it says is not the project's to hand on."""
    return start_of(root / path, limit) if below(root / path, root) else ""


def start_of(path: Path, limit: int) -> str:
    """The beginning of a text file, "" when it is not there or not text."""
    try:
        with path.open("rb") as file:
            data = file.read(limit)
    except OSError:
        return ""
    return "" if b"\0" in data else data.decode("utf-8", "replace")


def git_state(project: Project, sessions: Sequence[Session], own_file: Callable[[str], bool]) -> GitState | None:
    """What git says, own files aside; None where there is no work tree, or git does not run."""
    place = project.place
    if place is None or place.root is None:
        return None
    try:
        head = gitrepo.head(place)
        changed = tuple((c.path, c.state) for c in gitrepo.changes(place) if not own_file(c.path))
        after = min((s.started for s in sessions if s.started), default="")
        lines = gitrepo.line_counts(place, COMMITS)
        recent = [Commit(c.sha, c.subject, c.time[:10], files, *lines.get(c.sha, (-1, -1))) for c, files in gitrepo.commits_with_files(place, limit=COMMITS)]
        since = tuple(worked(c, own_file) for c in recent if c.day >= after[:10] and not (c.files and all(map(own_file, c.files))))
        last, remote = recent[0] if recent else None, gitrepo.remote_state(place)
        return safe(GitState(head.branch, last, changed, remote, stopped(place, changed, sessions), since), GitState)
    except GitFailed:
        return None


def worked(commit: Commit, own_file: Callable[[str], bool]) -> Commit:
    """The commit without own files."""
    return msgspec.structs.replace(commit, files=tuple(f for f in commit.files if not own_file(f)))


def stopped(place: gitrepo.Place, changed: Sequence[tuple[str, str]], sessions: Sequence[Session]) -> str:
    """`path:line` of the last change in the uncommitted file that the last piece of work edited last."""
    thread = [s for s in sessions if s is sessions[0] or (s.thread and s.thread == sessions[0].thread)]
    times = {f.path: f.last for s in reversed(thread) for f in s.files if f.edits or f.created}
    edited = [path for path, _ in changed if path in times]
    if not edited:
        return ""
    path = max(edited, key=lambda p: times[p])
    line = gitrepo.last_changed_line(place, path)
    return f"{path}:{line}" if line else path


def memory(root: Path, document: Path) -> Iterator[tuple[str, str]]:
    """Other context files, with what they say of themselves."""
    for pattern, what in MEMORY:
        for path in sorted(root.glob(pattern), reverse=True)[:PER_PATTERN]:
            if path.is_file() and path != document:
                yield (name := path.relative_to(root).as_posix()), what or headline(own_start(root, name, HEAD_CHARS))


def own(project: Project) -> Iterator[tuple[str, str]]:
    """What agents keep of the project by themselves, with what it says of itself."""
    for name, path in own_memory(project):
        yield name, headline(start_of(path, HEAD_CHARS))


def there(root: Path, sessions: Sequence[Session], anchors: Iterable[Anchor], git: GitState | None) -> frozenset[str]:
    """The named paths that are files."""
    named = {f.path for s in sessions for f in s.files} | {a.path for a in anchors} | {f for c in (git.commits if git else ()) for f in c.files}
    return frozenset(path for path in named if not path.startswith(("/", "~")) and (root / path).is_file())


def modified(document: Path) -> str:
    """When the document was last written, UTC ISO, "" when there is none."""
    from datetime import UTC, datetime

    try:
        return datetime.fromtimestamp(document.stat().st_mtime, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except OSError:
        return ""


__all__ = ["listed", "material", "modified", "shared", "start_of"]
