"""What fingers on the glass mean: one of them presses, slides, lifts; the others change nothing.

Knows contacts by the finger's number and the name of the control below it. Does not know widgets,
pixels or clocks: places come as answers (which control, still on it?), moments as seconds.
"""

from __future__ import annotations

from typing import TypeAlias

from kiosk.core.value import Value, replace

SLOP_MM = 2.0
"""How far beside a control a finger still counts as on it: half of the gap to the next one."""

PALM_MM = 25.0
"""A contact as wide as this is a palm or a sleeve; a fingertip covers 8 to 20 mm."""

HOLD_S = 0.3
"""How long a touch must last for somebody who chose to hold."""


class Contact(Value, frozen=True):
    """A finger that is pressing a control."""

    finger: int
    target: str
    since_s: float
    is_on: bool = True  # it has not slid off; sliding back counts again


class Pressed(Value, frozen=True):
    """A control was pressed and let go; `at_s` is when the finger came down."""

    target: str
    at_s: float


class TooShort(Value, frozen=True):
    """It was let go before it counted."""

    target: str


Outcome: TypeAlias = Pressed | TooShort | None


def down(contact: Contact | None, finger: int, target: str | None, now_s: float) -> Contact | None:
    """A finger touches the glass; whoever presses already is not disturbed."""
    if contact is not None or target is None:
        return contact
    return Contact(finger, target, now_s)


def move(contact: Contact | None, finger: int, is_on: bool) -> Contact | None:
    """A finger slides; `is_on` says whether the pressing one is still on its control."""
    if contact is None or contact.finger != finger or contact.is_on == is_on:
        return contact
    return replace(contact, is_on=is_on)


def up(
    contact: Contact | None, finger: int, now_s: float, must_hold: bool
) -> tuple[Contact | None, Outcome]:
    """A finger leaves the glass; beside its control it has changed its mind (WCAG 2.5.2)."""
    if contact is None or contact.finger != finger:
        return contact, None
    if not contact.is_on:
        return None, None
    if must_hold and now_s - contact.since_s < HOLD_S:
        return None, TooShort(contact.target)
    return None, Pressed(contact.target, contact.since_s)
