"""Nothing of productions slows what has nothing to do with them."""

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("words", [["list"], ["resume"], ["resume", "--task", "the production of ep-1"], ["note", "decision", "SQLite"]])
def test_other_verbs_load_nothing_that_carries_out_productions(repository: Path, words: list[str]) -> None:
    """Neither DBOS nor SQLAlchemy, nor the modules that use them."""
    script = ("import sys; from passdown.cli.main import main; main(['init', '--yes']); main(sys.argv[1:])\n"
              "print(sorted({'dbos', 'sqlalchemy', 'passdown.production.engine', 'passdown.production.book'} & set(sys.modules)))")
    done = subprocess.run([sys.executable, "-c", script, *words], cwd=repository, capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "[]"
