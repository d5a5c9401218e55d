"""`passdown workflow cost`."""

import argparse
import csv
import io
from collections.abc import Sequence
from typing import Any

from passdown.actions import production_views
from passdown.cli.output import Output
from passdown.cli.run_lines import columns, used
from passdown.model.handed import handed
from passdown.project import Project
from passdown.workflows.ledger import DIMENSIONS, Line, held, sums, total

HELP = """What runs used: money, tokens and wall time, by item, phase, model, batch, plan or run. The sums add up, whatever they are taken by.

  passdown workflow cost                     of all runs, by item and phase
  passdown workflow cost ep-005 --by phase
  passdown workflow cost --csv > cost.csv    every line of the ledger
  passdown workflow cost --json"""
COLUMNS = ("at", "batch", "run", "plan", "item", "phase", "attempt", "number", "model", "money", "tokens", "time_ms")


def add_cost(sub: Any) -> None:
    parser = sub.add_parser("cost", help="what it cost", description=HELP, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", metavar="RUN|ITEM|BATCH", nargs="?", default="", help="id, beginning of an id, or item (default: all)")
    parser.add_argument("--by", choices=DIMENSIONS, action="append", help="what to add up by; may be repeated (default: item, phase)")
    parser.add_argument("--csv", action="store_true", help="the ledger's lines as CSV: money in millionths of a dollar; number 0 is a reservation")
    parser.set_defaults(run_verb=run)


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    lines, by = production_views.cost(project, args.name), tuple(args.by or ("item", "phase"))
    added = sums(lines, by)
    if args.csv:
        out.text(as_csv(lines))
    elif out.as_json:
        rows = [{**dict(zip(by, key, strict=True)), "money": one.dollars, "tokens": one.tokens, "time_s": one.time_ms / 1000} for key, one in added.items()]
        whole, open_ = total(lines), held(lines)
        out.json({"by": by, "rows": rows, "total": {"money": whole.dollars, "tokens": whole.tokens, "time_s": whole.time_ms / 1000},
                  "reserved": {"money": open_.dollars, "tokens": open_.tokens, "time_s": open_.time_ms / 1000}, "ledger": lines})
    else:
        cells = [[*(handed(part) or "-" for part in key), *used(one).split(", ")] for key, one in added.items()]
        for row in columns([*cells, ["in all", *[""] * (len(by) - 1), *used(total(lines)).split(", ")]], words=len(by)):
            out.line(row)
    return 0


def as_csv(lines: Sequence[Line]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([getattr(line, name) for name in COLUMNS] for line in lines)
    return text.getvalue()


__all__ = ["add_cost"]
