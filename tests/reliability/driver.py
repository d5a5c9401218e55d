"""Runs one passdown command with one fault: `driver.py MODE AT ERRNO LASTING ARGV…`. See `faults.run_command`."""

import sys
from pathlib import Path
from typing import cast

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.reliability.faults import Fault, FaultyOperations, Mode, installed


def main() -> int:
    mode, at, error, lasting, *argv = sys.argv[1:]
    operations = FaultyOperations(Fault(cast(Mode, mode), int(at), int(error), lasting == "1"))
    from passdown.cli.main import main as command

    with installed(operations):
        code = command(argv)
    sys.stdout.flush()
    print("fired" if operations.fired else "untouched", file=sys.stderr)
    return int(code or 0)


if __name__ == "__main__":
    raise SystemExit(main())
