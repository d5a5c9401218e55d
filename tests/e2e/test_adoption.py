"""What a project has already: its style is taken up, its instructions are not said again."""

import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]
MEMORY = "# Session Memory\n\n## 5. Pending Work\n\n- Write the refund flow\n\n## 6. Critical Knowledge\n\n- Ids are padded\n"
LOG = "# Session\n\n**Status**: in_progress\n\n## What Worked\n\n- Batching\n\n## What Didn't Work\n\n- Polling\n\n## Next Steps\n\n- [ ] Refunds\n"


def test_init_says_and_sets_the_style_that_the_project_has(passdown: Passdown, repository: Path) -> None:
    """By where its documents lie and what they say; `handoff` then goes on in it."""
    (repository / ".claude" / "sessions").mkdir(parents=True)
    (repository / ".claude" / "sessions" / "2026-11-02-refunds.tmp").write_text(LOG)
    (repository / "AGENTS.md").write_text("# Rules\n")
    done = json.loads(passdown("init", "--json").stdout)
    assert (done["style"], done["documents"], done["instructions"]) == ("session-log", [".claude/sessions/2026-11-02-refunds.tmp"], ["AGENTS.md"])
    assert re.search(r'^style = "session-log"', (repository / ".passdown" / "config.toml").read_text(), re.MULTILINE)
    assert json.loads(passdown("handoff", "--json", "--dry-run").stdout)["style"] == "session-log"


def test_a_project_without_documents_gets_the_default(passdown: Passdown, repository: Path) -> None:
    """And a second `init` leaves the settings as they are."""
    assert json.loads(passdown("init", "--json").stdout)["style"] == ""
    settings = (repository / ".passdown" / "config.toml").read_bytes()
    (repository / ".tmp").mkdir()
    (repository / ".tmp" / "SESSION_MEMORY.md").write_text(MEMORY)
    assert json.loads(passdown("init", "--json").stdout)["style"] == "session-memory"
    assert (repository / ".passdown" / "config.toml").read_bytes() == settings


def test_the_setting_names_the_style_and_an_unknown_one_is_an_error(passdown: Passdown, repository: Path) -> None:
    """`--style` wins over it."""
    passdown("init")
    config = repository / ".passdown" / "config.toml"
    config.write_text('style = "session-log"\n')
    assert json.loads(passdown("export", "--json").stdout)["style"] == "session-log"
    assert json.loads(passdown("export", "--json", "--style", "session-memory").stdout)["style"] == "session-memory"
    config.write_text('style = "haiku"\n')
    assert "no style `haiku`" in passdown("handoff", code=2).stderr


def test_what_standing_instructions_say_is_not_said_again(passdown: Passdown, repository: Path) -> None:
    """Only whole: a record that says more than they do is said. It is told, and still a record."""
    passdown("init")
    (repository / "CLAUDE.md").write_text("# Rules\n\n- Always run the linter before every commit.\n- Count money in cents, never in floats.\n")
    passdown("note", "preference", "Always run the linter before every commit")
    passdown("note", "lesson", "Count money in cents, never in floats", "--why", "the ledger of 2024 drifted apart")
    done = json.loads(passdown("handoff", "--json").stdout)
    text = (repository / ".tmp" / "SESSION_MEMORY.md").read_text()
    assert [left["why"] for left in done["left_out"]] == ["CLAUDE.md says it already"]
    assert ("run the linter" in text, "Count money in cents" in text) == (False, True)
    assert "run the linter" in passdown("list").stdout


def test_the_memory_that_an_agent_keeps_is_context(passdown: Passdown, repository: Path) -> None:
    """Named among the memory files where only this machine reads it; its words are not said again; never in a document for others."""
    folder = Path(os.environ["HOME"]) / ".claude" / "projects" / re.sub(r"[^A-Za-z0-9]", "-", str(repository)) / "memory"
    folder.mkdir(parents=True)
    (folder / "MEMORY.md").write_text("# What I know of the shop\n\n- The queue worker needs Redis on port 6380.\n")
    passdown("init")
    passdown("note", "knowledge", "The queue worker needs Redis on port 6380", "--share")
    passdown("handoff")
    passdown("handoff", "--out", "MEMORY.md")
    private, shared = (repository / ".tmp" / "SESSION_MEMORY.md").read_text(), (repository / "MEMORY.md").read_text()
    assert ("memory/MEMORY.md` - What I know of the shop" in private, "6380" in private) == (True, False)
    assert "What I know" not in shared


def test_a_template_needs_no_store(passdown: Passdown) -> None:
    """The style's empty document, and nothing written."""
    said = passdown("handoff", "--template", "--style", "session-memory").stdout
    assert said.count("\n## ") >= 13
    assert "<!-- pd:" not in said
