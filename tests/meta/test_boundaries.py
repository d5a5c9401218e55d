"""What import contracts cannot show: who writes, who runs processes, who prints, who reads the clock."""

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "passdown"
RULES = {  # call -> modules that may make it
    "print": (),
    "subprocess.run": ("gitrepo.py",),
    "subprocess.Popen": ("gitrepo.py", "shell.py", "hooks/detached.py", "production/process.py"),
    "sqlite3.connect": ("index/", "store/state.py", "agentstores/sqlite.py", "production/glance.py"),
    "write_text": (),
    # Of files: encoded values that are safe already, files of others, whose bytes stay as they are, and a secret of our own.
    "write_bytes": ("files.py", "store/", "index/", "actions/foreign.py", "actions/mcp_token.py"),
    "datetime.now": ("project.py",),
    "time.time": ("project.py", "hooks/moment.py", "actions/after_hook.py"),
    "os.replace": ("files.py", "hooks/disk.py"),
}


@functools.cache
def made() -> dict[str, frozenset[str]]:
    """Each module with the calls that stand in it."""
    return {path.relative_to(SOURCE).as_posix(): frozenset(calls(path)) for path in SOURCE.rglob("*.py")}


def calls(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            function = node.func
            yield ast.unparse(function)
            if isinstance(function, ast.Attribute):
                yield function.attr


@pytest.mark.parametrize("call", RULES)
def test_only_the_named_modules_make_this_call(call: str) -> None:
    """Effects sit in a few modules, where the reliability tests aim."""
    found = {module for module, its in made().items() if call in its}

    assert {f for f in found if not f.startswith(RULES[call] or ("-",))} == set()


def test_the_environment_is_read_in_two_places() -> None:
    """Environment variables reach the code through the project and the output, and git's own through gitrepo."""
    found = {p.relative_to(SOURCE).as_posix() for p in SOURCE.rglob("*.py") if "os.environ" in p.read_text(encoding="utf-8")}

    assert found <= {"project.py", "cli/output.py", "cli/main.py", "gitrepo.py", "hooks/moment.py", "hooks/place.py", "hooks/detached.py"}
