"""Lets in what an enrolled kiosk has signed, once.

Knows every reason to refuse a request and their order. Does not know what is asked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import Engine, delete

from db import kiosk_request, token
from db.fleet import request_nonce
from db.kiosk_request import Request, Signature
from db.token import Algorithm, Place
from db.upsert import upsert
from hub.fleet import clocks, register
from hub.fleet.enrolment import DRIFT_MAX, Enrolment

CLOCK_SLACK = timedelta(minutes=10)  # as for hand-offs


class Refusal(StrEnum):
    """Why a request is not believed."""

    MALFORMED = "malformed"
    FORGED = "forged"
    UNKNOWN_KIOSK = "unknown-kiosk"
    REVOKED = "revoked"
    OLD_KEY = "old-key"
    CLOCK = "clock"
    REPLAYED = "replayed"


def judge(signature: Signature, kiosk: Enrolment | None, now: datetime) -> Refusal | None:
    """Whether a request whose tag is right is good now; its nonce is another matter."""
    if kiosk is None:
        return Refusal.UNKNOWN_KIOSK
    if kiosk.revoked_at is not None:
        return Refusal.REVOKED
    if not kiosk.oldest_epoch <= signature.epoch <= kiosk.epoch:
        return Refusal.OLD_KEY
    return None if _is_in_time(signature, kiosk, now) else Refusal.CLOCK


def _is_in_time(signature: Signature, kiosk: Enrolment, now: datetime) -> bool:
    """By our clock; or by the kiosk's, where it is known by how much that is off.

    By both, so that a clock that was mended since is believed at once. Beyond drifting, a machine
    shows wrong days and must be mended.
    """
    ahead = timedelta(seconds=signature.seconds - now.timestamp())
    is_known = abs(kiosk.clock_offset) <= DRIFT_MAX
    offsets = (timedelta(0), kiosk.clock_offset if is_known else timedelta(0))
    return any(abs(ahead - one) <= CLOCK_SLACK for one in offsets)


class KioskGate:
    """Asks the register, and remembers nonces for as long as they could be used again."""

    def __init__(
        self,
        engine: Engine,
        master: Callable[[], bytes | None],
        clock: Callable[[], datetime],
    ) -> None:
        self._engine, self._master, self._clock = engine, master, clock

    def admit(self, header: str, request: Request) -> Place | Refusal:
        """Who asks, or why nobody is believed to."""
        signature = kiosk_request.read(header)
        if signature is None:
            return Refusal.MALFORMED
        master = self._master()
        if master is None:  # no kiosk was ever enrolled
            return Refusal.FORGED
        key = token.derive_key(master, signature.place, signature.epoch, Algorithm.SHA256)
        if not kiosk_request.is_genuine(signature, request, key):
            return Refusal.FORGED
        with self._engine.connect() as connection:
            kiosk = register.find(connection, signature.place)
        refusal = judge(signature, kiosk, self._clock())
        if refusal is None and not self._is_first(signature):
            refusal = Refusal.REPLAYED
        if refusal in (None, Refusal.CLOCK):
            clocks.learn(
                self._engine,
                signature.place,
                signature.seconds,
                self._clock(),
                is_fresh=refusal is None,
            )
        return refusal or signature.place

    def _is_first(self, signature: Signature) -> bool:
        now = self._clock()
        digest = hashlib.sha256(signature.place.to_bytes() + signature.nonce).digest()
        # until no clock that we could come to know of the kiosk has it in time any more
        told = datetime.fromtimestamp(signature.seconds, UTC)
        row = {"digest": digest, "expires": told + DRIFT_MAX + CLOCK_SLACK}
        with self._engine.begin() as connection:
            connection.execute(delete(request_nonce).where(request_nonce.c.expires < now))
            added = upsert(connection, request_nonce).values(**row).on_conflict_do_nothing()
            # without, only SQLite says how many rows an insert has made
            done = connection.execute(added, execution_options={"preserve_rowcount": True})
        return done.rowcount == 1
