"""How `install` and `uninstall` tell what they did."""

from typing import Any

from passdown.actions.install import Outcome
from passdown.cli.output import Output

MARKS = {"made": "+", "changed": "~", "removed": "-", "unchanged": "="}


def report(done: list[Outcome], out: Output, *, dry_run: bool) -> int:
    """A line a file, the differences when nothing was done; the exit code is that of the first error."""
    if out.as_json:
        out.json({"dry_run": dry_run, "agents": [as_json(one) for one in done]})
    else:
        for one in done:
            tell(one, out, dry_run=dry_run)
    errors = [one.error for one in done if one.error]
    for error in errors:
        out.say(f"passdown: {error.message}\n{error.advice}")
    return errors[0].exit_code if errors else 0


def tell(one: Outcome, out: Output, *, dry_run: bool) -> None:
    if one.error:
        out.line(f"{one.title}: refused")
        return
    out.line(f"{one.title}: {'nothing to do' if all(e.done == 'unchanged' for e in one.edits) else 'would change' if dry_run else 'done'}")
    for edit in one.edits:
        size = f"   ({(edit.after or '').count(chr(10))} lines, all ours)" if dry_run and edit.done == "made" and not edit.foreign else ""
        out.line(f"  {MARKS[edit.done]} {edit.what:<9} {edit.path}" + (f"   ({edit.kept})" if edit.kept else size))
    if dry_run:
        for edit in one.edits:
            out.text(edit.diff if edit.foreign else "")
    for finding in one.findings:
        out.line(f"  ! {finding.where}: {finding.message}. {finding.fix}")


def as_json(one: Outcome) -> dict[str, Any]:
    """The texts of files stay out of it but for what changes."""
    edits = [{"what": e.what, "path": str(e.path), "done": e.done, "kept": e.kept, "diff": e.diff} for e in one.edits]
    error = {"code": one.error.code, "message": one.error.message} if one.error else None
    return {"agent": one.agent, "edits": edits, "findings": list(one.findings), "after": one.after, "error": error}


__all__ = ["report"]
