"""msgspec without `typing_extensions`, as it is where that is not installed; imported before anything that needs msgspec.

Of it msgspec takes names that `typing` has had since Python 3.11, and so loads `inspect`, `ast` and `tokenize`: a sixteenth of a short verb's start. It is
there wherever the MCP SDK is. Seen in msgspec 0.22 (`_utils.py`), November 2026.
"""

import sys

_EXTENSIONS = "typing_extensions"
if _EXTENSIONS not in sys.modules:
    sys.modules[_EXTENSIONS] = None  # type: ignore[assignment]  # an import of it fails
    try:
        import msgspec  # noqa: F401
    finally:
        del sys.modules[_EXTENSIONS]
