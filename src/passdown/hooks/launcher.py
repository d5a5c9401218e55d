"""The installed command: a small script whose path and words never change, so that hosts which trust a hook by its text go on trusting it.

It holds the absolute path of the interpreter (a version manager's shim costs 100 ms a start) and of `main.py`; `install` writes it anew after an upgrade.
Called with `hook` it never fails, even when passdown was removed; with other words it is `passdown`.
"""

import os
import sys

MARKER = "passdown-hook"  # in every command string that we install
_NAMED = ("python", "main")  # what one for a shell starts: an interpreter, and a file of ours

_POSIX = """\
#!/bin/sh
# Written by `passdown install`; it is written anew by every install.
python={python}
if [ "$1" = hook ]; then
  main={main}
  [ -x "$python" ] && [ -f "$main" ] || exit 0
  exec "$python" -I -S "$main" "$@"
fi
exec "$python" -E -P -m passdown "$@"
"""
_WINDOWS = """\
@echo off
rem Written by `passdown install`; it is written anew by every install.
if not "%~1"=="hook" goto other
if not exist {python} exit /b 0
if not exist {main} exit /b 0
{python} -I -S {main} %*
exit /b 0
:other
{python} -E -P -m passdown %*
"""


def path(home: str, windows: bool = os.name == "nt") -> str:
    """Where the launcher lies; home: PASSDOWN_HOME."""
    return os.path.join(home, "bin", MARKER + (".cmd" if windows else ""))


def text(python: str = sys.executable, windows: bool = os.name == "nt") -> str:
    """The script. python: absolute path of the interpreter that has passdown."""
    main = os.path.join(os.path.dirname(os.path.abspath(__file__)), "main.py")
    if windows:
        return _WINDOWS.format(python=_for_cmd(python), main=_for_cmd(main)).replace("\n", "\r\n")
    return _POSIX.format(python=_for_sh(python), main=_for_sh(main))


def read(place: str | os.PathLike[str]) -> str | None:
    """The script that is there; None when there is none."""
    try:
        with open(place, encoding="utf-8", errors="surrogateescape", newline="") as file:
            return file.read()
    except OSError:
        return None


def targets(script: str) -> list[str]:
    """The interpreter and the file that a launcher starts, as far as they can be told; of one for Windows none."""
    lines = (line.strip().partition("=") for line in script.splitlines())
    return [word for name, _, value in lines if name in _NAMED and value.startswith("'") for word in _words(value)[:1]]


def cut_off(script: str) -> bool:
    """Whether it ends before it has named all that it starts."""
    return text().startswith(script) or (os.name != "nt" and len(targets(script)) < len(_NAMED))


def _words(value: str) -> list[str]:
    """As a shell reads them; none where a quotation does not end, as in a script that was cut off."""
    import shlex

    try:
        return shlex.split(value)
    except ValueError:
        return []


def _for_sh(word: str) -> str:
    return "'" + word.replace("'", "'\\''") + "'"


def _for_cmd(word: str) -> str:
    return '"' + word.replace("%", "%%") + '"'


__all__ = ["MARKER", "cut_off", "path", "read", "targets", "text"]
