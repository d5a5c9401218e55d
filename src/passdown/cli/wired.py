"""How `install` and `uninstall` tell what they did."""

from typing import Any

from passdown.actions.install import Outcome
from passdown.cli.output import Output

MARKS = {"made": "+", "changed": "~", "removed": "-", "unchanged": "="}


def report(done: list[Outcome], out: Output, *, dry_run: bool) -> int:
    """A line a file, the differences when nothing was done, every error; the exit code is that of the first."""
    if out.as_json:
        out.json({"dry_run": dry_run, "agents": [as_json(one) for one in done]})
    else:
        for one in done:
            tell(one, out, dry_run=dry_run)
    errors = [error for one in done for error in one.errors]
    for words in dict.fromkeys(f"passdown: {error.message}\n{error.advice}" for error in errors):  # a file may be of several agents
        out.say(words)
    return errors[0].exit_code if errors else 0


def tell(one: Outcome, out: Output, *, dry_run: bool) -> None:
    out.line(f"{one.title}: {state(one, dry_run=dry_run)}")
    for edit in one.edits:
        size = f"   ({(edit.after or '').count(chr(10))} lines, all ours)" if dry_run and edit.done == "made" and not edit.foreign else ""
        out.line(f"  {MARKS[edit.done]} {edit.what:<9} {edit.path}" + (f"   ({edit.kept})" if edit.kept else size))
    if dry_run:
        for edit in one.edits:
            out.text(edit.diff if edit.foreign else "")
    for finding in one.findings:
        out.line(f"  ! {finding.where}: {finding.message}. {finding.fix}")


def state(one: Outcome, *, dry_run: bool) -> str:
    nothing = all(edit.done == "unchanged" for edit in one.edits)
    if one.errors:
        return "refused" if nothing else "would change in part" if dry_run else "done in part"
    return "nothing to do" if nothing else "would change" if dry_run else "done"


def as_json(one: Outcome) -> dict[str, Any]:
    """The texts of files stay out of it but for what changes."""
    edits = [{"what": e.what, "path": str(e.path), "done": e.done, "kept": e.kept, "diff": e.diff} for e in one.edits]
    errors = [{"code": error.code, "message": error.message} for error in one.errors]
    return {"agent": one.agent, "edits": edits, "findings": list(one.findings), "after": one.after, "error": next(iter(errors), None), "errors": errors}


__all__ = ["report"]
