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
from typing import Literal

from kiosk.core.errors import DiskError
from kiosk.core.printing import (
    FAULT_WINDOW_MIN,
    FailedBefore,
    FailedDuring,
    Fault,
    Printed,
    PrinterState,
    PrintOutcome,
    PrintState,
    Roll,
    Unconfirmed,
    is_withdrawn_after,
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
    """CREATE TABLE IF NOT EXISTS print_mark ( -- between slips: a new roll, a fault handled
        id INTEGER PRIMARY KEY,
        sort TEXT NOT NULL,
        after INTEGER NOT NULL -- the last slip before it
    )""",
)


class Medium(StrEnum):
    """Where a slip went."""

    PAPER = "paper"
    PDF = "pdf"
    SHEET = "sheet"  # of A4, from a printer of its own


class _Mark(StrEnum):
    """What happened between two slips; of two kinds the later one holds."""

    ROLL_CHANGED = "roll-changed"
    FAULTS_HANDLED = "faults-handled"
    WITHDRAWN = "withdrawn"  # until the faults are handled
    PAPER_LOW = "paper-low"  # the sensor says so, until it does not or the roll is another
    PAPER_ENOUGH = "paper-enough"


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

    Two may be open at once on the same file, each on a thread of its own: the desk's, which writes
    slips, and the staff room's, which reads them and notes what staff did. A row that one of them
    is just sending is the other one's to read and not to judge: only `recover` does that.

    Raises (every method): `kiosk.core.errors.DiskError` where the database fails.
    """

    def __init__(self, state_db: Path, now: Callable[[], datetime]) -> None:
        """Open the journal.

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

    def recover(self) -> None:
        """Settle what an earlier run left; only for whoever prints, before the first slip.

        A slip still `sending` was cut short, so nobody knows its end. What is long over is
        forgotten.
        """
        self._write(
            "UPDATE print_slip SET state = ?, ended = ? WHERE state = ?",
            PrintState.UNCONFIRMED,
            self._seconds(),
            PrintState.SENDING,
        )
        self._write(
            "DELETE FROM print_slip WHERE started < ? AND number < ?",
            self._seconds() - int(_KEPT.total_seconds()),
            self.newest(),
        )

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()

    def next_number(self) -> int:
        """The number for the next slip."""
        return self.newest() + 1

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
        settled = (
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
        with self._whole():  # the ending and what follows from it
            self._execute(*settled)
            if not self._is_sheet(number):
                self._sense(outcome)
            self._withdraw_if_due()

    def deny(self, number: int) -> None:
        """Somebody says that a slip did not come out: a fault, where nobody knew better.

        A printer that answers nothing and has no paper would go on taking slips for ever.
        """
        with self._whole():
            self._execute(
                "UPDATE print_slip SET state = ?, fault = ?, rows_sent = 0 "
                "WHERE number = ? AND state = ?",
                PrintState.FAILED_DURING,
                Fault.OFFLINE,
                number,
                PrintState.UNCONFIRMED,
            )
            self._withdraw_if_due()

    def faults_within(self, minutes: int) -> int:
        """Failed slips of the last minutes that staff have not handled yet; sheets do not count."""
        return self._number(
            "SELECT count(*) FROM print_slip "
            "WHERE fault IS NOT NULL AND ended >= ? AND number > ? AND medium != ?",
            self._seconds() - minutes * 60,
            self._last_mark(_Mark.FAULTS_HANDLED),
            Medium.SHEET,
        )

    def faults_handled(self) -> None:
        """The printer has been seen to: count faults from here, and print for citizens again."""
        with self._whole():
            self._mark(_Mark.FAULTS_HANDLED)

    def is_withdrawn(self) -> bool:
        """Too many slips failed, and nobody has seen to it: no time and no restart ends that."""
        return self._is_later(_Mark.WITHDRAWN, _Mark.FAULTS_HANDLED)

    def roll_changed(self) -> None:
        """Staff put in a new roll: count paper from here."""
        with self._whole():
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

    def state(self, roll: Roll) -> PrinterState:
        """What is known of the printer and its paper, all of it at the same moment."""
        with self._whole("DEFERRED"):
            is_low = self._is_later(_Mark.PAPER_LOW, _Mark.PAPER_ENOUGH, _Mark.ROLL_CHANGED)
            return PrinterState(
                withdrawn=self.is_withdrawn(),
                fault=self._fault(),
                low_paper=is_low or roll.is_low(self.paper_used_mm()),
            )

    def newest(self) -> int:
        """The number of the newest slip; 0 where there is none."""
        return self._number("SELECT max(number) FROM print_slip")

    def left_half(self) -> bool:
        """Whether part of a slip may still hang in the printer: of the newest that was begun."""
        rows = self._rows(
            "SELECT state FROM print_slip WHERE medium = ? AND state != ? "
            "ORDER BY number DESC LIMIT 1",
            Medium.PAPER,
            PrintState.FAILED_BEFORE,
        )
        in_doubt = (PrintState.FAILED_DURING, PrintState.UNCONFIRMED)
        return bool(rows) and rows[0]["state"] in in_doubt

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

    def _withdraw_if_due(self) -> None:
        if is_withdrawn_after(self.faults_within(FAULT_WINDOW_MIN)) and not self.is_withdrawn():
            self._mark(_Mark.WITHDRAWN)

    def _sense(self, outcome: PrintOutcome) -> None:
        """Note what the sensor said of the paper, where that is another than before."""
        if not isinstance(outcome, Printed | Unconfirmed):
            return
        was_low = self._is_later(_Mark.PAPER_LOW, _Mark.PAPER_ENOUGH, _Mark.ROLL_CHANGED)
        if outcome.low_paper != was_low:
            self._mark(_Mark.PAPER_LOW if outcome.low_paper else _Mark.PAPER_ENOUGH)

    def _is_sheet(self, number: int) -> bool:
        """The roll has nothing to do with it."""
        asked = "SELECT count(*) FROM print_slip WHERE number = ? AND medium = ?"
        return bool(self._number(asked, number, Medium.SHEET))

    def _fault(self) -> Fault | None:
        rows = self._rows(
            "SELECT number, fault FROM print_slip WHERE ended IS NOT NULL AND medium != ? "
            "ORDER BY number DESC LIMIT 1",
            Medium.SHEET,
        )
        is_old = not rows or rows[0]["number"] <= self._last_mark(_Mark.FAULTS_HANDLED)
        return None if is_old or rows[0]["fault"] is None else Fault(rows[0]["fault"])

    def _mark(self, sort: _Mark) -> None:
        """Note that it happened; what was noted of the same sort before is of no use any more."""
        self._execute("DELETE FROM print_mark WHERE sort = ?", sort)
        self._execute(
            "INSERT INTO print_mark (id, sort, after) "
            "SELECT coalesce(max(id), 0) + 1, ?, ? FROM print_mark",
            sort,
            self.newest(),
        )

    def _last_mark(self, sort: _Mark) -> int:
        return self._number("SELECT max(after) FROM print_mark WHERE sort = ?", sort)

    def _is_later(self, sort: _Mark, *others: _Mark) -> bool:
        """Whether this happened, and none of the others since."""
        places = ", ".join("?" * len(others))
        asked = (
            f"SELECT EXISTS (SELECT 1 FROM print_mark WHERE sort = ? AND id > "  # noqa: S608
            f"(SELECT coalesce(max(id), 0) FROM print_mark WHERE sort IN ({places})))"
        )
        return bool(self._number(asked, sort, *others))

    def _seconds(self) -> int:
        return int(self._now().timestamp())

    def _number(self, statement: str, *values: str | int | None) -> int:
        return self._rows(statement, *values)[0][0] or 0

    def _rows(self, statement: str, *values: str | int | None) -> list[sqlite3.Row]:
        with _in_our_words():
            return self._connection.execute(statement, values).fetchall()

    def _execute(self, statement: str, *values: str | int | None) -> None:
        with _in_our_words():
            self._connection.execute(statement, values)

    def _write(self, statement: str, *values: str | int | None) -> None:
        with self._whole():
            self._execute(statement, *values)

    @contextmanager
    def _whole(self, kind: Literal["IMMEDIATE", "DEFERRED"] = "IMMEDIATE") -> Iterator[None]:
        """Everything within, or nothing of it, and nothing of the other journal in between.

        Begun as a writer: a reader that turns into one is refused, without any waiting, where the
        other has written meanwhile (sqlite.org/isolation.html).
        """
        with _in_our_words():
            self._connection.execute(f"BEGIN {kind}")
            with self._connection:
                yield


@contextmanager
def _in_our_words() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise DiskError("the print journal failed") from error
