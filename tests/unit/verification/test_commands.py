"""What a command line needs of a repository, and whether it is there."""

import pytest

from passdown.verification.commands import lacks

FILES = {
    "package.json": '{"scripts": {"lint": "eslint .", "test": "vitest"}}', "Makefile": "all: build\nbuild deploy: x\n\techo\nVAR := 1\n",
    "justfile": "@fmt:\n  ruff format\nrun port='1':\n  x\n", "tools/run.py": "", "tests/test_a.py": "", "web/package.json": '{"scripts": {"dev": "vite"}}'}
FOLDERS = {"tools", "tests", "web"}


def lack(command: str, cwd: str = "") -> str:
    return lacks(command, lambda path: FILES.get(path, ""), lambda path: path.rstrip("/") in FILES or path.rstrip("/") in FOLDERS, cwd)


@pytest.mark.parametrize("command", [
    "npm run lint", "npm test", "yarn test --watch", "npm install", "make", "make build", "make deploy VERBOSE=1", "just fmt", "just run",
    "python tools/run.py --all",
    "python -m pytest tests -q", "pytest tests/test_a.py::test_one -k 'a and b'", "uv run pytest -x", "X=1 uv run python tools/run.py", "cd web && npm run dev",
    "./tools/run.py", "cargo build && git status", "cd /elsewhere && make nothing", "python -c 'import x.y'", "echo nowhere/x.py", "npx tsc --noEmit",
    "pytest 'tests/*.py'", "npm --prefix web run dev", "pnpm -C web run dev", "pnpm --dir=web dev", "npm run dev --prefix=web", "yarn --cwd web run dev",
    "pnpm --filter web run dev", "npm run dev -w web", "npm run dev --workspace=web", "yarn workspace web run dev", "pnpm -r run dev", "make -C web dev",
    "make --directory=web dev"])
def test_nothing_speaks_against(command: str) -> None:
    """Scripts, targets, files and folders that are there; what is not of the repository is not looked at."""
    assert lack(command) == ""


@pytest.mark.parametrize(("command", "says"), [
    ("npm run build", "the script build"), ("npm run lint && npm run e2e", "the script e2e"), ("make test", "the target test"), ("make VAR", "the target VAR"),
    ("just build", "the target build"), ("python tools/gone.py", "no file tools/gone.py"), ("python3 -m pytest tests/test_b.py", "no file tests/test_b.py"),
    ("pytest tests/test_b.py::test_x", "no file tests/test_b.py"), ("uv run pytest tests/test_b.py", "no file tests/test_b.py"),
    ("./gone.sh", "no file ./gone.sh"),
    ("cd nowhere && make", "no directory nowhere"), ("cd web && npm run lint", "the script lint"), ("bash scripts/x.sh", "no file scripts/x.sh"),
    ("npm --prefix web run lint", "the script lint"), ("pnpm -C web run lint", "the script lint"), ("yarn --cwd=web run lint", "the script lint"),
    ("source env/activate.sh", "no file env/activate.sh")])
def test_what_is_not_there_is_named(command: str, says: str) -> None:
    """Through wrappers, chains and changes of directory."""
    assert says in lack(command)


def test_a_command_is_run_where_it_says() -> None:
    """Its working directory counts."""
    assert lack("npm run dev", "web") == ""
    assert lack("npm run dev") != ""


@pytest.mark.parametrize("text", ["include other.mk\nall:\n", "-include other.mk\n", "T = x y\n$(T):\n\techo\n", "out/${X}.o: a.c\n\tcc\n", "$(eval x: y)\n"])
def test_a_makefile_that_makes_its_targets_is_not_judged(text: str) -> None:
    """They may stand elsewhere, or come of variables."""
    assert lacks("make x", lambda path: text if path == "Makefile" else "", lambda _: False) == ""


def test_a_makefile_that_uses_variables_is_judged() -> None:
    """In what a target needs or does they do not matter."""
    assert lacks("make x", lambda path: "T := a\nall: $(T)\n\techo $(T): done\n" if path == "Makefile" else "", lambda _: False)
