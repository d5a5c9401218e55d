"""System E's success criteria, each as one of the figures.

Source: "Success Criteria" of the session handoff workflow (system E, seen 2026-11).
"""

from collections.abc import Mapping

import msgspec

from passdown.continuity.base import Measured


class Criterion(msgspec.Struct, frozen=True):
    """figure: its name. least: the value from which on the criterion is met; most: up to which it is. rests: on a hand-over, without which it says nothing."""

    says: str
    figure: str
    least: float | None = None
    most: float | None = None
    rests: bool = False

    def met(self, figures: Mapping[str, Measured]) -> bool | None:
        """None where the figure says nothing, and where nothing was handed over to which it could be owed."""
        value = figures[self.figure].value
        if value is None or (self.rests and not figures["delivered"].value):
            return None
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)


CRITERIA = (
    Criterion("The agent read the context before responding", "delivered", least=1),
    Criterion("The agent confirmed the current state", "stated", least=1),
    Criterion("What it confirmed was accurate (the phase among it)", "stated-right", least=1),
    Criterion("It followed the architecture: no decided alternative was suggested, nothing reinvented", "reopened", most=0, rests=True),
    Criterion("No known failure was repeated", "repeated", most=0, rests=True),
    Criterion("No need to explain again: the agent asked nothing that was answered", "asked-again", most=0, rests=True),
    Criterion("The user did not have to repeat context", "told-again", most=0, rests=True),
    Criterion("Work continued seamlessly: nothing was read only to find it out again", "rediscovered", most=0, rests=True),
    Criterion("No time was wasted: the first productive edit within ten minutes", "time-to-edit", most=10))

__all__ = ["CRITERIA", "Criterion"]
