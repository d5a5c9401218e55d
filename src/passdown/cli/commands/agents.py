"""`passdown agents`."""

import argparse

from passdown.actions.agents import Seen, agents
from passdown.briefing.times import ago
from passdown.cli.output import Output
from passdown.project import Project

HELP = """The coding agents that passdown knows: which are here, whether its hooks are installed and when they last fired, what was captured of this project,
and when the agent deletes its own transcripts."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No option of its own."""


def run(_args: argparse.Namespace, project: Project, out: Output) -> int:
    found = agents(project)
    if out.as_json:
        out.json(found)
        return 0
    for one in (one for one in found if one.found):
        tell(one, project.clock.iso(), out)
    if absent := [f"{one.title} ({one.name})" for one in found if not one.found]:
        out.line("Not on this machine: " + ", ".join(absent))
    out.say("docs/agents.md has a section on each. For all others: `passdown install generic`, and `passdown resume --paste` as the first message.")
    return 0


def tell(one: Seen, now: str, out: Output) -> None:
    out.styled(f"{one.title} ({one.name})", "bold")
    out.line(f"  here         {'yes' if one.found else 'no'}" + (f", {one.home}" if one.found else "") + (f", version {one.version}" if one.version else ""))
    out.line(f"  support      {one.support}")
    for wiring in one.hooks:
        if wiring.state != "none" or (wiring.scope == "user" and wiring.what != "mcp"):
            out.line(f"  {wiring.what:<11}  {STATES[wiring.state]} ({wiring.scope}: {wiring.path})")
    out.line("  last fired   " + (", ".join(f"{event} {ago(at, now)}" for event, at in one.fired.items()) or "never in this project"))
    out.line(f"  sessions     {one.sessions} captured of this project")
    out.line(f"  transcripts  {one.transcripts} of this project{aging(one)}" if one.evidence else "  transcripts  are not read yet")
    for finding in one.findings:
        out.line(f"  ! {finding.where}: {finding.message}. {finding.fix}")


STATES = {
    "installed": "installed", "partly": "some are missing: run `passdown install`", "none": "not installed: run `passdown install`",
    "unreadable": "the file does not parse"}


def aging(one: Seen) -> str:
    if not one.oldest:
        return ""
    fate = f"deletes it from {one.deleted} on" if one.deleted else "keeps it"
    return f", the oldest of {one.oldest[:10]}: {one.title} {fate}"
