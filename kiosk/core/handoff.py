"""What goes on from here on a phone: the codes that a screen and a slip show.

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


class Handoff(Value, frozen=True):
    """The codes of what is being taken along: a service, or the whole list."""

    service: str  # empty for the list
    screen: HandoffCode
    paper: HandoffCode
    resume: HandoffCode | None = None  # holds what was told; None where nothing was
