"""The report as a table of text."""

from collections.abc import Iterator

from passdown.continuity.picture.numbers import shown
from passdown.continuity.report import Report, Summary

TREND = {"better": "better", "worse": "worse", "same": "as before", "not known": "·"}
WIDTH = 39
PAIRS = 12  # latest ones that are listed
MISSED = 8


def table(report: Report) -> Iterator[str]:
    """Lines: a row a figure, what was missing most, the latest pairs."""
    if not report.pairs:
        yield "No session continues another one yet: two captured sessions of this project are needed."
        return
    yield heading(report)
    yield ""
    yield f"{'':<{WIDTH}}{'all':>10}{'first half':>12}{'last half':>11}  trend      of"
    yield from map(row, report.summaries)
    if report.missed:
        yield ""
        yield "Most often needed and known, and not handed over"
        yield from (f"  {m.sessions:>3}×  {m.what}" for m in report.missed[:MISSED])
    yield ""
    yield "Latest"
    yield from latest(report)


def heading(report: Report) -> str:
    given = ", ".join(f"{n} {kind}" if kind != "none" else f"{n} nothing" for kind, n in report.deliveries.items())
    pairs = f"{len(report.pairs)} pair{'' if len(report.pairs) == 1 else 's'} of sessions"
    return f"{report.project}: {pairs}; handed over: {given}" + (" (as if today's briefing had been)" if report.as_if else "")


def row(summary: Summary) -> str:
    arrow = "↑" if summary.better == "higher" else "↓"
    values = (shown(v, summary.unit) for v in (summary.value, summary.first, summary.last))
    all_, first, last = values
    return f"{arrow} {summary.title:<{WIDTH - 2}}{all_:>10}{first:>12}{last:>11}  {TREND[summary.trend]:<10} {summary.of}"


def latest(report: Report) -> Iterator[str]:
    """What stood out in the latest sessions, the last one first."""
    units = {s.name: s for s in report.summaries}
    for pair in reversed(report.pairs[-PAIRS:]):
        noted = [f"{units[name].title.lower()}: {shown(m.value, units[name].unit)}" for name, m in pair.figures.items()
                 if m.value and name in ("asked-again", "told-again", "reopened", "repeated", "rediscovered", "time-to-edit")]
        yield f"  {pair.started[:16].replace('T', ' ')}  {pair.title[:48]:<48}  {'; '.join(noted) or '·'}"


__all__ = ["table"]
