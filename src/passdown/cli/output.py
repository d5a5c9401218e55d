"""Everything that is printed goes through here: scanned for secrets, freed of control characters, data apart from words for people."""

import os
import sys
from typing import Any, TextIO

from passdown.shown import clean, data, harmless, plain

MIN_WIDTH = 40
STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33"}


def columns() -> int:
    """Of the terminal; 0 when it does not tell."""
    try:
        return os.get_terminal_size().columns
    except OSError:
        return 0


class Output:
    """Data goes to standard output, words for people to standard error. Colour only on a terminal, and never with NO_COLOR."""

    def __init__(self, as_json: bool = False, data: TextIO | None = None, words: TextIO | None = None) -> None:
        self.as_json = as_json
        self._data, self._words = data or sys.stdout, words or sys.stderr
        self._coloured = self._data.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        self.on_terminal = self._words.isatty()
        self.is_seen = self._data.isatty()
        self._width = columns() if self.is_seen else 0

    def line(self, text: str = "") -> None:
        """One line of data for a person or a pipe."""
        self._data.write(clean(harmless(text)) + "\n")

    def text(self, text: str) -> None:
        """Data as it is, without a line end of our own."""
        self._data.write(clean(text))

    def json(self, value: Any) -> None:
        self._data.write(data(value) + "\n")

    def say(self, text: str) -> None:
        """Words for people: progress, receipts, advice."""
        self._words.write(clean(harmless(text)) + "\n")

    def fit(self, text: str, indent: int = 0) -> str:
        """The text on one line of the terminal; whole where it goes into a file or a pipe."""
        text = clean(text)  # before it is cut: no scanner knows half a secret
        room = max(MIN_WIDTH, self._width - indent)
        return f"{text[: room - 1].rstrip()}…" if self._width and len(text) > room else text

    def progress(self, text: str) -> None:
        """What is being done, on one line that the next call replaces; nothing where nobody watches."""
        if self.on_terminal:
            self._words.write("\r\x1b[K" + clean(text))
            self._words.flush()

    def style(self, text: str, *names: str) -> str:
        """`text` in a style on a terminal, unchanged elsewhere. The codes survive `line` because they are added by `paint`."""
        return text if not self._coloured else self._paint(text, names)

    def _paint(self, text: str, names: tuple[str, ...]) -> str:
        return f"\x1b[{';'.join(STYLES[n] for n in names)}m{clean(text)}\x1b[0m"

    def styled(self, text: str, *names: str) -> None:
        """One line of data in a style."""
        self._data.write(self.style(clean(text), *names) + "\n")

    def flush(self) -> None:
        self._data.flush()
        self._words.flush()


__all__ = ["Output", "clean", "plain"]
