"""What a hand-off still lacks, each with the exact command that fills it."""

from collections.abc import Iterator, Sequence

from passdown.formats.base import Gap, Material
from passdown.formats.parts.continuation import continue_from, derived
from passdown.formats.parts.knowledge import troubles
from passdown.formats.parts.orientation import quick_start
from passdown.formats.parts.wording import counted, line, some
from passdown.formats.parts.work import is_done, outside
from passdown.model.handed import handed
from passdown.model.record import Record

FILES = 5
NAMED = 3


def gaps(material: Material) -> tuple[Gap, ...]:
    """What the agent should still say, the most useful first."""
    return (*next_step(material), *unmentioned(material), *unexplained(material), *lacking(material), *no_commands(material), *unasked(material))


def next_step(material: Material) -> Iterator[Gap]:
    """Nobody said what comes next, or only the session's own words do."""
    step = continue_from(material)
    if (not step.next or derived(material)) and not any(r.kind == "task" and r.detail("next") for r in material.records):
        place = quoted(step.file or "FILE:LINE")
        yield Gap("nobody said what the next step is",
                  f"passdown note task \"WHAT COMES NEXT\" --state \"in progress\" --stopped {place} --next \"THE FIRST CONCRETE ACTION\"")


def unmentioned(material: Material) -> Iterator[Gap]:
    """Files that the last session changed and no record rests on or names."""
    if not material.sessions:
        return
    said = {a.path for r in (*material.records, *material.done) for a in r.anchors}
    words = "\n".join(r.text for r in (*material.records, *material.done))
    changed = [p for p in material.sessions[0].files_changed if not outside(p) and p in material.existing and p not in said and p not in words]
    if changed:
        files = " ".join(f"--file {quoted(p)}" for p in changed[:FILES])
        yield Gap(f"{counted(len(changed), 'file')} changed in the last session that no record mentions: {some(map(handed, changed), FILES)}",
                  f"passdown note milestone \"WHAT WAS DONE AND WHY\" {files}")


def unexplained(material: Material) -> Iterator[Gap]:
    """A command that kept failing and of which nobody said why."""
    words = " ".join(r.text + r.detail("why") for r in material.records)
    for trouble in troubles(material)[:1]:
        if not trouble.fixed_by and trouble.command[:30] not in words:
            yield Gap(f"`{handed(line(trouble.command, 80))}` failed {trouble.failures} times, and nobody said why",
                      "passdown note knowledge \"WHY IT FAILS AND WHAT TO DO\" --severity critical --category gotcha --file PATH:LINE")


def lacking(material: Material) -> Iterator[Gap]:
    """Records without the detail that makes them worth having."""
    for kind, detail, words, only in (
            ("decision", "why", "a rationale", ""), ("approach", "why", "a reason", "failed"), ("blocker", "next", "a next step", ""),
            ("knowledge", "severity", "a severity", ""), ("task", "priority", "a priority", "")):
        asked = [r for r in material.records if r.kind == kind and not is_done(r)]
        found = [r for r in asked if r.trust != "extracted" and not r.detail(detail) and only in ("", r.detail("outcome"))]
        if found:
            what = counted(len(found), f"{only} {kind}".strip(), f"{only} approaches" if kind == "approach" else "")
            yield Gap(f"{what} without {words}: {titles(found)}", f"passdown edit {found[0].id[:12]} --set {detail}=\"…\"")


def titles(found: Sequence[Record]) -> str:
    return some((f"“{handed(line(r.title, 60))}”" for r in found), NAMED)


def no_commands(material: Material) -> Iterator[Gap]:
    if not any(True for _ in quick_start(material)):
        yield Gap("no quick-start command is known", "passdown note command \"EXACT COMMAND\" --purpose set-up   (also run, verify)")


def unasked(material: Material) -> Iterator[Gap]:
    """Sections in which only somebody's word can stand."""
    kinds = {r.kind for r in material.records}
    if not kinds & {"preference"}:
        yield Gap("no preference of the user is known", "passdown note preference \"HOW THE USER WANTS IT\" --scope Commits --user")
    if not kinds & {"lesson"}:
        yield Gap("no lesson is known", "passdown note lesson \"WHAT TO DO DIFFERENTLY\" --why \"…\"")


def quoted(path: str) -> str:
    """The path as a shell word."""
    return path if all(c.isalnum() or c in "./_-+@:" for c in path) else "'" + path.replace("'", "'\\''") + "'"


__all__ = ["gaps"]
