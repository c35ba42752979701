"""How often each service was taken along at this machine, counted by quarter.

Knows services and quarters. Does not know who, on which day, in which order or beside what else:
there is no column for any of it. Counts are kept for two years.

It uses sqlite3 itself: it runs in the window's process, where SQLAlchemy's import would make the
screen wait (docs/decisions/0004).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Final, TypeAlias

from kiosk.core.errors import DiskError
from kiosk.core.season import quarter_of

YEARS_KEPT: Final = 2
_BUSY_S = 5.0  # the sync worker may be writing its own tables

# without rowid: a number of each row would say in which order they came
_TABLE = """CREATE TABLE IF NOT EXISTS use_count (
    quarter TEXT NOT NULL,
    service TEXT NOT NULL,
    uses INTEGER NOT NULL,
    PRIMARY KEY (quarter, service)
) WITHOUT ROWID"""
_COUNT = """INSERT INTO use_count VALUES (?, ?, 1)
    ON CONFLICT (quarter, service) DO UPDATE SET uses = uses + 1"""
_FORGET = "DELETE FROM use_count WHERE quarter < ?"
_READ = """SELECT service, sum(uses) AS n FROM use_count WHERE quarter IN (?, ?)
    GROUP BY service ORDER BY n DESC, service"""
_IS_THERE = "SELECT count(*) FROM sqlite_master WHERE name = 'use_count'"

Uses: TypeAlias = tuple[tuple[str, int], ...]
"""Service → uses, the most used first."""


class UseCounts:
    """The counts of this machine; used on one thread.

    Raises (every method): `kiosk.core.errors.DiskError` where the database fails.
    """

    def __init__(self, state_db: Path, now: Callable[[], date]) -> None:
        """Open the counts and forget what is older than two years.

        Args:
            state_db: this machine's state database; made where it is missing.
            now: the day it is.
        """
        self._now = now
        with _in_our_words():
            self._connection = sqlite3.connect(state_db, timeout=_BUSY_S, check_same_thread=False)
            # what is deleted is overwritten; a commit is on disk when it returns
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
                self._connection.execute(f"PRAGMA {pragma}")
            with self._connection:
                self._connection.execute(_TABLE)
                self._connection.execute(_FORGET, (quarter_of(now(), YEARS_KEPT),))

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()

    def count(self, service: str) -> None:
        """Count one use now; on disk when this returns."""
        with _in_our_words(), self._connection:
            self._connection.execute(_COUNT, (quarter_of(self._now()), service))

    def read(self, now: date) -> Uses:
        """The uses of this quarter and of the same one last year."""
        with _in_our_words():
            return _season(self._connection, now)


def read_season(state_db: Path, now: date) -> Uses:
    """As `UseCounts.read`, without touching the file; none where nothing was counted.

    Raises:
        DiskError: the state is there but cannot be read.
    """
    if not state_db.is_file():
        return ()
    address = f"{state_db.absolute().as_uri()}?mode=ro"
    with _in_our_words(), closing(sqlite3.connect(address, uri=True)) as connection:
        return _season(connection, now) if connection.execute(_IS_THERE).fetchone()[0] else ()


def _season(connection: sqlite3.Connection, now: date) -> Uses:
    rows = connection.execute(_READ, (quarter_of(now), quarter_of(now, 1))).fetchall()
    return tuple((str(service), int(uses)) for service, uses in rows)


@contextmanager
def _in_our_words() -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, UnicodeDecodeError) as error:  # it quotes damaged names
        raise DiskError("the counts of uses failed") from error
