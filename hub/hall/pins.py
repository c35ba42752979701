"""The PIN of a hall's page, and who is signed in there.

Knows how a PIN is kept and compared. Does not know who may try (`hub.hall.tries`). A PIN stands
nowhere but as its argon2id hash, a cookie nowhere but as its sha256.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Engine, delete, insert, select

from db.fleet import hall_pin, hall_session
from hub.fleet.errors import FleetError

LASTS = timedelta(hours=12)  # a day of work
_PIN = re.compile(r"[0-9]{6,12}")
_LEAST_KINDS = 3  # of digits: 000000 and 121212 are tried first


@dataclass(frozen=True)
class SignedIn:
    """A page that may show calls."""

    hall: int
    desk: str


class HallPins:
    """PINs and sessions."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._hasher = PasswordHasher()
        self._one = Lock()  # a comparison takes 64 MiB: a flood of them may not take more

    def set(self, hall: int, pin: str, now: datetime) -> None:
        """Another PIN; whoever was signed in with the old one is no longer.

        Raises:
            FleetError: it is no PIN.
        """
        if not _PIN.fullmatch(pin) or len(set(pin)) < _LEAST_KINDS:
            raise FleetError("a PIN has 6 to 12 digits, of at least 3 kinds")
        hashed = self._hasher.hash(pin)
        with self._engine.begin() as connection:
            connection.execute(delete(hall_pin).where(hall_pin.c.hall == hall))
            connection.execute(insert(hall_pin).values(hall=hall, hash=hashed, changed=now))
            connection.execute(delete(hall_session).where(hall_session.c.hall == hall))

    def is_set(self, hall: int) -> bool:
        """Somebody can sign in."""
        return self._hash(hall) is not None

    def is_right(self, hall: int, pin: str) -> bool:
        """Whether this is the hall's PIN."""
        hashed = self._hash(hall)
        if hashed is None or not _PIN.fullmatch(pin):
            return False
        try:
            with self._one:
                return self._hasher.verify(hashed, pin)
        except (VerificationError, InvalidHashError):
            return False

    def sign_in(self, who: SignedIn, now: datetime) -> str:
        """A cookie for a page."""
        cookie = secrets.token_urlsafe(32)
        row = {"hall": who.hall, "desk": who.desk, "expires": now + LASTS}
        with self._engine.begin() as connection:
            connection.execute(delete(hall_session).where(hall_session.c.expires < now))
            connection.execute(insert(hall_session).values(digest=_digest(cookie), **row))
        return cookie

    def find(self, hall: int, cookie: str, now: datetime) -> SignedIn | None:
        """Who has this cookie."""
        wanted = select(hall_session.c.desk).where(
            hall_session.c.digest == _digest(cookie),
            hall_session.c.hall == hall,
            hall_session.c.expires > now,
        )
        with self._engine.connect() as connection:
            desk = connection.scalar(wanted)
        return None if desk is None else SignedIn(hall, desk)

    def sign_out(self, cookie: str) -> None:
        """Nobody has this cookie any more."""
        same = hall_session.c.digest == _digest(cookie)
        with self._engine.begin() as connection:
            connection.execute(delete(hall_session).where(same))

    def _hash(self, hall: int) -> str | None:
        with self._engine.connect() as connection:
            found: str | None = connection.scalar(
                select(hall_pin.c.hash).where(hall_pin.c.hall == hall)
            )
        return found


def _digest(cookie: str) -> bytes:
    return hashlib.sha256(cookie.encode()).digest()
