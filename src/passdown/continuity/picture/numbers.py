"""Values as a person reads them."""

UNKNOWN = "not known"


def shown(value: float | None, unit: str) -> str:
    """`62 %`, `4.2 min`, `30 k`, `0.3`; `not known` for None."""
    if value is None:
        return UNKNOWN
    if unit in ("yes", "share"):
        return f"{100 * value:.0f} %"
    return f"{short(value)}{ {'min': ' min', 'k tokens': ' k'}.get(unit, '')}"


def overall(value: float | None, unit: str) -> str:
    """The same for a mean of counts: `0.3 a session`."""
    return shown(value, unit) + ("" if value is None or unit in ("yes", "share", "min", "k tokens") else " a session")


def short(value: float) -> str:
    """Two digits that count."""
    return f"{value:.0f}" if value >= 10 or value == int(value) else f"{value:.1f}" if value >= 0.95 else f"{value:.2f}"


__all__ = ["UNKNOWN", "overall", "short", "shown"]
