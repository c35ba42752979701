"""Keeps calls and how soon they were answered: an adapter over their tables.

Knows rows. Does not know what becomes of a call (`hub.hall.call`). Stores nothing about a citizen.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import Engine, RowMapping, delete, insert, select, update

from db.fleet import answer_time, help_call
from db.upsert import upsert
from hub.hall.call import Call, State, Wish

KEPT = timedelta(days=30)  # of a call that is over; the counts stay


class CallBook:
    """The calls of all halls."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def open_calls(self) -> list[Call]:
        """Every call that is not over."""
        wanted = select(help_call).where(help_call.c.closed.is_(None)).order_by(help_call.c.id)
        with self._engine.connect() as connection:
            return [_call(row) for row in connection.execute(wanted).mappings()]

    def add(self, wish: Wish, now: datetime) -> Call:
        """A new call; what is long over is forgotten."""
        call = Call(0, wish, now)
        with self._engine.begin() as connection:
            connection.execute(delete(help_call).where(help_call.c.closed < now - KEPT))
            done = connection.execute(insert(help_call).values(**_row(call)))
        (number,) = done.inserted_primary_key or (0,)
        return replace(call, id=number)

    def change(self, call: Call) -> None:
        """What has become of a call."""
        with self._engine.begin() as connection:
            same = help_call.c.id == call.id
            connection.execute(update(help_call).where(same).values(**_row(call)))

    def count_answer(self, hall: int, day: date, seconds: int) -> None:
        """One more call that was answered within so many seconds."""
        row = {"hall": hall, "day": day, "seconds": seconds}
        more = {"count": answer_time.c.count + 1}
        with self._engine.begin() as connection:
            added = upsert(connection, answer_time).values(**row, count=1)
            connection.execute(added.on_conflict_do_update(index_elements=list(row), set_=more))

    def answers(self, hall: int, day: date) -> dict[int, int]:
        """Seconds → calls that were answered within them."""
        wanted = select(answer_time.c.seconds, answer_time.c.count).where(
            answer_time.c.hall == hall, answer_time.c.day == day
        )
        with self._engine.connect() as connection:
            return {seconds: count for seconds, count in connection.execute(wanted)}  # noqa: C416


def _row(call: Call) -> dict[str, object]:
    return {
        "hall": call.wish.hall,
        "kiosk": call.wish.kiosk,
        "screen": call.wish.screen,
        "service": call.wish.service,
        "language": call.wish.language,
        "state": call.state,
        "placed": call.placed,
        "left": call.left,
        "answered": call.answered,
        "forwarded": call.forwarded,
        "closed": call.closed,
        "desk": call.desk,
    }


def _call(row: RowMapping) -> Call:
    return Call(
        row["id"],
        Wish(row["hall"], row["kiosk"], row["screen"], row["service"], row["language"]),
        row["placed"],
        State(row["state"]),
        row["desk"],
        row["left"],
        row["answered"],
        row["forwarded"],
        row["closed"],
    )
