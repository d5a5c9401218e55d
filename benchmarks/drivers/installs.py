"""Rivals from their registries, installed once into a cache: versions are fixed, so that two runs measure the same thing."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

DAIMON = ("daimon-briefing", "0.61.0")  # PyPI
KEEPER = ("mcp-memory-keeper", "0.14.1")  # npm
OFFICIAL = ("@modelcontextprotocol/server-memory", "2026.8.31")  # npm


@dataclass(frozen=True, slots=True)
class Installed:
    """command: the program that its user starts. seconds: what the installation took. mb: its size on disk, in MB of 10^6 bytes."""

    version: str
    command: str
    seconds: float
    mb: float


def default_cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "passdown-benchmarks"


def daimon(cache: Path) -> Installed:
    name, version = DAIMON
    folder = cache / f"{name}-{version}"

    def install() -> None:
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(folder / "bin" / "pip"), "install", "-q", f"{name}=={version}"], check=True)

    return _once(folder, version, folder / "bin" / "daimon", install)


def from_npm(cache: Path, package: tuple[str, str], command: str) -> Installed:
    name, version = package
    folder = cache / f"{name.replace('/', '-')}-{version}"

    def install() -> None:
        folder.mkdir(parents=True)
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), f"{name}@{version}"], check=True)

    return _once(folder, version, folder / "node_modules" / ".bin" / command, install)


def _once(folder: Path, version: str, command: Path, install: Callable[[], None]) -> Installed:
    """What was installed before, else installs it. The note is written last: an installation that broke off is begun again."""
    note = folder / "installed.json"
    if note.exists():
        return Installed(**json.loads(note.read_text(encoding="utf-8")))
    shutil.rmtree(folder, ignore_errors=True)
    start = time.perf_counter()
    install()
    done = Installed(version, str(command), round(time.perf_counter() - start, 1), round(tree_mb(folder), 1))
    note.write_text(json.dumps(asdict(done)), encoding="utf-8")
    return done


def tree_mb(folder: Path) -> float:
    """Bytes of all files below, in MB."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
