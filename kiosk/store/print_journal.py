"""What became of every slip: one row a slip, in this machine's state database.

Knows numbers, states and millimetres of paper. Does not know who stood there: no token, no words,
nothing of a citizen. Nothing here ever prints. It uses sqlite3 itself: it runs in the window's
process, where SQLAlchemy's import would make the screen wait (docs/decisions/0004).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from kiosk.core.errors import DiskError
from kiosk.core.printing import (
    FailedBefore,
    FailedDuring,
    Fault,
    PrintOutcome,
    PrintState,
    paper_mm,
    state_of,
)
from kiosk.core.value import Value

_KEPT = timedelta(days=90)
_BUSY_S = 5.0  # the sync worker may be writing its own tables

_TABLES = (
    """CREATE TABLE IF NOT EXISTS print_slip (
        number INTEGER PRIMARY KEY,
        service INTEGER NOT NULL,
        medium TEXT NOT NULL,
        copy INTEGER NOT NULL,
        state TEXT NOT NULL,
        fault TEXT,
        rows_sent INTEGER,
        paper_mm INTEGER NOT NULL DEFAULT 0,
        started INTEGER NOT NULL, -- seconds since 1970, UTC
        ended INTEGER
    )""",
    """CREATE TABLE IF NOT EXISTS print_mark ( -- what staff did: a new roll, a fault handled
        id INTEGER PRIMARY KEY,
        sort TEXT NOT NULL,
        after INTEGER NOT NULL -- the last slip before it
    )""",
)


class Medium(StrEnum):
    """Where a slip went."""

    PAPER = "paper"
    PDF = "pdf"


class _Mark(StrEnum):
    ROLL_CHANGED = "roll-changed"
    FAULTS_HANDLED = "faults-handled"


class PrintJob(Value, frozen=True):
    """A slip that is about to be sent; `service` is its short number without check digit."""

    number: int
    service: int
    medium: Medium
    copy: int


class PrintRecord(Value, frozen=True):
    """A row, for the staff's page."""

    number: int
    service: int
    medium: Medium
    copy: int
    state: PrintState
    fault: Fault | None
    rows_sent: int | None
    paper_mm: int
    started: datetime
    ended: datetime | None


