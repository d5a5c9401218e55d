"""What of a record or a session can be held against the repository."""

import re
from collections.abc import Iterator

from passdown.model.ids import ALPHABET
from passdown.model.record import Record
from passdown.model.session import Session
from passdown.verification import sayings
from passdown.verification.base import TRUNKS, Branch, Claim, CommitNamed, Left, Place, Ran, Rests, Runs, Says, Until

OPEN_WORK = frozenset(("task", "blocker"))  # what is still to be done on a branch; the rest stays true when the branch is merged
SHA = re.compile(r"(?<![\w/.#-])(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])([0-9a-f]{7,40})(?![\w/-])")
BRANCH = re.compile(r"\b[Bb]ranch(?:es)?:? [`\"']?([\w][\w./-]*\w)[`\"']?|[`\"']([\w][\w./-]*\w)[`\"']? branch\b|\b([\w-]+/[\w./-]*\w) branch\b")
RECORD = re.compile(rf"(?<!\w)((?=[{ALPHABET}]*\d)[{ALPHABET}]{{16}})(?!\w)")
CODE = re.compile(r"`[^`\n]*`")


def of_record(record: Record) -> Iterator[Claim]:
    """A record's claims: its places, days, commands, and the commits, branches and records that it names; what it says not to be."""
    yield from (Place(a) for a in record.anchors)
    said = " ".join((record.text, *(record.detail(name) for name in ("why", "next", "outcome", "mitigation", "context"))))
    yield from (CommitNamed(sha) for sha in dict.fromkeys(SHA.findall(said)))
    own = (record.branch,) if record.kind in OPEN_WORK else ()
    yield from (Branch(name) for name in dict.fromkeys((*own, *branches(said))) if name not in TRUNKS)
    yield from (Rests(id_) for id_ in dict.fromkeys(RECORD.findall(said)) if id_ != record.id and id_ not in record.supersedes)
    yield from (Until(record.detail(name), name) for name in ("expires", "expected") if record.detail(name))
    if record.kind == "command":
        yield Runs(command_of(record), record.created, record.detail("cwd"))
    if any(True for _ in sayings.negative(record.text)):
        yield Says(record.text, record.created, record.anchors)


def branches(text: str) -> list[str]:
    """Names that the text calls branches."""
    return [next(g for g in m.groups() if g) for m in BRANCH.finditer(text)]


def command_of(record: Record) -> str:
    """The command line: what stands between backticks, else the title."""
    code = CODE.search(record.title)
    return code[0].strip("`") if code else record.title


def of_session(session: Session) -> Iterator[Claim]:
    """A session's claims: how its checks ended, its branch, its commits, and what it left uncommitted."""
    edits = [(f.last, f.path) for f in session.files if f.edits or f.created or f.deleted]
    seen = {f.path: f.seen for f in session.files if f.seen}
    checks = {c.command: c for c in sorted(session.checks, key=lambda c: c.at)}  # a command may run several tools
    yield from (Ran(c.command, c.ok, c.at, tuple(path for last, path in edits if c.at and last > c.at), seen) for c in checks.values())
    if session.branch not in TRUNKS:
        yield Branch(session.branch, tuple(filter(None, (*(c.sha for c in session.commits), session.end_head))), seen=session.branch in session.refs)
    yield from (CommitNamed(c.sha, made=c.known) for c in session.commits if c.sha)
    yield from (Left(path, session.end_head, seen.get(path, ""), session.cwd) for path in session.uncommitted if session.end_head)


def named(claim: Claim) -> str:
    """What the claim is about, as a person calls it."""
    match claim:
        case Place(anchor):
            return anchor.place
        case Branch(name):
            return f"branch {name}"
        case CommitNamed(sha):
            return f"commit {sha[:7]}"
        case Ran(command) | Runs(command):
            return f"`{command}`"
        case Until():
            return ""
        case Rests(id_):
            return f"record {id_}"
        case Says():
            return "what it says"
        case Left(path):
            return path


__all__ = ["branches", "named", "of_record", "of_session"]
