"""What a phase was seen to do: the rows from which `workflow review` learns. The engine makes one for each phase of each item that came to an end."""

import msgspec


class Observed(msgspec.Struct, frozen=True):
    """One phase of one item, once it ended, all its attempts together.

    money: US dollars, tokens: as the agent counts them, wall_s: seconds of wall time; None where it was not measured.
    attempts: how often it was begun, 1 when it was not repeated; a budget is for one of them. score: of the gate's last look, 0 to 10; None without a gate.
    passed: it ended well, its gate included. when: UTC ISO, when it ended.
    """

    phase: str
    item: str
    money: float | None = None
    tokens: int | None = None
    wall_s: float | None = None
    attempts: int = 1
    score: float | None = None
    passed: bool = True
    when: str = ""


__all__ = ["Observed"]
