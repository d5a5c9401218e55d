"""The plan of a production: phases with what they need, may cost and must reach."""

from collections.abc import Mapping
from typing import Literal

import msgspec

Below = Literal["retry", "stop", "ask"]


class Budget(msgspec.Struct, frozen=True):
    """What may be used up at most; None is no limit. `money` in US dollars, `tokens` as the agents count them, `time_s` in seconds of wall time."""

    money: float | None = None
    tokens: int | None = None
    time_s: float | None = None


class Retries(msgspec.Struct, frozen=True):
    """How often a phase that failed is begun again: after `backoff_s` seconds, then `factor` times as long each time, never longer than `longest_s`."""

    most: int = 0
    backoff_s: float = 1.0
    factor: float = 2.0
    longest_s: float = 60.0


class Gate(msgspec.Struct, frozen=True):
    """The quality a phase must reach. One of `run` and `report` is given.

    `run` is a command that prints a score, 0 to 10 or 0 to 1, as its last number or as JSON `{"score": …}`; `report` a file that holds the same.
    `below` says what to do with less than `minimum`.
    """

    run: str = ""
    report: str = ""
    minimum: float = 0.0
    below: Below = "stop"


class Phase(msgspec.Struct, frozen=True):
    """One step of a production. One of `run`, `agent` (with `prompt`) and `python` says what is done.

    `run` is a command line, `agent` the name of an agent's CLI in headless mode, `python` an entry point `module:function`.
    `inputs` and `outputs` are globs relative to the item's folder, or else to the repository; `needs` names the phases before; `timeout_s` is for one attempt.
    """

    name: str
    run: str = ""
    agent: str = ""
    prompt: str = ""
    python: str = ""
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    budget: Budget = Budget()
    gate: Gate | None = None
    retries: Retries = Retries()
    timeout_s: float | None = None
    approval: bool = False
    env: Mapping[str, str] = {}


class Plan(msgspec.Struct, frozen=True):
    """A plan file as read: its phases in topological order, the budget of one item, the folder of an item, and the hash of the text it was read from."""

    name: str
    phases: tuple[Phase, ...]
    budget: Budget = Budget()
    folder: str = "production/{item}"
    text_hash: str = ""
