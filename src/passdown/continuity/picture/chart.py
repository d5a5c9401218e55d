"""One figure over time: a dot a pair, a line through their running centre, what all come to."""

from collections.abc import Sequence

from passdown.continuity.picture.markup import said, tag
from passdown.continuity.picture.numbers import overall, shown
from passdown.continuity.report import MEASURED, PairFigures, Summary, centre

WIDTH, HEIGHT = 320, 150
LEFT, RIGHT, TOP, BOTTOM = 44, 316, 62, 130
RUN = 7  # pairs of a running mean or median
TALL = 0.95  # share of the measured values that fit; what is higher stands at the upper edge as a triangle
WORDS = {"better": "✓ better than at first", "worse": "! worse than at first", "same": "as at first", "not known": ""}
Point = tuple[float, float, float, PairFigures]  # x, y, value


def chart(summary: Summary, pairs: Sequence[PairFigures], x: float = 0, y: float = 0) -> str:
    """An SVG group of `WIDTH` × `HEIGHT` at a place."""
    spots = points(summary, pairs)
    top = ceiling(summary, [v for _, _, v, _ in spots])
    head = [tag("text", said(summary.title), x=0, y=14, class_="name"), tag("text", said(overall(summary.value, summary.unit)), x=0, y=40, class_="big")]
    head.append(tag("text", said(WORDS[summary.trend]), x=WIDTH - 4, y=38, class_=f"end {summary.trend if summary.trend in ('better', 'worse') else 'soft'}"))
    body = [axis(summary, top, len(pairs)), line(summary, spots), *(dot(summary, spot, top) for spot in spots)]
    if not spots:
        body = [tag("text", said("no pair of sessions tells"), x=0, y=95, class_="soft")]
    return tag("g", *head, *body, transform=f"translate({x:.0f} {y:.0f})")


def points(summary: Summary, pairs: Sequence[PairFigures]) -> list[Point]:
    """One for each pair that tells, in time order; x by order, so that a break is no empty stretch."""
    values = [(n, p, v) for n, p in enumerate(pairs) if (v := p.figures[summary.name].value) is not None]
    top = ceiling(summary, [v for _, _, v in values])
    step = (RIGHT - LEFT - 8) / max(1, len(pairs) - 1)
    return [(LEFT + 4 + n * step, BOTTOM - (BOTTOM - TOP) * min(1.0, v / top), v, p) for n, p, v in values]


def ceiling(summary: Summary, values: Sequence[float]) -> float:
    """The value at the upper edge."""
    if summary.unit in ("yes", "share"):
        return 1.0
    ordered = sorted(values)
    fits = TALL if summary.unit in MEASURED else 1.0
    return max(1.0, ordered[int(fits * (len(ordered) - 1))]) if ordered else 1.0


def axis(summary: Summary, top: float, count: int) -> str:
    """The base line, with the value of the upper edge and how many tell."""
    told = f"{summary.of} of {count} tell"
    words = (("earlier", LEFT, HEIGHT - 4, ""), (told, (LEFT + RIGHT) / 2, HEIGHT - 4, "middle"), ("later", RIGHT, HEIGHT - 4, "end"),
             (shown(top, summary.unit), LEFT - 5, TOP + 4, "end"))
    lines = tag("path", d=f"M{LEFT} {BOTTOM}H{RIGHT}M{LEFT} {TOP}H{RIGHT}", class_="axis")
    return lines + "".join(tag("text", said(text), x=x, y=y, class_=f"soft {anchor}".strip(), font_size=10) for text, x, y, anchor in words)


def line(summary: Summary, spots: Sequence[Point]) -> str:
    """Through the mean or median of each pair and its neighbours, as for all."""
    if len(spots) < RUN:
        return ""
    of, half, xs, ys = centre(summary.unit), RUN // 2, [s[0] for s in spots], [s[1] for s in spots]
    smooth = [of(ys[max(0, n - half): n + half + 1]) for n in range(len(ys))]
    return tag("path", d="M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in zip(xs, smooth, strict=True)), class_="run")


def dot(summary: Summary, spot: Point, top: float) -> str:
    x, y, value, pair = spot
    words = tag("title", said(f"{pair.started[:10]} {pair.title}: {shown(value, summary.unit)}"))
    if value > top:
        return tag("path", words, d=f"M{x - 4:.1f} {y + 5:.1f}L{x:.1f} {y - 3:.1f}L{x + 4:.1f} {y + 5:.1f}Z", class_="dot")
    return tag("circle", words, cx=x, cy=y, r=3, class_="dot")


__all__ = ["HEIGHT", "WIDTH", "chart"]
