"""Fault injection: run something with its n-th disk operation failing, torn, killed or cut off from power, for every n.

The product knows nothing of it: `passdown.files` does everything through `files.operations`, and a faulty object is put in its place.

    for run in every_fault(tmp_path, prepare, act):     # one folder, one fault, one run of act each
        ... check what is on disk in run.place, with run.acknowledged, run.error, run.fault ...

Whole commands: `run_command(argv, fault, cwd=…, env=…)` does the same in a process of its own.
"""

import errno
import os
import shutil
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Literal

from passdown import files
from passdown.errors import PassdownError

Mode = Literal["fail", "torn", "kill", "torn-kill", "power"]
KILLED = 137
MOST_POINTS = 2_000  # an act that never ends is a mistake of the test
_NEEDS_SPACE = {"open", "write", "mkdir", "link"}
_DRIVER = Path(__file__).with_name("driver.py")


@dataclass(frozen=True, slots=True)
class Fault:
    """at: number of the operation, from 1; 0 for never. error: for `fail` and `torn`.

    lasting: every later operation fails too; with ENOSPC those that need space.
    """

    mode: Mode = "fail"
    at: int = 0
    error: int = errno.EIO
    lasting: bool = False

    def __str__(self) -> str:
        return f"{self.mode}{' lasting' if self.lasting else ''} {errno.errorcode.get(self.error, '')} at operation {self.at}"


FAULTS = (
    Fault("fail", error=errno.EIO), Fault("fail", error=errno.EIO, lasting=True), Fault("fail", error=errno.ENOSPC),
    Fault("fail", error=errno.ENOSPC, lasting=True), Fault("torn", error=errno.ENOSPC), Fault("kill"), Fault("torn-kill"), Fault("power"),
)


class PowerCut(BaseException):
    """Raised where the power goes; nothing of the product may catch it."""


