"""The report as one SVG: the timeline, and below it each figure over time."""

from passdown.continuity.picture.chart import HEIGHT, WIDTH, chart
from passdown.continuity.picture.markup import said, tag
from passdown.continuity.picture.numbers import overall
from passdown.continuity.picture.style import DRAWING, VARIABLES
from passdown.continuity.picture.text import heading
from passdown.continuity.picture.timeline import timeline
from passdown.continuity.report import Report, Summary

COLUMNS, GAP, MARGIN = 3, 26, 28
NAMESPACE = "http://www.w3.org/2000/svg"


def picture(report: Report) -> str:
    """A whole file."""
    drawn, width, height = timeline(report.summaries, report.pairs)
    full = max(width, COLUMNS * (WIDTH + GAP)) + 2 * MARGIN
    top = MARGIN + 50 + height
    charts = (chart(s, report.pairs, MARGIN + n % COLUMNS * (WIDTH + GAP), top + n // COLUMNS * (HEIGHT + GAP)) for n, s in enumerate(report.summaries))
    rows = -(-len(report.summaries) // COLUMNS)
    tall = top + rows * (HEIGHT + GAP) + MARGIN
    paper = tag("rect", width=full, height=tall, fill="var(--paper)")
    title = tag("text", said(heading(report)), x=MARGIN, y=MARGIN + 10, class_="big")
    return svg(tag("title", said(heading(report))), tag("desc", said(in_words(report))), tag("style", VARIABLES, DRAWING), paper, title,
               tag("g", drawn, transform=f"translate({MARGIN} {MARGIN + 40})"), *charts, width=full, height=tall) + "\n"


def in_words(report: Report) -> str:
    """What the picture shows, for who does not see it."""
    return ". ".join(f"{s.title}: {overall(s.value, s.unit)} of {s.of} pairs" for s in report.summaries)


def single(summary: Summary, report: Report) -> str:
    """One chart by itself."""
    words = tag("title", said(f"{summary.title} over time: {overall(summary.value, summary.unit)} of {summary.of} pairs"))
    return svg(words, chart(summary, report.pairs), width=WIDTH, height=HEIGHT)


def line_of_pairs(report: Report) -> str:
    """The timeline by itself."""
    drawn, width, height = timeline(report.summaries, report.pairs)
    return svg(tag("title", said("Pairs of sessions in time order; the table below has the same values")), drawn, width=width, height=height)


def svg(*content: str, width: float, height: float) -> str:
    return tag("svg", *content, xmlns=NAMESPACE, viewBox=f"0 0 {width:.0f} {height:.0f}", width=width, height=height, role="img")


__all__ = ["line_of_pairs", "picture", "single"]
