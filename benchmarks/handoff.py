"""`passdown handoff` of a session of 5 MB, as a whole process that captures it first.

Usage: python -m benchmarks.handoff [--rounds 7] [--size-mb 5] [--product-cmd CMD]
"""

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks import conditions, corpus
from benchmarks.drivers import claude_log

BOUND_MS = 1_500.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--size-mb", type=int, default=5)
    parser.add_argument("--product-cmd", default=conditions.DEFAULT_PRODUCT)
    args = parser.parse_args()
    product = conditions.product(args.product_cmd)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(os.path.realpath(folder))
        env = conditions.clean_env(home)
        project = corpus.repository(home / "project", env)
        transcript = home / ".claude" / "projects" / "p" / "s-1.jsonl"
        transcript.parent.mkdir(parents=True)
        size, rows = claude_log.write(transcript, project, args.size_mb)

        def cold() -> float:
            shutil.rmtree(project / ".git" / "passdown", ignore_errors=True)
            shutil.rmtree(project / ".tmp", ignore_errors=True)
            conditions.run([*product, "init"], env=env, cwd=project)
            return conditions.run([*product, "handoff"], env=env, cwd=project).ms

        def again() -> float:
            return conditions.run([*product, "handoff"], env=env, cwd=project).ms

        sides = {"with the session to capture first": cold, "nothing new": again,
                 "bare Python": lambda: conditions.run(conditions.BARE_PYTHON, env=env, cwd=project).ms}
        medians = conditions.interleaved(sides, args.rounds)
        print(conditions.conditions(args.rounds))
        print(conditions.table((f"handoff of {size / 1e6:.1f} MB, {rows:,} rows", "median"), [(name, f"{ms:.0f} ms") for name, ms in medians.items()]))
        print(f"guide: {BOUND_MS:.0f} ms, {'met' if medians['with the session to capture first'] < BOUND_MS else 'MISSED'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
