"""`passdown doctor`."""

import argparse

from passdown.actions.doctor import doctor
from passdown.cli.output import Output
from passdown.project import Project

HELP = """Look at the health of store and capture, and say what to do. Exit code 1 when something is wrong.

Puts right on its way what needs no decision: an operation that a killed process left half done, records that wait in the inbox, copies edited by hand."""
MARKS = {"error": "✗", "warning": "!", "info": "·"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No option of its own."""


def run(_args: argparse.Namespace, project: Project, out: Output) -> int:
    health = doctor(project)
    wrong = any(f.severity != "info" for f in health.findings)
    if out.as_json:
        out.json(health)
        return int(wrong)
    out.line(f"{health.sessions} sessions, {health.records} records")
    if health.rows:
        out.line("rows read: " + ", ".join(f"{n} {name}" for name, n in health.rows.items()))
    for words in health.repaired:
        out.line(f"✔ {words}")
    for f in health.findings:
        out.line(f"{MARKS[f.severity]} {f.code}: {f.where}: {f.message}")
        out.line(f"    {f.fix}")
    if not wrong:
        out.line("✔ nothing is wrong")
    return int(wrong)
