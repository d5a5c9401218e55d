"""Places of the project as people write them: `src/app.py:12-20`, `docs/a.md#usage`."""

import re

from passdown.model.anchor import Anchor

PLACE = re.compile(r"`?(?P<path>[\w./@+-]+\.\w+|[\w.@+-]+/[\w./@+-]+)(?::(?P<first>\d+)(?:-(?P<last>\d+))?)?(?:#(?P<symbol>[\w.-]+))?`?")
_STOOD = re.compile(r"\s[✔~✗].*$")


def places(text: str) -> list[Anchor]:
    """`path:12-20; other.py` as anchors, without what they held."""
    found = [m for part in re.split(r"[;,]\s*", text) if (m := PLACE.match(part.strip()))]
    return [Anchor(m["path"], int(m["first"] or 0), int(m["last"] or m["first"] or 0), m["symbol"] or "") for m in found]


def only_places(value: str) -> bool:
    """Whether a `File:` line says nothing but places."""
    return all(PLACE.fullmatch(part.strip()) for part in re.split(r"[;,]\s*", value))


def is_place(part: str) -> bool:
    """Whether words are a place alone, how it stands (`✔`, `~ changed …`) aside."""
    return bool(PLACE.fullmatch(_STOOD.sub("", part).strip()))


__all__ = ["PLACE", "is_place", "only_places", "places"]
