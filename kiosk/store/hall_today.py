"""What staff said of today at this machine: closed counters, how long people wait, notices.

Knows that all of it ends by itself: what is said of a counter with its day, a notice with its hour.
Does not know the words of notices (`kiosk.core.sentences`) or who said so
(`kiosk.store.staff_book`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from kiosk.core.local import CounterToday
from kiosk.core.value import Value
from kiosk.store.staff_file import STAFF_DB, connect, in_our_words

_TABLES = (
    """CREATE TABLE IF NOT EXISTS counter_today (
        counter TEXT PRIMARY KEY,
        day TEXT NOT NULL, -- local, ISO 8601
        is_closed INTEGER NOT NULL,
        waiting TEXT,
        note TEXT NOT NULL
    ) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS hall_notice (
        sentence TEXT PRIMARY KEY,
        valid_from TEXT NOT NULL, -- ISO 8601 with the distance from UTC
        valid_to TEXT NOT NULL
    ) WITHOUT ROWID""",
)


class HallNotice(Value, frozen=True):
    """A sentence that holds for a while."""

    sentence: str
    valid_from: datetime
    valid_to: datetime


class HallToday:
    """What is true in this hall today; used on one thread.

    Raises (every method): `kiosk.core.errors.DiskError` where the database fails.
    """

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        """Open it.

        Args:
            folder: where this machine keeps its files.
            now: aware local time.
        """
        self._now = now
        self._connection = connect(folder / STAFF_DB, _TABLES)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def counters(self) -> tuple[CounterToday, ...]:
        """What was said of counters today."""
        with in_our_words():
            rows = self._connection.execute(
                "SELECT counter, is_closed, waiting, note FROM counter_today "
                "WHERE day = ? ORDER BY counter",
                (self._day(),),
            ).fetchall()
        return tuple(CounterToday(one, bool(closed), *rest) for one, closed, *rest in rows)

    def set_counter(self, today: CounterToday) -> None:
        """Something else is true of a counter; on disk when this returns."""
        row = (today.counter, self._day(), today.is_closed, today.waiting, today.note)
        with in_our_words(), self._connection as connection:
            connection.execute("DELETE FROM counter_today WHERE day <> ?", (self._day(),))
            if today == CounterToday(today.counter):
                drop = "DELETE FROM counter_today WHERE counter = ?"
                connection.execute(drop, (today.counter,))
            else:
                connection.execute("INSERT OR REPLACE INTO counter_today VALUES (?,?,?,?,?)", row)

    def notices(self) -> tuple[HallNotice, ...]:
        """What everybody is told now, the newest first."""
        with in_our_words():
            rows = self._connection.execute("SELECT * FROM hall_notice").fetchall()
        found = [
            HallNotice(sentence, datetime.fromisoformat(begins), datetime.fromisoformat(ends))
            for sentence, begins, ends in rows
        ]
        current = (one for one in found if one.valid_to > self._now())
        return tuple(sorted(current, key=lambda one: one.valid_from, reverse=True))

    def post(self, sentence: str, until: datetime) -> None:
        """Tell everybody; the same sentence stands once."""
        kept = {one.sentence for one in self.notices()}
        row = (sentence, self._now().isoformat(), until.isoformat())
        with in_our_words(), self._connection as connection:
            for (old,) in connection.execute("SELECT sentence FROM hall_notice").fetchall():
                if old not in kept:
                    connection.execute("DELETE FROM hall_notice WHERE sentence = ?", (old,))
            connection.execute("INSERT OR REPLACE INTO hall_notice VALUES (?, ?, ?)", row)

    def withdraw(self, sentence: str) -> None:
        """It is not true any more."""
        with in_our_words(), self._connection as connection:
            connection.execute("DELETE FROM hall_notice WHERE sentence = ?", (sentence,))

    def _day(self) -> str:
        return self._now().date().isoformat()
