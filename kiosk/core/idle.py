"""When a visit ends by itself: a function from seconds to phase.

Knows the limits, and who needs more time. Does not know clocks or screens.
"""

from __future__ import annotations

from enum import Enum, auto

from kiosk.core.choices import Choices
from kiosk.core.session import Session
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
    ask_patiently_after_s: float = 300.0

    def phase(self, quiet_s: float, patient: bool = False) -> Phase:
        """The phase after so many seconds without a touch, a key or a plug."""
        ask_after_s = self.ask_after_s
        if patient:
            ask_after_s = max(ask_after_s, self.ask_patiently_after_s)
        if quiet_s < ask_after_s:
            return Phase.ACTIVE
        if quiet_s < ask_after_s + self.answer_within_s:
            return Phase.ASKING
        return Phase.OVER


def needs_patience(session: Session) -> bool:
    """Whoever listens, works with switches, has an unsteady hand or waits for staff is asked later.

    While staff help, the citizen's own choices count: the citizen is still there.
    """
    theirs = session.set_aside is not None and _is_slow(session.set_aside)
    held = session.held is not None and needs_patience(session.held)
    waits = session.call is not None and session.call.state.is_open  # for somebody to come
    return _is_slow(session.choices) or theirs or held or waits


def _is_slow(choices: Choices) -> bool:
    return choices.steady or choices.switches or choices.speech.on
