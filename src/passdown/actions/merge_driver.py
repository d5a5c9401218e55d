"""git's merge driver for what is shared: git calls it for each file below `records/` and `sessions/` that both sides of a merge changed.

The rule stands in `.passdown/.gitattributes`, the command in the repository's own git configuration, where `init` puts it. A clone without it, or one
whose passdown is gone, merges line by line: more is left to decide there, nothing is lost.
"""

import shlex
import sys
from pathlib import Path
from typing import Literal

from passdown import files, gitrepo
from passdown.errors import InvalidRecord, PassdownError
from passdown.formats import record_file, record_merge, session_file, session_merge
from passdown.model.text import RedactedText
from passdown.project import Project
from passdown.redaction.scan import redact

Outcome = Literal["merged", "disputed", "left"]
NAME = "passdown"
CODES: dict[Outcome, int] = {"merged": 0, "disputed": 6, "left": 7}  # none that a shell, Python or a usage error has
# By the interpreter's own path, since git runs it wherever a user merges; what it cannot do, git's own three-way merge of lines does.
COMMAND = ("{python} -E -P -m passdown merge-driver %O %A %B %P; case $? in 0) exit 0;; 6) exit 1;; esac; "
           "exec git merge-file -L ours -L base -L theirs %A %O %B")


def merge_files(base: Path, ours: Path, theirs: Path, name: str) -> Outcome:
    """Merge two versions of a file into `ours`, as git's drivers do; `name` is the file's path in the repository.

    disputed: both sides stand in it. left: nothing was written, one of them is no record or session of ours. Raises `WriteFailed`.
    """
    try:
        texts = [_text(path) for path in (base, ours, theirs)]
        text, clean = _sessions(texts) if "/sessions/" in f"/{name}" else _records(texts)
    except (InvalidRecord, UnicodeDecodeError, OSError):
        return "left"
    files.write(ours, text, durable=False, mode=files.PUBLIC)
    return "merged" if clean else "disputed"


def _text(path: Path) -> str:
    return (files.read(path) or b"").decode("utf-8")


def _records(texts: list[str]) -> tuple[RedactedText, bool]:
    base, ours, theirs = (record_file.parse(text, "a side of the merge") if text else None for text in texts)
    if ours is None or theirs is None or ours.id != theirs.id:
        raise InvalidRecord(where="the merge", reason="its sides are not of one record")
    merged = record_merge.merge(base, ours, theirs)
    text = redact(record_file.render(merged.record))
    record_file.parse(text, "what came of the merge")  # a value of one side may not fit the kind of the other
    return text, merged.clean


def _sessions(texts: list[str]) -> tuple[RedactedText, bool]:
    base, ours, theirs = (session_file.parse(text, "a side of the merge") if text else None for text in texts)
    if ours is None or theirs is None or ours.id != theirs.id:
        raise InvalidRecord(where="the merge", reason="its sides are not of one session")
    return redact(session_file.render(session_merge.merge(base, ours, theirs), shared=True)), True


def command() -> str:
    """What git runs."""
    return COMMAND.format(python=shlex.quote(sys.executable))


def install(project: Project) -> bool:
    """Put the driver into the repository's own configuration; False where there is no work tree, it stands there already, or git refuses."""
    if project.place is None or project.layout.shared is None or installed(project) == command():
        return False
    try:
        gitrepo.run(project.place, "config", "--local", f"merge.{NAME}.name", "records and sessions of passdown, field by field")
        gitrepo.run(project.place, "config", "--local", f"merge.{NAME}.driver", command())
    except PassdownError:
        return False
    return True


def installed(project: Project) -> str:
    """The command that git would run; "" when none is configured."""
    if project.place is None:
        return ""
    try:
        return gitrepo.run(project.place, "config", "--local", "--get", f"merge.{NAME}.driver", accept=(0, 1)).strip()
    except PassdownError:
        return ""


def remove(project: Project) -> bool:
    """Take it out of the configuration again; False where it does not stand."""
    if project.place is None or not installed(project):
        return False
    gitrepo.run(project.place, "config", "--local", "--remove-section", f"merge.{NAME}")
    return True


__all__ = ["CODES", "install", "installed", "merge_files", "remove"]
