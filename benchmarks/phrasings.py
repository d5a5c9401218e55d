"""Recall on sayings of our own: each is said in the middle of a turn, with made-up words in its places, and must become one record of its kind.

`tune` may be looked at while rules are written; `held_out` is read as a number only. Decoys must become no record of the kind they resemble.

    python -m benchmarks.phrasings [--missed]      --missed names what was missed of `tune` and which decoys were taken
"""

import argparse
import json
import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from passdown.extract.records import Extraction
from passdown.model.event import Event, Mark, Prompt, Reply, SafeEvents, ToolCall
from passdown.model.record import Record

BANK = Path(__file__).with_name("phrasings.json")
WORDS = Path(__file__).with_name("eval") / "planted_bank_a.json"  # areas, reasons and effects are filled in from there
KINDS = {
    "decision": {"decision"}, "gotcha": {"knowledge", "lesson", "issue"}, "failed": {"approach"}, "worked": {"approach", "milestone", "knowledge"},
    "credential": {"knowledge", "resource", "issue", "blocker"}, "superseded": {"decision", "knowledge"}, "preference": {"preference"},
    "next": {"task"}, "blocker": {"blocker"}, "lesson": {"lesson", "knowledge"}, "resource": {"resource"}, "command": {"command"},
    "test-data": {"test-data"}, "question": {"question"},
}
AT_THE_END = frozenset({"question"})  # what counts only where a turn ends
ROUNDS = 3  # fillings of each saying
SYLLABLES = ("ba", "cor", "den", "fi", "gal", "hu", "jin", "ka", "lem", "mo", "nar", "pi", "qua", "ro", "set", "tu", "vel", "wi", "xan", "zo")


def filled(saying: str, rng: random.Random, words: Mapping[str, Any]) -> tuple[str, str]:
    """A saying with its places filled, and the word by which its record is known."""
    made = ["".join(rng.choices(SYLLABLES, k=3)) for _ in range(4)]
    path = rng.choice((f"~/.config/{made[2]}/token", f"/etc/{made[2]}/client.key", f"deploy/{made[2]}.pem"))
    known = {"pick": made[0], "alt": made[1], "new": made[0], "flag": made[3].upper() + "_" + made[2].upper(), "path": path,
             "area": rng.choice(words["areas"])[0], "reason": rng.choice(words["reasons"])[0],
             "bad": rng.choice(words["bads"])[0], "cond": rng.choice(words["conds"])[0]}
    mark = next(known[name] for name in ("flag", "path", "pick", "new") if "{" + name + "}" in saying)
    return saying.format(**known), mark.lower()


def said(by: str, text: str, *, end: bool) -> list[Record]:
    """The records of a session in which this is said."""
    saying: Event = Prompt(text=text, n=2) if by == "user" else Reply(text=text, n=2)
    after: list[Event] = [] if end else [ToolCall(call="c", tool="t", n=3)]
    extraction = Extraction()
    events = (Mark(session="s"), Prompt(text="go", n=1), saying, *after)
    extraction.add(SafeEvents(tuple(replace(e, at="2026-01-01T00:00:00Z") for e in events)))
    return extraction.records()


def found(kind: str, mark: str, records: list[Record]) -> bool:
    """Whether a record of the kind holds the marker; a failed approach must say that it failed."""
    return any(r.kind in KINDS[kind] and mark in r.text.lower() and (kind != "failed" or r.detail("outcome") == "failed") for r in records)


def tries(part: str, kind: str, sayings: list[list[str]], words: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    """Each filled saying with its surroundings, and whether its record came."""
    for n in range(ROUNDS):
        rng = random.Random(f"{part}-{kind}-{n}")
        for by, saying, *_ in sayings:
            text, mark = filled(saying, rng, words)
            around = "{}" if n == 0 else rng.choice(words[f"before_{by}"]) + "{}" + rng.choice(words[f"after_{by}"])
            yield f"{by}: {around.format(text)}", found(kind, mark, said(by, around.format(text), end=kind in AT_THE_END))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--missed", action="store_true", help="name what was missed of the tuned part, and the decoys taken")
    asked = parser.parse_args()
    bank, words = json.loads(BANK.read_text(encoding="utf-8")), json.loads(WORDS.read_text(encoding="utf-8"))
    for part in ("tune", "held_out"):
        rows = {kind: list(tries(part, kind, sayings, words)) for kind, sayings in bank[part].items()}
        shares = {kind: sum(ok for _, ok in row) / len(row) for kind, row in rows.items()}
        every = [ok for row in rows.values() for _, ok in row]
        print(f"{part}: {sum(every) / len(every):.3f} of {len(every)}  " + "  ".join(f"{kind} {share:.2f}" for kind, share in shares.items()))
        for text in [text for row in rows.values() for text, ok in row if not ok] if asked.missed and part == "tune" else ():
            print("   missed", text)
    taken = [text for by, saying, kind in bank["decoys"] for text, ok in tries("decoys", kind, [[by, saying]], words) if ok]
    print(f"decoys taken: {len(taken)} of {ROUNDS * len(bank['decoys'])}")
    for text in taken if asked.missed else ():
        print("   taken", text)


if __name__ == "__main__":
    main()
