"""What could be said: one candidate a line, in the section it belongs to, with what it is worth and a shorter way to say it."""

import msgspec

SECTIONS = ("WHERE WE ARE", "NEXT", "FAILED", "DECIDED", "KNOW", "RUN", "FILES")


class Candidate(msgspec.Struct, frozen=True):
    """section: one of `SECTIONS`. key: record id, path or command it stands for. worth: what it is ranked by, higher first.

    text: the line; short: the same said in fewer words, "" when there is no shorter way.
    """

    section: str
    key: str
    text: str
    worth: float
    short: str = ""


__all__ = ["SECTIONS", "Candidate"]
