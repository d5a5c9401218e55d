"""What the phases of a plan were seen to do, over all runs: from the book of productions."""

from passdown.actions.production_book import is_there, opened
from passdown.project import Project
from passdown.workflows.observe import observed as of_run
from passdown.workflows.observed import Observed


def observed(project: Project, plan: str) -> list[Observed]:
    """Phases that ended, of all runs of a plan; nothing, and no error, where none ever ran. Raises `MissingExtra`, `DatabaseFailed`."""
    if not is_there(project):
        return []
    with opened(project) as book:
        return [row for run in book.runs(plan=plan) for row in of_run(run, book.attempts(run.id), book.lines(run=run.id))]


__all__ = ["observed"]
