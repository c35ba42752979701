"""What goes on from here on a phone: the code that a screen or a slip shows.

Knows the values. Does not know how a code is made or signed (`kiosk.store.handoff_desk`).
"""

from __future__ import annotations

from datetime import datetime

from kiosk.core.value import Value


class HandoffCode(Value, frozen=True):
    """One QR code and the words that stand beside it."""

    url: str
    host: str
    check_code: str
    short_number: str
    valid_until: datetime
    modules: tuple[tuple[bool, ...], ...]  # the QR matrix without its quiet zone
