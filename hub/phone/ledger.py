"""Counts uses of hand-offs: an adapter over their table.

Knows how a use is taken exactly once under any number of simultaneous requests. Does not know
what is good (`hub.phone.verify`) or why codes are refused (`hub.phone.refusals`). Stores no token,
no address and nothing a person typed.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, delete, select

from db.fleet import token_use
from db.token import Place
from db.upsert import upsert
from hub.config import Alarms, Limits
from hub.fleet import register
from hub.fleet.enrolment import DRIFT_MAX, Enrolment
from hub.phone.refusals import RefusalBook
from hub.phone.verify import Claim, limit

# beyond a code's life: a slow kiosk's codes are good for longer, and our clock may be set back
_REMEMBERED = DRIFT_MAX + timedelta(days=1)


class Ledger:
    """The uses and refusals that the hub remembers."""

    def __init__(
        self, engine: Engine, limits: Limits | None = None, alarms: Alarms | None = None
    ) -> None:
        self._engine = engine
        self.refusals = RefusalBook(engine, limits or Limits(), alarms or Alarms())

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
        digest, name = _digest(claim), _short(visit)
        row = {
            "digest": digest,
            "uses": 1,
            "visit": name,
            "first": now,
            "last": now,
            "expires": claim.handoff.expires,
        }
        once_more = {
            "uses": token_use.c.uses + 1,
            "visit": token_use.c.visit + name,
            "last": now,
        }
        is_left = token_use.c.uses < limit(claim.handoff)
        is_another = token_use.c.visit.not_like(f"%{name}%")
        with self._engine.begin() as connection:
            # one statement: between two of them another phone could take a use on a server
            taking = (
                upsert(connection, token_use)
                .values(**row)
                .on_conflict_do_update(
                    index_elements=["digest"], set_=once_more, where=is_left & is_another
                )
            )
            taken = connection.execute(taking, execution_options={"preserve_rowcount": True})
            if taken.rowcount == 1:
                _forget_expired(connection, now)
                return True
            same = token_use.c.digest == digest
            return name in (connection.scalar(select(token_use.c.visit).where(same)) or "")

    def count_refusal(self, place: Place | None, reason: str, now: datetime) -> bool:
        """Add one to the refusals of a machine; False where they come too fast to be told."""
        return self.refusals.count(place, reason, now)


def _digest(claim: Claim) -> bytes:
    return hashlib.sha256(claim.token).digest()


def _short(visit: str) -> str:
    """A visit's name as it is kept: three of them fit their column, and none can be read back."""
    return f".{hashlib.sha256(visit.encode()).hexdigest()[:20]}"


def _forget_expired(connection: Connection, now: datetime) -> None:
    connection.execute(delete(token_use).where(token_use.c.expires < now - _REMEMBERED))
