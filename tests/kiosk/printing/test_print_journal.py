"""What is remembered of slips, over crashes and rolls of paper."""

from __future__ import annotations

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
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
    PrinterState,
    PrintOutcome,
    PrintState,
    Roll,
    Unconfirmed,
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
        (FailedDuring(Fault.JAM, 600), PrintState.FAILED_DURING, Fault.JAM, 600, 75 + 14),
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
    after_the_crash.recover()
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
    assert not journal.is_withdrawn()
    add(journal, FailedDuring(Fault.JAM, 10))
    assert journal.is_withdrawn()
    journal.faults_handled()
    assert journal.faults_within(60) == 0
    assert not journal.is_withdrawn()


def test_what_somebody_denies_is_a_fault_and_no_more_than_one(journal: PrintJournal) -> None:
    sure, unsure = add(journal, Printed()), add(journal, Unconfirmed())
    for _ in range(3):
        journal.deny(sure)
        journal.deny(unsure)
    assert journal.faults_within(10) == 1
    assert [(one.state, one.rows_sent) for one in journal.last(2)] == [
        (PrintState.FAILED_DURING, 0),
        (PrintState.PRINTED, None),
    ]
    assert journal.left_half()
    assert not journal.is_withdrawn()


def test_what_was_withdrawn_stays_so_for_days_and_over_restarts_until_staff_act(
    journal: PrintJournal, state_db: Path, now: Now
) -> None:
    for _ in range(3):
        add(journal, NO_PAPER)
    now.time += timedelta(days=3)
    later = PrintJournal(state_db, now)
    later.recover()
    assert later.is_withdrawn()
    assert later.state(Roll()) == PrinterState(withdrawn=True, fault=Fault.NO_PAPER)
    add(later, Printed())  # of staff: what came out by chance is no repair
    assert later.is_withdrawn()
    later.faults_handled()
    assert later.state(Roll()) == PrinterState()
    add(later, NO_PAPER)
    assert not later.is_withdrawn()  # counted anew


def test_a_fault_is_told_until_a_slip_comes_out_or_staff_have_handled_it(
    journal: PrintJournal,
) -> None:
    assert journal.state(Roll()).is_well
    add(journal, FailedDuring(Fault.JAM, 10))
    assert journal.state(Roll()).fault is Fault.JAM
    add(journal, None)  # nobody knows of that one yet
    assert journal.state(Roll()).fault is Fault.JAM
    journal.faults_handled()
    assert journal.state(Roll()).fault is None
    add(journal, NO_PAPER)
    assert journal.state(Roll()).fault is Fault.NO_PAPER
    add(journal, Printed())
    assert journal.state(Roll()).fault is None


def test_staff_are_warned_of_the_end_of_the_roll_without_a_sensor(journal: PrintJournal) -> None:
    roll = Roll(1_000, 400)
    add(journal, Printed(), 500)
    assert not journal.state(roll).low_paper
    add(journal, Unconfirmed(), 70)
    assert not journal.state(roll).low_paper
    add(journal, FailedDuring(Fault.JAM, 0))  # what is cut off before the next one counts as well
    assert journal.paper_used_mm() == 514 + 84 + 14
    assert journal.state(roll).low_paper
    assert not journal.state(Roll(1_000, 0)).low_paper
    journal.roll_changed()
    assert not journal.state(roll).low_paper


def test_what_the_sensor_said_last_holds_until_it_says_otherwise_or_the_roll_is_another(
    journal: PrintJournal, state_db: Path, now: Now
) -> None:
    add(journal, Printed(low_paper=True))
    add(journal, NO_PAPER)  # which says nothing of how much is left
    assert PrintJournal(state_db, now).state(Roll()).low_paper
    add(journal, Printed())
    assert not journal.state(Roll()).low_paper
    add(journal, Unconfirmed(low_paper=True))
    assert journal.state(Roll()).low_paper
    journal.roll_changed()
    assert not journal.state(Roll()).low_paper


# two journals on one file -----------------------------------------------------------------------


def test_a_second_journal_does_not_settle_the_slip_that_the_first_is_sending(
    journal: PrintJournal, state_db: Path, now: Now
) -> None:
    number = add(journal, None)
    staffs = PrintJournal(state_db, now)
    assert staffs.last(1)[0].state is PrintState.SENDING
    journal.settle(number, FailedDuring(Fault.JAM, 600), 250)
    assert staffs.last(1)[0].state is PrintState.FAILED_DURING
    staffs.close()


def test_what_staff_did_in_one_journal_is_true_in_the_other(
    journal: PrintJournal, state_db: Path, now: Now
) -> None:
    staffs = PrintJournal(state_db, now)
    for _ in range(3):
        add(journal, NO_PAPER)
    assert staffs.is_withdrawn()
    staffs.faults_handled()
    staffs.roll_changed()
    assert not journal.is_withdrawn()
    add(journal, NO_PAPER)
    assert not journal.is_withdrawn()
    staffs.close()


def test_two_journals_that_write_at_once_lose_nothing(state_db: Path, now: Now) -> None:
    """The desk's thread prints while that of staff changes rolls and handles faults."""
    printing = PrintJournal(state_db, now)
    printing.recover()
    begun, slips = threading.Event(), 150

    def handle() -> int:
        staffs = PrintJournal(state_db, now)
        begun.wait(5)
        for _ in range(slips):
            staffs.faults_handled()
            staffs.roll_changed()
            staffs.state(Roll())
        staffs.close()
        return slips

    with ThreadPoolExecutor(1) as threads:
        handled = threads.submit(handle)
        begun.set()
        for n in range(slips):
            add(printing, NO_PAPER if n % 2 else Printed(low_paper=bool(n % 4)))
        assert handled.result(60) == slips
    assert printing.newest() == slips
    assert PrintState.SENDING not in {row.state for row in printing.last(slips)}
    printing.close()


def test_paper_is_counted_since_the_last_roll(journal: PrintJournal) -> None:
    assert journal.paper_used_mm() == 0
    add(journal, Printed())
    add(journal, FailedDuring(Fault.NO_PAPER, 800))
    add(journal, Printed(), medium=Medium.PDF)
    assert journal.paper_used_mm() == 264 + 100 + 14
    journal.roll_changed()
    add(journal, Printed(), 240)
    assert journal.paper_used_mm() == 254


def test_only_a_slip_on_paper_leaves_a_half(journal: PrintJournal) -> None:
    assert not journal.left_half()
    add(journal, FailedDuring(Fault.NO_PAPER, 1))
    assert journal.left_half()
    add(journal, FailedBefore(Fault.NOT_THERE), medium=Medium.PDF)
    add(journal, NO_PAPER)  # which does not even begin to clear it
    assert journal.left_half()
    add(journal, Printed())
    assert not journal.left_half()


def test_old_rows_go_but_numbers_stay(journal: PrintJournal, state_db: Path, now: Now) -> None:
    for _ in range(3):
        add(journal, Printed())
    now.time += timedelta(days=91)
    later = PrintJournal(state_db, now)
    later.recover()
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
