"""What the last session changed and was about: files, documents, names of code."""

from collections.abc import Iterator, Mapping, Sequence

from passdown.formats.base import Item, Material
from passdown.formats.parts.wording import by_reason, code, counted, key, line, listed, quote, telling
from passdown.formats.parts.work import outside
from passdown.model.record import Record

DOCUMENTS = (".md", ".mdx", ".rst", ".adoc", ".txt")
FILES, NAMES, COMMITS = 20, 8, 10
ABOUT = {"decision": "Recent Decisions", "task": "Task Status", "blocker": "Blocking Issues"}  # where a record of that kind is said


def achieved(material: Material) -> Iterator[Item]:
    """Commits of the last session; of the repository when no session is known. What a milestone says in the same words is left to it."""
    said = {r.title for r in (*material.records, *material.done)}
    here = [(c.sha, c.subject) for c in material.git.commits] if material.git else []
    shas = {sha[:7] for sha, _ in here}
    made = [(c.sha, c.subject) for c in reversed(material.sessions[0].commits)] if material.sessions else here
    for sha, subject in [c for c in made if c[1] not in said][:COMMITS]:
        yield listed(key("commit", sha[:7]), [f"{line(subject, 160)} (commit {sha[:7]}{'' if sha[:7] in shas else ', not in this clone'})"])


def files_modified(material: Material) -> Iterator[Item]:
    """Files that the last session changed, each with what was said before its last edit; else those of the repository's commits; then uncommitted ones."""
    told = dict(changed(material)) or dict(committed(material))
    open_ = {path for path, _ in material.git.changed} if material.git else set()
    told |= {path: ("", "") for path in sorted(open_) if path not in told}
    shown = [(path, reason) for path, (_, reason) in told.items()][:FILES]
    for paths, reason in by_reason(shown):
        how_each = [", ".join(filter(None, (told[path][0], "not committed" if path in open_ else ""))) for path in paths]
        yield listed(key("file", *paths), [f"{named(paths, how_each)}{f': {reason}' if reason else ''}"])
    if len(told) > FILES:
        yield listed("files-more", [f"… and {counted(len(told) - FILES, 'more file')}: `git status`, `passdown sessions`"])


def named(paths: Sequence[str], how_each: Sequence[str]) -> str:
    """`a.py`, `b.py` - 2 edits each; what became of them behind each where it differs."""
    if len(set(how_each)) == 1:
        each = " each" if len(paths) > 1 and how_each[0] else ""
        return f"{', '.join(map(code, paths))}{f' - {how_each[0]}{each}' if how_each[0] else ''}"
    return ", ".join(f"{code(path)} ({one})" if one else code(path) for path, one in zip(paths, how_each, strict=True))


def changed(material: Material) -> Iterator[tuple[str, tuple[str, str]]]:
    """Paths within the project that the last session changed, the most worked on first; how, and what was said before."""
    for fact in material.sessions[0].files if material.sessions else ():
        if (fact.edits or fact.created or fact.deleted) and not outside(fact.path):
            fate = "deleted" if fact.deleted else "created" if fact.created else counted(fact.edits, "edit")
            yield fact.path, (fate, line(telling(fact.why), 160))


def committed(material: Material) -> Iterator[tuple[str, tuple[str, str]]]:
    """Paths of the latest commits, each with the subject of the last that changed it."""
    seen: set[str] = set()
    for commit in material.git.commits if material.git else ():
        for path in (p for p in commit.files if p not in seen):
            seen.add(path)
            yield path, ("", f"{line(commit.subject, 120)} ({commit.sha[:7]})")


def documents(material: Material) -> Iterator[Item]:
    """Documents among the files that were changed."""
    found = [p for p, _ in (*changed(material),) or (*committed(material),) if p.lower().endswith(DOCUMENTS)][:NAMES]
    names = [p.rsplit("/", 1)[-1] for p in found]
    for path, name in zip(found, names, strict=True):
        told = name if names.count(name) == 1 else "/".join(path.split("/")[-2:])
        yield listed(key("doc", path), [f"{line(told, 80)} - {code(path)}"])


def code_references(material: Material) -> Iterator[Item]:
    """Names of code with their place: those that records rest on, then those that the last session was about, with what was said of them."""
    seen: set[str] = set()
    for record in material.records:
        for anchor in record.anchors:
            if anchor.symbol and anchor.symbol not in seen:
                seen.add(anchor.symbol)
                yield reference(anchor.symbol, f"{code(anchor.place.partition('#')[0])} {material.standing.get(anchor.place, '')}".strip(), purpose(record))
    files = homes(material)
    for fact in material.sessions[0].names if material.sessions else ():
        if fact.name in files and fact.said and fact.name not in seen and len(seen) < NAMES:
            seen.add(fact.name)
            yield reference(fact.name, code(files[fact.name]), f"“{quote(fact.said, 160)}”")


def reference(name: str, where: str, what: str) -> Item:
    return listed(key("name", name, where), [f"{code(name, 80)} - {where} - {what}"])


def purpose(record: Record) -> str:
    """That a record rests on it; the record itself is said elsewhere."""
    where = ABOUT.get(record.kind, "")
    return f"a {record.kind} rests on it{f', see {where}' if where else ''}: {line(record.title, 60)}"


def homes(material: Material) -> Mapping[str, str]:
    """For names of code the file, still there, whose edits were about them."""
    found: dict[str, str] = {}
    for fact in material.sessions[0].files if material.sessions else ():
        if fact.path in material.existing and not outside(fact.path):
            for name in fact.names:
                found.setdefault(name, fact.path)
    return found


__all__ = ["achieved", "changed", "code_references", "documents", "files_modified"]
