"""What every benchmark shares: conditions, wall times of whole processes, medians of interleaved sides, and tables."""

import os
import platform
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BARE_PYTHON = (sys.executable, "-I", "-S", "-c", "pass")  # the yardstick of every cold command
PEAK = (sys.executable, "-I", "-S", str(Path(__file__).parent / "drivers" / "peak.py"))


@dataclass(frozen=True, slots=True)
class Run:
    """One whole process: wall time in milliseconds and what it printed on stdout."""

    ms: float
    out: str


def conditions(rounds: int) -> str:
    """One line: interpreter, processors, system, commit, day, and how many samples a median is of."""
    commit = subprocess.run(["git", "-C", str(ROOT), "describe", "--always", "--dirty"], capture_output=True, text=True, check=False).stdout.strip()
    python = f"{platform.python_implementation()} {platform.python_version()}"
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    samples = f"medians of {rounds}, interleaved" if rounds > 1 else "one run"
    return f"{python} · {os.cpu_count()} CPUs · {system} · commit {commit or 'unknown'} · {datetime.now(UTC):%Y-%m-%d} · {samples}"


def run(command: Sequence[str], *, env: Mapping[str, str], cwd: Path, stdin: str = "") -> Run:
    """Run to the end. A command that fails ends the benchmark: the time of a failure measures nothing."""
    start = time.perf_counter()
    done = subprocess.run(command, input=stdin, capture_output=True, text=True, env=env, cwd=cwd, check=False)
    ms = (time.perf_counter() - start) * 1e3
    if done.returncode:
        raise SystemExit(f"{shlex.join(command)[:200]}: exit code {done.returncode}\n{done.stderr[-2000:]}")
    return Run(ms, done.stdout)


def weighed(command: Sequence[str], *, env: Mapping[str, str], cwd: Path, stdin: str = "") -> tuple[Run, float]:
    """The run and its peak resident memory in MB of 10^6 bytes.

    It is started by a small process, because a child's peak begins at its parent's; that process adds to the wall time.
    """
    with tempfile.NamedTemporaryFile("r", suffix=".kib") as note:
        done = run([*PEAK, note.name, *command], env=env, cwd=cwd, stdin=stdin)
        return done, int(note.read()) * 1024 / 1e6


def timed(act: Callable[[], object]) -> float:
    """Milliseconds that one call takes."""
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1e3


def interleaved(sides: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """The median of each side; every round runs all sides once, so that a slow moment of the machine hits all of them."""
    samples: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(rounds):
        for name, side in sides.items():
            samples[name].append(side())
    return {name: statistics.median(values) for name, values in samples.items()}


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])


def verdict(ratio: float, bound: float, *, at_least: bool = False) -> str:
    """`3.1 (≤ 4: met)`: a ratio beside its bound."""
    met = ratio >= bound if at_least else ratio <= bound
    return f"{ratio:.3g} ({'≥' if at_least else '≤'} {bound:.3g}: {'met' if met else 'MISSED'})"


def clean_env(home: Path) -> dict[str, str]:
    """The environment for a user whose home is `home`: nothing of the real user's configuration reaches the run."""
    kept = {key: os.environ[key] for key in ("PATH", "LANG", "LC_ALL", "SSL_CERT_FILE", "TMPDIR") if key in os.environ}
    return {**kept, "HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1", "PASSDOWN_HOME": str(home / ".passdown")}


def product(command: str) -> list[str]:
    """The words of `--product-cmd`."""
    return shlex.split(command)


DEFAULT_PRODUCT = str(Path(sys.executable).with_name("passdown"))
