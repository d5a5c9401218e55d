"""Every test runs away from the user's own files: home, configuration, git identity and time zone are its own."""

import itertools
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from tests.forkserver import AT_START, ForkServer, started

DATA = os.environ.get("PASSDOWN_TEST_DATA", "")
KEPT = ("PATH", "LANG", "PYTHONPATH", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP", "PASSDOWN_TEST_DATA", "PASSDOWN_SLOW",
        "VIRTUAL_ENV", "COVERAGE_PROCESS_START", "CI")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes minutes waits for PASSDOWN_SLOW."""
    if not os.environ.get("PASSDOWN_SLOW"):
        for item in items:
            if "slow" in item.keywords:
                item.add_marker(pytest.mark.skip(reason="takes minutes: set PASSDOWN_SLOW=1"))


ALWAYS = {"GIT_CONFIG_NOSYSTEM": "1", "TZ": "UTC", "NO_COLOR": "1", "LC_ALL": "C.UTF-8"}
MEMORY = Path("/dev/shm")
ROOM = 2 << 30  # bytes: workers use some hundred million at a time
GIT = """[user]
	name = Dev
	email = dev@example.com
[init]
	defaultBranch = main
[commit]
	gpgsign = false
[gc]
	auto = 0
[maintenance]
	auto = false
"""


# How long an example takes is the machine's business.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("here")


def pytest_configure() -> None:
    """Temporary folders in memory where there is room: what waits for a disk is most of the time of a test that writes. The slow ones are to wait."""
    if not os.environ.get("PASSDOWN_SLOW") and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for each test to come."""
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def _own_world(_homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    home = next(_homes)
    home.mkdir()
    for name in list(os.environ):
        if name not in KEPT and not name.startswith(("PYTEST_", "HYPOTHESIS")):
            monkeypatch.delenv(name)
    for name, value in (ALWAYS | at_home(home)).items():
        monkeypatch.setenv(name, value)
    (home / ".gitconfig").write_text(GIT)


def at_home(home: Path) -> dict[str, str]:
    return {"HOME": str(home), "USERPROFILE": str(home), "XDG_CONFIG_HOME": str(home / ".config"), "GIT_CONFIG_GLOBAL": str(home / ".gitconfig")}


@pytest.fixture
def data() -> Path:
    """The folder of real sessions; the test is skipped where there is none."""
    if not DATA or not Path(DATA).is_dir():
        pytest.skip("PASSDOWN_TEST_DATA does not name a folder of real sessions")
    return Path(DATA)


@pytest.fixture(scope="session")
def _committed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("first")
    (home / ".gitconfig").write_text(GIT)
    root = home / "shop-api"
    root.mkdir()
    (root / "README.md").write_text("# Shop API\n")
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "First commit")):
        subprocess.run(["git", *words], cwd=root, check=True, env={"PATH": os.environ["PATH"]} | ALWAYS | at_home(home))
    return root


@pytest.fixture
def repository(_committed: Path, tmp_path: Path) -> Path:
    """A git repository with one commit."""
    return Path(shutil.copytree(_committed, tmp_path / "shop-api", symlinks=True))


@pytest.fixture
def spread() -> Callable[[Iterable[Path], int], list[Path]]:
    """About so many of the files, evenly spread over them in order of their paths and always the same; all of them where PASSDOWN_SLOW is set."""
    def chosen(paths: Iterable[Path], most: int) -> list[Path]:
        found = sorted(paths)
        return found if os.environ.get("PASSDOWN_SLOW") else found[:: max(1, len(found) // most)]

    return chosen


Passdown = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def forkserver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ForkServer]:
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    server = ForkServer(kept | ALWAYS | at_home(tmp_path_factory.mktemp("server")))
    yield server
    server.close()


@pytest.fixture
def passdown(repository: Path, forkserver: ForkServer) -> Passdown:
    """Run the command in the repository, in a process of its own; fails the test when it exits with another code than `code`."""

    def run(*words: str, code: int | None = 0, cwd: Path | None = None, stdin: str = "", **environment: str) -> "subprocess.CompletedProcess[str]":
        runs = started if any(name.startswith(AT_START) for name in environment) else forkserver.run
        done = runs(words, cwd or repository, {**os.environ, **environment}, stdin)
        if code is not None:
            assert done.returncode == code, f"passdown {' '.join(words)} exited {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    return run
