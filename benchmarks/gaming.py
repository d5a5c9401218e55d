"""Can the score be gamed? Documents against their own mutants: `python -m benchmarks.gaming [--seed N] [--show MUTATION]`.

Structural mutations need the document alone. Documents: those of the test data (handoffs, session logs, continuity files, memory banks, decisions), and what
each style renders from real sessions (`benchmarks.rendered`), where evidence mutations run too, since repository and transcript are at hand.
Prints, for each mutation, in what share of the pairs the original outscores the mutant.
"""

import argparse
import os
import random
import re
import statistics
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from passdown.formats.table import detect
from passdown.lint.base import Reading, World, read
from passdown.lint.grounding import Block, blocks
from passdown.lint.score import assess
from passdown.lint.table import findings

Mutate = Callable[[random.Random, Reading, Sequence[str]], str | None]
FOLDERS = ("2-claude-sessions-tmp", "3-handoff-md", "3-session-handoff", "4-domain-memory", "6-continuity", "7-memory-bank", "9-adr")
LEAST_BLOCKS = 6
TODAY = "2026-11-20"
LEAD = re.compile(r"^(\s*(?:[-*]\s+)?(?:\*\*[A-Z][\w /()-]{1,30}(?::\*\*|\*\*:)|[A-Z][\w /()-]{1,30}:))\s+\S.{5,}$")
WHY = re.compile(r"(?i)^\s*(?:[-*]\s+)?\**(?:why|rationale|reason(?:ing)?|because|root cause|why it \w+)\b.*$")
BECAUSE = re.compile(r"(?i)(?:[,;:–—-]|\.)?\s*\b(?:because|so that|due to|in order to|otherwise)\b[^.\n]*")
ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+(?:\[[ xX]\]\s+)?|#+\s+")
WORD = re.compile(r"\b[a-z]{2,}\b")
CODE_OR_WORD = re.compile(r"(?P<code>`[^`\n]+`|\S*[/_.]\w\S*)|\b[a-z]{2,}\b")
PATH = re.compile(r"(?<![\w/])(?:[\w.-]+/)+[\w-]+\.\w{1,4}\b")
LOREM = ("Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore magna aliqua.",
         "Ut enim ad minim veniam, quis nostrud exercitation ullamco laboris nisi ut aliquip ex ea commodo consequat.",
         "The importance of quality cannot be overstated, and everyone involved is committed to delivering the very best outcome for all of us.")


def drop_section(pick: random.Random, reading: Reading, others: Sequence[str]) -> str | None:
    """Take out one heading with all that stands below it."""
    del others
    found = [n for n, (_, part) in enumerate(reading.parts) if part.heading and len(part.body.split()) > 5]
    if len(found) < 2:
        return None
    gone = pick.choice(found)
    return "".join(part.text for n, (_, part) in enumerate(reading.parts) if n != gone)


def blank_field(pick: random.Random, reading: Reading, others: Sequence[str]) -> str | None:
    """Take the value from behind a lead (`Why: …`)."""
    del others
    found = [n for n, line in enumerate(reading.lines) if LEAD.match(line) and not line.lstrip().startswith("|")]
    if not found:
        return None
    at = pick.choice(found)
    return _with(reading, {at: LEAD.sub(r"\1", reading.lines[at]).rstrip()})


def placeholder(pick: random.Random, reading: Reading, others: Sequence[str]) -> str | None:
    """Put a template's placeholder back in place of what a list entry says."""
    del others
    found = [n for n, line in enumerate(reading.lines) if re.match(r"\s*(?:[-*]|\d+\.)\s+\S.{12,}", line)]
    if not found:
        return None
    at = pick.choice(found)
    mark = re.match(r"\s*(?:[-*]|\d+\.)\s+(?:\[[ xX]\]\s+)?", reading.lines[at])
    return _with(reading, {at: (mark[0] if mark else "") + pick.choice(("[DESCRIPTION]", "[NEXT_STEP]", "[FILE_1] - [CHANGE_DESCRIPTION]"))})


def without_reasons(pick: random.Random, reading: Reading, others: Sequence[str]) -> str | None:
    """Take out what says why: lines that do nothing else, and `because …` clauses."""
    del pick, others
    lines = {n: "" for n, line in enumerate(reading.lines) if WHY.match(line)}
    lines |= {n: BECAUSE.sub("", line) for n, line in enumerate(reading.lines) if n not in lines and BECAUSE.search(line)}
    return _with(reading, lines) if lines else None


