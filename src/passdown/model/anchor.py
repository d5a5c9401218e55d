"""What a record rests on, as it was seen when the record was made."""

import msgspec


class Anchor(msgspec.Struct, frozen=True):
    """A place in the repository.

    path: relative to the project's root, forward slashes.
    first / last: 1-based lines, both inclusive; 0 when the whole file is meant.
    symbol: a function, class or heading in it, "" when none is named.
    seen: content hash (`ids.content_hash`, line ends as LF) at the moment the anchor was made: of the lines; without lines, of the symbol where
        `signature` says that it was found, else of the file; "" when the place was not seen then. Only of what was seen may it later be said
        that it is gone or changed.
    signature: first 12 digits of the hash of the symbol's signature as it was seen; "" when the symbol was not found in the file.
    commit: the head of the repository at that moment, its first 12 digits; "" outside git. With `seen` empty: the place was looked for, and was not there.
    """

    path: str
    first: int = 0
    last: int = 0
    symbol: str = ""
    seen: str = ""
    signature: str = ""
    commit: str = ""

    @property
    def place(self) -> str:
        """`path`, `path:12` or `path:12-20`, followed by `#symbol` when there is one."""
        lines = "" if not self.first else f":{self.first}" if self.last <= self.first else f":{self.first}-{self.last}"
        return self.path + lines + (f"#{self.symbol}" if self.symbol else "")

    def at(self, path: str, line: int) -> "Anchor":
        """The same lines or symbol, unseen, in another file, where they begin at a line."""
        return Anchor(path, line, line + max(self.last, self.first) - self.first, self.symbol) if self.first else Anchor(path, symbol=self.symbol)


class Evidence(msgspec.Struct, frozen=True):
    """Where something was said: session id, number of the event in it, and the content hash of the quoted text."""

    session: str
    event: int
    quote: str


__all__ = ["Anchor", "Evidence"]
