"""Paths and links: are they there, and do they stay in the repository?"""

import re
from collections.abc import Iterator, Mapping, Sequence
from posixpath import dirname, join, normpath

from passdown.formats.checklist import EXTENSION
from passdown.lint.base import Problem, Reading, Rule, World
from passdown.lint.words import SPAN, file_of

LINK = re.compile(r"(?<!!)\[[^\]\n]{1,300}\]\((?P<target>[^)\s]{1,500})(?:\s+\"[^\"]*\")?\)")
SCHEME = re.compile(r"^(?:[a-z][\w+.-]*:|//|#|mailto:)", re.IGNORECASE)
MACHINE = re.compile(r"(?<![\w.])(?:/(?:Users|home|root|mnt|Volumes)/[\w.-]+(?:/[\w./-]*)?|[A-Z]:\\\\?Users\\\\?[\w.-]+|file://\S+)")
MACHINES = ("/Users/", "/home/", "/root", "/mnt/", "/Volumes/", ":\\", "file://")  # one of them stands in each such path
# A line that says itself that the path is not there, or not yet.
NOT_THERE = re.compile(
    r"(?i)✗|\(not here\)|\b(?:delet\w+|remov\w+|renam\w+|moved?|gone|no longer|not (?:yet|there|exist\w*|present|created|found)|does ?n[o']t exist|missing|"
    r"creat\w+|add(?:s|ing)?|new|will|would|should|to be|generat\w+|writes?|written|output|ignored|gitignored|untracked|upstream|example|e\.g\.|such as|if|"
    r"propos\w+|plan\w*|"
    r"replac\w+|superseded|former\w*|legacy|old|archiv\w+|todo|drop\w*|extract\w*|split\w*|temp\w*|dist|build|artifact\w*|external|another repo\w*)\b")
MOST, FEW = 10, 6
AROUND = "()[]{}<>\"'“”‘’,;:*_|"  # what a path in a text may stand between
ELSEWHERE = 0.7  # share of missing paths from which on the document speaks of another tree


def links(reading: Reading) -> Mapping[int, Sequence[str]]:
    """By line the targets of its links, as they are written."""
    kept = vars(reading)  # one rule after the other asks for them
    if "_links" not in kept:
        kept["_links"] = {number: LINK.findall(line) for number, line in reading.prose if "](" in line}
    found: Mapping[int, Sequence[str]] = kept["_links"]
    return found


def named(reading: Reading) -> Iterator[tuple[int, str, str]]:
    """Line, path and whole line of each file that is named in a code span or link; what is only spelled like one is none."""
    linked = links(reading)
    for number, line in reading.prose:
        for span in SPAN.findall(line) if "`" in line else ():
            path = file_of(span)
            if path:
                yield number, path, line
        for written in linked.get(number, ()):
            target = written.split("#")[0].split("?")[0].strip("<>")
            if target and not SCHEME.match(written) and not target.startswith("/") and not re.search(r"[{}<>*$]|%[0-9A-F]{2}", target):
                yield number, join(dirname(reading.path), target) if not reading.path.startswith("/") else target, line


def spelled(reading: Reading, world: World) -> Iterator[tuple[int, str, str]]:
    """The same of paths that stand in the text as they are, where the folder that they begin with is there: other paths may be of another tree."""
    begins: dict[str, bool] = {}
    if world.exists is None:
        return
    for number, line in reading.uncoded:
        for token in line.split() if "/" in line else ():
            path = file_of(token.strip(AROUND)) if "/" in token and "." in token and "](" not in token else ""
            first = path.split("/", 1)[0]
            if path and first not in begins:
                begins[first] = first.strip(".") != "" and world.exists(first)
            if path and begins[first]:
                yield number, path, line.replace(path, "")


def missing(reading: Reading, world: World) -> Iterator[Problem]:
    """Each path once. Where nearly all are missing, the document speaks of another tree, and that is said once."""
    if world.exists is None:
        return
    paths: dict[str, list[tuple[int, str]]] = {}
    for number, path, line in (*named(reading), *spelled(reading, world)):
        paths.setdefault(normpath(path), []).append((number, SPAN.sub("", line)))
    lost = {path: where for path, where in paths.items() if not path.startswith("..") and not several(path) and not world.exists(path)}
    if len(lost) >= FEW and len(lost) >= ELSEWHERE * len(paths):
        first = next(iter(lost))
        yield Problem(lost[first][0][0], f"{len(lost)} of {len(paths)} paths are not here, the first `{first[:120]}`: does it speak of this repository?",
                      "Check it where the files lie, or write paths from the root.")
        return
    for path, places in list(lost.items())[:MOST]:
        claimed = next((number for number, line in places if not NOT_THERE.search(line)), 0)
        if claimed:
            yield Problem(claimed, f"`{path[:200]}` is not there", "Correct the path, or say that it is gone.")


def several(path: str) -> bool:
    """Whether `a.md/b.md` names two files."""
    return all(EXTENSION.fullmatch(part.rpartition(".")[2]) for part in path.split("/") if part) and path.count(".") > path.count("/")


def outside(reading: Reading, _world: World) -> Iterator[Problem]:
    """Links that lead out of the repository, however it is checked out."""
    if reading.path.startswith("/") or reading.path.startswith(".."):
        return
    for number, targets in links(reading).items():
        for target in (written.strip("<>") for written in targets):
            if target.startswith("file:") or (not SCHEME.match(target) and normpath(join(dirname(reading.path), target.split("#")[0])).startswith("..")):
                yield Problem(number, f"the link `{target[:120]}` leads out of the repository", "Link to a file in it, or to an address.")


def of_one_machine(reading: Reading, _world: World) -> Iterator[Problem]:
    """Absolute paths of somebody's machine, but for one: the project's root is said once."""
    if not any(beginning in reading.text for beginning in MACHINES):
        return
    found = [(number, match[0]) for number, line in reading.prose for match in MACHINE.finditer(line)]
    if len(found) > 1:
        number, path = found[1]
        yield Problem(number, f"`{path[:120]}` is a path of one machine" + (f", like {len(found) - 2} more" if len(found) > 2 else ""),
                      "Write them from the project's root; the root itself is said once.")


RULES = (
    Rule("path-missing", "warning", "A file that the document names is not there.", missing, "A"),
    Rule("link-outside", "warning", "A link that leads out of the repository works on one machine only.", outside, "A"),
    Rule("path-of-one-machine", "info", "An absolute path beside the project's root: elsewhere it leads nowhere.", of_one_machine, "A"),
)

__all__ = ["RULES"]
