"""How much a service is used in the city. A value only.

Knows what is needed to put services in order. Does not know how they are put
(`kiosk.core.popular`).
"""

from __future__ import annotations

from kiosk.core.value import Value


class Standing(Value, frozen=True):
    """A service among others."""

    service: str
    group: str
    popularity: int = 0
    peak_months: tuple[int, ...] = ()  # 1 to 12
