"""The briefing's text: a header that says where and when, sections of lines, what was left out."""

from collections.abc import Sequence
from functools import cache

from msgspec.structs import replace

from passdown.briefing.candidates import SECTIONS, Candidate
from passdown.briefing.pack import pack
from passdown.briefing.repeats import repeated, shorter
from passdown.briefing.select import candidates, without_echo
from passdown.briefing.situation import Situation
from passdown.briefing.times import LATER, between, clock
from passdown.briefing.tokens import estimate
from passdown.model.briefing import Dropped, Request, Said
from passdown.model.handed import handed
from passdown.model.ids import derived_id

MARK = "pd:"  # marks our own text, so that a capture knows it again and does not take it for evidence
BULLETED = frozenset(("AFTER THE BREAK", "NEXT", "FAILED", "DECIDED", "KNOW", "IN THE CODE", "RUN", "FILES"))
CLOSING = "The user expects to hear in two sentences where things stand and what comes first, before anything changes."
HOLDS = "✔"
LEGEND = {HOLDS: "as it was", "~": "changed since", "✗": "gone"}
ROUNDS = 3  # of packing: lines cost less together than one by one, so that room is left after the first
SMALL = 12  # tokens of room that are not worth another round
ROOMY = 400  # tokens from which the closing lines and the legend are worth their place


def brief(situation: Situation, request: Request) -> tuple[str, tuple[Said, ...], tuple[Dropped, ...]]:
    """Text of at most `request.budget` tokens, what it says in the order of the text, and what was dropped."""
    situation = situation if request.budget >= ROOMY else quiet(situation)
    found, echoes = without_echo(candidates(situation), situation)
    surrounding = cache(lambda sections: overhead(situation, request, sections, len(found)))
    text, nominal = "", request.budget
    chosen: list[Candidate] = []
    dropped: list[Dropped] = []
    for _ in range(ROUNDS):
        selected, left = pack(found, nominal, surrounding)
        if again := repeated(selected):
            found, twice = once(found, again)
            echoes += twice
            selected, left = pack(found, nominal, surrounding)
        said = compose(situation, request, selected, len(left), len(found))
        room = request.budget - estimate(said)
        if room < 0 and text:
            break
        text, chosen, dropped = said, selected, left
        nominal += room
        if room < SMALL:
            break
    ordered = sorted(chosen, key=lambda c: (SECTIONS.index(c.section), c.group != "", -c.worth))
    return text, tuple(Said(c.key, c.section, c.text, c.why, round(c.worth, 3)) for c in ordered), (*dropped, *echoes)


def once(found: Sequence[Candidate], again: Sequence[Candidate]) -> tuple[list[Candidate], list[Dropped]]:
    """The candidates without what others say too, and what went for that."""
    places = {(c.section, c.key) for c in again}
    rest = [c if (c.section, c.key) not in places else shorter(c) for c in found]
    gone = [c for c, kept in zip(found, rest, strict=True) if kept is None]
    return [c for c in rest if c is not None], [Dropped(c.key, "another line says it", c.section, c.short or c.text) for c in gone]


def quiet(situation: Situation) -> Situation:
    """The same without the mark of what is as it was: where there is no room to explain it, only what changed is marked."""
    places = {place: replace(s, mark="") if s.mark == HOLDS else s for place, s in situation.standing.items()}
    return replace(situation, standing=places) if situation.now != LATER else situation


def overhead(situation: Situation, request: Request, sections: frozenset[str], found: int) -> int:
    """Tokens of all but the lines, with room for the widest numbers."""
    headings = [Candidate(section, "", f"…{''.join(LEGEND)}", 0.0) for section in sorted(sections)[:1]]
    headings += [Candidate(section, "", "…", 0.0) for section in sorted(sections)[1:]]
    return estimate(compose(situation, request, headings, found, found)) + 6


def compose(situation: Situation, request: Request, chosen: Sequence[Candidate], dropped: int, found: int) -> str:
    """The whole text, the lines of a section in the order of their worth."""
    blocks = ["", *(f"! {handed(line)}" for line in situation.health)]
    for section in SECTIONS:
        lines = lines_of([c for c in chosen if c.section == section])
        if lines:
            bullet = "- " if section in BULLETED else ""
            blocks.append("\n".join([section, *(bullet + line for line in lines)]))
    if request.budget >= ROOMY:
        if dropped:
            blocks.append(f"LEFT OUT  {dropped}: `passdown resume --budget {2 * request.budget}`, `passdown search \"…\"`")
        blocks.append(CLOSING)
    blocks[0] = header(situation, request, found - dropped, found, legend("".join(blocks), situation.now))
    gap = "\n\n" if request.budget >= ROOMY else "\n"
    return gap.join(blocks) + "\n"


def lines_of(chosen: Sequence[Candidate]) -> list[str]:
    """Lines in the order of their worth, then the groups, a line each."""
    ranked = sorted(chosen, key=lambda c: -c.worth)
    groups: dict[str, list[Candidate]] = {}
    for candidate in ranked:
        if candidate.group:
            groups.setdefault(candidate.group, []).append(candidate)
    return [*(c.text for c in ranked if not c.group), *(f"{group} {together(members)}" for group, members in groups.items())]


def together(members: Sequence[Candidate]) -> str:
    """`queue.py ✔, retry.py ~, +3 more`; what several share stands before them."""
    parts: dict[str, list[str]] = {}
    for member in members:
        parts.setdefault(member.shared, []).append(member.text)
    more = members[0].of - len(members)
    return "; ".join(f"{shared} {', '.join(texts)}".lstrip() for shared, texts in parts.items()) + (f", +{more} more" if more > 0 else "")


def legend(text: str, now: str) -> str:
    """What the marks mean that are used; those of a text that is read later may become any of them."""
    used = [f"{mark} {meaning}" for mark, meaning in LEGEND.items() if mark in text or (now == LATER and any(m in text for m in LEGEND))]
    return f" · {', '.join(used)}" if used else ""


def header(situation: Situation, request: Request, said: int, found: int, marks: str) -> str:
    """Where, when, how long since, and by which mark to know this text again."""
    at = f" @ {situation.commit[:7]}" if situation.commit else ""
    branch = f" · {handed(situation.branch) or 'no branch'}{at}" if at or situation.branch else ""
    line = f"passdown · {handed(situation.project)}{branch} · {clock(situation.now)}{since(situation)}"
    if request.budget < ROOMY:
        return line + marks
    return f"{line}\n{said} of {found} things known{marks} · {MARK}{derived_id(seed(situation), situation.project)[1:9]}"


def seed(situation: Situation) -> str:
    """What makes two briefings of a project different: the time, or what was known where the time is filled in later."""
    return situation.now if situation.now != LATER else " ".join((situation.commit, *(f"{s.id}:{s.events}" for s in situation.sessions[:3])))


def since(situation: Situation) -> str:
    """` · 14 h and 2 commits since the last session`."""
    if not situation.sessions:
        return " · no session captured yet"
    past = between(situation.sessions[0].ended, situation.now)
    if not past:
        return ""
    commits = f" and {situation.commits} commit{'s' if situation.commits != 1 else ''}" if situation.commits else ""
    return f" · {past}{commits} since the last session"


__all__ = ["CLOSING", "MARK", "brief"]
