"""Judges a case code: did a machine of ours make it, and is it not too old? No I/O, no clock.

Knows every reason to refuse one. Does not count uses: a list opens no door and may be looked at by
the whole family as often as they like.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from db import case_code, token
from db.case_code import Told
from db.token import Place
from hub.fleet.enrolment import Enrolment
from hub.phone import verify
from hub.phone.verify import Forged, Malformed


@dataclass(frozen=True)
class ListClaim:
    """A code whose tag is right: made with the key of the place and epoch that it names."""

    code: bytes
    told: Told


Reason: TypeAlias = type[
    verify.UnknownKiosk | verify.Revoked | verify.OldKey | verify.FromTheFuture | verify.Expired
]


def read(digits: str, master: bytes | None) -> ListClaim | Malformed | Forged:
    """Whether digits are a code that a holder of this master key's keys has made."""
    try:
        packed = case_code.from_digits(digits)
        told = case_code.open_unverified(packed)
    except case_code.CaseCodeError:
        return Malformed()
    if master is None:  # no kiosk was ever enrolled, so nobody can have made one
        return Forged(told.place)
    return ListClaim(packed, told) if _is_genuine(packed, told, master) else Forged(told.place)


def refused(told: Told, kiosk: Enrolment | None, now: datetime) -> Reason | None:
    """Why a code with the right tag is not shown all the same; None where it is.

    Args:
        told: what the code says.
        kiosk: what the register knows of the machine that it names.
        now: the hub's own time.
    """
    if kiosk is None:
        return verify.UnknownKiosk
    grounds: tuple[tuple[bool, Reason], ...] = (
        (kiosk.revoked_at is not None, verify.Revoked),
        (not kiosk.oldest_epoch <= told.epoch <= kiosk.epoch, verify.OldKey),
        (verify.is_early(told.issued, now, kiosk.clock_offset), verify.FromTheFuture),
        (verify.is_late(told.expires, now, kiosk.clock_offset), verify.Expired),
    )
    return next((reason for applies, reason in grounds if applies), None)


def _is_genuine(packed: bytes, told: Told, master: bytes) -> bool:
    place: Place = told.place
    key = token.derive_key(master, place, told.epoch, told.algorithm)
    return case_code.is_genuine(packed, key)
