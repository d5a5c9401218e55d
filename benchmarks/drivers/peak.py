"""peak.py NOTE COMMAND… : runs the command and writes its peak resident memory, in KiB, to the file NOTE.

A process of its own, started with `-I -S` and importing nothing, because the peak that the system reports for a child
begins with the size of the process that started it.
"""

import os
import sys

note, *command = sys.argv[1:]
pid = os.posix_spawnp(command[0], command, os.environ)
_, status, usage = os.wait4(pid, 0)
with open(note, "w", encoding="ascii") as out:
    out.write(str(usage.ru_maxrss))
sys.exit(os.waitstatus_to_exitcode(status))
