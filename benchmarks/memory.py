"""Peak memory and speed of `passdown capture` on one very large invented transcript.

Usage: python -m benchmarks.memory [--size-mb 1000] [--folder DIR] [--product-cmd CMD]
"""

import argparse
import tempfile
from pathlib import Path

from benchmarks import conditions, corpus
from benchmarks.drivers import claude_log

BOUND_MB = 150


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size-mb", type=int, default=1_000)
    parser.add_argument("--folder", type=Path, help="where the transcript is written and removed again; default: the folder for temporary files")
    parser.add_argument("--product-cmd", default=conditions.DEFAULT_PRODUCT)
    args = parser.parse_args()
    words = conditions.product(args.product_cmd)
    with tempfile.TemporaryDirectory(prefix="memory-", dir=args.folder) as place:
        env = conditions.clean_env(Path(place))
        project = corpus.repository(Path(place) / "project", env)
        transcript = Path(place) / "session.jsonl"
        size, rows = claude_log.write(transcript, project, args.size_mb)
        conditions.run([*words, "init", "--yes"], env=env, cwd=project)
        capture = [*words, "capture", "--agent", "claude-code", "--transcript", str(transcript)]
        done, peak = conditions.weighed(capture, env=env, cwd=project)
    print(conditions.conditions(1))
    print(f"{size / 1e6:.0f} MB, {rows} rows: {done.ms / 1e3:.1f} s, {size / 1e6 / (done.ms / 1e3):.1f} MB/s")
    print(f"peak RSS {peak:.0f} MB (< {BOUND_MB}: {'met' if peak < BOUND_MB else 'MISSED'})")
    print(done.out.strip()[-1500:])


if __name__ == "__main__":
    main()
