"""Judges a hand-off: is it ours, in time, and not used up? No I/O, no clock.

Knows every reason to refuse one and their order. Does not know how kiosks and uses are stored
(`hub.fleet.register`, `hub.phone.ledger`) or what a person is told (`hub.phone.notices`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from db import token
from db.token import Handoff, Medium, Place
from hub.fleet.enrolment import DRIFT_MAX, Enrolment

CLOCK_SLACK = timedelta(minutes=10)  # a kiosk's clock may be ahead of ours by this much
USES = {Medium.SCREEN: 1, Medium.PAPER: 3}  # the citizen; the citizen and the family
_DIGITS = re.compile(rf"[0-9]{{{token.DIGITS}}}")


@dataclass(frozen=True)
class Malformed:
    """No token at all: not scanned whole, or the code of somebody else."""


@dataclass(frozen=True)
class Forged:
    """It looks like a token, but no kiosk of this hub made it. Nothing it says may be used."""

    place: Place  # whom it imitates


@dataclass(frozen=True)
class Claim:
    """A token whose tag is right: made with the key of the place and epoch that it names."""

    token: bytes
    handoff: Handoff


@dataclass(frozen=True)
class Genuine:
    """Good: go on."""

    handoff: Handoff


@dataclass(frozen=True)
class UnknownKiosk:
    """The key is right, but the machine is not enrolled."""

    handoff: Handoff


@dataclass(frozen=True)
class Revoked:
    """The machine was taken out of service."""

    handoff: Handoff


@dataclass(frozen=True)
class OldKey:
    """The machine has been given newer keys since."""

    handoff: Handoff


@dataclass(frozen=True)
class FromTheFuture:
    """Issued later than now: the machine's clock is wrong, or somebody else's key is out."""

    handoff: Handoff


@dataclass(frozen=True)
class Expired:
    """Its lifetime is over."""

    handoff: Handoff


@dataclass(frozen=True)
class Used:
    """It was taken up as often as its medium allows."""

    handoff: Handoff


Refused: TypeAlias = (
    Malformed | Forged | UnknownKiosk | Revoked | OldKey | FromTheFuture | Expired | Used
)
Judgement: TypeAlias = Genuine | Refused


def read(digits: str, master: bytes | None) -> Claim | Malformed | Forged:
    """Whether 78 digits are a token that a holder of this master key's keys has made."""
    if not _DIGITS.fullmatch(digits):
        return Malformed()
    try:
        packed = token.from_digits(digits)
        handoff = token.open_unverified(packed)
    except token.TokenError:
        return Malformed()
    if master is None:  # no kiosk was ever enrolled, so nobody can have made one
        return Forged(handoff.place)
    key = token.derive_key(master, handoff.place, handoff.epoch, handoff.algorithm)
    return Claim(packed, handoff) if token.is_genuine(packed, key) else Forged(handoff.place)


def judge(handoff: Handoff, kiosk: Enrolment | None, uses: int, now: datetime) -> Judgement:
    """Whether a hand-off with the right tag is good now.

    Args:
        handoff: what the token says.
        kiosk: what the register knows of the machine that it names, its clock too.
        uses: how often it was taken up before.
        now: the hub's own time.
    """
    if kiosk is None:
        return UnknownKiosk(handoff)
    grounds: tuple[tuple[bool, type[Revoked | OldKey | FromTheFuture | Expired | Used]], ...] = (
        (kiosk.revoked_at is not None, Revoked),
        (not kiosk.oldest_epoch <= handoff.epoch <= kiosk.epoch, OldKey),
        (is_early(handoff.issued, now, kiosk.clock_offset), FromTheFuture),
        (is_late(handoff.expires, now, kiosk.clock_offset), Expired),
        (uses >= limit(handoff), Used),
    )
    for applies, verdict in grounds:
        if applies:
            return verdict(handoff)
    return Genuine(handoff)


def is_early(issued: datetime, now: datetime, offset: timedelta) -> bool:
    """Whether something was made later than now, even by a clock that is `offset` ahead.

    The window is only ever widened: a clock that was mended since makes nothing bad.
    """
    return issued > now + CLOCK_SLACK + max(_borne(offset), timedelta(0))


def is_late(expires: datetime, now: datetime, offset: timedelta) -> bool:
    """Whether something is over, even by a clock that is behind (a negative `offset`)."""
    return now > expires + max(-_borne(offset), timedelta(0))


def _borne(offset: timedelta) -> timedelta:
    """What is allowed for a clock that is off; nothing where it is beyond drifting."""
    return offset if abs(offset) <= DRIFT_MAX else timedelta(0)


def limit(handoff: Handoff) -> int:
    """How many times it may be taken up."""
    return USES[handoff.medium]
