"""Ten thousand records as a long-lived project would have them: made up, the same every time, words spread as in prose."""

import random
from collections.abc import Iterator
from pathlib import Path

from passdown.formats import record_file
from passdown.model.anchor import Anchor, Evidence
from passdown.model.ids import content_hash, derived_id
from passdown.model.record import KINDS, Record

AREAS = ("billing export", "search index", "login form", "rate limiter", "nightly import", "thumbnail cache", "audit trail", "invoice mailer", "webhook relay")
VERBS = ("keeps", "drops", "rewrites", "validates", "retries", "splits", "merges", "streams", "locks", "skips")
STARTS = ("We use", "Do not touch", "It turned out that", "Next we move", "I tried to replace", "The user wants", "Blocked on", "Run the checks for")
SYLLABLES = ("ba", "ke", "lo", "mi", "nu", "ra", "se", "ti", "vo", "xa", "ze", "do", "fi", "gu", "ha", "ji", "po", "qui", "sto", "tra")


def vocabulary(rng: random.Random, size: int = 6_000) -> list[str]:
    return ["".join(rng.choice(SYLLABLES) for _ in range(rng.randint(2, 4))) for _ in range(size)]


def sentence(rng: random.Random, words: list[str], length: int) -> str:
    """The n-th word of the vocabulary is about n times rarer than the first."""
    return " ".join(words[min(len(words) - 1, int(rng.paretovariate(0.7)) - 1)] for _ in range(length))


def records(count: int, seed: int = 1) -> Iterator[Record]:
    rng = random.Random(seed)
    words = vocabulary(rng)
    kinds = list(KINDS)
    for i in range(count):
        area, module = rng.choice(AREAS), "".join(w.capitalize() for w in rng.sample(words[:400], 2))
        title = f"{rng.choice(STARTS)} the {area}: it {rng.choice(VERBS)} {sentence(rng, words, rng.randint(5, 14))} in {module}"
        body = "\n\n".join(sentence(rng, words, rng.randint(10, 40)) for _ in range(rng.randint(0, 2)))
        day = f"2026-{1 + i * 10 // count:02d}-{1 + i % 28:02d}T{i % 24:02d}:00:00Z"
        yield Record(
            id=derived_id("bank", str(i)), kind=rng.choice(kinds), text=f"{title}\n\n{body}".strip(), created=day, updated=day,
            session=f"session-{i // 40}", agent="claude-code", branch="main", details={"why": sentence(rng, words, 12)},
            anchors=(Anchor(f"src/{area.split()[0]}/{module}.py", 1 + i % 300, 9 + i % 300, seen=content_hash(module)),),
            evidence=(Evidence(f"session-{i // 40}", i % 40 * 7, content_hash(title)),),
        )


def questions(count: int, seed: int = 2) -> list[str]:
    """As people ask: an area, a few words of some record, an identifier, now and then a kind."""
    rng = random.Random(seed)
    words = vocabulary(random.Random(1))
    asks = (
        "why did we change the {area}", "known problems with {area} {a}", "{a} {b} {c}", "what is left to do in the {area}",
        "how does {A}{B} work with {area}", "{area} {a} when {b}", "did an attempt at {a} in the {area} fail",
    )
    out = []
    for _ in range(count):
        a, b, c = (words[min(len(words) - 1, int(rng.paretovariate(0.5)) - 1)] for _ in range(3))
        out.append(rng.choice(asks).format(area=rng.choice(AREAS), a=a, b=b, c=c, A=a.capitalize(), B=b.capitalize()))
    return out


def write(folder: Path, count: int) -> int:
    """One file a record below `folder`/<kind>/; returns their bytes."""
    size = 0
    for record in records(count):
        path = folder / record.kind / f"{record.id}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        size += path.write_bytes(record_file.render(record).encode())
    return size
