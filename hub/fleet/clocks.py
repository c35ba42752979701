"""Keeps by how much each kiosk's clock is off, learnt from what it signs.

Knows which signed moments say something new of a clock. Does not know who may ask
(`hub.hall.gate`) or what is allowed for a clock that is off (`hub.phone.verify`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, insert, select, update
from sqlalchemy.exc import IntegrityError

from db.fleet import kiosk_clock
from db.token import Place
from hub.fleet import register

AGAIN = timedelta(minutes=10)  # so often at most is the same written down
_SAME_S = 5
# what was not written down could be sent again; and by the clock that it teaches, ten minutes of
# requests before it would be in time, of which those that were refused have left no nonce
_LATER_S = 2 * int(AGAIN.total_seconds()) + 60


@dataclass(frozen=True)
class Seen:
    """A clock as it was told last."""

    offset_s: int
    told: int  # seconds since 1970, by the kiosk's own clock
    at: datetime  # by ours


def learnt(before: Seen | None, told: int, now: datetime, is_fresh: bool) -> Seen | None:
    """What is to be written down; None where nothing is.

    Args:
        before: what was known.
        told: the moment that the kiosk signed.
        now: the hub's own time.
        is_fresh: the request was admitted: it came for the first time, within minutes of that
            moment by our clock, or by the kiosk's as we knew it. Any other says something only
            where the kiosk's clock has gone on since: a request that somebody caught and sends
            again makes no clock slow.
    """
    seen = Seen(told - int(now.timestamp()), told, now)
    if before is None:
        return seen
    if not is_fresh and told <= before.told + _LATER_S:
        return None
    is_same = abs(seen.offset_s - before.offset_s) < _SAME_S
    return None if is_same and before.at <= now < before.at + AGAIN else seen


def learn(engine: Engine, place: Place, told: int, now: datetime, *, is_fresh: bool) -> None:
    """Write down what a signed moment says of an enrolled kiosk's clock."""
    same = kiosk_clock.c.place == register.packed(place)
    with engine.connect() as connection:
        row = connection.execute(select(kiosk_clock).where(same)).first()
    seen = learnt(Seen(row.offset_s, row.told, row.seen) if row else None, told, now, is_fresh)
    if seen is None:
        return
    values = {"offset_s": seen.offset_s, "told": seen.told, "seen": seen.at}
    change = update(kiosk_clock).where(same).values(**values)
    try:
        with engine.begin() as connection:
            if not connection.execute(change).rowcount:
                connection.execute(
                    insert(kiosk_clock).values(place=register.packed(place), **values)
                )
    except IntegrityError:  # another request made the row between our two statements
        with engine.begin() as connection:
            connection.execute(change)
