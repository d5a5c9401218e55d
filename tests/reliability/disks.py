"""A small file system of our own that is filled to the brim, runs out of inodes, or is made read-only; and a process without root's rights.

Mounting needs root; where it is not allowed, tests skip and say so.
"""

import gc
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.reliability.faults import fork_and_wait

from passdown.errors import PassdownError

PAGE = 4096
SIZE_MB, INODES = 16, 1500
NOBODY = 65534
DONE, REFUSED = 0, 3  # exit codes of a child: the command did it, or said why not

needs_root = pytest.mark.skipif(sys.platform != "linux" or not hasattr(os, "geteuid") or os.geteuid() != 0,
                                reason="needs root on Linux, to mount a small file system or to act as another user")


class Disk:
    """A mounted tmpfs. room, inodes: what is left of it while it is filled."""

    def __init__(self, path: Path) -> None:
        self.path, self.filler = path, path / "filler"

    @contextmanager
    def filled(self, *, pages: int | None = None, inodes: int | None = None) -> Iterator[None]:
        self.filler.mkdir()
        free = os.statvfs(self.path)
        for number in range(free.f_favail - 1 - inodes if inodes is not None else 0):
            (self.filler / str(number)).touch()
        if pages is not None:
            with (self.filler / "space").open("wb") as file:
                os.posix_fallocate(file.fileno(), 0, (os.statvfs(self.path).f_bavail - pages) * PAGE)
        try:
            yield
        finally:
            subprocess.run(["rm", "-rf", str(self.filler)], check=True)

    @contextmanager
    def read_only(self) -> Iterator[None]:
        self._remount("ro")
        try:
            yield
        finally:
            self._remount("rw")

    def _remount(self, how: str) -> None:
        gc.collect()  # a database that nobody closed keeps it busy
        subprocess.run(["mount", "-o", f"remount,{how}", str(self.path)], check=True)


@contextmanager
def small_disk(path: Path) -> Iterator[Disk]:
    """Skips the test where mounting is not allowed."""
    path.mkdir(exist_ok=True)
    options = f"size={SIZE_MB}m,nr_inodes={INODES}"
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(path)], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"mounting is not allowed here: {done.stderr.strip()}")
    try:
        yield Disk(path)
    finally:
        subprocess.run(["umount", "-l", str(path)], check=True)


def as_nobody(act: Callable[[], object], home: Path) -> bool:
    """Do it in a process that has no right but those of files' modes; whether it was done, False where it was refused with an error of ours."""

    def inside() -> None:
        os.environ.update({"HOME": str(home), "GIT_CONFIG_GLOBAL": os.devnull})
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
        try:
            act()
        except PassdownError:
            os._exit(REFUSED)

    code = fork_and_wait(inside)
    assert code in (DONE, REFUSED), f"the child ended with {code}"
    return code == DONE


def give(folder: Path) -> None:
    """All of a folder to nobody."""
    for path in (folder, *folder.rglob("*")):
        os.chown(path, NOBODY, NOBODY, follow_symlinks=False)


@contextmanager
def modes(paths: Sequence[Path], mode: int) -> Iterator[None]:
    """They have this mode meanwhile; the deepest stand first."""
    assert paths
    before = {path: path.stat().st_mode for path in paths}
    for path in paths:
        path.chmod(mode)
    try:
        yield
    finally:
        for path in reversed(paths):
            if path.exists():
                path.chmod(before[path])
