"""Counts uses of hand-offs and refusals: an adapter over their tables.

Knows how a use is taken exactly once under any number of simultaneous requests. Does not know
what is good (`hub.phone.verify`). Stores no token, no address and nothing a person typed.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from db.fleet import refusal, token_use
from db.token import Place
from hub.config import CITY_TIME
from hub.fleet import register
from hub.fleet.enrolment import Enrolment
from hub.phone.verify import Claim, limit

_REMEMBERED = timedelta(days=1)  # beyond a code's life, should this machine's clock be set back
NOWHERE = 0  # the place under which forgeries in the name of unknown machines are counted


class Ledger:
    """The uses and refusals that the hub remembers."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def look_up(self, claim: Claim) -> tuple[Enrolment | None, int]:
        """The machine that a token names, and how often the token was used. Changes nothing."""
        with self._engine.connect() as connection:
            kiosk = register.find(connection, claim.handoff.place)
            uses = connection.scalar(
                select(token_use.c.uses).where(token_use.c.digest == _digest(claim))
            )
        return kiosk, uses or 0

    def burn(self, claim: Claim, visit: str, now: datetime) -> bool:
        """Take one use; False where none is left.

        The same visit takes only one: a page whose button was touched twice, or again after
        coming back, is still one person going through one door.
        """
        try:
            return self._take(claim, visit, now)
        except IntegrityError:  # another request made the row between our two statements
            return self._take(claim, visit, now)

    def count_refusal(self, place: Place | None, reason: str, now: datetime) -> None:
        """Add one to the day's refusals of a machine."""
        try:
            self._count(place, reason, now)
        except IntegrityError:
            self._count(place, reason, now)

    def _take(self, claim: Claim, visit: str, now: datetime) -> bool:
        digest = _digest(claim)
        same = token_use.c.digest == digest
        with self._engine.begin() as connection:
            taken = connection.execute(
                update(token_use)
                .where(same, token_use.c.uses < limit(claim.handoff), token_use.c.visit != visit)
                .values(uses=token_use.c.uses + 1, visit=visit, last=now)
            )
            if taken.rowcount:
                return True
            last_visit = connection.scalar(select(token_use.c.visit).where(same))
            if last_visit is not None:
                return bool(last_visit == visit)
            connection.execute(
                insert(token_use).values(
                    digest=digest,
                    uses=1,
                    visit=visit,
                    first=now,
                    last=now,
                    expires=claim.handoff.expires,
                )
            )
            _forget_expired(connection, now)
            return True

    def _count(self, place: Place | None, reason: str, now: datetime) -> None:
        with self._engine.begin() as connection:
            known = place is not None and register.find(connection, place) is not None
            row = {
                "place": register.packed(place) if place is not None and known else NOWHERE,
                "day": now.astimezone(CITY_TIME).date(),
                "reason": reason,
            }
            counted = connection.execute(
                update(refusal)
                .where(*(refusal.c[name] == value for name, value in row.items()))
                .values(count=refusal.c.count + 1)
            )
            if not counted.rowcount:
                connection.execute(insert(refusal).values(**row, count=1))


def _digest(claim: Claim) -> bytes:
    return hashlib.sha256(claim.token).digest()


def _forget_expired(connection: Connection, now: datetime) -> None:
    connection.execute(delete(token_use).where(token_use.c.expires < now - _REMEMBERED))
