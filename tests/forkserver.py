"""Runs `python -m passdown` in processes that are forked from one which has imported it already: of a short command four fifths are imports.

A worker of pytest has one server. A call sends it words, directory and environment with one end each of four pipes; the server forks a child, which takes
them over, runs `main` and ends. So every call has a process with its own memory, directory, environment and exit code, as if it had been started. What is
not as if: all modules are there, in one order, and so are patterns that are compiled when they are first used; and the hash seed is the server's.
`tests/e2e/test_started.py` starts every verb for real and holds the answers against these.
"""

import atexit
import contextlib
import gc
import importlib
import json
import os
import pkgutil
import selectors
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

Done = subprocess.CompletedProcess[str]
COMMAND = [sys.executable, "-m", "passdown"]
HEADER = struct.Struct(">I")  # bytes of the request that follows
LATER = {"mcp": ("passdown.mcp", "mcp"), "workflow": ("passdown.production", "dbos")}  # verb -> package of ours, what is dear to import and used by it alone
AT_START = ("PYTHON", "LC_", "LANG")  # variables that an interpreter reads when it starts


def started(words: Sequence[str], cwd: Path, environment: Mapping[str, str], stdin: str = "", timeout: float = 120) -> Done:
    """The command as a user starts it. timeout: seconds. Raises `subprocess.TimeoutExpired` when the command had to be killed."""
    return subprocess.run([*COMMAND, *words], cwd=cwd, capture_output=True, text=True, input=stdin, env=dict(environment), check=False, timeout=timeout)


class ForkServer:
    """The end in pytest's process. environment: of the server itself."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._socket, theirs = socket.socketpair()
        self._sending = threading.Lock()
        with theirs:
            self._server = subprocess.Popen([sys.executable, __file__, str(theirs.fileno())], pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL,
                                            stdout=subprocess.DEVNULL, env=dict(environment))

    def run(self, words: Sequence[str], cwd: Path, environment: Mapping[str, str], stdin: str = "", timeout: float = 120) -> Done:
        """As `started`."""
        (given, fed), (out, told), (errors, warned), (status, ended) = (os.pipe() for _ in range(4))
        theirs = [given, told, warned, ended]
        try:
            self._send({"words": words, "cwd": str(cwd), "environment": dict(environment)}, theirs)
        finally:
            for descriptor in theirs:
                os.close(descriptor)
        said = exchange(fed, stdin.encode(), (out, errors, status), time.monotonic() + timeout)
        process, _, code = said[status].decode().partition(" ")
        if not code:
            os.kill(int(process), signal.SIGKILL)
            raise subprocess.TimeoutExpired([*COMMAND, *words], timeout, said[out], said[errors])
        return subprocess.CompletedProcess([*COMMAND, *words], int(code), text(said[out]), text(said[errors]))

    def _send(self, request: Mapping[str, object], descriptors: Sequence[int]) -> None:
        data = json.dumps(request).encode()
        with self._sending:
            socket.send_fds(self._socket, [HEADER.pack(len(data))], descriptors)
            self._socket.sendall(data)

    def close(self) -> None:
        self._socket.close()
        self._server.wait()


def text(data: bytes) -> str:
    """As text mode reads it."""
    return data.decode().replace("\r\n", "\n").replace("\r", "\n")


def exchange(into: int, data: bytes, sources: Sequence[int], until: float) -> dict[int, bytes]:
    """Write the data, and read each source to its end or to that monotonic moment. Closes them all."""
    read = {source: bytearray() for source in sources}
    os.set_blocking(into, False)
    with selectors.DefaultSelector() as waiting:
        for descriptor in (*sources, into):
            waiting.register(descriptor, selectors.EVENT_WRITE if descriptor == into else selectors.EVENT_READ)
        while waiting.get_map() and (left := until - time.monotonic()) > 0:
            for key, _ in waiting.select(left):
                if key.fd == into:
                    data = data[taken(into, data):]
                    over = not data
                else:
                    read[key.fd] += (chunk := os.read(key.fd, 1 << 16))
                    over = not chunk
                if over:
                    waiting.unregister(key.fd)
                    os.close(key.fd)
        for descriptor in list(waiting.get_map()):
            os.close(descriptor)
    return {source: bytes(found) for source, found in read.items()}


def taken(into: int, data: bytes) -> int:
    """Bytes that were written; all of them where nobody reads any more."""
    try:
        return os.write(into, data)
    except BrokenPipeError:
        return len(data)


def serve(requests: socket.socket) -> None:
    """Fork a child for each request, until the other end is closed. Returns in the children alone, each ready to run its command."""
    while True:
        head, descriptors, _, _ = socket.recv_fds(requests, HEADER.size, 4)
        if not head:
            reap(0)
            os._exit(0)
        request = json.loads(whole(requests, HEADER.unpack(head)[0]))
        verb = request["words"][0] if request["words"] else ""
        for package in LATER.get(verb, ()):
            with contextlib.suppress(ImportError):
                import_all(package) if package.startswith("passdown") else importlib.import_module(package)
        if not os.fork():
            requests.close()
            return become(request, descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
        reap(os.WNOHANG)


def whole(requests: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        data += requests.recv(size - len(data))
    return data


def reap(how: int) -> None:
    """Children that have ended; all of them where `how` is 0."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, how)[0]:
            pass


def become(request: Mapping[str, Any], descriptors: Sequence[int]) -> None:
    """Fork once more: the parent says how the child ended, which is returned in as the process that runs the command."""
    *standard, ended = descriptors
    if process := os.fork():
        for descriptor in standard:
            os.close(descriptor)
        os.write(ended, f"{process} ".encode())
        os.write(ended, str(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])).encode())
        os._exit(0)
    os.close(ended)
    for number, descriptor in enumerate(standard):
        os.dup2(descriptor, number)
        os.close(descriptor)
    os.environ.clear()
    os.environ.update(request["environment"])
    time.tzset()
    os.chdir(request["cwd"])
    sys.argv = ["passdown", *request["words"]]


def import_all(package: str) -> None:
    """The package with all of its modules, but for what is for later, and what needs an extra that is not installed."""
    later = {ours for ours, _ in LATER.values()}
    for module in pkgutil.iter_modules(importlib.import_module(package).__path__, package + "."):
        if module.name not in later and not module.name.endswith("__main__"):
            with contextlib.suppress(ImportError):
                (import_all if module.ispkg else importlib.import_module)(module.name)


def prepared() -> Any:
    """`main`, once everything is imported, and the demonstration has been through all that is compiled or read when it is first used."""
    import_all("passdown")
    from passdown.cli.main import main
    from passdown.guard import likeness

    likeness.groups()  # of a capture, which the demonstration does without hooks

    with open(os.devnull, "w") as nowhere, contextlib.redirect_stderr(nowhere):
        main(["demo"])
    if threading.active_count() > 1:
        raise RuntimeError("a process with threads cannot be forked")
    gc.freeze()  # so that a child's look for cycles copies nothing
    return main


if __name__ == "__main__":
    main = prepared()
    serve(socket.socket(fileno=int(sys.argv[1])))
    code = main()
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # the interpreter would take all modules apart, which takes longer than most commands
