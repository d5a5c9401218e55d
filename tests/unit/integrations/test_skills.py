"""The skills and their owner's mark."""

import re

import pytest
import yaml

from passdown.cli.main import COMMANDS
from passdown.integrations.skills import SKILLS, skill, whose

LAUNCHER = "/home/dev/.passdown/bin/passdown-hook"


@pytest.mark.parametrize("name", SKILLS)
def test_a_skill_keeps_to_the_specification(name: str) -> None:
    """Name as its folder, a description of at most 1,024 characters, metadata of strings, a body below 500 lines."""
    _, head, body = skill(name, LAUNCHER).split("---\n", 2)
    front = yaml.safe_load(head)

    assert front["name"] == name
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
    assert 1 <= len(front["description"]) <= 1_024
    assert all(isinstance(v, str) for v in front["metadata"].values())
    assert set(front) == {"name", "description", "metadata"}
    assert body.count("\n") < 500
    assert "{" not in body
    assert LAUNCHER in body


@pytest.mark.parametrize("name", SKILLS)
def test_a_skill_names_verbs_that_there_are(name: str) -> None:
    """Each `passdown VERB` of the text can be run."""
    text = skill(name, LAUNCHER)
    code = re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL) + re.findall(r"`[^`\n]+`", text)
    verbs = set(re.findall(r"\bpassdown ([a-z]+)", "\n".join(code)))

    assert verbs
    assert verbs - set(COMMANDS) <= {"handoff"}


@pytest.mark.parametrize("name", SKILLS)
def test_an_edit_is_noticed(name: str) -> None:
    """As written it is ours, also with line ends of another system; a word more and it is the user's; without our mark it is not ours."""
    text = skill(name, LAUNCHER)

    assert whose(text) == whose(text.replace("\n", "\r\n")) == "ours"
    assert whose(text + "More.\n") == whose(text.replace("passdown", "Passdown", 1)) == "edited"
    assert whose("---\nname: passdown-note\n---\nMine.\n") == whose("") == "foreign"
