"""Sessions of other agents, from their transcripts to a briefing and out again."""

import json
from pathlib import Path
from typing import Any

GOLDEN = Path(__file__).parent.parent / "golden" / "transcripts"


def test_a_session_is_exported_as_a_trajectory_and_read_back(passdown: Any, repository: Path, tmp_path: Path) -> None:
    """What `export --atif` writes is a session of its own when it is captured; nothing that is there is overwritten."""
    passdown("init")
    passdown("capture", "--transcript", str(GOLDEN / "gemini-cli" / "session.jsonl"))
    shown = json.loads(passdown("export", "--atif", "5e551011").stdout)
    assert shown["schema_version"] == "ATIF-v1.7"
    assert [s["step_id"] for s in shown["steps"]] == list(range(1, len(shown["steps"]) + 1))

    target = tmp_path / "out.json"
    passdown("export", "--atif", "5e551011", "--out", str(target))
    assert json.loads(target.read_text()) == shown
    assert "is there already" in passdown("export", "--atif", "5e551011", "--out", str(target), code=2).stderr
    assert "has no style" in passdown("export", "--atif", "5e551011", "--style", "handoff", code=2).stderr
    assert "atif-5e551011" in passdown("capture", "--transcript", str(target)).stdout


def test_one_memory_for_sessions_of_several_agents(passdown: Any, repository: Path) -> None:
    """A briefing knows what was done in each, whichever agent asks."""
    passdown("init")
    for agent, name in (("gemini-cli", "session.jsonl"), ("qwen-code", "session.jsonl"), ("vscode-copilot", "document.json"), ("aider", "history.md")):
        passdown("capture", "--transcript", str(GOLDEN / agent / name))
    briefing = passdown("resume").stdout
    assert "src/basket.py" in briefing
    assert "aider" in briefing
    listed = passdown("sessions").stdout
    assert all(agent in listed for agent in ("gemini-cli", "qwen-code", "vscode-copilot", "aider"))


def test_a_pasted_chat_is_captured_when_the_user_says_so(passdown: Any, repository: Path, tmp_path: Path) -> None:
    """Without a word of the user it is refused as plain text."""
    chat = tmp_path / "chat.txt"
    chat.write_text("User: Where do we round the total?\nAssistant: At the end, once.\n")
    passdown("init")
    assert "without the marks of an agent's session" in passdown("capture", "--transcript", str(chat), code=None).stderr
    assert "chat chat-" in passdown("capture", "--transcript", str(chat), "--agent", "chat").stdout