class PrintJournal:
    """The slips of this machine; used on one thread.

    Raises (every method): `kiosk.core.errors.DiskError` where the database fails.
    """

    def __init__(self, state_db: Path, now: Callable[[], datetime]) -> None:
        """Open the journal; a slip still `sending` was cut short, so nobody knows its end.

        Args:
            state_db: this machine's state database; made where it is missing.
            now: aware time.
        """
        self._now = now
        with _in_our_words():
            self._connection = sqlite3.connect(state_db, timeout=_BUSY_S, check_same_thread=False)
            self._connection.row_factory = sqlite3.Row
            # a commit is on disk when it returns; the worker's tables are in the same file
            for pragma in ("journal_mode=WAL", "synchronous=FULL"):
                self._connection.execute(f"PRAGMA {pragma}")
        for table in _TABLES:
            self._write(table)
        self._write(
            "UPDATE print_slip SET state = ?, ended = ? WHERE state = ?",
            PrintState.UNCONFIRMED,
            self._seconds(),
            PrintState.SENDING,
        )
        self._write(
            "DELETE FROM print_slip WHERE started < ? AND number < ?",
            self._seconds() - int(_KEPT.total_seconds()),
            self._newest(),
        )

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()

    def next_number(self) -> int:
        """The number for the next slip."""
        return self._newest() + 1

    def begin(self, job: PrintJob) -> None:
        """Write a slip down as `sending`; on disk when this returns."""
        self._write(
            "INSERT INTO print_slip (number, service, medium, copy, state, started) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            *(job.number, job.service, job.medium, job.copy),
            PrintState.SENDING,
            self._seconds(),
        )

    def settle(self, number: int, outcome: PrintOutcome, length_mm: int) -> None:
        """Write down how a slip ended; one that was settled before stays as it is.

        Args:
            number: the slip's.
            outcome: how it ended.
            length_mm: of the whole slip; what of it counts as used paper follows from the ending.
        """
        self._write(
            "UPDATE print_slip SET state = ?, fault = ?, rows_sent = ?, ended = ?, "
            "paper_mm = CASE medium WHEN ? THEN ? ELSE 0 END WHERE number = ? AND state = ?",
            state_of(outcome),
            outcome.fault if isinstance(outcome, FailedBefore | FailedDuring) else None,
            outcome.row if isinstance(outcome, FailedDuring) else None,
            self._seconds(),
            Medium.PAPER,
            paper_mm(outcome, length_mm),
            number,
            PrintState.SENDING,
        )

    def faults_within(self, minutes: int) -> int:
        """Failed slips of the last minutes that staff have not handled yet."""
        return self._number(
            "SELECT count(*) FROM print_slip WHERE fault IS NOT NULL AND ended >= ? AND number > ?",
            self._seconds() - minutes * 60,
            self._last_mark(_Mark.FAULTS_HANDLED),
        )

    def faults_handled(self) -> None:
        """Staff have seen to the printer: count faults from here."""
        self._mark(_Mark.FAULTS_HANDLED)

    def roll_changed(self) -> None:
        """Staff put in a new roll: count paper from here."""
        self._mark(_Mark.ROLL_CHANGED)

    def paper_used_mm(self) -> int:
        """Millimetres since the last new roll, about; works without a sensor."""
        changed = self._last_mark(_Mark.ROLL_CHANGED)
        return self._number("SELECT sum(paper_mm) FROM print_slip WHERE number > ?", changed)

    def slips_since(self, moment: datetime) -> int:
        """How many slips came out, as far as anybody knows; those that failed did not."""
        count = "SELECT count(*) FROM print_slip WHERE started >= ? AND state IN (?, ?)"
        out = PrintState.PRINTED, PrintState.UNCONFIRMED
        return self._number(count, int(moment.timestamp()), *out)

    def left_half(self) -> bool:
        """Whether part of the newest slip may still hang in the printer."""
        newest = self.last(1)
        in_doubt = (PrintState.FAILED_DURING, PrintState.UNCONFIRMED)
        return bool(newest) and newest[0].medium is Medium.PAPER and newest[0].state in in_doubt

    def last(self, count: int) -> tuple[PrintRecord, ...]:
        """The newest slips, newest first."""
        rows = self._rows("SELECT * FROM print_slip ORDER BY number DESC LIMIT ?", count)
        return tuple(
            PrintRecord(
                number=row["number"],
                service=row["service"],
                medium=Medium(row["medium"]),
                copy=row["copy"],
                state=PrintState(row["state"]),
                fault=None if row["fault"] is None else Fault(row["fault"]),
                rows_sent=row["rows_sent"],
                paper_mm=row["paper_mm"],
                started=datetime.fromtimestamp(row["started"], UTC),
                ended=None if row["ended"] is None else datetime.fromtimestamp(row["ended"], UTC),
            )
            for row in rows
        )

    def _mark(self, sort: _Mark) -> None:
        self._write("INSERT INTO print_mark (sort, after) VALUES (?, ?)", sort, self._newest())

    def _last_mark(self, sort: _Mark) -> int:
        return self._number("SELECT max(after) FROM print_mark WHERE sort = ?", sort)

    def _newest(self) -> int:
        return self._number("SELECT max(number) FROM print_slip")

    def _seconds(self) -> int:
        return int(self._now().timestamp())

    def _number(self, statement: str, *values: str | int | None) -> int:
        return self._rows(statement, *values)[0][0] or 0

    def _rows(self, statement: str, *values: str | int | None) -> list[sqlite3.Row]:
        with _in_our_words():
            return self._connection.execute(statement, values).fetchall()

    def _write(self, statement: str, *values: str | int | None) -> None:
        with _in_our_words(), self._connection:
            self._connection.execute(statement, values)


@contextmanager
def _in_our_words() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise DiskError("the print journal failed") from error
