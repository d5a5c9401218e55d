"""`passdown doctor`."""

import argparse

from passdown.actions.agents import Seen
from passdown.actions.doctor import doctor
from passdown.briefing.times import ago
from passdown.cli.output import Output
from passdown.cli.shown import counted
from passdown.model.handed import handed
from passdown.project import Project

HELP = """Look at the health of store and capture, and say what to do. Exit code 1 when something is wrong.

Puts right on its way what needs no decision: an operation that a killed process left half done, records that wait in the inbox, copies edited by hand.

--repair goes further. A record file that does not read is put aside (`quarantine/` in the private store; nothing is deleted) and its last good text,
from the history or the published copy, takes its place. Kept events that were cut or damaged are read as far as they can be, and their transcripts, where
they are still there, once more. Cursors, session facts and index are made again."""
MARKS = {"error": "✗", "warning": "!", "info": "·"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--repair", action="store_true", help="put aside what does not read, and make it again")


def wired(agent: Seen, now: str) -> str:
    """`hooks installed, Stop fired 3 min ago`."""
    last = max(agent.fired.items(), key=lambda pair: pair[1], default=None)
    installed = "hooks installed" if any(w.state in ("installed", "partly") for w in agent.hooks if w.what != "mcp") else "hooks not installed"
    return installed + (f", {last[0]} fired {ago(last[1], now)}" if last else ", none has fired in this project yet" if "not" not in installed else "")


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    health = doctor(project, repair=args.repair)
    wrong = any(f.severity != "info" for f in health.findings)
    if out.as_json:
        out.json(health)
        return int(wrong)
    out.line(f"{counted(health.sessions, 'session')}, {counted(health.records, 'record')}")
    if health.rows:
        out.line("rows read: " + ", ".join(f"{n} {name}" for name, n in health.rows.items()))
    for agent in health.agents:
        out.line(f"{agent.title}: {wired(agent, project.clock.iso())}")
    for words in health.repaired:
        out.line(f"✔ {words}")
    for f in health.findings:
        out.line(f"{MARKS[f.severity]} {f.code}: {handed(f.where)}: {handed(f.message)}")
        out.line(f"    {handed(f.fix)}")
    if not wrong:
        out.line("✔ nothing is wrong")
    return int(wrong)
