"""How much of real documents becomes records: of every document whose style is recognised by its content, the share of top-level list items and table rows in
recognised sections that become records of the section's kind.

    python benchmarks/imports.py FOLDER [--sample 100 --seed 7] [--style NAME]

FOLDER is searched for Markdown. A section that takes no records (a summary, measured facts) is not counted. `--sample` prints items drawn at random beside
the records that they became, for judging by hand.
"""

import argparse
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import msgspec

from passdown.formats.base import Found, Layout, Section
from passdown.formats.document import unified
from passdown.formats.grammar import introduces
from passdown.formats.marked import SEPARATOR, Chunk, chunks
from passdown.formats.sectioned import bodies, parse
from passdown.formats.styles import continuity
from passdown.formats.table import detect
from passdown.formats.unsaid import says_nothing

COMMANDS = re.compile(r"[-*+] \**Commands?\**:|#+ Commands?\s*$", re.IGNORECASE)  # a label or heading that names another kind than its section
SUFFIXES = (".md", ".tmp", ".mdc")


class Entry(msgspec.Struct, frozen=True):
    """A list item or table row: its first line's number in the document, its text, the section that it stands in, the record that it became.

    kind: what it should become: the section's, or the one that its label names.
    """

    document: str
    line: int
    text: str
    section: Section
    found: Found | None
    kind: str

    @property
    def of_kind(self) -> bool:
        return self.found is not None and self.found.record.kind == self.kind


def entries(document: str, layout: Layout, text: str) -> Iterator[Entry]:
    """The top-level list items and table rows of sections that take records; heads of tables and empty places of templates left out.

    What only introduces the list below it (`- Done:` in a ledger) is no item: those below it are.
    """
    by_line = {line: one for one in parse(layout, text) for line in range(one.first, one.last + 1)}
    ledger = layout.name == "continuity"
    for section, body, heading in bodies(layout, continuity.flattened(text) if ledger else text):
        first, said, commands = heading + 1, chunks(body) if section.kind else [], False
        for at, one in enumerate(said):
            following = said[at + 1] if at + 1 < len(said) else Chunk("")
            if one.text.startswith("#"):
                commands = ledger and bool(COMMANDS.match(one.text))
            elif counts(one, following):
                kind = "command" if commands or (ledger and COMMANDS.match(one.text)) else section.kind
                yield Entry(document, first, one.text.rstrip(), section, by_line.get(first), kind)
            first += one.text.count("\n")


def counts(one: Chunk, following: Chunk) -> bool:
    text = one.text.strip()
    head = text.startswith("|") and (SEPARATOR.match(text) or SEPARATOR.match(following.text.strip()))
    return one.tight and not head and not introduces(text, following) and not says_nothing(text)


def documents(folder: Path) -> Iterator[tuple[str, Layout, str]]:
    for path in sorted(p for p in folder.rglob("*") if p.suffix in SUFFIXES and p.is_file()):
        text = unified(path.read_text("utf-8", "replace"))
        if layout := detect(text):
            yield path.relative_to(folder).as_posix(), layout, text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--style", default="")
    args = parser.parse_args()
    told = [(name, layout, list(entries(name, layout, text))) for name, layout, text in documents(args.folder) if layout.name.startswith(args.style)]
    table(told)
    drawn = [one for _, _, found in told for one in found]
    for one in random.Random(args.seed).sample(drawn, min(args.sample, len(drawn))):
        show(one)


def table(told: list[tuple[str, Layout, list[Entry]]]) -> None:
    """By document, then by style."""
    by_style: dict[str, list[Entry]] = defaultdict(list)
    print("| document | style | items | of the kind | share |\n|---|---|---|---|---|")
    for name, layout, found in told:
        by_style[layout.name] += found
        print(f"| {name[-70:]} | {layout.name} | {share(found)} |")
    for style, found in by_style.items():
        print(f"| **all** | {style} | {share(found)} |")


def share(found: list[Entry]) -> str:
    good = sum(e.of_kind for e in found)
    return f"{len(found)} | {good} | {good / len(found):.2f}" if found else "0 | 0 | –"


def show(one: Entry) -> None:
    print(f"\n--- {one.document}:{one.line} [{one.section.name} → {one.kind}]\n{one.text}")
    if one.found is None:
        print("=> NOTHING")
    else:
        record = one.found.record
        print(f"=> {record.kind} {dict(record.details)} {[a.place for a in record.anchors]}\n   {record.text!r}")


if __name__ == "__main__":
    main()
