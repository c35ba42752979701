"""What is remembered of slips, over crashes and rolls of paper."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.core.errors import DiskError
from kiosk.core.printing import (
    FailedBefore,
    FailedDuring,
    Fault,
    Printed,
    PrintOutcome,
    PrintState,
    Unconfirmed,
    may_offer,
)
from kiosk.store.print_journal import Medium, PrintJob, PrintJournal

NO_PAPER = FailedBefore(Fault.NO_PAPER)


class Now:
    def __init__(self) -> None:
        self.time = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def state_db(tmp_path: Path) -> Path:
    return tmp_path / "state.db"


@pytest.fixture
def now() -> Now:
    return Now()


@pytest.fixture
def journal(state_db: Path, now: Now) -> PrintJournal:
    return PrintJournal(state_db, now)


def add(
    journal: PrintJournal,
    outcome: PrintOutcome | None,
    length_mm: int = 250,
    medium: Medium = Medium.PAPER,
) -> int:
    number = journal.next_number()
    journal.begin(PrintJob(number, 13003, medium, 1))
    if outcome is not None:
        journal.settle(number, outcome, length_mm)
    return number


def test_a_slip_is_on_disk_before_it_is_sent(journal: PrintJournal, state_db: Path) -> None:
    add(journal, None)
    with closing(sqlite3.connect(state_db)) as another:
        assert another.execute("SELECT state FROM print_slip").fetchone() == ("sending",)


@pytest.mark.parametrize(
    ("outcome", "state", "fault", "rows", "paper_mm"),
    [
        (Printed(), PrintState.PRINTED, None, None, 264),
        (Unconfirmed(), PrintState.UNCONFIRMED, None, None, 264),
        (NO_PAPER, PrintState.FAILED_BEFORE, Fault.NO_PAPER, None, 0),
        (FailedDuring(Fault.JAM, 600), PrintState.FAILED_DURING, Fault.JAM, 600, 75),
    ],
)
def test_an_ending_is_kept(
    journal: PrintJournal,
    outcome: PrintOutcome,
    state: PrintState,
    fault: Fault | None,
    rows: int | None,
    paper_mm: int,
) -> None:
    add(journal, outcome)
    (row,) = journal.last(5)
    assert (row.state, row.fault, row.rows_sent, row.paper_mm) == (state, fault, rows, paper_mm)
    assert row.started == row.ended


def test_a_crash_while_sending_leaves_a_slip_in_doubt(
    journal: PrintJournal, state_db: Path, now: Now
) -> None:
    add(journal, Printed())
    add(journal, None)
    after_the_crash = PrintJournal(state_db, now)
    assert [row.state for row in after_the_crash.last(2)] == [
        PrintState.UNCONFIRMED,
        PrintState.PRINTED,
    ]
    assert after_the_crash.left_half()


def test_an_ending_is_not_rewritten(journal: PrintJournal) -> None:
    number = add(journal, Unconfirmed())
    journal.settle(number, Printed(), 0)
    assert journal.last(1)[0].state is PrintState.UNCONFIRMED


def test_numbers_go_on_after_a_restart(journal: PrintJournal, state_db: Path, now: Now) -> None:
    assert [add(journal, Printed()), add(journal, Printed())] == [1, 2]
    assert PrintJournal(state_db, now).next_number() == 3


def test_three_faults_in_ten_minutes_are_counted_until_staff_handle_them(
    journal: PrintJournal, now: Now
) -> None:
    add(journal, NO_PAPER)
    now.time += timedelta(minutes=11)
    for _ in range(2):
        add(journal, NO_PAPER)
    add(journal, Unconfirmed())
    assert journal.faults_within(10) == 2
    assert journal.faults_within(60) == 3
    assert may_offer(journal.faults_within(10))
    add(journal, FailedDuring(Fault.JAM, 10))
    assert not may_offer(journal.faults_within(10))
    journal.faults_handled()
    assert journal.faults_within(60) == 0


def test_paper_is_counted_since_the_last_roll(journal: PrintJournal) -> None:
    assert journal.paper_used_mm() == 0
    add(journal, Printed())
    add(journal, FailedDuring(Fault.NO_PAPER, 800))
    add(journal, Printed(), medium=Medium.PDF)
    assert journal.paper_used_mm() == 264 + 100
    journal.roll_changed()
    add(journal, Printed(), 240)
    assert journal.paper_used_mm() == 254


def test_only_a_slip_on_paper_leaves_a_half(journal: PrintJournal) -> None:
    assert not journal.left_half()
    add(journal, FailedDuring(Fault.NO_PAPER, 1))
    assert journal.left_half()
    add(journal, FailedBefore(Fault.NOT_THERE), medium=Medium.PDF)
    assert not journal.left_half()


def test_old_rows_go_but_numbers_stay(journal: PrintJournal, state_db: Path, now: Now) -> None:
    for _ in range(3):
        add(journal, Printed())
    now.time += timedelta(days=91)
    later = PrintJournal(state_db, now)
    assert [row.number for row in later.last(9)] == [3]
    assert later.next_number() == 4


def test_no_column_can_hold_a_word_about_a_citizen(journal: PrintJournal, state_db: Path) -> None:
    with closing(sqlite3.connect(state_db)) as another:
        columns = another.execute("PRAGMA table_info(print_slip)").fetchall()
    words = {column[1] for column in columns if column[2] == "TEXT"}
    assert words == {"medium", "state", "fault"}


def test_a_broken_database_is_one_of_our_errors(journal: PrintJournal, state_db: Path) -> None:
    with closing(sqlite3.connect(state_db)) as another:
        another.execute("DROP TABLE print_slip")
    with pytest.raises(DiskError):
        journal.next_number()
