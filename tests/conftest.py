"""Every test runs away from the user's own files: home, configuration, git identity and time zone are its own."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

DATA = os.environ.get("PASSDOWN_TEST_DATA", "")
KEPT = ("PATH", "LANG", "PYTHONPATH", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP", "PASSDOWN_TEST_DATA", "PASSDOWN_SLOW",
        "VIRTUAL_ENV", "COVERAGE_PROCESS_START", "CI")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes minutes waits for PASSDOWN_SLOW."""
    if not os.environ.get("PASSDOWN_SLOW"):
        for item in items:
            if "slow" in item.keywords:
                item.add_marker(pytest.mark.skip(reason="takes minutes: set PASSDOWN_SLOW=1"))


@pytest.fixture(autouse=True)
def _own_world(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path_factory.mktemp("home")
    for name in list(os.environ):
        if name not in KEPT and not name.startswith(("PYTEST_", "HYPOTHESIS")):
            monkeypatch.delenv(name)
    for name, value in {
            "HOME": home, "USERPROFILE": home, "XDG_CONFIG_HOME": home / ".config", "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": home / ".gitconfig",
            "TZ": "UTC", "NO_COLOR": "1", "LC_ALL": "C.UTF-8"}.items():
        monkeypatch.setenv(name, str(value))
    (home / ".gitconfig").write_text("[user]\n\tname = Dev\n\temail = dev@example.com\n[init]\n\tdefaultBranch = main\n[commit]\n\tgpgsign = false\n")


@pytest.fixture
def data() -> Path:
    """The folder of real sessions; the test is skipped where there is none."""
    if not DATA or not Path(DATA).is_dir():
        pytest.skip("PASSDOWN_TEST_DATA does not name a folder of real sessions")
    return Path(DATA)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A git repository with one commit."""
    root = tmp_path / "shop-api"
    root.mkdir()
    (root / "README.md").write_text("# Shop API\n")
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "First commit")):
        subprocess.run(["git", *words], cwd=root, check=True)
    return root


Passdown = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def passdown(repository: Path) -> Passdown:
    """Run the real command in the repository; fails the test when it exits with another code than `code`."""
    import sys

    def run(*words: str, code: int | None = 0, cwd: Path | None = None, stdin: str = "", **environment: str) -> "subprocess.CompletedProcess[str]":
        done = subprocess.run([sys.executable, "-m", "passdown", *words], cwd=cwd or repository, capture_output=True, text=True, input=stdin,
                              env={**os.environ, **environment}, check=False, timeout=120)
        if code is not None:
            assert done.returncode == code, f"passdown {' '.join(words)} exited {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    return run
