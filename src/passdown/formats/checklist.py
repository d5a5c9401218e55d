"""The seven points of the session memory's self-verification, each a function from the document and measured facts to a verdict.

The document is what is judged, whoever wrote it; facts about the world (files, programs) come from the action.
"""

import re
from collections.abc import Callable, Mapping, Sequence

import msgspec

from passdown.formats.base import Check, Material
from passdown.formats.command_lines import NOTED
from passdown.formats.grammar import AS_OF, NOTED_ON
from passdown.formats.marked import chunks, unmarked
from passdown.formats.outline import FENCE, parts
from passdown.formats.parts.knowledge import is_critical, minutes, severity_of, troubles
from passdown.formats.parts.wording import line, some
from passdown.formats.vocabulary import MARKS
from passdown.model.record import SEVERITIES

SPAN = re.compile(r"`([^`\n]+)`")
FILE = re.compile(r"(?<![\w/~.:-])(?:[\w.@+-]+/)*[\w.@+-]*[\w@+-]\.[A-Za-z]\w{0,5}(?::\d+(?:-\d+)?)?(?:#[\w.-]+)?$")
FILE_LINE = re.compile(r"^\s*(?:[-*] )?(?:\*\*)?(?:Files?|Stopped at|Credentials[\w ()]*)(?:\*\*)?:\s+(.+)$", re.MULTILINE)
GONE = re.compile(r"`?[\w./@+-]+`?(?::[\d-]+)?(?:#[\w.-]+)? (?:✗|\(not here\))")
QUOTED = re.compile(r"“[^”]*”", re.DOTALL)
EXTENSION = re.compile(
    r"(?i)c|cc|cfg|clj|cpp|cs|css|csv|dart|env|erb|exs?|go|gradle|h|hpp|hs|html|ini|java|jl|jsx?|json|kt|lock|lua|m|mdx?|[cm]js|ml|mts|php|pl|proto|ps1|pyi?|r|rb|"
    r"rs|rst|sass|scala|scss|sh|sql|svelte|swift|tf|toml|tsx?|txt|vue|xml|ya?ml|zig")
VAGUE = re.compile(
    r"(?i)^\W*(?:continue|go on|carry on|keep going|finish|todo|tbd|n/?a|none|unknown|see above|<[^>]*>|\[[^\]]*\])\W*(?:work(?:ing)?|it|this|task)?\W*$")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
WEIGHT = {"critical": 60.0, "important": 20.0, "helpful": 5.0}  # minutes that forgetting it is taken to cost when nobody said how many
FAILURE_MINUTES = 3.0  # a failed run of a test or build, and looking at why


class Resolved(msgspec.Struct, frozen=True):
    """What became of a command of the quick start. ok: None when it cannot be known. ran: it was run, and not only looked up."""

    command: str
    ok: bool | None
    why: str
    ran: bool = False


class Facts(msgspec.Struct, frozen=True):
    """missing: paths that the document names and that are not there. commands: those of the quick start, in order."""

    missing: tuple[str, ...] = ()
    commands: tuple[Resolved, ...] = ()


Bodies = Mapping[int, str]


def bodies(text: str, number: Callable[[str], int]) -> Bodies:
    """The sections' bodies without our marks, by number."""
    return {p.number: "".join(unmarked(c.text) for c in chunks(p.body)) for p in parts(text, number) if p.number}


def commands(sections: Bodies) -> list[tuple[str, str]]:
    """(heading of its group, command line) of every command in the quick start's fenced blocks."""
    found, group, fenced = [], "", False
    for one in sections.get(8, "").split("\n"):
        if FENCE.match(one):
            fenced = not fenced
        elif fenced and one.strip().startswith("#"):
            group = one.strip("# ").strip()
        elif fenced and one.strip():
            found.append((group, NOTED.sub("", one).split("  #")[0].strip()))
    return found


def paths(sections: Bodies) -> list[str]:
    """Paths that sections 1 to 13 name as files, as they are spelled; not those marked as gone, nor those in verbatim quotes."""
    said = GONE.sub("", QUOTED.sub("", "\n".join(body for n, body in sections.items() if n <= 13)))
    spans = [s for s in SPAN.findall(said) if " " not in s]
    spans += [re.split(r"\s", part.strip().strip("`"))[0] for row in FILE_LINE.findall(said) for part in re.split(r"[;,]\s", row)]
    found = (m[0].split("#")[0].split(":")[0] for s in spans if (m := FILE.match(s.strip("`()").removeprefix("@"))))
    return [p for p in dict.fromkeys(found) if "://" not in p and EXTENSION.fullmatch(p.rsplit(".", 1)[-1])]


def verify(sections: Bodies, material: Material, facts: Facts) -> tuple[Check, ...]:
    """The seven verdicts, in the seed's order."""
    return (restart(sections, facts), findable(sections, material, facts), blockers(sections), test_data(sections, material.today),
            costliest(sections, material), ranked(sections), resumable(sections, facts))


def restart(sections: Bodies, facts: Facts) -> Check:
    """Can I restart with only the quick start? Something sets up or runs, something verifies, and every command resolves."""
    name = "restart with only the quick start"
    groups = {group.lower() for group, _ in commands(sections)}
    if not facts.commands:
        return Check(name, False, "section 8 has no command")
    bad = [f"`{line(c.command, 60)}` {c.why}" for c in facts.commands if c.ok is False]
    if bad:
        return Check(name, False, some(bad, 3))
    if not groups & {"verify", "verify working", "test"} and len(facts.commands) < 2:
        return Check(name, False, "nothing in section 8 verifies that it works")
    unknown = [f"`{line(c.command, 60)}`" for c in facts.commands if c.ok is None]
    if unknown:
        return Check(name, None, f"cannot be looked up: {some(unknown, 3)}")
    ran = sum(c.ran for c in facts.commands)
    return Check(name, True, f"{len(facts.commands)} commands resolve" + (f", {ran} were run" if ran else "; none was run (`--run` runs them)"))


