"""How long `check` takes: `python -m benchmarks.checking [--documents 1000]`.

Prints the median of cold processes on one document of 500 lines (a bare interpreter beside it), and the time of one process on many documents of mixed length,
in a repository that has some of the files which they name.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 9
SECTIONS = (
    "Context Summary", "What We Know", "Successful Approaches", "Failed Approaches", "Not Yet Attempted", "Next Steps", "Technical Decisions", "Known Issues",
    "Dependencies & Blockers", "Session Continuity", "Session Metrics")


def document(number: int, lines: int) -> str:
    """A session log with about so many lines; no two are alike."""
    each = max(1, (lines - 2 * len(SECTIONS)) // len(SECTIONS))
    out = [f"# Session {number}: retry queue", "**Created**: 2026-11-18", "**Updated**: 2026-11-20", "**Status**: in_progress", ""]
    for at, section in enumerate(SECTIONS):
        out += [f"## {section}", ""]
        out += [f"{n + 1}. Queue {number}-{at}-{n} drains in `src/part{n % 40}.py:{n}` because lease {number * n} expires; see [notes](docs/part{n % 7}.md)"
                for n in range(each)]
        out.append("")
    return "\n".join(out)


def repository(root: Path, documents: int) -> None:
    """A repository with source files and documents of 20 to 300 lines; the first one has 500."""
    for n in range(30):
        place = root / "src" / f"part{n}.py"
        place.parent.mkdir(exist_ok=True)
        place.write_text(f"def part_{n}():\n    return {n}\n")
    logs = root / ".claude" / "sessions"
    logs.mkdir(parents=True)
    for n in range(documents):
        (logs / f"2026-11-{n % 28 + 1:02}-topic-{n}.tmp").write_text(document(n, 20 + n * 37 % 280))
    (root / "long.md").write_text(document(documents, 500))
    for words in (("init", "-q"), ("add", "-A"), ("-c", "user.name=Dev", "-c", "user.email=dev@example.com", "commit", "-qm", "All")):
        subprocess.run(["git", *words], cwd=root, check=True)


def timed(root: Path, *words: str) -> tuple[float, float]:
    """Seconds of one whole process, and of processor time: on a machine that does other work the two differ."""
    env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}  # an installed program is compiled
    env |= {"PASSDOWN_NOW": "2026-11-20T12:00:00Z", "PYTHONPYCACHEPREFIX": str(root / ".git" / "compiled")}
    began, spent = time.perf_counter(), cpu()
    subprocess.run([sys.executable, *words], cwd=root, capture_output=True, check=False, env=env)
    return time.perf_counter() - began, cpu() - spent


def cpu() -> float:
    """Seconds of processor time of all processes that ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1_000)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        repository(root, args.documents)
        timed(root, "-m", "passdown", "check", "long.md")  # compiles
        told("bare interpreter", [timed(root, "-c", "pass") for _ in range(RUNS)])
        told("one document of 500 lines, cold", [timed(root, "-m", "passdown", "check", "long.md") for _ in range(RUNS)])
        many, spent = timed(root, "-m", "passdown", "check", ".claude/sessions")
        print(f"{args.documents} documents: {many:.1f} s, {spent:.1f} s of processor time, {spent / args.documents * 1000:.1f} ms each")


def told(what: str, runs: list[tuple[float, float]]) -> None:
    wall, spent = zip(*runs, strict=True)
    print(f"{what}: median {statistics.median(wall) * 1000:.0f} ms, best {min(wall) * 1000:.0f} ms, processor {statistics.median(spent) * 1000:.0f} ms")


if __name__ == "__main__":
    main()
