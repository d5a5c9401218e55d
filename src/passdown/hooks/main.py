"""What the launcher starts: `python -I -S main.py hook <host>`, the hook's payload on standard input.

Without `site` and isolated, so that neither the user's environment nor an installed package can slow it down or break it. Whatever happens the
exit code is 0, and at most one answer is written to standard output: a hook that fails must never stand in an agent's way.
"""

import os
import sys
import time

BEGUN = time.monotonic()

if __name__ == "__main__":
    sys.path.append(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
    try:
        from passdown.hooks.fire import fire

        fire(sys.argv[1:], BEGUN)
    except BaseException:  # noqa: BLE001, S110  not even an import that fails
        pass
    os._exit(0)  # at once: nothing to clean up, and the deadline's thread must not be waited for
