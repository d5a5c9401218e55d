"""Whether plans and productions are well: findings for `doctor`. Needs none of the libraries that carry productions out."""

from collections.abc import Iterator

from passdown.actions import plans
from passdown.actions.production_book import address
from passdown.errors import PassdownError
from passdown.model.finding import Finding
from passdown.production import glance
from passdown.project import Project

NAMED = 3


def production_findings(project: Project) -> Iterator[Finding]:
    """Plans that cannot run or may not, runs that nobody works on, a database that is damaged. Of a PostgreSQL nothing is said: `status` asks its server."""
    yield from plan_findings(project)
    file = address(project).file
    if file is None or not file.is_file():
        return
    if damage := glance.damage(file):
        yield Finding("productions-damaged", "error", str(file), damage,
                      "Move it away with the -wal and -shm beside it, and `passdown restore FILE` of a backup; what the items' folders hold stays.")
    if left := glance.abandoned(file):
        named = ", ".join(left[:NAMED]) + (f" and {len(left) - NAMED} more" if len(left) > NAMED else "")
        yield Finding("production-interrupted", "warning", named, "its process is gone before it ended", f"passdown workflow resume {left[0]}")


def plan_findings(project: Project) -> Iterator[Finding]:
    for name in plans.names(project):
        try:
            found = plans.read(project, name)
        except PassdownError as error:
            yield Finding("plan-unreadable", "warning", name, error.message, error.advice)
            continue
        where = plans.shown(project, found.path)
        if found.parsed.plan is None:
            yield Finding("plan-invalid", "warning", where, found.parsed.errors[0].message, f"passdown workflow check {name}")
        elif not found.trusted:
            yield Finding("plan-not-trusted", "info", where, "it does not run on this machine before you have seen its commands", f"passdown trust {name}")


__all__ = ["production_findings"]
