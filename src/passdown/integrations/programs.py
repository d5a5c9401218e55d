"""How agents' programs are started with a briefing.

Sources: `--help` of Claude Code 2.1, Codex 0.169, Gemini CLI, Qwen Code and Copilot CLI as documented online, OpenCode's `--prompt`, aider/args.py, Goose's
documentation of `goose run`, seen 2026-11. None of them is run by our tests.
"""

from collections.abc import Mapping

from passdown.integrations.base import Run
from passdown.integrations.table import NAMED, agent

OTHERS: Mapping[str, Run] = {  # programs without hooks of ours
    "aider": Run(("--read", "{file}"), "aider", first=False),
    "goose": Run(("run", "--interactive", "--instructions", "{file}"), "goose"),
}
PROGRAMS: Mapping[str, Run] = {
    **{name: Run(run.words, agent(name).BINARY, run.first, run.prompted) for name in NAMED if (run := agent(name).RUN) is not None}, **OTHERS}

__all__ = ["OTHERS", "PROGRAMS"]
