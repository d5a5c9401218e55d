"""One key of a terminal, without a line end behind it."""

import sys
from collections.abc import Collection

INTERRUPT, LEAVE = "\x03", ("\x04", "\x1b", "")  # end of input, escape, a closed terminal


def key(wanted: Collection[str]) -> str:
    """The next key that is wanted; "" when the user leaves. Raises `KeyboardInterrupt`."""
    while True:
        pressed = _pressed().lower()
        if pressed == INTERRUPT:
            raise KeyboardInterrupt
        if pressed in LEAVE:
            return ""
        if pressed in wanted:
            return pressed


def _pressed() -> str:
    if sys.platform == "win32":
        import msvcrt

        return msvcrt.getwch()
    import termios
    import tty

    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    try:
        tty.setcbreak(terminal, termios.TCSADRAIN)
        return sys.stdin.read(1)
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


__all__ = ["key"]
