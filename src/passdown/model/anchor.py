"""What a record rests on, as it was seen when the record was made."""

import msgspec


class Anchor(msgspec.Struct, frozen=True):
    """A place in the repository.

    path: relative to the project's root, forward slashes.
    first / last: 1-based lines, both inclusive; 0 when the whole file is meant.
    symbol: a function, class or heading in it, "" when none is named.
    seen: content hash (`ids.content_hash`) of the lines, or of the file when no lines are given, at the moment the anchor was
        made; "" when the place was not seen then. Only of what was seen may it later be said that it is gone or changed.
    """

    path: str
    first: int = 0
    last: int = 0
    symbol: str = ""
    seen: str = ""

    @property
    def place(self) -> str:
        """`path`, `path:12` or `path:12-20`, followed by `#symbol` when there is one."""
        lines = "" if not self.first else f":{self.first}" if self.last <= self.first else f":{self.first}-{self.last}"
        return self.path + lines + (f"#{self.symbol}" if self.symbol else "")


class Evidence(msgspec.Struct, frozen=True):
    """Where something was said: session id, number of the event in it, and the content hash of the quoted text."""

    session: str
    event: int
    quote: str


__all__ = ["Anchor", "Evidence"]