class FaultyOperations(files.Operations):
    """Counts operations and lets the one of `fault` go wrong. `fired` tells whether it came that far."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self.count = 0
        self.fired = False

    def write(self, handle: int, data: bytes) -> int:
        torn = self.fault.mode.startswith("torn") and self.count + 1 == self.fault.at
        if torn:
            super().write(handle, data[: len(data) // 2])
        self._step("write")
        return super().write(handle, data)

    def open(self, path: str, flags: int, mode: int) -> int:
        self._step("open" if flags & os.O_CREAT and not os.path.exists(path) else "look")
        return super().open(path, flags, mode)

    def truncate(self, handle: int, length: int) -> None:
        self._step("truncate")
        super().truncate(handle, length)

    def fsync(self, handle: int) -> None:
        self._step("fsync")
        super().fsync(handle)

    def fsync_folder(self, path: str) -> None:
        self._step("fsync")
        super().fsync_folder(path)

    def link(self, source: str, target: str) -> None:
        self._step("link")
        super().link(source, target)

    def replace(self, source: str, target: str) -> None:
        self._step("replace")
        super().replace(source, target)

    def unlink(self, path: str) -> None:
        self._step("unlink")
        super().unlink(path)

    def mkdir(self, path: str, mode: int) -> None:
        self._step("mkdir")
        super().mkdir(path, mode)

    def _step(self, name: str) -> None:
        self.count += 1
        due = self.count == self.fault.at
        lasting = self.fired and self.fault.lasting and (name in _NEEDS_SPACE or self.fault.error != errno.ENOSPC)
        self.fired |= due
        if due and self.fault.mode.endswith("kill"):
            os._exit(KILLED)
        if due or lasting:
            raise OSError(self.fault.error, os.strerror(self.fault.error))


class Disk(files.Operations):
    """A disk that loses everything not synced when the power goes: names since their folder was synced, what was appended since the file was.

    That is the worst that POSIX allows; `lose` brings it about. Real file systems lose less, and in between.
    """

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self.count = 0
        self.fired = False
        self._names: list[tuple[str, Callable[[], None]]] = []
        self._dirty: dict[int, int] = {}  # inode -> length when it was last synced

    def open(self, path: str, flags: int, mode: int) -> int:
        self._step()
        new = not os.path.exists(path)
        handle = super().open(path, flags, mode)
        if new:
            self._names.append((os.path.dirname(path), lambda: _gone(path)))
        return handle

    def write(self, handle: int, data: bytes) -> int:
        self._step()
        status = os.fstat(handle)
        self._dirty.setdefault(status.st_ino, status.st_size)
        return super().write(handle, data)

    def truncate(self, handle: int, length: int) -> None:
        self._step()
        super().truncate(handle, length)

    def fsync(self, handle: int) -> None:
        self._step()
        self._dirty.pop(os.fstat(handle).st_ino, None)

    def fsync_folder(self, path: str) -> None:
        self._step()
        self._names = [(folder, undo) for folder, undo in self._names if folder != path]

    def link(self, source: str, target: str) -> None:
        self._step()
        super().link(source, target)
        self._names.append((os.path.dirname(target), lambda: _gone(target)))

    def replace(self, source: str, target: str) -> None:
        self._step()
        moved, covered = _kept(source), _kept(target)
        super().replace(source, target)
        self._names += [(os.path.dirname(target), lambda: _put_back(source, moved)), (os.path.dirname(target), lambda: _put_back(target, covered))]

    def unlink(self, path: str) -> None:
        self._step()
        taken = _kept(path)
        super().unlink(path)
        self._names.append((os.path.dirname(path), lambda: _put_back(path, taken)))

    def mkdir(self, path: str, mode: int) -> None:
        self._step()
        super().mkdir(path, mode)
        self._names.append((os.path.dirname(path), lambda: _gone(path)))

    def lose(self, root: Path) -> None:
        """What the disk holds when the machine starts again."""
        for _, undo in reversed(self._names):
            undo()
        for path in root.rglob("*"):
            if path.is_file() and path.stat().st_ino in self._dirty:
                os.truncate(path, self._dirty[path.stat().st_ino])

    def _step(self) -> None:
        self.count += 1
        self.fired |= self.count == self.fault.at
        if self.fired:
            raise PowerCut


@dataclass(frozen=True, slots=True)
class Run:
    """One run with one fault. acknowledged: `act` returned. fired: the fault came; False in the last run of each mode, which passes untouched."""

    place: Path
    fault: Fault
    acknowledged: bool
    fired: bool
    error: PassdownError | None = None


def every_fault(root: Path, prepare: Callable[[Path], object], act: Callable[[Path], object], faults: Sequence[Fault] = FAULTS) -> Iterator[Run]:
    """Prepare a folder, run `act` on a fresh copy of it with the fault at operation 1, 2, …, and yield what came of it, until `act` passes untouched.

    The folder is the same one each time, so that paths in it hold. `act` may raise `PassdownError`; anything else is a bug and comes out here.
    """
    place, prepared = root / "place", root / "prepared"
    place.mkdir()
    prepare(place)
    place.rename(prepared)
    for model in faults:
        for at in count(1):
            assert at < MOST_POINTS
            shutil.copytree(prepared, place)
            run = run_once(place, act, replace(model, at=at))
            yield run
            shutil.rmtree(place)
            if not run.fired:
                break


def run_once(place: Path, act: Callable[[Path], object], fault: Fault) -> Run:
    """`act(place)` with one fault: in this process, or in a forked one when it is to be killed."""
    if fault.mode.endswith("kill"):
        return _run_killed(place, act, fault)
    operations = Disk(fault) if fault.mode == "power" else FaultyOperations(fault)
    error = None
    acknowledged = False
    with installed(operations):
        try:
            act(place)
            acknowledged = True
        except PassdownError as found:
            error = found
        except PowerCut:
            pass
    if isinstance(operations, Disk):
        operations.lose(place)
    return Run(place, fault, acknowledged, operations.fired, error)


def run_command(argv: Sequence[str], fault: Fault, *, cwd: Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """A whole command with one fault (not `power`) in a process of its own. Its last line on stderr is `fired` or `untouched`, but when it was killed.

    Exit code `KILLED` for a kill, else the command's own.
    """
    options = [fault.mode, str(fault.at), str(fault.error), str(int(fault.lasting))]
    return subprocess.run([sys.executable, str(_DRIVER), *options, *argv], cwd=cwd, env=env, capture_output=True, text=True, check=False, timeout=60)


@contextmanager
def installed(operations: files.Operations) -> Iterator[None]:
    """Put `operations` in the place of the real ones."""
    real = files.operations
    files.operations = operations
    try:
        yield
    finally:
        files.operations = real


def fork_and_wait(act: Callable[[], object]) -> int:
    """The exit code of a forked process that does it: 0, or 1 when it raised something."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of fork in a process with threads: the child only writes files and ends
        child = os.fork()
    if not child:
        _act_and_exit(act)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _run_killed(place: Path, act: Callable[[Path], object], fault: Fault) -> Run:
    def inside() -> None:
        with installed(FaultyOperations(fault)):
            act(place)

    code = fork_and_wait(inside)
    assert code in {0, KILLED}, f"{fault}: the child ended with {code}"
    return Run(place, fault, code == 0, code == KILLED)


def _act_and_exit(act: Callable[[], object]) -> None:
    code = 1
    try:
        act()
        code = 0
    finally:
        os._exit(code)


def _kept(path: str) -> bytes | None:
    return files.read(path)


def _gone(path: str) -> None:
    with suppress(FileNotFoundError):
        if os.path.isdir(path):
            shutil.rmtree(path)
        else:
            os.unlink(path)


def _put_back(path: str, content: bytes | None) -> None:
    if content is None:
        _gone(path)
    else:
        Path(path).write_bytes(content)
