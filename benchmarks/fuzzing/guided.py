"""The fuzzer led by what of the package an input reaches: atheris keeps inputs that reach something new, and mutates these.

atheris is no requirement of the project: `pip install atheris` (3.0, CPython 3.11 to 3.13, Linux).
"""

import contextlib
import io
import os
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from benchmarks.fuzzing import engine, table
from benchmarks.fuzzing.base import Target
from benchmarks.fuzzing.engine import MEMORY, Ran
from benchmarks.fuzzing.mutate import mutated

LARGEST = 20_000  # bytes of an input: what is long is tried without a lead
OURS = 0.7  # of mutations are ours, which know lines, JSON and the grammar; the others are libFuzzer's


def fuzz(name: str, *, seconds: float, seed: str, corpus: Path, ended: Callable[[Target, Ran], int]) -> NoReturn:
    """Until `seconds` of processor time are used up; the process ends with what `ended` says of the run.

    corpus: the folder that keeps what reached something new, for the next run.
    """
    import atheris  # only here: the other way of fuzzing does without it

    for module in [m for m in sys.modules if m.startswith(("passdown", "benchmarks.fuzzing.targets", "benchmarks.fuzzing.world"))]:
        del sys.modules[module]  # imported to list the targets; instrumented only when imported again
    with contextlib.redirect_stderr(io.StringIO()), atheris.instrument_imports(include=["passdown"], enable_loader_override=False):
        target = table.target(name)
        seeds, ran, rng = list(target.seeds()), Ran(), random.Random(seed)
        for data in seeds:  # what is imported when it is first needed is imported here
            engine.tried(target, data, ran)

    def once(data: bytes) -> None:
        engine.tried(target, data, ran)
        if ran.seconds >= seconds:
            sys.stdout.flush()
            os._exit(ended(target, ran))

    def change(data: bytes, most: int, _: int) -> bytes:
        if rng.random() < OURS:
            return mutated(rng, (data, *seeds) if rng.random() < 0.1 else (data,), target.tokens, most)
        return bytes(atheris.Mutate(data, most))

    os.makedirs(corpus, exist_ok=True)
    for n, data in enumerate(seeds):
        (corpus / f"seed-{n}").write_bytes(data)
    flags = [f"-max_len={LARGEST}", "-len_control=0", "-timeout=86400", "-rss_limit_mb=0", "-verbosity=0", f"-seed={rng.getrandbits(31)}"]
    atheris.Setup([sys.argv[0], *flags, str(corpus)], once, custom_mutator=change)
    with engine.limited(MEMORY):
        atheris.Fuzz()
    raise AssertionError("the fuzzer ended by itself")


__all__ = ["fuzz"]
