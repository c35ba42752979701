"""Counts refused codes by place, day and hour, and raises an alarm where there are too many.

Knows how a flood of made-up codes is counted without being written down one by one: memory and
tables hold as many rows as there are enrolled machines, not as there are codes. Does not know why
a code is refused (`hub.phone.verify`). Stores no token, no address and nothing a person typed.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from db.fleet import refusal, refusal_hour
from db.token import Place
from hub.config import CITY_TIME, Alarms, Limits
from hub.event import Event
from hub.fleet import enrolment, register

logger = logging.getLogger(__name__)

NOWHERE = 0  # the place under which forgeries in the name of unknown machines are counted
TOGETHER = 50  # above the limit so many are written down at once
_HOURS_KEPT = timedelta(days=31)
_DAYS_KEPT = timedelta(days=400)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Alarm:
    """Too many refusals of one reason, at one place within one hour."""

    place: int  # as the register packs it, or NOWHERE
    hour: datetime
    reason: str
    count: int
    raised: datetime


@dataclass(frozen=True)
class _Kind:
    """What is counted as one."""

    place: int
    hour: datetime
    reason: str


class RefusalBook:
    """The refusals that the hub remembers."""

    def __init__(self, engine: Engine, limits: Limits, alarms: Alarms) -> None:
        self._engine, self._alarms = engine, alarms
        self._limit = limits.refusals_per_minute
        self._lock = Lock()
        self._began = datetime.min.replace(tzinfo=UTC)
        self._counts: dict[int, int] = {}  # of this minute, by place
        self._pending: dict[_Kind, int] = {}

    def count(self, place: Place | None, reason: str, now: datetime) -> bool:
        """Add one; False where there are so many that they are no longer told one by one."""
        kind = _Kind(self._number(place), _hour(now), reason)
        with self._lock:
            if not self._began <= now < self._began + _MINUTE:  # also when the clock was set back
                self._began = now
                self._counts.clear()
            self._counts[kind.place] = self._counts.get(kind.place, 0) + 1
            self._pending[kind] = self._pending.get(kind, 0) + 1
            is_single = self._counts[kind.place] <= self._limit
            if not is_single and self._pending[kind] < TOGETHER:
                return False
            due, self._pending = self._pending, {}
        self._write(due, now)
        return is_single

    @property
    def waiting(self) -> int:
        """How many kinds of refusals are counted and not written down yet."""
        with self._lock:
            return len(self._pending)

    def flush(self, now: datetime) -> None:
        """Write down what was counted together and not written yet: before the hub ends."""
        with self._lock:
            due, self._pending = self._pending, {}
        self._write(due, now)

    def alarms(self, since: datetime) -> list[Alarm]:
        """The alarms of the hours since then, the newest first."""
        columns = refusal_hour.c
        wanted = (
            select(refusal_hour)
            .where(columns.hour >= since, columns.raised.is_not(None))
            .order_by(columns.hour.desc(), columns.place, columns.reason)
        )
        with self._engine.connect() as connection:
            return [Alarm(**row) for row in connection.execute(wanted).mappings()]

    def _number(self, place: Place | None) -> int:
        """The place as it is counted: strangers cannot fill a table with names they make up."""
        if place is None:
            return NOWHERE
        with self._engine.connect() as connection:
            known = register.find(connection, place) is not None
        return register.packed(place) if known else NOWHERE

    def _write(self, due: dict[_Kind, int], now: datetime) -> None:
        for kind, count in due.items():
            try:
                alarm = self._add(kind, count, now)
            except IntegrityError:  # another request made a row between our two statements
                alarm = self._add(kind, count, now)
            if alarm:
                where = enrolment.written(Place.from_bytes(kind.place.to_bytes(5)))
                named = where if kind.place != NOWHERE else "nowhere"
                logger.warning("%s %s %s %d", Event.HANDOFF_ALARM, kind.reason, named, alarm)

    def _add(self, kind: _Kind, count: int, now: datetime) -> int:
        """Write down; how many there are this hour, where that has just become an alarm, else 0."""
        day = {
            "place": kind.place,
            "day": kind.hour.astimezone(CITY_TIME).date(),
            "reason": kind.reason,
        }
        hour = {"place": kind.place, "hour": kind.hour, "reason": kind.reason}
        threshold, columns = self._alarms.threshold(kind.reason), refusal_hour.c
        with self._engine.begin() as connection:
            _increase(connection, refusal, day, count)
            if _increase(connection, refusal_hour, hour, count):
                _forget(connection, now)
            same = [columns[name] == value for name, value in hour.items()]
            if not threshold:
                return 0
            raised = connection.execute(
                update(refusal_hour)
                .where(*same, columns.raised.is_(None), columns.count >= threshold)
                .values(raised=now)
            )
            if not raised.rowcount:
                return 0
            return connection.scalar(select(columns.count).where(*same)) or 0


def _increase(connection: Connection, table: Table, row: dict[str, Any], count: int) -> bool:
    """Add to a row's count; True where there was no such row."""
    changed = connection.execute(
        update(table)
        .where(*(table.c[name] == value for name, value in row.items()))
        .values(count=table.c.count + count)
    )
    if changed.rowcount:
        return False
    connection.execute(insert(table).values(**row, count=count))
    return True


def _forget(connection: Connection, now: datetime) -> None:
    connection.execute(delete(refusal_hour).where(refusal_hour.c.hour < now - _HOURS_KEPT))
    oldest = (now - _DAYS_KEPT).astimezone(CITY_TIME).date()
    connection.execute(delete(refusal).where(refusal.c.day < oldest))


def _hour(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
