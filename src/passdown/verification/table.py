"""The checks of each kind of claim, in the order in which they are asked; the first that has something to say is right. Imported on use."""

import functools
import importlib
from collections.abc import Mapping, Sequence
from typing import Any

from passdown.verification.base import HOLDS, Branch, Check, Claim, CommitNamed, Left, Place, Ran, Rests, Runs, Says, Until, Verdict, View

TABLE: Mapping[Any, Sequence[str]] = {  # kind of claim: modules in `verification.checks`
    Place: ("standing", "moved", "symbol", "gone", "changed"), Branch: ("branch",), CommitNamed: ("commit",), Ran: ("outdated",), Until: ("expired",),
    Rests: ("superseded",), Left: ("left",), Says: ("contradicted",), Runs: ("command",)}


@functools.cache
def checks(kind: Any) -> tuple[Check, ...]:
    """Those of a kind of claim, in their order."""
    return tuple(importlib.import_module(f"passdown.verification.checks.{name}") for name in TABLE[kind])


def verdict(claim: Claim, view: View) -> Verdict:
    """How a claim stands."""
    return next((said for check in checks(type(claim)) if (said := check.check(claim, view))), HOLDS)


__all__ = ["TABLE", "checks", "verdict"]
