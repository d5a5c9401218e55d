"""Every parser of untrusted input under mutated input: no error but the documented ones, no hang, no memory blow-up.

Usage: python -m benchmarks.fuzz [--target NAME …] [--seconds 60 | --inputs N] [--seed 1] [--keep FOLDER] [--guided CORPUS] [--list]

A target's inputs are seeds of the real shape (our own fixtures) that are mutated: bytes, lines, JSON values, pieces of its grammar. Seconds are of
processor time, for each target, which has a process and an address space of its own. An input fails where it raises what the target does not allow, or takes
more than a second and 40 µs a byte. Failing inputs are made smaller and, with `--keep`, kept. With `--guided`, inputs that reach something new of the package
are kept in that folder and mutated on (needs atheris). Exit code 1 where any failed.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.fuzzing import engine, guided, table
from benchmarks.fuzzing.base import Target


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--target", nargs="+", default=[], help="names, or their beginnings; all without")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--inputs", type=int, default=0)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--guided", type=Path, metavar="CORPUS")
    parser.add_argument("--list", action="store_true")
    args = parser.parse_args(words)
    names = [n for n in table.names() if not args.target or n.startswith(tuple(args.target))]
    if args.list:
        print("\n".join(names))
        return 0
    return max([apart(name, args) for name in names], default=2)


def apart(name: str, args: argparse.Namespace) -> int:
    """One target in a process of its own."""
    child = os.fork()
    if child == 0:
        code = 70
        try:
            code = one(name, args)
        finally:
            sys.stdout.flush()
            os._exit(code)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status not in (0, 1):
        print(f"{name}: the process ended with {status}", flush=True)
    return 1 if status else 0


def one(name: str, args: argparse.Namespace) -> int:
    seed = f"{name}:{args.seed}"
    if args.guided:
        guided.fuzz(name, seconds=args.seconds, seed=seed, corpus=args.guided / name.replace("/", "-"), ended=lambda *run: told(name, *run, args))
    target = table.target(name)
    return told(name, target, engine.fuzz(target, seconds=0 if args.inputs else args.seconds, inputs=args.inputs, seed=seed), args)


def told(name: str, target: Target, ran: engine.Ran, args: argparse.Namespace) -> int:
    """Prints and keeps what a run found; the exit code."""
    print(f"{name:<26} {ran.inputs:>9,} inputs {ran.size / 1e6:>9.1f} MB {ran.seconds:>7.1f} s   slowest {ran.slowest[0]:.2f} s for {ran.slowest[1]:,} bytes   "
          f"{len(ran.failures)} kinds of failure", flush=True)
    for kind, data in ran.failures.items():
        data = engine.smaller(target, engine.Failure(kind, data))
        print(f"  {kind}\n    {data[:300]!r}{' …' if len(data) > 300 else ''}", flush=True)
        if args.keep:
            print(f"    {engine.keep(args.keep, name, data)}", flush=True)
    return 1 if ran.failures else 0


if __name__ == "__main__":
    sys.exit(main())