def lorem(pick: random.Random, reading: Reading, others: Sequence[str]) -> str | None:
    """Pad a fifth of the blocks with a paragraph of filling each."""
    del others
    found = blocks(reading)
    after = {b.line - 1: pick.choice(LOREM) for b in pick.sample(found, max(1, len(found) // 5))}
    return "\n".join(f"{after[n]}\n\n{line}" if n in after else line for n, line in enumerate(reading.lines)) + "\n"


def shuffled(pick: random.Random, reading: Reading, others: Sequence[str]) -> str | None:
    """Put paragraphs of other documents in place of a fifth of its own."""
    own = [b for b in blocks(reading) if b.words >= 6]
    if len(own) < LEAST_BLOCKS:
        return None
    text = reading.text
    for one in pick.sample(own, max(1, len(own) // 5)):
        text = text.replace(one.text, pick.choice(others), 1)
    return text if text != reading.text else None


def doubled(pick: random.Random, reading: Reading, others: Sequence[str]) -> str | None:
    """Say a part, or all, of the text twice."""
    del others
    found = [part.text for _, part in reading.parts if len(part.body.split()) > 20]
    return reading.text.rstrip("\n") + "\n\n" + pick.choice([reading.text, *found])


def shuffled_words(pick: random.Random, reading: Reading, others: Sequence[str]) -> str | None:
    """Put the words of each line of a fifth of the blocks into another order; list marks stay."""
    del others
    own = [b for b in blocks(reading) if b.words >= 6 and not b.text.startswith(("```", "~~~", "|"))]
    if len(own) < LEAST_BLOCKS:
        return None
    text = reading.text
    for one in pick.sample(own, max(1, len(own) // 5)):
        text = text.replace(one.text, "\n".join(_shuffled(pick, line) for line in one.text.split("\n")), 1)
    return text if text != reading.text else None


def _shuffled(pick: random.Random, line: str) -> str:
    mark = ITEM.match(line)
    words = line[mark.end():].split() if mark else line.split()
    return (mark[0] if mark else "") + " ".join(pick.sample(words, len(words)))


def salad(pick: random.Random, reading: Reading, others: Sequence[str]) -> str | None:
    """Put random words in place of those of a fifth of the blocks; names and code stay."""
    own = [b for b in blocks(reading) if b.words >= 6 and not b.text.startswith(("```", "~~~", "|"))]
    if len(own) < LEAST_BLOCKS:
        return None
    words, text = WORD.findall(" ".join(others)), reading.text
    for one in pick.sample(own, max(1, len(own) // 5)):
        text = text.replace(one.text, CODE_OR_WORD.sub(lambda m: m[0] if m["code"] else pick.choice(words), one.text), 1)
    return text if text != reading.text else None


def served(pick: random.Random, reading: Reading, words: Sequence[str]) -> str:
    """Random words and the document's own paths under its own headings, an entry for each of its blocks."""
    paths = sorted({m[0] for m in PATH.finditer(reading.text)}) or ["src/main.py"]
    out, heading = [], None
    for one in blocks(reading):
        if one.heading != heading:
            heading = one.heading
            out += ["", f"## {heading}", ""]
        said = [*pick.choices(words, k=pick.randint(7, 14)), *(f"`{path}`" for path in pick.choices(paths, k=2))]
        out.append("- " + " ".join(pick.sample(said, len(said))))
    return "\n".join(out) + "\n"


MUTATIONS: dict[str, Mutate] = {
    "drop a section": drop_section, "blank a field": blank_field, "placeholder back": placeholder, "reasons removed": without_reasons, "lorem padding": lorem,
    "paragraphs of others": shuffled, "text doubled": doubled,
    "shuffled words": shuffled_words, "salad": salad}


def data() -> Path:
    """The test data. Ends the program where there is none."""
    where = os.environ.get("PASSDOWN_TEST_DATA", "")
    if not where:
        raise SystemExit("Set PASSDOWN_TEST_DATA to the folder of the test data.")
    return Path(where)


def _with(reading: Reading, lines: dict[int, str]) -> str:
    return "\n".join(lines.get(n, line) for n, line in enumerate(reading.lines)) + "\n"


def score(path: str, text: str, world: World) -> float:
    """The document's score with all that rules find in it."""
    reading = read(path, text, detect(text))
    return assess(reading, findings(reading, world), world).score


def documents() -> Iterator[tuple[str, str]]:
    """Path and text of real documents with enough in them."""
    for folder in FOLDERS:
        for path in sorted((data() / "documents" / folder).rglob("*")):
            if path.is_file():
                yield str(path.relative_to(data())), path.read_text(errors="replace")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--show", default="", help="print the pairs of this mutation in which the mutant is not outscored")
    parser.add_argument("--all", action="store_true", help="also documents of no style: guides and the like")
    args = parser.parse_args()
    pick, world = random.Random(args.seed), World(TODAY)
    every = [(path, text) for path, text in documents() if len(blocks(read(path, text, None))) >= LEAST_BLOCKS and (args.all or detect(text))]
    pool: dict[str, list[Block]] = {path: [b for b in blocks(read(path, text, None)) if b.words >= 6] for path, text in every}
    won: dict[str, list[bool]] = {name: [] for name in MUTATIONS}
    scores = []
    salads: list[float] = []
    pool_words = sorted({word for _, text in every for word in WORD.findall(text)})
    for path, text in every:
        project = Path(path).parts[2]
        others = [b.text for other in pick.sample(sorted(pool), 12) if Path(other).parts[2] != project for b in pool[other]]
        reading, before = read(path, text, detect(text)), score(path, text, world)
        scores.append(before)
        salads.append(score(path, served(pick, reading, pool_words), world))
        for name, mutate in MUTATIONS.items():
            draws = random.Random(f"{args.seed} {name} {path}")  # its own, whatever other mutations there are
            mutant = mutate(draws, reading, others)
            if mutant is not None:
                after = score(path, mutant, world)
                won[name].append(before > after)
                if name == args.show and before <= after:
                    print(f"{before:.3f} {after:.3f} {path}")
    for name, results in won.items():
        print(f"{name:22} {statistics.mean(results):.3f} of {len(results)}")
    together = [one for results in won.values() for one in results]
    print(f"{'all':22} {statistics.mean(together):.3f} of {len(together)}; {len(every)} documents, "
          f"scores median {statistics.median(scores):.2f}, mean {statistics.mean(scores):.3f}")
    print(f"random words and its own paths under the headings of each: median {statistics.median(salads):.2f}, most {max(salads):.2f}")


if __name__ == "__main__":
    main()
