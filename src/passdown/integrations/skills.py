"""The skills that are installed for an agent: facts about passdown and how its commands are used. Their texts are `skill_texts/*.md`.

Format: Agent Skills, agentskills.io/specification, seen 2026-11: a folder `<name>/SKILL.md`, front matter with `name` (the folder's), `description`
(1,024 characters at most) and `metadata` (strings). Name and description of each are in every context, so there are three. `metadata` says that
the file is ours and what it held when it was written, so that one which somebody has edited is known.
"""

import re
from importlib.resources import files as packaged
from typing import Literal

from passdown.model.ids import content_hash

FILE = "SKILL.md"
SKILLS = ("passdown-resume", "passdown-note", "passdown-handoff")
OWNER = "  owner: passdown\n"
SUM = re.compile(r"^  content: \"(sha256:[0-9a-f]{32})\"\n", re.MULTILINE)

Whose = Literal["ours", "edited", "foreign"]


def skill(name: str, launcher: str) -> str:
    """The text of `SKILL.md` of one of `SKILLS`. launcher: as it is typed into a shell."""
    text = (packaged("passdown.integrations") / "skill_texts" / f"{name}.md").read_text(encoding="utf-8").replace("{launcher}", launcher)
    return text.replace(OWNER, f'{OWNER}  content: "{content_hash(text)}"\n', 1)


def whose(text: str) -> Whose:
    """Whether a skill's file is as we wrote it, ours and edited since, or not ours at all. Line ends of another system are no edit."""
    text = text.replace("\r\n", "\n")
    match = SUM.search(text)
    if not match or OWNER not in text[: match.start()]:
        return "foreign"
    return "ours" if content_hash(text[: match.start()] + text[match.end() :]) == match[1] else "edited"


__all__ = ["FILE", "SKILLS", "Whose", "skill", "whose"]
