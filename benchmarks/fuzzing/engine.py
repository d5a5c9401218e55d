"""One target in a process with limits: what it raises, what it takes too long for, what it fills memory with."""

import contextlib
import hashlib
import os
import random
import resource
import signal
import sys
import time
import traceback
import warnings
from collections.abc import Iterator
from pathlib import Path

import msgspec
from benchmarks.fuzzing.base import Target
from benchmarks.fuzzing.mutate import LARGEST, mutated

MEMORY = 3 << 30  # bytes of address space that a process may have
SLOW_ROUNDS = 12  # of making an input smaller that takes seconds each time
PER_BYTE_S = 40e-6  # processor seconds an input may take for each of its bytes


class Hang(BaseException):
    """One input took too long; no `except Exception` swallows it."""


class Failure(msgspec.Struct, frozen=True):
    """name: what was raised, and where. data: the input."""

    name: str
    data: bytes


class Ran(msgspec.Struct):
    """inputs: tried. size: their bytes. seconds: of processor time. slowest: seconds of the one that took longest, and its bytes."""

    inputs: int = 0
    size: int = 0
    seconds: float = 0.0
    slowest: tuple[float, int] = (0.0, 0)
    failures: dict[str, bytes] = msgspec.field(default_factory=dict)


def fuzz(target: Target, *, seconds: float = 0.0, inputs: int = 0, seed: str = "1", limit: int = MEMORY, largest: int = LARGEST) -> Ran:
    """Mutated seeds until `seconds` of processor time are used up, or so many inputs were tried; the same ones for the same `seed`."""
    rng, seeds, ran = random.Random(seed), list(target.seeds()), Ran()
    with limited(limit):
        for data in seeds:
            tried(target, data, ran)
        while (ran.seconds < seconds) if seconds else (ran.inputs < inputs):
            tried(target, mutated(rng, seeds, target.tokens, largest), ran)
    return ran


def tried(target: Target, data: bytes, ran: Ran) -> None:
    begun = time.process_time()
    failure = failing(target, data)
    took = time.process_time() - begun
    ran.inputs, ran.size, ran.seconds, ran.slowest = ran.inputs + 1, ran.size + len(data), ran.seconds + took, max(ran.slowest, (took, len(data)))
    if failure and (failure.name not in ran.failures or len(failure.data) < len(ran.failures[failure.name])):
        ran.failures[failure.name] = failure.data


def failing(target: Target, data: bytes) -> Failure | None:
    """What breaks on this input."""
    try:
        with guarded(target.once + len(data) * PER_BYTE_S), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            target.run(data)
    except target.allowed:
        return None
    except (Exception, Hang) as error:  # noqa: BLE001  whatever it is, it is what is looked for
        return Failure(f"{type(error).__name__} at {place(error)}", data)
    return None


def place(error: BaseException) -> str:
    """Innermost line of the package."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if "passdown" in f.filename and "benchmarks" not in f.filename]
    frame = frames[-1] if frames else traceback.extract_tb(error.__traceback__)[-1]
    return f"{frame.filename.rsplit('passdown/', 1)[-1]}:{frame.lineno} {frame.name}"


@contextlib.contextmanager
def guarded(seconds: float) -> Iterator[None]:
    """Raises `Hang` after so much processor time."""
    def stop(*_: object) -> None:
        raise Hang

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@contextlib.contextmanager
def limited(size: int) -> Iterator[None]:
    """Within an address space of so many bytes, where the system holds to it."""
    if not size or sys.platform == "darwin":
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def smaller(target: Target, failure: Failure, rounds: int = 400) -> bytes:
    """The input with pieces taken out as long as it breaks in the same way."""
    data, rng = failure.data, random.Random(1)
    for _ in range(rounds if not failure.name.startswith("Hang") else SLOW_ROUNDS):
        if len(data) < 2:
            break
        size = rng.choice((len(data) // 2, len(data) // 8, 40, 8, 1)) or 1
        start = rng.randrange(len(data))
        shorter = data[:start] + data[start + size:]
        found = failing(target, shorter)
        if found and found.name == failure.name:
            data = shorter
    return data


def keep(folder: Path, name: str, data: bytes) -> Path:
    path = folder / f"{name.replace(chr(47), chr(45))}-{hashlib.sha256(data).hexdigest()[:12]}"
    os.makedirs(folder, exist_ok=True)
    path.write_bytes(data)
    return path


__all__ = ["Failure", "Hang", "Ran", "failing", "fuzz", "keep", "smaller"]