def findable(sections: Bodies, material: Material, facts: Facts) -> Check:
    """Can I find the file for any feature mentioned? With the root in section 1, every path is absolute."""
    name = "every file that is mentioned can be found"
    if material.root and material.root not in sections.get(1, ""):
        return Check(name, False, "section 1 does not say where the project lies")
    if facts.missing:
        return Check(name, False, f"not there: {some((f'`{p}`' for p in facts.missing), 5)}")
    return Check(name, True, f"{len(paths(sections))} paths, below the root in section 1")


def blockers(sections: Bodies) -> Check:
    """Are blocking issues actionable?"""
    name = "blocking issues have a next step"
    found = [c.text for c in chunks(sections.get(4, "")) if re.match(r"(?i)\W*block(?:ed|er|ing)\b", c.text)]
    stuck = [line(c.lstrip("-* "), 80) for c in found if not re.search(r"(?i)\bnext(?: steps?)?\W*:\s*\S|\bto unblock\b", c)]
    return Check(name, not stuck, some(stuck, 3) if stuck else f"{len(found)} blockers, each with a next step" if found else "no blocker")


def test_data(sections: Bodies, today: str) -> Check:
    """Is test data timestamped and likely still valid?"""
    name = "test data is dated and not expired"
    found = [NOTED_ON.sub("", c.text) for c in chunks(sections.get(7, "")) if c.text.strip() and not c.text.startswith("Nothing known")]
    whole = bool(found) and bool(AS_OF.search(found[0]) or DATE.search(found[0].split("\n", 1)[0]))  # one date at the top stands for the section
    undated = [line(c, 60) for c in found if not (whole or AS_OF.search(c) or DATE.search(c))]
    expired = [line(c, 60) for c in found if (m := re.search(r"(?i)expires?\W*:?\s*(\d{4}-\d{2}-\d{2})", c)) and m[1] < today]
    if undated or expired:
        said = (f"no date: {some(undated, 3)}" if undated else "", f"expired: {some(expired, 3)}" if expired else "")
        return Check(name, False, "; ".join(filter(None, said)))
    return Check(name, True, f"{len(found)} entries" if found else "no test data")


def costliest(sections: Bodies, material: Material) -> Check:
    """Did I capture the ONE thing that would waste the most time? The costliest by time said, failures measured and severity; is it in section 6?"""
    name = "the one thing that would waste the most time"
    worth = [(minutes(r) or WEIGHT[severity_of(r)], r.title) for r in material.records if is_critical(r)]
    worth += [(t.failures * FAILURE_MINUTES, t.command) for t in troubles(material)]
    if not worth:
        return Check(name, None, "nothing is known to have cost time: is there really nothing?")
    cost, what = max(worth, key=lambda w: w[0])
    told = line(what, 40).rstrip("…") in " ".join(sections.get(6, "").split())
    return Check(name, told, f"“{line(what, 120)}” (about {cost:.0f} min) {'is in' if told else 'is missing from'} section 6")


def ranked(sections: Bodies) -> Check:
    """Are critical knowledge items ranked by severity?"""
    name = "critical knowledge is ranked by severity"
    heads = [c.text for c in chunks(sections.get(6, "")) if c.text.strip() and not c.text.startswith(("#", "Nothing known", "- …", "```"))]
    marks = [severity_in(h.split("\n", 1)[0]) for h in heads]
    bare = [line(h, 60) for h, mark in zip(heads, marks, strict=True) if mark is None]
    if bare:
        return Check(name, False, f"not ranked: {some(bare, 3)}")
    known = [m for m in marks if m is not None]
    return Check(name, known == sorted(known), f"{len(known)} items" if known == sorted(known) else "a lesser item stands above a graver one")


def severity_in(heading: str) -> int | None:
    """The rank of the severity that a line names by its mark or word, None for none."""
    return next((SEVERITIES.index(word) for mark, word in MARKS.items() if mark in heading or word.upper() in heading), None)


def resumable(sections: Bodies, facts: Facts) -> Check:
    """Is Resume Instructions specific enough to start immediately? A file that is there, a task, a next step in words."""
    name = "resume instructions are specific enough to start"
    body = sections.get(11, "")
    if not body.strip() or body.strip().startswith("Nothing known"):
        return Check(name, False, "section 11 is empty")
    named = paths({11: body})
    lacks = [] if [p for p in named if p not in facts.missing] else ["a file that is there"]
    steps = re.findall(r"(?im)^\W*(?:next step|task)\W*:\s*(.+)$", body)
    lacks += [] if any(len(s.split()) >= 3 and not VAGUE.match(s) for s in steps) else ["a concrete task"]
    lacks += [] if re.search(r"(?im)^\W*next step\W*:\s*\S+ \S+ \S+", body) else ["a next step"]
    return Check(name, not lacks, f"it lacks {', '.join(lacks)}" if lacks else f"{some((f'`{p}`' for p in named), 2)}, and a next step")


def missing(sections: Bodies, exists: Callable[[str], bool]) -> tuple[str, ...]:
    """The named paths that are not there."""
    return tuple(p for p in paths(sections) if not exists(p))


def counts(checks: Sequence[Check]) -> str:
    """`5 of 7 hold`."""
    return f"{sum(c.ok is True for c in checks)} of {len(checks)} hold"


__all__ = ["Bodies", "Facts", "Resolved", "bodies", "commands", "counts", "missing", "paths", "verify"]
