"""One settled matter, as its row of the table gives it; `passdown.guard.settled.Entry`, which renders it, says what the fields mean."""

TYPE_CHECKING = False  # `typing` itself would cost a hook 3 ms
if TYPE_CHECKING:
    from typing import Any

Weights = list[tuple[str, int]]  # term, weight
Phrase = list[tuple[list[str], int]]  # of each word: its terms, the whole first, and its weight


class Entry:
    """text: the line that is said of it; places: those in it, as `hooks.briefing` has them. like: how near a probe comes to it, once the table has said so."""

    __slots__ = (
        "about", "chosen", "forbidden", "id", "kept", "kind", "known", "like", "names", "out", "paths", "pins", "places", "reserved", "rivals", "session",
        "text", "topic", "until")

    def __init__(self, row: "dict[str, Any]") -> None:
        self.id: str = row["id"]
        self.kind: str = row["kind"]
        self.out: list[Phrase] = row["out"]
        self.known, self.kept, self.rivals, self.names = (frozenset[str](row[name]) for name in ("known", "kept", "rivals", "names"))
        self.chosen: Weights = row["chosen"]
        self.topic: Weights = row["topic"]
        self.until: Weights = row["until"]
        self.forbidden: list[str] = row["forbidden"]
        self.reserved: list[str] = row["reserved"]
        self.pins: list[tuple[str, str]] = row["pins"]
        self.paths: list[str] = row["paths"]
        self.about: dict[str, list[int]] = row["about"]
        self.session: str = row["session"]
        self.text: str = row["text"]
        self.places: list[object] = row["places"]
        self.like: dict[str, float] = {}


__all__ = ["Entry", "Phrase", "Weights"]
