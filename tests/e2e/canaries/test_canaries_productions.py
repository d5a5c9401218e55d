"""The secrets through a production: none in the logs, the briefings between phases, the ledger, or what the verbs say, however an attempt ends."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("dbos")
pytestmark = pytest.mark.slow

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]
Leaks = Callable[..., dict[str, list[str]]]
PLAN = """\
phases:
  draft:
    run: 'cat brief.txt; cat brief.txt >&2; cp brief.txt "$PASSDOWN_FOLDER/draft.txt"'
    inputs: [brief.txt]
    outputs: [draft.txt]
    gate: {run: 'cat brief.txt; echo "score: 9"', minimum: 5}
  edit:
    needs: [draft]
    agent: claude
    prompt: Improve the draft.
    outputs: [edited.txt]
    gate: {report: brief.txt, minimum: 5, below: retry}
    retries: {most: 1, backoff: 0.1 s}
"""
AGENT = '#!/bin/sh\ncat brief.txt; cat brief.txt > "$PASSDOWN_FOLDER/edited.txt"\n{then}\n'


def test_no_canary_in_a_production(passdown: Passdown, repository: Path, texts: list[str], batches: list[str], leaks: Leaks) -> None:
    """Phases, gates and an agent print all of them; one attempt is finished, one is below its gate, one fails with a secret as its last words."""
    passdown("init", "--yes")
    agents = repository.parent / "bin"
    agents.mkdir()
    path = f"{agents}:{os.environ['PATH']}"
    (repository / "brief.txt").write_text("\n".join([*texts, "score: 2 of 10, because of " + texts[0], ""]))
    (repository / ".passdown/workflows").mkdir()
    (repository / ".passdown/workflows/p.yaml").write_text(PLAN)
    passdown("trust", "p", "--yes")
    passdown("note", "decision", "-", stdin=batches[0])
    last = repository.parent / "last.txt"
    last.write_text(texts[1] + "\n")
    said: list[str] = []

    def run(*words: str) -> None:
        done = passdown("workflow", *words, code=None, PATH=path)
        said.extend((done.stdout, done.stderr))

    for then in ("exit 0", f"tail -n 1 {last}; exit 3"):
        (agents / "claude").write_text(AGENT.format(then=then))
        (agents / "claude").chmod(0o755)
        run("run", "p", "ep-1")
        run("retry", "ep-1", "--from", "edit")
    for words in (["status", "ep-1"], ["status", "--json"], ["logs", "ep-1"], ["logs", "ep-1", "--json"], ["show", "ep-1"], ["show", "ep-1", "--json"],
                  ["list", "--json"], ["cost", "--json"], ["review", "p"], ["cancel", "ep-1"], ["run", "p", texts[2]], ["status", texts[2]], ["check", "p"]):
        run(*words)

    not_ours = frozenset({Path.home() / ".gitconfig"})
    assert leaks([repository / ".git" / "passdown", repository / ".passdown", Path.home()], not_ours=not_ours, printed="\n".join(said)) == {}
    assert "[REDACTED:" in "".join(said)
