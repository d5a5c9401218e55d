"""`passdown verify`."""

import argparse
from collections.abc import Sequence

from passdown.actions.verify import Judged, Verified, verify, wrong
from passdown.briefing.words import shorten
from passdown.cli.output import Output
from passdown.cli.shown import counted
from passdown.model.handed import handed
from passdown.project import Project

HELP = """Hold every active record, and what the last session left, against the repository. Nothing is changed. Exit code 1 when something does not hold.

Looked at: files, lines and symbols that a record rests on; commits, branches and records that it names; its commands and its dates; sentences that say what
is not there or still fails. Of the last session: its checks, its branch, its commits, and what it left uncommitted. Gone, moved and changed are said only of
what was seen when the record was made; all else is not verified."""
SEVERITIES = ("error", "warning", "info")
HEADINGS = {  # in the order in which they are told
    "contradicted": "contradicted by what is there now", "gone": "gone", "symbol-gone": "symbol gone", "command-gone": "command cannot be run any more",
    "commit-gone": "commit in no history", "uncommitted-gone": "uncommitted work lost", "superseded": "rests on what was superseded", "expired": "expired",
    "signature-changed": "signature changed", "moved": "moved", "changed": "changed", "branch-deleted": "branch deleted", "branch-merged": "branch merged",
    "outdated": "test state outdated", "unverified": "not verified", "holds": "holds"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ids", nargs="*", metavar="ID", help="only these records (beginnings of ids)")
    parser.add_argument("--all", action="store_true", help="also records that are not active; and list what holds and what is not verified")
    parser.add_argument("--fail-on", choices=SEVERITIES, default="warning", metavar="SEVERITY",
                        help="exit with 1 from this severity on: error, warning (default), info")


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    done = verify(project, args.ids, every=args.all)
    failing = SEVERITIES[: SEVERITIES.index(args.fail_on) + 1]
    code = int(any(f.severity in failing for f in done.findings))
    if done.unreadable:
        out.say(f"{counted(done.unreadable, 'file')} of the store could not be read, and nothing in it was looked at: `passdown doctor` names what is wrong.")
    if out.as_json:
        out.json({"schema": "passdown-verify/1", "records": done.records, "claims": len(done.judged), "holds": done.count("holds"),
                  "unverified": done.count("unverified"), "unreadable": done.unreadable, "findings": done.findings, "judged": done.judged if args.all else ()})
        return code
    for name, heading in HEADINGS.items():
        group = [j for j in done.judged if j.verdict.code == name and (args.all or args.ids or wrong(j))]
        if group:
            told(heading, group, out)
    out.say(summary(done))
    return code


def told(heading: str, group: Sequence[Judged], out: Output) -> None:
    """A heading, and each claim in two lines: what, and whose; what to do where something is to be done."""
    out.styled(f"{heading} ({len(group)})", "bold")
    for judged in group:
        out.line(out.fit(f"  {judged.verdict.mark or '·'} {handed(' '.join(filter(None, (judged.about, judged.verdict.note))))}"))
        out.line(out.fit(f"      {judged.owner[:16]}  {handed(shorten(judged.title, 100))}"))
        if judged.fix:
            out.line(out.fit(f"      → {handed(judged.fix)}"))
    out.line()


def summary(done: Verified) -> str:
    """`12 records, 40 claims: 31 hold, 5 not verified, 4 findings.`"""
    session = " and the last session" if done.sessions else ""
    return (f"{counted(done.records, 'record')}{session}, {counted(len(done.judged), 'claim')}: {done.count('holds')} hold, "
            f"{done.count('unverified')} not verified, {counted(len(done.findings), 'finding')}.")
