"""Errors of hooks: to a file, which `doctor` reads. Never a word of the payload."""

import os
import time

from passdown.hooks import disk
from passdown.hooks.place import user_home

NAME = os.path.join("hooks", "errors.log")
MAX_BYTES = 256 * 1024


def log(error: BaseException, private: str, host: str, event: str) -> None:
    """One line: time, host, event, what, and where in our own source. Without a store, into PASSDOWN_HOME, if that is there."""
    folder = private or user_home()
    if not os.path.isdir(folder):
        return
    trace, where = error.__traceback__, ""
    while trace:
        code = trace.tb_frame.f_code
        where, trace = f"{os.path.basename(code.co_filename)}:{trace.tb_lineno} {code.co_name}", trace.tb_next
    at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    disk.append(os.path.join(folder, NAME), f"{at}\t{host or '-'}\t{event or '-'}\t{type(error).__name__}\t{where}\n", MAX_BYTES)


__all__ = ["MAX_BYTES", "NAME", "log"]
