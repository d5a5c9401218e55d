"""Makes `src/passdown/extract/classifier.bin`. Deterministic: the same sayings, labels, data and numpy give the same bytes.

    PASSDOWN_TEST_DATA=<folder> python -m benchmarks.train_classifier

What it learns from:
- `sayings.txt`, written by us, each in some fillings: what records of each kind sound like, and what only sounds like one;
- the tuned part of `phrasings.json` (never the held-out part);
- sentences of real sessions below $PASSDOWN_TEST_DATA, each taken for no record, but weighing less; those judged by a reader stand in
  `labels.txt` as the hash of the sentence and its kind, and weigh more.
Of real sentences only weights of hashed features remain, over words that are common to most of the sources.
"""

import argparse
import json
import os
import random
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np
from benchmarks import phrasings, sessions
from benchmarks.fillings import AFTER, BADS, BEFORE, CONDITIONS, NOUNS, REASONS
from numpy.typing import NDArray

from passdown.extract import table
from passdown.extract.base import TEXT_CHARS, Context, Speaker
from passdown.extract.features import BUCKETS, Features
from passdown.extract.prose import Sentence, blocks, sentences
from passdown.extract.voices import speaker
from passdown.model.event import Prompt, Reply
from passdown.model.ids import content_hash

HERE = Path(__file__).parent
OUT = HERE.parent / "src" / "passdown" / "extract" / "classifier.bin"
KINDS = ("decision", "knowledge", "failed", "worked", "credential", "value", "preference", "task", "blocker", "lesson", "question", "milestone")
SAID_AS = {"gotcha": "knowledge", "superseded": "value", "next": "task"}  # names in the bank of phrasings
FILLINGS = 40  # of each saying
REAL_WEIGHT, LABEL_WEIGHT, SAYING_WEIGHT = 0.15, 4.0, 1.0
EPOCHS, RATE, DECAY = 14, 0.15, 2e-6
LONG = 5  # letters of a word that names something rather than holding a sentence together
WIDELY = 6  # sources that must use a word of the vocabulary

Example = tuple[list[int], int, float]  # features, number of the kind (-1 for none), weight
Matrix = NDArray[np.float64]

CHOICE = re.compile(r"\{([^{}]*\|[^{}]*)\}")
SLOT = re.compile(r"\{(\w+)\}")
COMMON: list[str] = []  # words of the vocabulary that may stand anywhere: what a thing is called must not matter


def thing(rng: random.Random) -> str:
    """A name or a phrase of one to four words, known or not."""
    if not COMMON or rng.random() < 0.4:
        return word(rng)
    said = [rng.choice(COMMON) if rng.random() < 0.7 else word(rng) for _ in range(rng.randint(1, 4))]
    return rng.choice(("", "the ", "a ", "")) + " ".join(said)


def clause(rng: random.Random, known: tuple[str, ...]) -> str:
    """One of the known clauses, or a few words that stand for one."""
    if not COMMON or rng.random() < 0.5:
        return rng.choice(known)
    shape = rng.choice(("{} {}", "the {} {} {}", "{} are {}", "it {} the {}", "{} is {} {}", "we {} {} the {}", "the {} of {} {}", "{} {} {}"))
    return shape.format(*(rng.choice(COMMON) for _ in range(4)))


def word(rng: random.Random) -> str:
    """A name nobody knows, in one of the shapes that names have."""
    made = "".join(rng.choices(phrasings.SYLLABLES, k=rng.randint(2, 3)))
    return rng.choice((made, made, made, made.capitalize(), f"`{made}`", f"the {made} library", f"{made}-{made[:3]}"))


def filled(saying: str, rng: random.Random) -> str:
    """One choice of everything in a saying, from the inside out."""
    slots = {"pick": lambda: thing(rng), "alt": lambda: thing(rng), "new": lambda: word(rng),
             "area": lambda: rng.choice(NOUNS) if rng.random() < 0.4 else thing(rng).removeprefix("the "),
             "reason": lambda: clause(rng, REASONS), "bad": lambda: rng.choice(BADS) if rng.random() < 0.75 else clause(rng, BADS),
             "cond": lambda: clause(rng, CONDITIONS), "flag": lambda: word(rng).strip("`").split()[-1].upper() + "_X",
             "path": lambda: rng.choice(("~/.config/{}/token", "/etc/{}/client.key", ".env.{}", "deploy/{}.pem")).format(word(rng).strip("`").split()[-1])}
    text = saying
    kept = SLOT.sub(lambda m: f"\x00{m[1]}\x01" if m[1] in slots else m[0], text)
    while (found := CHOICE.search(kept)):
        kept = kept[:found.start()] + rng.choice(found[1].split("|")) + kept[found.end():]
    return re.sub("\x00(\\w+)\x01", lambda m: slots[m[1]](), kept)


