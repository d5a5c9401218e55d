"""The checks of each kind of claim, in the order in which they are asked; the first that has something to say is right. Imported on use."""

import functools
import importlib
from collections.abc import Mapping, Sequence
from typing import Any

from passdown.verification.base import HOLDS, Branch, Check, Claim, CommitNamed, Left, Place, Ran, Rests, Runs, Says, Until, Verdict, View

TABLE: Mapping[Any, Sequence[str]] = {  # kind of claim: modules in `verification.checks`
    Place: ("standing", "aside", "moved", "symbol", "gone", "changed"), Branch: ("branch",), CommitNamed: ("commit",), Ran: ("outdated",), Until: ("expired",),
    Rests: ("superseded",), Left: ("left",), Says: ("contradicted",), Runs: ("command",)}


@functools.cache
def checks(kind: Any) -> tuple[Check, ...]:
    """Those of a kind of claim, in their order."""
    return tuple(importlib.import_module(f"passdown.verification.checks.{name}") for name in TABLE[kind])


def verdict(claim: Claim, view: View) -> Verdict:
    """How a claim stands."""
    return next((said for check in checks(type(claim)) if (said := check.check(claim, view))), HOLDS)


def verdicts(claims: Sequence[Claim], view: View) -> list[Verdict]:
    """How each claim stands, in their order. They are judged file by file, so that what was read of one is still at hand for the next."""
    found = {at: verdict(claims[at], view) for at in sorted(range(len(claims)), key=lambda at: path_of(claims[at]))}
    return [found[at] for at in range(len(claims))]


def path_of(claim: Claim) -> str:
    return claim.anchor.path if isinstance(claim, Place) else ""


__all__ = ["TABLE", "checks", "verdict", "verdicts"]
