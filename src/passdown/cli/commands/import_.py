"""`passdown import`."""

import argparse
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from passdown.actions.import_documents import Imported, Item, import_documents
from passdown.cli.output import Output
from passdown.cli.shown import counted
from passdown.formats.table import STYLES
from passdown.model.handed import handed
from passdown.project import Project

HELP = """Read documents of any style into records: hand-offs, session logs, decision records, memory banks. The files stay as they are.

The style is told by the content. Ids that our own marks carry are kept; what is known already is not kept twice, so that a second import
changes nothing. What somebody rewrote in an item of ours goes into its record. `passdown undo` takes a whole import back.

  passdown import docs/decisions.md .claude/sessions/*.tmp
  passdown import memory-bank/ --dry-run --explain"""
SHOWN = 200  # lines of --explain for one file


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="+", metavar="FILE", type=Path, help="documents; of a folder, those that lie right in it")
    parser.add_argument("--style", default="", metavar="NAME", help=f"read them as this style, whatever they look like: {', '.join(STYLES)}")
    parser.add_argument("--explain", action="store_true", help="also list each record with its line, and the lines that became none")
    parser.add_argument("--dry-run", action="store_true", help="say what would be kept; keep nothing")


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    done, operation, left_out = import_documents(project, args.file, args.style, dry_run=args.dry_run)
    if out.as_json:
        out.json({"files": [as_json(one) for one in done], "records": sum(len(one.new) for one in done), "operation": operation, "dry_run": args.dry_run,
                  "left_out": left_out})
    else:
        for one in done:
            tell(one, out.line, explain=args.explain)
        total = sum(len(one.new) for one in done)
        out.say(f"{'Would keep' if args.dry_run else 'Kept'} {counted(total, 'new record')} of {counted(len(done), 'file')}."
                + (" `passdown undo` takes them back." if operation else ""))
    if left_out:
        out.say(f"passdown: {counted(left_out, 'more file')} left out: import {'it' if left_out == 1 else 'them'} with another run, by name.")
    errors = [one.error for one in done if one.error]
    for error in errors:
        out.say(f"passdown: {error.message}")
    for advice in dict.fromkeys(error.advice for error in errors):
        out.say(advice)
    return errors[0].exit_code if errors else 0


def tell(one: Imported, line: Callable[[str], None], *, explain: bool) -> None:
    """What came of one file, in a few lines."""
    if one.error:
        return
    line(f"{handed(str(one.path))} ({one.style}): " + "; ".join(filter(None, (
        f"{counted(len(one.new), 'new record')}{kinds(one.new)}",
        f"{quotes} of them in “…”: kept as a quote that nobody has confirmed" if (quotes := quoted(one.new)) else "",
        f"{len(one.same)} known already" if one.same else "",
        f"{len(one.forgotten)} forgotten before and left out" if one.forgotten else "", f"{len(one.unread)} lines became none" if one.unread else "",
        f"{counted(len(one.unwritable), 'record')} not kept: no file can hold them" if one.unwritable else "",
        f"{counted(one.repaired, 'mis-decoded stretch').removesuffix('s') + 'es' if one.repaired > 1 else '1 mis-decoded stretch'} repaired"
        if one.repaired else "", f"{counted(one.replaced, 'secret')} replaced" if one.replaced else ""))))
    for taken in (t for t in one.taken if t.changed):
        line(f"  taken into {taken.record.id}: {', '.join(taken.changed)}")
    for clash in one.clashes:
        line(f"  not taken, {clash.why}: {clash.record.id}\n    document: {handed(clash.said.title[:120])}\n    record:   {handed(clash.record.title[:120])}")
    if explain:
        tell_lines(one, line)


def tell_lines(one: Imported, line: Callable[[str], None]) -> None:
    """Each record with its line, and each line without one, in the document's order."""
    rows = [(item.line, f"+ {item.record.kind}: {handed(item.record.title[:90])}{of_status(item)}") for item in one.new]
    rows += [(item.line, f"= {item.record.kind}: {handed(item.record.title[:90])} (known already)") for item in one.same]
    rows += [(item.line, f"! {item.record.kind}: {handed(item.record.title[:90])} (not kept: no file can hold it)") for item in one.unwritable]
    rows += [(number, f"- {handed(text[:100])}") for number, text in one.unread]
    for number, text in sorted(rows)[:SHOWN]:
        line(f"  {number:>5} {text}")
    if len(rows) > SHOWN:
        line(f"  … and {len(rows) - SHOWN} more; --json has them all")


def kinds(items: Iterable[Item]) -> str:
    """` (decision 4, task 2, archived 1)`."""
    found = [i.record for i in items]
    words = [f"{kind} {n}" for kind, n in Counter(r.kind for r in found).most_common()]
    words += [f"{status} {n}" for status, n in Counter(r.status for r in found if r.status != "active").most_common()]
    return f" ({', '.join(words)})" if words else ""


def quoted(items: Iterable[Item]) -> int:
    """How many stand in “…”: quotes that nobody has confirmed."""
    return sum(i.record.trust == "extracted" for i in items)


def of_status(item: Item) -> str:
    return "" if item.record.status == "active" else f" ({item.record.status})"


def as_json(one: Imported) -> dict[str, object]:
    """One file for scripts: the records with their lines; nothing is cut."""
    return {
        "path": str(one.path), "style": one.style, "new": [row(i) for i in one.new], "known": [row(i) for i in one.same],
        "taken": [{"id": t.record.id, "changed": t.changed} for t in one.taken if t.changed],
        "conflicts": [{"id": c.record.id, "why": c.why, "document": c.said.text, "record": c.record.text} for c in one.clashes],
        "forgotten": one.forgotten, "unread": [{"line": n, "text": text} for n, text in one.unread], "unwritable": [row(i) for i in one.unwritable],
        "repaired": one.repaired, "redacted": one.replaced,
        "error": {"code": one.error.code, "message": one.error.message, "hint": one.error.advice} if one.error else None}


def row(item: Item) -> dict[str, object]:
    return {"id": item.record.id, "kind": item.record.kind, "title": item.record.title, "status": item.record.status, "trust": item.record.trust,
            "line": item.line}
