"""Where secrets stand in a text, as it is written there.

Gates, RE2s without groups in which long repetitions are loosened, run over every text at hundreds of megabytes a second; only where one of them stops are the
rules loaded and asked (`finders`).
"""

import functools
from collections.abc import Iterator
from typing import Any

from passdown.redaction.engine import Hit, compiled
from passdown.redaction.gates import GATES


def hits(data: bytes) -> Iterator[Hit]:
    """Secrets in order, without overlap."""
    stopped = [groups for gate, groups in _gates() if gate.search(data)]
    if stopped:
        from passdown.redaction import finders  # 3 ms, which a process that prints a page without anything like a secret need not pay

        yield from finders.hits(data, stopped)


@functools.cache
def _gates() -> tuple[tuple[Any, tuple[int, ...]], ...]:
    return tuple((compiled(pattern, groups=False), groups) for pattern, groups in GATES)


__all__ = ["hits"]
