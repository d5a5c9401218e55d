"""Files that were read only to find out again what an earlier session knew."""

from passdown.continuity.base import Better, Measured, Seen, counted, unknown
from passdown.continuity.pair import Pair
from passdown.continuity.things import Thing, project_file

NAME, TITLE, UNIT = "rediscovered", "Files read only to rediscover", "files"
BETTER: Better = "lower"
SAYS = "Files that the session read before its first edit, that an earlier one had read or changed, and that the session never changed."


def measure(pair: Pair) -> Measured:
    if not pair.course.edits:
        return unknown("the session changed nothing: reading may have been its work")
    changed = {edit.path for edit in pair.course.edits}
    first = {t.path: t.n for t in reversed(pair.course.reads) if t.n < pair.course.first_edit and project_file(t.path)}
    found = [Seen(n, path) for path, n in sorted(first.items(), key=lambda item: item[1]) if path not in changed and Thing("file", path) in pair.known]
    return counted(found, f"of {len(first)} files read before the first edit")
