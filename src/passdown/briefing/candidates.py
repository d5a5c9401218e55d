"""What could be said: one candidate a line, in the section it belongs to, with what it is worth and a shorter way to say it."""

import msgspec

SECTIONS = ("WHERE WE ARE", "AFTER THE BREAK", "READ", "NEXT", "FAILED", "DECIDED", "KNOW", "IN THE CODE", "RUN", "FILES")

MIDDLE, FULLER = 0.65, 0.4  # what saying a thing less briefly, and in full, adds to having said it in short


class Candidate(msgspec.Struct, frozen=True):
    """section: one of `SECTIONS`. key: record id, path or command it stands for. worth: what it is ranked by, higher first; 0 when enough is said
    without it.

    text: the line; short: the same said in fewer words, "" when there is no shorter way; middle: a way between the two, "" for none.
    why: what made it a candidate.
    group: in short, it is said in one line with others of the same group, behind the group's name: `src/jobs: queue.py, retry.py`.
    shared: what those of a group that say the same have in common, said once before them: `2 h ago `make`, `make test`; 3 days ago `make docs``.
    of: size of the group, when the line tells how many it leaves out.
    says: the statement by itself, by which it is known when something else says it too; "" for what may be said twice.
    """

    section: str
    key: str
    text: str
    worth: float
    short: str = ""
    middle: str = ""
    why: str = ""
    group: str = ""
    shared: str = ""
    of: int = 0
    says: str = ""


__all__ = ["FULLER", "MIDDLE", "SECTIONS", "Candidate"]
