"""When a visit ends by itself: a function from seconds to phase.

Knows the limits. Does not know clocks or screens.
"""

from __future__ import annotations

from enum import Enum, auto

from kiosk.core.value import Value


class Phase(Enum):
    """How a visit stands after some time without a touch."""

    ACTIVE = auto()
    ASKING = auto()
    OVER = auto()


class IdleLimits(Value, frozen=True):
    """VVSG 2.0 asks for 2–5 minutes before asking and 20–45 seconds to answer."""

    ask_after_s: float = 180.0
    answer_within_s: float = 45.0

    def phase(self, quiet_s: float) -> Phase:
        """The phase after so many seconds without a touch."""
        if quiet_s < self.ask_after_s:
            return Phase.ACTIVE
        if quiet_s < self.ask_after_s + self.answer_within_s:
            return Phase.ASKING
        return Phase.OVER
