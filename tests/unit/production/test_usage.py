"""What phases say they used, and what agents print."""

from pathlib import Path

import pytest

from passdown.production.agents import command, session_in
from passdown.production.usage import read
from passdown.workflows.ledger import Used


def test_lines_add_up_by_model(tmp_path: Path) -> None:
    """A last line that is not finished counts for nothing, nor does what is no such line."""
    path = tmp_path / "usage.jsonl"
    path.write_text('{"money": 0.1, "tokens": 5, "model": "a"}\n{"money": 0.2, "model": "a"}\n{"tokens": 7}\n'
                    'nonsense\n[1]\n{"money": -1}\n{"money": 1e300}\n{"mon')

    assert read(path) == {"a": Used(300_000, 5), "": Used(0, 7)}


def test_no_file_is_no_use(tmp_path: Path) -> None:
    """Most programs cost nothing."""
    assert read(tmp_path / "none") == {}


@pytest.mark.parametrize(("printed", "session"), [
    ('{"type":"result","session_id":"0d9a8f30-1111-4222-8333-444455556666","total_cost_usd":0.1}', "0d9a8f30-1111-4222-8333-444455556666"),
    ('{"type": "thread.started", "thread_id": "0199aaaa-bbbb"}\n{"type": "turn.completed"}', "0199aaaa-bbbb"), ("done", ""), ('"session_id": ""', "")])
def test_the_session_stands_in_what_an_agent_prints(printed: str, session: str) -> None:
    """Claude Code and Codex print it; others do not."""
    assert session_in(printed) == session


def test_an_agent_that_is_not_in_the_table_is_a_program() -> None:
    """It gets the prompt as the others do."""
    assert command("claude-code") == command("claude")
    assert command("ours").startswith('ours -p "$(cat "$PASSDOWN_PROMPT")')
