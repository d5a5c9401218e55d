"""The pairs as a timeline: a column each, marks for what was handed over, whether the state was stated, and each kind of trouble."""

from collections.abc import Iterator, Sequence

from passdown.continuity.picture.markup import said, tag
from passdown.continuity.picture.numbers import shown
from passdown.continuity.report import PairFigures, Summary

LABELS, LINE, TOP, LEAST_STEP, MOST_STEP = 215, 24, 26, 8, 26
WIDTH = 1_020
TROUBLES = ("asked-again", "told-again", "reopened", "repeated", "rediscovered")
RADIUS = (3.2, 4.4, 5.4)  # of one, two, and more
APART = 40  # between the names of two days


def timeline(summaries: Sequence[Summary], pairs: Sequence[PairFigures]) -> tuple[str, float, float]:
    """(markup of an SVG group, width, height)."""
    rows = [s for s in summaries if s.name in ("delivered", "stated", *TROUBLES)]
    step = min(MOST_STEP, max(LEAST_STEP, (WIDTH - LABELS) / max(1, len(pairs))))
    width, height = LABELS + step * len(pairs) + 8, TOP + LINE * len(rows) + 10
    names = (tag("text", said(s.title), x=LABELS - 14, y=TOP + LINE * n + 16, class_="end") for n, s in enumerate(rows))
    lines = (tag("path", d=f"M{LABELS} {TOP + LINE * n + 12}H{width - 8:.0f}", class_="axis") for n in range(len(rows)))
    columns = (column(rows, pair, LABELS + step * (n + 0.5), step, height) for n, pair in enumerate(pairs))
    return "".join((*lines, *names, *days(pairs, step), *columns)), width, height


def days(pairs: Sequence[PairFigures], step: float) -> Iterator[str]:
    """The day above the first pair of each, where there is room."""
    last, day = -float(APART), ""
    for n, pair in enumerate(pairs):
        x = LABELS + step * n
        if pair.started[:10] != day and x - last >= APART:
            yield tag("text", said(pair.started[5:10]), x=x, y=14, class_="soft", font_size=10) + tag("path", d=f"M{x:.1f} 18v6", class_="axis")
            last = x
        day = pair.started[:10]


def column(rows: Sequence[Summary], pair: PairFigures, x: float, step: float, height: float) -> str:
    band = tag("rect", x=x - step / 2, y=TOP - 4, width=step, height=height - TOP, class_="band")
    marks = (mark(row, pair, x, TOP + LINE * n + 12) for n, row in enumerate(rows))
    words = tag("title", said(f"{pair.started[:16].replace('T', ' ')} {pair.title} | handed over: {pair.delivery} | {troubles(rows, pair)}"))
    return tag("g", words, band, *marks, class_="pair")


def troubles(rows: Sequence[Summary], pair: PairFigures) -> str:
    """Each kind that was seen, and what was missing of what was needed, for which there is no mark."""
    found = [(row.title.lower(), pair.figures[row.name].value) for row in rows if row.name in TROUBLES]
    missing = pair.figures["missing"].value
    told = [f"{title}: {value:.0f}" for title, value in found if value] + ([f"needed and known, not handed over: {shown(missing, 'share')}"] if missing else [])
    if told:
        return "; ".join(told)
    return "no trouble seen" if any(value is not None for _, value in found) else "the transcript does not tell"


def mark(row: Summary, pair: PairFigures, x: float, y: float) -> str:
    """Full for a briefing of ours and for a yes, a ring for another document, a circle as large as the trouble; nothing for no, a dash for not known."""
    value = pair.figures[row.name].value
    if value is None:
        return tag("path", d=f"M{x - 2:.1f} {y:.1f}h4", class_="axis", stroke_width=2)
    if not value:
        return ""
    if row.name in TROUBLES:
        return tag("circle", cx=x, cy=y, r=RADIUS[min(len(RADIUS), int(value)) - 1], class_="trouble")
    kind = "ring" if row.name == "delivered" and pair.delivery != "briefing" else "full"
    return tag("circle", cx=x, cy=y, r=3.6, class_=kind)


__all__ = ["TROUBLES", "timeline"]
