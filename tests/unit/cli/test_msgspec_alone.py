"""What a verb's start does not load."""

import subprocess
import sys


def test_a_start_loads_no_typing_extensions() -> None:
    """Nor `inspect` behind it; whoever imports it later gets it."""
    code = ("import sys, passdown.cli.main; print([n for n in ('typing_extensions', 'inspect', 'ast', 'hashlib') if n in sys.modules]);"
            "import importlib.util; print(importlib.util.find_spec('inspect') is not None, sys.modules.get('typing_extensions', 'free'))")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.split("\n")[:2] == ["[]", "True free"]