def sayings() -> Iterator[tuple[str, Speaker, str]]:
    """Kind, speaker and words of each saying."""
    for line in (HERE / "sayings.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            head, said = line.split(": ", 1)
            kind, by = head.split()
            yield kind, "user" if by == "user" else "agent", said
    for kind, told in json.loads(phrasings.BANK.read_text(encoding="utf-8"))["tune"].items():
        for by, said in told:
            yield SAID_AS.get(kind, kind), by, said


def sentences_of(text: str) -> Iterator[Sentence]:
    for block in blocks(text):
        yield from sentences(text, block)


def found(sentence: Sentence, by: Speaker) -> str:
    """What the rules see in a sentence."""
    candidate = table.ruled(table.TABLE, sentence, Context(by))
    return candidate.named if candidate else ""


def common_words() -> list[str]:
    """What most sources say, and what the sayings say."""
    own = {w for _, _, said in sayings() for w in re.findall(r"[a-z]+(?:'[a-z]+)?", SLOT.sub(" ", said.lower()))}
    used: Counter[str] = Counter()
    for words in sessions.words_by_source():
        used.update(words)
    common = {w for w, n in used.items() if n >= WIDELY}
    COMMON[:] = sorted(w for w in common if len(w) >= LONG)
    return sorted(own | common)


def said_by_us(features: Features) -> Iterator[Example]:
    rng = random.Random(11)
    for kind, by, said in sayings():
        for _ in range(FILLINGS):
            own = filled(said, rng)
            before = rng.choice(BEFORE[by])
            text = before + own + rng.choice(AFTER[by])
            told = list(sentences_of(text))
            at = next((s for s in told if s.end > len(before)), None)
            if at is not None:
                yield features.of(at, by, found(at, by)), KINDS.index(kind) if kind in KINDS else -1, SAYING_WEIGHT


def said_by_others(features: Features) -> Iterator[Example]:
    """Each sentence of the real sessions once."""
    labels = dict(line.split() for line in (HERE / "labels.txt").read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    seen: set[str] = set()
    for by, sentence in real_sentences():
        mark = label(sentence.text)
        if mark in seen:
            continue
        seen.add(mark)
        told = found(sentence, by)
        kind = labels.get(mark, "none")
        if mark in labels or not told:
            yield features.of(sentence, by, told), KINDS.index(kind) if kind in KINDS else -1, LABEL_WEIGHT if mark in labels else REAL_WEIGHT


def real_sentences() -> Iterator[tuple[Speaker, Sentence]]:
    """What the classifier is asked about: said by a user or an agent, and no summary or text that was put in."""
    for session in sessions.all_sessions():
        for event in session.events:
            if isinstance(event, Prompt | Reply) and not event.lane and (by := speaker(event)) in ("user", "agent"):
                yield from ((by, s) for s in sentences_of(event.text) if len(s.text) <= TEXT_CHARS)


def label(text: str) -> str:
    """By what a judged sentence is known in `labels.txt`."""
    return content_hash(" ".join(text.lower().split())).removeprefix("sha256:")[:12]


def trained(examples: list[Example]) -> tuple[Matrix, Matrix]:
    """Weights and biases of one logistic regression a kind, by AdaGrad over small batches."""
    rng = np.random.default_rng(5)
    weights, bias = np.zeros((BUCKETS + 1, len(KINDS))), np.full(len(KINDS), -4.0)
    steps, bias_steps = np.full_like(weights, 1e-3), np.full_like(bias, 1e-3)
    longest = max(len(x) for x, _, _ in examples)
    rows = np.full((len(examples), longest), BUCKETS)
    for i, (x, _, _) in enumerate(examples):
        rows[i, :len(x)] = x
    wanted = np.zeros((len(examples), len(KINDS)))
    for i, (_, kind, _) in enumerate(examples):
        if kind >= 0:
            wanted[i, kind] = 1
    heavy = np.array([w for _, _, w in examples])
    for _ in range(EPOCHS):
        order = rng.permutation(len(examples))
        for batch in np.array_split(order, max(1, len(order) // 64)):
            x = rows[batch]
            odds = weights[x].sum(axis=1) + bias
            error = (1 / (1 + np.exp(-np.clip(odds, -30, 30))) - wanted[batch]) * heavy[batch, None] / len(batch)
            touched, back = np.unique(x, return_inverse=True)
            slope = np.zeros((len(touched), len(KINDS)))
            np.add.at(slope, back.reshape(-1), np.repeat(error, longest, axis=0))
            slope += DECAY * weights[touched]
            steps[touched] += slope ** 2
            weights[touched] -= RATE * slope / np.sqrt(steps[touched])
            weights[BUCKETS] = 0
            bias_slope = error.sum(axis=0)
            bias_steps += bias_slope ** 2
            bias -= RATE * bias_slope / np.sqrt(bias_steps)
    return weights[:BUCKETS], bias


def packed(weights: Matrix, bias: Matrix, words: list[str]) -> bytes:
    """A line of JSON, then one byte a weight (128 is 0), bucket by bucket, compressed."""
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-6) / 127
    small = np.clip(np.rint(weights / scale), -127, 127).astype(int) + 128
    header = {"kinds": KINDS, "scales": [round(float(s), 6) for s in scale], "biases": [round(float(b), 4) for b in bias], "words": words}
    return json.dumps(header, separators=(",", ":")).encode() + b"\n" + zlib.compress(small.astype(np.uint8).tobytes(), 9)


def main() -> None:
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    if not os.environ.get("PASSDOWN_TEST_DATA"):
        raise SystemExit("PASSDOWN_TEST_DATA must name the folder of real sessions")
    words = common_words()
    features = Features(words)
    examples = [*said_by_us(features), *said_by_others(features)]
    print(f"{len(words)} words, {len(examples)} examples: {dict(Counter(KINDS[k] if k >= 0 else 'none' for _, k, _ in examples))}")
    content = packed(*trained(examples), words)
    OUT.write_bytes(content)
    print(f"{OUT.name}: {len(content)} bytes, {len(msgspec.json.encode(words))} of them words")


if __name__ == "__main__":
    main()
