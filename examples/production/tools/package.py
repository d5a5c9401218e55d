"""Final: the script as plain text, and a list of what the package is made of."""

import hashlib
import json
import re

import work


def main() -> None:
    script = (work.folder() / "production" / "script.md").read_text(encoding="utf-8")
    text = re.sub(r"^# (.+)$", lambda title: title[1].upper(), script, flags=re.MULTILINE)
    work.leave("final/episode.txt", text)
    contents = {"item": work.item(), "words": len(text.split()), "sha256": hashlib.sha256(text.encode()).hexdigest(),
                "sources": sorted(set(re.findall(r"\[([\w-]+\.txt)\]", text)))}
    work.leave("final/contents.json", json.dumps(contents, indent=1) + "\n")
    work.used(len(text.split()))
    print(f"{len(text.split())} words")


main()
