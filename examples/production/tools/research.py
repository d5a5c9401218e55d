"""Research: the sentences of the sources that share words with the topic, each with its source, the closest first."""

import json
import re
from pathlib import Path

import work

MOST = 6
SHORT = 4  # letters of words that say nothing of a topic


def words(text: str) -> set[str]:
    return {word for word in re.findall(r"[a-z]+", text.lower()) if len(word) > SHORT}


def main() -> None:
    topic = Path("topics", work.item() + ".txt").read_text(encoding="utf-8").strip()
    found, read = [], 0
    for source in sorted(Path("sources").glob("*.txt")):
        text = " ".join(source.read_text(encoding="utf-8").split())
        read += len(text.split())
        for sentence in re.split(r"(?<=[.!?]) ", text):
            shared = len(words(topic) & words(sentence))
            if shared:
                found.append({"says": sentence, "source": source.name, "shared": shared})
    found.sort(key=lambda one: (-one["shared"], one["source"], one["says"]))
    work.leave("research/findings.json", json.dumps({"topic": topic, "findings": found[:MOST]}, indent=1) + "\n")
    work.used(read)
    print(f"{len(found)} sentences on: {topic}")


main()
