"""Starting `passdown capture --spooled` so that it outlives the hook: a process session of its own, no standard streams, nothing inherited."""

import os
import sys

LOCK = "spool.lock"  # held by the one capture that takes pointers away


def busy(private: str) -> bool:
    """Whether a capture is running that will also see what is spooled by now: it looks again after it let go of the lock."""
    return held(os.path.join(private, LOCK))  # where that cannot be told another one started in vain does no harm


def held(lock: str) -> bool:
    """Whether a process on this machine holds a lock file; False where there is none, and where locks cannot be asked."""
    try:
        import fcntl
    except ImportError:
        return False
    try:
        handle = os.open(lock, os.O_RDWR)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False


def start(directory: str, *verb: str) -> int:
    """Start a verb (the capture of what is spooled) for the project that holds `directory`; its process id, 0 when it could not be started.

    `-E -P` is `-I` with the user's own site-packages, where passdown may be installed.
    """
    words = [sys.executable, "-E", "-P", "-m", "passdown", *(verb or ("capture", "--spooled")), "-C", directory]
    try:
        return _spawned(words) if hasattr(os, "posix_spawn") else _opened(words)
    except (OSError, NotImplementedError):
        return 0


def _spawned(words: list[str]) -> int:
    """`subprocess` costs 12 ms."""
    nothing = [(os.POSIX_SPAWN_OPEN, handle, os.devnull, os.O_RDWR, 0) for handle in (0, 1, 2)]
    try:
        return os.posix_spawn(words[0], words, os.environ, file_actions=nothing, setsid=True)
    except NotImplementedError:  # a C library without it: a process group of its own still keeps the host's signals away
        return os.posix_spawn(words[0], words, os.environ, file_actions=nothing, setpgroup=0)


def _opened(words: list[str]) -> int:
    import subprocess

    apart = 0x00000008 | 0x00000200 | 0x08000000  # DETACHED_PROCESS, CREATE_NEW_PROCESS_GROUP, CREATE_NO_WINDOW
    return subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, creationflags=apart).pid


def ended(process: int) -> bool:
    """Whether our child has ended."""
    try:
        return os.waitpid(process, os.WNOHANG)[0] == process
    except (OSError, AttributeError):
        return True


__all__ = ["LOCK", "busy", "ended", "held", "start"]
