"""`workflow review`: what observed runs say about a plan, and writing that into it once a person agreed."""

from collections.abc import Sequence

import msgspec

from passdown import files
from passdown.actions import plans, trust
from passdown.errors import UsageError
from passdown.model.ids import content_hash
from passdown.project import Project
from passdown.redaction.scan import redact
from passdown.workflows.observed import Observed
from passdown.workflows.parse import plan_of
from passdown.workflows.proposal import Proposal, propose

MARK = b"\xef\xbb\xbf"  # a byte order mark, which stays


class Review(msgspec.Struct, frozen=True):
    """runs: how many phases of items were looked at. checked: the plan as it was read, which is what a proposal changes."""

    path: str
    runs: int
    proposal: Proposal
    checked: plans.Checked


def review(project: Project, name: str, rows: Sequence[Observed]) -> Review:
    """Changes that the runs propose; nothing is written. Raises `NoSuchPlan`, `InvalidPlan`, `UnreadableFile`."""
    checked = plans.read(project, name)
    path = plans.shown(project, checked.path)
    plan_of(checked.parsed, path)
    return Review(path, len(rows), propose(checked.parsed, rows, path), checked)


def apply(project: Project, done: Review) -> None:
    """Write a proposal into its plan; all other bytes stay. A plan that was trusted still is: whoever agreed has seen what changes.

    Raises `Conflict` when the file was changed since it was read, `WriteFailed`, `UsageError` for a plan with a secret in it.
    """
    checked, text = done.checked, done.proposal.after
    if redact(text) != text:
        raise UsageError(f"{done.path} holds what looks like a secret, so it is not written", "Take the secret out of it, or change the plan by hand.")
    safe = redact(("\ufeff" if checked.data.startswith(MARK) else "") + text)
    mode = checked.path.stat().st_mode & 0o777
    files.write(checked.path, safe, expected=content_hash(checked.data), mode=mode)
    if checked.trusted:
        trust.keep(project, [(checked.path, safe.encode())])


__all__ = ["Review", "apply", "review"]
