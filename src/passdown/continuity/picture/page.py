"""The report as one self-contained page: no script, no font and no picture from elsewhere."""

from collections.abc import Iterator, Sequence

from passdown.continuity.criteria import CRITERIA, Criterion
from passdown.continuity.picture.markup import said, tag
from passdown.continuity.picture.numbers import shown
from passdown.continuity.picture.style import DRAWING, PAGE, VARIABLES
from passdown.continuity.picture.svg import line_of_pairs, single
from passdown.continuity.report import PairFigures, Report, Summary

TREND = {"better": "better than at first", "worse": "worse than at first", "same": "as at first", "not known": "too few to tell"}
EVIDENCE = 6  # of a figure that are listed in the table of pairs


def page(report: Report) -> str:
    """The whole file."""
    head = tag("head", '<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">',
               tag("title", said(f"Continuity of {report.project}")), tag("style", VARIABLES, DRAWING, PAGE))
    body = tag("main", *opening(report), *(parts(report) if report.pairs else ()))
    return f"<!doctype html>\n{tag('html', head, tag('body', body), lang='en')}\n"


def opening(report: Report) -> Iterator[str]:
    yield tag("h1", said(f"Did the next session continue? {report.project}"))
    given = ", ".join(f"{n} × {'nothing' if kind == 'none' else kind}" for kind, n in report.deliveries.items())
    days = f", {report.pairs[0].started[:10]} to {report.pairs[-1].started[:10]}" if report.pairs else ""
    count = "One pair" if len(report.pairs) == 1 else f"{len(report.pairs)} pairs"
    pairs = f"{count} of a session and the one that continued it{days}."
    yield tag("p", said(f"{pairs} Handed over at the start: {given or 'nothing'}."), class_="lead")
    if report.as_if:
        words = "measured as if today's briefing had been handed over each time. What the sessions did is what they did without it."
        yield tag("p", tag("strong", said("Replayed: ")), said(words))
    yield tag("p", said(f"Measured from transcripts on {report.made[:10]}; where they do not tell, nothing is claimed."), class_="soft")


def parts(report: Report) -> Iterator[str]:
    yield tag("h2", said("Session by session"))
    yield tag("p", said("A column is a session. A full mark is a briefing or a yes, a ring another document; the larger a red mark, the more of the trouble. "
                        "A dash: the transcript does not tell."), class_="soft")
    yield tag("figure", line_of_pairs(report), class_="wide")
    yield tag("h2", said("Each figure over time"))
    yield tag("div", *(tag("figure", single(s, report), tag("figcaption", said(s.says))) for s in report.summaries), class_="grid")
    yield tag("h2", said("Success, criterion by criterion"))
    yield table("Share of the sessions that met it, of those that tell", ("Criterion", "Met", "Tell"), (criterion(c, report.pairs) for c in CRITERIA))
    if report.missed:
        yield tag("h2", said("Most often needed and known, and not handed over"))
        yield table("In how many sessions", ("What", "Sessions"), ((tag("code", said(m.what)), str(m.sessions)) for m in report.missed))
    yield tag("h2", said("The same in numbers"))
    heads = ("Figure", "All", "Earlier half", "Later half", "Trend", "Tell")
    yield table("Mean of shares and counts, median of times and tokens", heads, map(figure, report.summaries))
    rows = (pair(p, report.summaries) for p in reversed(report.pairs))
    every = table("The latest first; numbers are events of the later session", ("Session", "Handed over", "Seen"), rows)
    yield tag("details", tag("summary", said("Every pair, with what was seen")), every)


def table(caption: str, heads: Sequence[str], rows: "Iterator[Sequence[str]] | map[Sequence[str]]") -> str:
    """rows: cells as markup."""
    head = tag("thead", tag("tr", *(tag("th", said(h), scope="col") for h in heads)))
    body = tag("tbody", *(tag("tr", tag("th", cells[0], scope="row"), *(tag("td", cell) for cell in cells[1:])) for cells in rows))
    return tag("div", tag("table", tag("caption", said(caption)), head, body), class_="wide")


def criterion(one: Criterion, pairs: Sequence[PairFigures]) -> Sequence[str]:
    met = [m for p in pairs if (m := one.met(p.figures)) is not None]
    share = tag("span", said(f"{100 * sum(met) / len(met):.0f} %"), class_="met" if sum(met) * 2 >= len(met) else "unmet") if met else said("not known")
    return said(one.says), share, str(len(met))


def figure(summary: Summary) -> Sequence[str]:
    arrow = "↑" if summary.better == "higher" else "↓"
    values = (said(shown(v, summary.unit)) for v in (summary.value, summary.first, summary.last))
    return (said(f"{arrow} {summary.title}"), *values, said(TREND[summary.trend]), str(summary.of))


def pair(one: PairFigures, summaries: Sequence[Summary]) -> Sequence[str]:
    """Its title, what it was given, and each figure with its evidence."""
    seen = []
    for summary in summaries:
        measured = one.figures[summary.name]
        if measured.value and summary.name != "delivered":
            evidence = "; ".join(f"{s.what} ({s.event})" if s.event >= 0 else s.what for s in measured.seen[:EVIDENCE])
            more = f" … {len(measured.seen) - EVIDENCE} more" if len(measured.seen) > EVIDENCE else ""
            seen.append(tag("div", tag("strong", said(f"{summary.title}: {shown(measured.value, summary.unit)} ")), tag("small", said(evidence + more))))
    return said(f"{one.started[:16].replace('T', ' ')} {one.title}"), said(one.delivery), "".join(seen)


__all__ = ["page"]
