"""`passdown review`."""

import argparse
import sys

from passdown.actions.change import Edit, edit
from passdown.actions.review import Quote, accept, chosen, quoted, reject, unreviewed
from passdown.cli import since
from passdown.cli.keys import key
from passdown.cli.output import Output
from passdown.cli.shown import as_json, block, counted, line
from passdown.errors import UsageError
from passdown.model.handed import rows
from passdown.model.record import KINDS, Record
from passdown.project import Project
from passdown.store.records import Receipt

HELP = """Look through what was extracted from sessions and nobody has reviewed: `passdown list --extracted` lists it.

On a terminal one by one, with what was said around it, by single keys: a accept, e edit, r reject, s skip, q quit.
Elsewhere, and in scripts:

  passdown review --accept x3k9 x7qa --reject x0mf

Accepted, a record is as good as one that was noted, and stays as it is. Rejected, it does not come back, whichever session says it again; what was
said stays among the kept events (`passdown forget` removes that too). `passdown undo` takes back either."""
CHOICES = {"a": "accept", "e": "edit", "r": "reject", "s": "skip", "q": "quit"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--accept", nargs="+", action="extend", default=[], metavar="ID", help="keep these as they are; the beginning of an id is enough")
    parser.add_argument("--reject", nargs="+", action="extend", default=[], metavar="ID", help="put these away for good")
    parser.add_argument("--kind", choices=tuple(KINDS), default="", metavar="KIND", help="only those of this kind: " + ", ".join(KINDS))
    parser.add_argument("--session", default="", metavar="ID", help="only those said in this session")
    parser.add_argument("--since", default="", metavar="WHEN", help=since.HELP)
    parser.add_argument("--dry-run", action="store_true", help="only say what would be accepted and rejected")


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    project.require()
    if not args.accept and not args.reject:
        return walk(unreviewed(project, kind=args.kind, session=args.session, since=since.since(args.since, project)), project, out)
    accepted, rejected = chosen(project, args.accept), chosen(project, args.reject)
    if both := {r.id for r in accepted} & {r.id for r in rejected}:
        raise UsageError(f"{min(both)} cannot be both accepted and rejected", "Name it once.")
    if args.dry_run:
        report([], accepted, rejected, "Would {}", out)
    else:
        receipts = accept(project, accepted) + reject(project, rejected)
        report(receipts, accepted, rejected, "{}ed", out)
    return 0


def report(receipts: list[Receipt], accepted: list[Record], rejected: list[Record], words: str, out: Output) -> None:
    if out.as_json:
        done = {r.record.id: r.record for r in receipts}
        out.json({verb: [as_json(done.get(r.id, r)) for r in records] for verb, records in (("accepted", accepted), ("rejected", rejected))})
        return
    for verb, records in (("accept", accepted), ("reject", rejected)):
        for record in records:
            out.line(f"{words.format(verb).capitalize()} {line(record)}")


def walk(records: list[Record], project: Project, out: Output) -> int:
    """One by one on a terminal. Raises `UsageError` where nobody can be asked."""
    if records and not (sys.stdin.isatty() and out.on_terminal):
        raise UsageError(f"{counted(len(records), 'record')} to review, and no terminal to ask on",
                         "passdown list --extracted shows them; passdown review --accept ID… --reject ID…")
    counts = dict.fromkeys(CHOICES.values(), 0)
    for number, record in enumerate(records, 1):
        out.say(f"\n{number} of {len(records)}  {block(record)}")
        tell(quoted(project, record), out)
        out.say("a accept · e edit · r reject · s skip · q quit")
        choice = CHOICES[key(CHOICES) or "q"]
        if choice == "quit":
            break
        counts[decide(choice, record, project, out)] += 1
    done = ", ".join(f"{n} {verb}ed" for verb, n in counts.items() if n and verb in ("accept", "edit", "reject"))
    out.say(f"{done}. `passdown undo` takes back the last one." if done else "Nothing was changed." if records else "Nothing to review.")
    return 0


def decide(choice: str, record: Record, project: Project, out: Output) -> str:
    """What was done then: an edit without a text is a skip."""
    if choice == "edit":
        out.say("The text now:\n" + "\n".join(rows(record.text, "  │ ")) + "\nThe new text, on one line (empty: leave it): ")
        text = sys.stdin.readline().strip()
        if not text:
            out.say("Left as it is.")
            return "skip"
        edit(project, record.id, Edit(text=text))
    elif choice != "skip":
        (accept if choice == "accept" else reject)(project, [record])
    out.say({"edit": "Edited.", "accept": "Accepted.", "reject": "Rejected.", "skip": "Skipped."}[choice])
    return choice


def tell(said: Quote | None, out: Output) -> None:
    """The quote between what stands around it."""
    if said is None:
        out.say("  What was said is not kept any more.")
        return
    out.say(f"  {said.speaker} {said.event} of session {said.session}, {said.at[:16].replace('T', ' ')}")
    asked = [f"(asked) {said.prompt}", ""] if said.prompt else []
    text = "\n".join([*asked, f"…{said.before}»{said.quote}«{said.behind}…"])
    for row in rows(text, "  │ "):
        out.say(row)
