"""Entire: sessions of any agent on the branch `entire/checkpoints/v1` of the repository itself, their checkpoints named by commits.

Source: the vendor's `docs/architecture/sessions-and-checkpoints.md` of 2026-09 and the branch of its own repository, seen 2026-11. A checkpoint is a folder
`<2 characters>/<rest of its id>/`, with one folder a session (older: itself) that holds `metadata.json` and `full.jsonl`, the agent's own transcript so far,
in pieces when it is large. A commit that belongs to a checkpoint has the trailer `Entire-Checkpoint: <id>`. The newest checkpoint of a session is told.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from passdown import gitrepo
from passdown.agentstores.base import Listed, encoded, parsed
from passdown.errors import GitFailed, NoSuchSession, PassdownError
from passdown.transcripts.detect import HEAD_BYTES, detect
from passdown.transcripts.fields import utc
from passdown.transcripts.rows import TooLong, read_rows
from passdown.transcripts.table import reader

AGENT = "Entire"
BRANCH = "entire/checkpoints/v1"
TRANSCRIPT = re.compile(r"full\.jsonl(?:\.\d+)?")
DATED = re.compile(r"\d{4}-\d\d-\d\d-(?=.)")
TRAILERS = "--format=%H%x1f%cI%x1f%s%x1f%(trailers:key=Entire-Checkpoint,valueonly,separator=%x2c)%x1e"


class Checkpoint(msgspec.Struct, frozen=True):
    """The newest checkpoint of one session. blobs: of its transcript, in order. ids: of all its checkpoints. at: UTC. branch: on which it was made."""

    session: str
    at: str
    branch: str
    agent: str
    blobs: tuple[str, ...]
    ids: tuple[str, ...]


def branches(place: gitrepo.Place) -> list[Path]:
    """Stores in a repository: its own branch, else those of its remotes. A path below the git directory, whether there is such a file or not."""
    packed = gitrepo.line(place.common_dir / "packed-refs") if (place.common_dir / "packed-refs").exists() else ""
    own = f"refs/heads/{BRANCH}"
    if (place.common_dir / own).is_file() or f" {own}" in packed:
        return [place.common_dir / own]
    remote = [p.relative_to(place.common_dir).as_posix() for p in (place.common_dir / "refs" / "remotes").glob(f"*/{BRANCH}") if p.is_file()]
    remote += [row.split(" ", 1)[1] for row in packed.split("\n") if re.search(rf" refs/remotes/[^/]+/{BRANCH}$", row)]
    return [place.common_dir / ref for ref in dict.fromkeys(remote)]


def holds(path: Path) -> bool:
    return path.as_posix().endswith(f"/{BRANCH}") and _place(path) is not None


def sessions(path: Path, only: str = "") -> list[Listed]:
    commits = _commits(path)
    return [Listed(one.session, _root(path), int(one.blobs[0][:12], 16) if one.blobs else 0, _moment(one.at) + sum(id_ in one.ids for _, _, _, id_ in commits))
            for one in _checkpoints(path).values() if not only or one.session == only]


def tell(path: Path, session: str) -> Iterator[bytes]:
    one = _checkpoints(path).get(session)
    if one is None:
        raise NoSuchSession(path=path, session=session)
    content = b"".join(_git(path, "cat-file", "blob", blob).encode("utf-8", "surrogateescape") for blob in one.blobs)
    name = detect(content[:HEAD_BYTES], f"{path}#{session}")
    yield encoded("entire", {"format": name, "session": session, "branch": one.branch, "agent": one.agent})
    for _, _, row in read_rows([content], reader(name).ROW_START, last=True):
        yield encoded("raw", {"too-long": row.size}) if isinstance(row, TooLong) else row if b"\n" not in row else _on_one_line(row)
    yield from (encoded("commit", {"sha": sha, "at": at, "subject": subject}) for sha, at, subject, id_ in _commits(path) if id_ in one.ids)


def _on_one_line(row: bytes) -> bytes:
    value = parsed(row)
    return encoded("raw", {"text": value}) if isinstance(value, str) else msgspec.json.encode(value)


def _place(path: Path) -> gitrepo.Place | None:
    folder = next((above for above in path.parents if above.name == "refs"), None)
    return gitrepo.Place(None, folder.parent, folder.parent) if folder and (folder.parent / "HEAD").is_file() else None


def _root(path: Path) -> str:
    """The sessions ran in the repository that holds the branch."""
    place = _place(path)
    return str(place.common_dir.parent if place and place.common_dir.name == ".git" else place.common_dir if place else "")


def _git(path: Path, *words: str, feed: str = "") -> str:
    place = _place(path)
    if place is None:
        raise GitFailed(command=words[0], status=128, reason=f"{path} is no branch of a repository")
    return gitrepo.run(place, *words, feed=feed)


def _ref(path: Path) -> str:
    return path.as_posix()[path.as_posix().rindex("/refs/") + 1:]


def _checkpoints(path: Path) -> Mapping[str, Checkpoint]:
    """By session."""
    return _checkpoints_at(path, _git(path, "rev-parse", "--verify", "-q", _ref(path)).strip())


@lru_cache(maxsize=2)
def _checkpoints_at(path: Path, commit: str) -> dict[str, Checkpoint]:
    files: dict[str, dict[str, str]] = {}
    for entry in filter(None, _git(path, "ls-tree", "-r", "-z", commit).split("\0")):
        object_, _, name = entry.partition("\t")
        folder, _, last = name.rpartition("/")
        files.setdefault(folder, {})[last] = object_.split(" ")[2]
    held = {folder: names for folder, names in files.items() if "metadata.json" in names and any(map(TRANSCRIPT.fullmatch, names))}
    found: dict[str, Checkpoint] = {}
    for folder, facts in zip(held, _objects(path, [names["metadata.json"] for names in held.values()]), strict=True):
        one = _checkpoint(folder, facts, held[folder])
        other = found.get(one.session)
        newer, ids = (one if other is None or one.at >= other.at else other), (*(other.ids if other else ()), *one.ids)
        found[one.session] = msgspec.structs.replace(newer, ids=ids)
    return found


def _checkpoint(folder: str, facts: Mapping[str, Any], names: Mapping[str, str]) -> Checkpoint:
    id_ = str(facts.get("checkpoint_id") or "".join(folder.split("/")[:2]))
    session = DATED.sub("", str(facts.get("session_id") or id_), count=1)
    blobs = tuple(names[name] for name in sorted(filter(TRANSCRIPT.fullmatch, names)))
    return Checkpoint(session, utc(facts.get("created_at")), str(facts.get("branch") or ""), str(facts.get("agent") or ""), blobs, (id_,))


def _objects(path: Path, shas: list[str]) -> list[dict[str, Any]]:
    """JSON objects of the repository, {} for what is none, asked for at once."""
    said = _git(path, "cat-file", "--batch", feed="".join(f"{sha}\n" for sha in shas)).encode("utf-8", "surrogateescape") if shas else b""
    found: list[dict[str, Any]] = []
    at = 0
    for _ in shas:
        head, _, _ = said[at:].partition(b"\n")
        size = int(head.rsplit(b" ", 1)[-1]) if head.count(b" ") == 2 else -1
        value = parsed(said[at + len(head) + 1:at + len(head) + 1 + max(size, 0)])
        found.append(value if isinstance(value, dict) else {})
        at += len(head) + 1 + (size + 1 if size >= 0 else 0)
    return found


def _commits(path: Path) -> list[tuple[str, str, str, str]]:
    """(name, UTC, subject, checkpoint) of the commits that name one, the oldest first."""
    try:
        said = _git(path, "log", "--all", "--reverse", "--grep=^Entire-Checkpoint: ", TRAILERS)
    except PassdownError:
        return []
    rows = (row.strip("\n").split("\x1f") for row in said.split("\x1e"))
    return [(sha, utc(at), subject, id_.strip()) for sha, at, subject, ids in (row for row in rows if len(row) == 4) for id_ in ids.split(",") if id_.strip()]


def _moment(at: str) -> int:
    """Nanoseconds since 1970."""
    return int(datetime.fromisoformat(at).timestamp()) * 10**9 if at else 0


__all__ = ["AGENT", "BRANCH", "branches", "holds", "sessions", "tell"]
