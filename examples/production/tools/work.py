"""What the programs of all phases share: an item's folder, its files, and saying what was used."""

import json
import os
import time
from pathlib import Path

DOLLARS_A_WORD = 0.00001  # as if a model had read and written them
TOKENS_A_WORD = 1.3


def folder() -> Path:
    """The item's own; passdown says which, and starts us in the repository's root."""
    return Path(os.environ["PASSDOWN_FOLDER"])


def item() -> str:
    return os.environ["PASSDOWN_ITEM"]


def feedback() -> str:
    """What the gate said of the last attempt; "" in the first one."""
    path = Path(os.environ.get("PASSDOWN_FEEDBACK", ""))
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def leave(name: str, text: str) -> None:
    """An output, whole or not at all."""
    path = folder() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


def used(words: int) -> None:
    """A line of what this phase used, for the ledger."""
    if place := os.environ.get("PASSDOWN_USAGE"):
        with Path(place).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"money": words * DOLLARS_A_WORD, "tokens": round(words * TOKENS_A_WORD), "model": "example"}) + "\n")


def pause() -> None:
    time.sleep(float(os.environ.get("PAUSE_S", "0")))
