"""`passdown guard`."""

import argparse
import sys
from collections.abc import Iterator

from passdown.actions.guard import Warned, guard
from passdown.cli.output import Output
from passdown.cli.shown import as_json, line
from passdown.errors import UsageError
from passdown.model.handed import handed
from passdown.project import Project

SAID = ("why", "alternative", "instead", "lesson", "until")
HELP = """Does this prompt, command or edit reopen a decision, walk a road that failed, or start what was put off? Prints the records, the clearest first,
with the reason and what was chosen instead. Exit code 1 when there is one, 0 when there is none. Hooks ask the same before each edit and command;
`guard = "warn" | "block" | "off"` in the settings says what they do."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", nargs="+", metavar="TEXT", help="what is going to be done; `-` reads it from standard input")
    parser.add_argument("--as", dest="how", choices=("prompt", "command", "edit"), default="", help="what TEXT is (default: prompt; edit with --file)")
    parser.add_argument("--file", default="", metavar="PATH", help="the file that an edit is going to change; TEXT is what it adds")
    parser.add_argument("--explain", action="store_true", help="say what the text and the record have in common")


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    text = sys.stdin.read() if args.text == ["-"] else " ".join(args.text)
    required(text, args.how, args.file)
    found = guard(project, text, args.how or ("edit" if args.file else "prompt"), args.file)
    against = any(not warned.overridden for warned in found)
    if out.as_json:
        out.json([as_warning(warned) for warned in found])
        return int(against)
    for warned in found:
        show(warned, out, explain=args.explain)
    if against:
        out.say(" ".join(("If this is meant, go on;", *meant([w.record.id for w in found if not w.overridden]))))
    else:
        out.say("The text itself sets it aside; nothing else that is settled speaks against it." if found else "Nothing settled speaks against it.")
    return int(against)


def required(text: str, how: str, file: str) -> None:
    """Raises `UsageError` for a question about nothing."""
    if not text.strip() and not file:
        raise UsageError("there is no text to look at", "Write what is going to be done, or `-` for standard input.")
    if how == "edit" and not file:
        raise UsageError("an edit changes a file, and none is named", "Write --file PATH.")


def meant(ids: list[str]) -> Iterator[str]:
    """How the new word is kept: of a record with a command, of a document by an edit of its line."""
    places = [id_ for id_ in ids if ":" in id_]
    if len(places) < len(ids):
        yield "`passdown supersede ID` with --why records the new word."
    if places:
        yield f"the new word belongs into {', '.join(places)}."


def show(warned: Warned, out: Output, *, explain: bool) -> None:
    out.line(out.fit(line(warned.record)))
    for name in SAID:
        if value := warned.record.detail(name):
            out.line(out.fit(f"    {name}: {handed(value)}", 4))
    if warned.overridden:
        out.line("    (set aside by the text itself)")
    if explain:
        out.line(f"    {warned.score:.2f}: {', '.join(warned.why[:6])}")


def as_warning(warned: Warned) -> dict[str, object]:
    return {**as_json(warned.record), "score": warned.score, "because": list(warned.why), "overridden": warned.overridden}
