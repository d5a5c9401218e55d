"""`passdown capture`."""

import argparse
from pathlib import Path

from passdown.actions.after_hook import after_capture, drain
from passdown.actions.capture import Captured, capture, roots_of
from passdown.actions.discover import transcripts
from passdown.actions.pause import paused
from passdown.actions.rebuild import rebuild
from passdown.actions.refresh import refresh
from passdown.briefing.words import shorten
from passdown.cli.output import Output
from passdown.cli.shown import counted
from passdown.errors import UsageError
from passdown.model.handed import handed
from passdown.project import Project

HELP = """Read what is new in agents' transcripts into the store: events, session facts, records.

Without --transcript: every transcript on this machine whose session ran in this project. Run it as often as you like; only what is new is read."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--transcript", metavar="FILE", type=Path, action="append", default=[],
                        help="this file; of a database or a task's folder all sessions of this project, or one as FILE#SESSION; may be given more than once")
    parser.add_argument("--agent", metavar="NAME", default="",
                        help="the agent that wrote it (a hint: content decides); `chat` for the text of a chat that was pasted or exported")
    parser.add_argument("--cwd-map", metavar="OLD=NEW", action="append", default=[], help="a directory of the transcript and where it lies here")
    parser.add_argument("--spooled", action="store_true", help="what hooks have pointed at, unless another process is at it (hooks start this)")
    parser.add_argument("--dry-run", action="store_true", help="only say which transcripts would be read")


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    project.require()
    if args.spooled:
        return report(drain(project), out)
    if paused(project):
        out.say("Capture by hooks is paused; this one goes on.")
    maps = [pair(text) for text in args.cwd_map]
    paths = [p.absolute() for p in args.transcript] or transcripts(project, roots_of(project, maps))
    if args.dry_run:
        return listed(paths, out)
    done = capture(project, paths, maps, progress=lambda n, of, p: out.progress(f"{n + 1}/{of} {p.name}") if of > 1 else None,
                   told=args.agent, named=bool(args.transcript))
    rebuild(project)
    refresh(project, fresh=any(c.new_events for c in done))
    after_capture(project, done)
    out.progress("")
    return report(done, out)


def listed(paths: list[Path], out: Output) -> int:
    if out.as_json:
        out.json([str(p) for p in paths])
    else:
        for path in paths:
            out.line(str(path))
    return 0


def pair(text: str) -> tuple[str, str]:
    old, equals, new = text.rpartition("=")
    if not equals or not old or not new:
        raise UsageError(f"`{text}` is not OLD=NEW", "Write --cwd-map /old/place=/new/place.")
    return old, new


def report(done: list[Captured], out: Output) -> int:
    """A line a transcript that said something new, the errors, and the sum. The exit code is that of the first error."""
    failed = [c for c in done if c.error]
    fresh = [c for c in done if c.new_events]
    if out.as_json:
        out.json({"captured": [row(c) for c in done], "new_events": sum(c.new_events for c in done), "failed": len(failed)})
    else:
        for c in fresh:
            unknown = f", {c.facts.reading.unknown} rows of unknown type" if c.facts and c.facts.reading.unknown else ""
            redacted = f", {c.replaced} secrets redacted" if c.replaced else ""
            title = f'  "{handed(shorten(c.facts.title or c.facts.goal, 60))}"' if c.facts and (c.facts.title or c.facts.goal) else ""
            out.line(f"{c.agent} {handed(c.session)}: {counted(c.new_events, 'new event')}{unknown}{redacted}{title}")
        out.say(f"{len(fresh)} of {len(done)} transcripts had something new." if done else "No transcript of this project was found on this machine.")
    for c in failed:
        if c.error:
            out.say(f"passdown: {c.error.message}\n{c.error.advice}")
    return failed[0].error.exit_code if failed and failed[0].error else 0


def row(c: Captured) -> dict[str, object]:
    return {"path": c.path, "session_id": c.session, "agent": c.agent, "new_events": c.new_events, "redacted": c.replaced,
            "unknown_rows": c.facts.reading.unknown if c.facts else 0, "error": c.error.code if c.error else None}
