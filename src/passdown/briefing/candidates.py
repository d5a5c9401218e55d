"""What could be said: one candidate a line, in the section it belongs to, with what it is worth and a shorter way to say it."""

import msgspec

SECTIONS = ("WHERE WE ARE", "AFTER THE BREAK", "READ", "NEXT", "FAILED", "DECIDED", "KNOW", "IN THE CODE", "RUN", "FILES")

FULLER = 0.15  # what saying a thing in full adds to having said it in short


class Candidate(msgspec.Struct, frozen=True):
    """section: one of `SECTIONS`. key: record id, path or command it stands for. worth: what it is ranked by, higher first.

    text: the line; short: the same said in fewer words, "" when there is no shorter way; fuller: share of its worth that
    saying it in full adds to that. why: what made it a candidate.
    group: in short, it is said in one line with others of the same group, behind the group's name: `src/jobs: queue.py, retry.py`.
    """

    section: str
    key: str
    text: str
    worth: float
    short: str = ""
    fuller: float = FULLER
    why: str = ""
    group: str = ""


__all__ = ["FULLER", "SECTIONS", "Candidate"]
