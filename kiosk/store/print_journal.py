"""What became of every slip: one row a slip, in this machine's state database.

Knows numbers, states and millimetres of paper. Does not know who stood there: no token, no words,
nothing of a citizen. Nothing here ever prints.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    case,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import SQLAlchemyError

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

_KEPT = timedelta(days=90)

metadata = MetaData()

slip = Table(
    "print_slip",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("service", Integer, nullable=False),
    Column("medium", String, nullable=False),
    Column("copy", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("fault", String),
    Column("rows_sent", Integer),
    Column("paper_mm", Integer, nullable=False, default=0),
    Column("started", Integer, nullable=False),  # seconds since 1970, UTC
    Column("ended", Integer),
)

mark = Table(  # what staff did: a new roll, a fault handled
    "print_mark",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sort", String, nullable=False),
    Column("after", Integer, nullable=False),  # the last slip before it
)


class Medium(StrEnum):
    """Where a slip went."""

    PAPER = "paper"
    PDF = "pdf"


class _Mark(StrEnum):
    ROLL_CHANGED = "roll-changed"
    FAULTS_HANDLED = "faults-handled"


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A slip that is about to be sent; `service` is its short number without check digit."""

    number: int
    service: int
    medium: Medium
    copy: int


@dataclass(frozen=True, slots=True)
class PrintRecord:
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
    """The slips of this machine.

    Raises (every method): `kiosk.core.errors.DiskError` where the database fails.
    """

    def __init__(self, engine: Engine, now: Callable[[], datetime]) -> None:
        """Open the journal; a slip still `sending` was cut short, so nobody knows its end.

        Args:
            engine: of this machine's state database.
            now: aware time.
        """
        self._engine = engine
        self._now = now
        with self._unit() as connection:
            metadata.create_all(connection)
            connection.execute(
                update(slip)
                .where(slip.c.state == PrintState.SENDING)
                .values(state=PrintState.UNCONFIRMED, ended=self._seconds())
            )
            newest = select(func.max(slip.c.number)).scalar_subquery()
            old = self._seconds() - int(_KEPT.total_seconds())
            connection.execute(delete(slip).where(slip.c.started < old, slip.c.number < newest))

    def next_number(self) -> int:
        """The number for the next slip."""
        with self._unit() as connection:
            return _newest(connection) + 1

    def begin(self, job: PrintJob) -> None:
        """Write a slip down as `sending`; on disk when this returns."""
        with self._unit() as connection:
            connection.execute(
                insert(slip).values(
                    number=job.number,
                    service=job.service,
                    medium=job.medium,
                    copy=job.copy,
                    state=PrintState.SENDING,
                    started=self._seconds(),
                )
            )

    def settle(self, number: int, outcome: PrintOutcome, length_mm: int) -> None:
        """Write down how a slip ended; one that was settled before stays as it is.

        Args:
            number: the slip's.
            outcome: how it ended.
            length_mm: of the whole slip; what of it counts as used paper follows from the ending.
        """
        fault = outcome.fault if isinstance(outcome, FailedBefore | FailedDuring) else None
        rows_sent = outcome.row if isinstance(outcome, FailedDuring) else None
        on_paper = slip.c.medium == Medium.PAPER
        with self._unit() as connection:
            connection.execute(
                update(slip)
                .where(slip.c.number == number, slip.c.state == PrintState.SENDING)
                .values(
                    state=state_of(outcome),
                    fault=fault,
                    rows_sent=rows_sent,
                    paper_mm=case((on_paper, paper_mm(outcome, length_mm)), else_=0),
                    ended=self._seconds(),
                )
            )

    def faults_within(self, minutes: int) -> int:
        """Failed slips of the last minutes that staff have not handled yet."""
        since = self._seconds() - minutes * 60
        with self._unit() as connection:
            handled = _last_mark(connection, _Mark.FAULTS_HANDLED)
            count = (
                select(func.count())
                .select_from(slip)
                .where(slip.c.fault.is_not(None), slip.c.ended >= since, slip.c.number > handled)
            )
            return connection.scalar(count) or 0

    def faults_handled(self) -> None:
        """Staff have seen to the printer: count faults from here."""
        self._mark(_Mark.FAULTS_HANDLED)

    def roll_changed(self) -> None:
        """Staff put in a new roll: count paper from here."""
        self._mark(_Mark.ROLL_CHANGED)

    def paper_used_mm(self) -> int:
        """Millimetres since the last new roll, about; works without a sensor."""
        with self._unit() as connection:
            changed = _last_mark(connection, _Mark.ROLL_CHANGED)
            total = select(func.sum(slip.c.paper_mm)).where(slip.c.number > changed)
            return connection.scalar(total) or 0

    def left_half(self) -> bool:
        """Whether part of the newest slip may still hang in the printer."""
        newest = self.last(1)
        in_doubt = (PrintState.FAILED_DURING, PrintState.UNCONFIRMED)
        return bool(newest) and newest[0].medium is Medium.PAPER and newest[0].state in in_doubt

    def last(self, count: int) -> tuple[PrintRecord, ...]:
        """The newest slips, newest first."""
        with self._unit() as connection:
            rows = connection.execute(select(slip).order_by(slip.c.number.desc()).limit(count))
            return tuple(
                PrintRecord(
                    number=row.number,
                    service=row.service,
                    medium=Medium(row.medium),
                    copy=row.copy,
                    state=PrintState(row.state),
                    fault=None if row.fault is None else Fault(row.fault),
                    rows_sent=row.rows_sent,
                    paper_mm=row.paper_mm,
                    started=datetime.fromtimestamp(row.started, UTC),
                    ended=None if row.ended is None else datetime.fromtimestamp(row.ended, UTC),
                )
                for row in rows
            )

    def _mark(self, sort: _Mark) -> None:
        with self._unit() as connection:
            connection.execute(insert(mark).values(sort=sort, after=_newest(connection)))

    def _seconds(self) -> int:
        return int(self._now().timestamp())

    @contextmanager
    def _unit(self) -> Iterator[Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise DiskError("the print journal failed") from error


def _newest(connection: Connection) -> int:
    return connection.scalar(select(func.max(slip.c.number))) or 0


def _last_mark(connection: Connection, sort: _Mark) -> int:
    return connection.scalar(select(func.max(mark.c.after)).where(mark.c.sort == sort)) or 0
