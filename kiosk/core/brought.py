"""What a code has brought back from another machine or another day. Values only.

Knows the case and how much of it could not be found again. Does not know the code
(`kiosk.store.case_codes`) or why a catalog has changed.
"""

from __future__ import annotations

from kiosk.core.case import Case
from kiosk.core.value import Value, field


class Lost(Value, frozen=True):
    """How much of what was told is not in the catalog any more, or not as it was."""

    services: int = 0
    questions: int = 0  # services and events whose questions have changed: they are asked anew
    papers: int = 0

    @property
    def is_nothing(self) -> bool:
        """All has come back."""
        return self == Lost()


class Brought(Value, frozen=True):
    """The case as far as the catalog of today still knows it."""

    case: Case
    lost: Lost = field(default_factory=Lost)
