"""Makes `src/passdown/briefing/generic.py`: words that documents of many unrelated projects have in common open no topic by themselves.

Usage: PASSDOWN_TEST_DATA=… python -m benchmarks.generic_words > src/passdown/briefing/generic.py
"""

import json
import os
import sys
import textwrap
from collections import Counter, defaultdict
from pathlib import Path

from passdown.hooks import terms as words

LEAST_PROJECTS = 6
FILES_OF_EACH = 60  # so that no project's habits outweigh the others'
MAX_BYTES = 400_000
HEAD = '''"""Stems that the documents of at least {least} of {of} unrelated projects have in common; made by `benchmarks/generic_words.py`."""

_STEMS = """
{stems}
"""
GENERIC = frozenset(_STEMS.split())

__all__ = ["GENERIC"]
'''


def main() -> int:
    root = Path(os.environ["PASSDOWN_TEST_DATA"])
    words.MOST_TERMS = sys.maxsize
    found: dict[str, set[str]] = defaultdict(set)
    read: Counter[str] = Counter()
    for row in map(json.loads, (root / "SOURCES.jsonl").read_text(encoding="utf-8").splitlines()):
        path = root / row["file"]
        if path.suffix in (".md", ".tmp", ".txt", ".mdc") and path.is_file() and path.stat().st_size < MAX_BYTES and read[row["repo"]] < FILES_OF_EACH:
            read[row["repo"]] += 1
            for term in words.terms(path.read_text(encoding="utf-8", errors="replace")):
                if len(term.levels) == 1 and term.levels[0][0].isalpha():
                    found[term.levels[0][0]].add(row["repo"])
    stems = sorted(stem for stem, projects in found.items() if len(projects) >= LEAST_PROJECTS)
    print(HEAD.format(least=LEAST_PROJECTS, of=len(read), stems="\n".join(textwrap.wrap(" ".join(stems), 150))), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
