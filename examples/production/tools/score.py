"""The gate: 4 points for enough findings, 6 for findings that name their source. The last number printed is the score."""

import json
import re

import work


def main() -> None:
    known = json.loads((work.folder() / "research" / "findings.json").read_text(encoding="utf-8"))["findings"]
    script = (work.folder() / "production" / "script.md").read_text(encoding="utf-8")
    named = len(re.findall(r"\[[\w-]+\.txt\]", script))
    if named < len(known):
        print(f"{len(known) - named} of {len(known)} findings do not name their source")
    print(min(len(known), 3) / 3 * 4 + (named / len(known) * 6 if known else 0))


main()
