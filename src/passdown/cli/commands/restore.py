"""`passdown restore`."""

import argparse
from collections import Counter
from pathlib import Path

from passdown.actions.backup import take_back, take_transcript
from passdown.cli.output import Output
from passdown.project import Project

HELP = """Bring a backup back into this project's private store, which is made where there is none.

Also into a store that has gone on: what only the backup has is added, a newer version of a record takes the place of an older one, and where both
were changed both stand in the record (`passdown doctor` names it). What was forgotten here stays forgotten. `passdown undo` takes back what was changed
in records that were there. Safe to repeat.

With --transcript, FILE is where to write an agent's own log, as it was archived (`archive = "transcripts"` in config.toml)."""
WORDS = {"new": "added", "newer": "brought up to date", "merged": "merged with what is here", "same": "here already", "left": "left in the backup"}
NAMED = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="what `passdown backup` wrote")
    parser.add_argument("--transcript", metavar="SESSION", default="", help="write the archived transcript of this session to FILE instead")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    if args.transcript:
        size = take_transcript(args.transcript, args.file)
        out.json({"path": args.file, "bytes": size}) if out.as_json else out.line(f"Wrote {args.file}, {size:,} bytes, as it was")
        return 0
    steps = take_back(project, args.file, dry_run=args.dry_run)
    if out.as_json:
        out.json({"dry_run": args.dry_run, "files": steps})
        return 0
    out.line(f"{'Would restore' if args.dry_run else 'Restored'} {args.file}")
    for fate, words in WORDS.items():
        counts = Counter(step.name.partition("/")[0] for step in steps if step.fate == fate)
        if counts:
            out.line(f"  {words}: " + ", ".join(f"{count} {name}" for name, count in sorted(counts.items())))
    left = [step for step in steps if step.fate == "left"]
    for step in left[:NAMED]:
        out.say(f"  {step.name}: {step.why}")
    if len(left) > NAMED:
        out.say(f"  … and {len(left) - NAMED} more (--json names all)")
    return 0
