"""What staff order is done, written down, and changes what citizens see."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kiosk.app import translations
from kiosk.core import routes
from kiosk.core.catalog import Bulletin
from kiosk.core.choices import Language
from kiosk.core.errands import CarryOut
from kiosk.core.errors import KioskError
from kiosk.core.local import CounterToday, Local
from kiosk.core.lockout import Moment
from kiosk.core.printing import (
    FAULTS_MAX,
    FailedBefore,
    Fault,
    Printed,
    PrinterState,
    Roll,
)
from kiosk.core.staff import (
    ByPin,
    ChangeRoll,
    Deed,
    MendPrinter,
    Order,
    PostBulletin,
    PrinterReport,
    Refused,
    SetCounter,
    SheetReport,
    SignedIn,
    SyncNow,
    SyncProgress,
    SyncReport,
    WithdrawBulletin,
)
from kiosk.printing.status import Asked, Status
from kiosk.staff_room import Books, StaffRoom, Ways
from kiosk.store.enrolment import Enrolment, PlaceNumbers
from kiosk.store.hall_today import HallToday
from kiosk.store.print_journal import Medium, PrintJob, PrintJournal
from kiosk.store.staff_book import Cost, StaffBook
from tests.builders import MONDAY_MORNING, TableCatalog

WHO, PIN = "导服台 2", "483920"
CLOSED = CounterToday("desk", is_closed=True, note="午休，一会儿就回来")


class Hall:
    """A staff room with real books, a printer that says what it is told to, and a hub."""

    def __init__(self, folder: Path) -> None:
        self.sheets: Asked | None = None
        self.now = MONDAY_MORNING
        self.asked: Asked | None = Asked(Status())
        self.progress = SyncProgress()
        self.checks = 0
        self.known = Local(uses=(("passport", 3),), prints_sheets=True, calls_staff=True)
        staff = StaffBook(folder, self._moment, self._now, Cost(1, 8, 1))
        staff.set_pin(WHO, PIN)
        self.journal = PrintJournal(folder / "state.db", self._now)
        self.room = StaffRoom(
            Enrolment("", "", "990100", "here", PlaceNumbers(990100, 1, 7), 1, "00" * 32),
            Books(staff, HallToday(folder, self._now), self.journal),
            Ways(
                catalog=TableCatalog,
                known=lambda: self.known,
                ask_printer=lambda: self.asked,
                roll=Roll(80_000, 5_000),
                sync_now=self._check,
                sync_progress=lambda: self.progress,
                heard=lambda: "2026-11-23T01:40:00+00:00",
                gettext=translations,
                now=self._now,
                ask_sheets=lambda: self.sheets,
            ),
        )

    def _now(self) -> datetime:
        return self.now

    def _moment(self) -> Moment:
        return Moment("boot", 0.0, 0.0)

    def _check(self) -> None:
        self.checks += 1

    def order(self, order: Order) -> Local:
        return self.room.carry_out(CarryOut(1, order, WHO))

    def printer(self) -> PrinterReport:
        report = self.room.look_up(routes.StaffPrinterPage())
        assert isinstance(report, PrinterReport)
        return report

    def slip(self, length_mm: int, fault: Fault | None = None) -> None:
        number = self.journal.next_number()
        self.journal.begin(PrintJob(number, 13001, Medium.PAPER, 1))
        outcome = Printed() if fault is None else FailedBefore(fault)
        self.journal.settle(number, outcome, length_mm)

    def deeds(self) -> list[str]:
        trail = self.room.look_up(routes.StaffTrailPage())
        assert isinstance(trail, tuple)
        return [deed.what for deed in trail]


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    made = Hall(tmp_path)
    yield made
    made.room.close()


def test_staff_are_let_in_by_their_pin(hall: Hall) -> None:
    assert hall.room.check(ByPin("271828")) == Refused(4)
    assert hall.room.check(ByPin(PIN)) == SignedIn(WHO)


def test_what_is_said_of_a_counter_is_true_at_this_machine_for_today(hall: Hall) -> None:
    local = hall.order(SetCounter(CLOSED))
    assert local.counter("desk") == CLOSED
    assert hall.room.local() == local
    hall.now += timedelta(days=1)
    assert hall.room.local().today == ()


def test_what_others_know_of_this_machine_stays(hall: Hall) -> None:
    local = hall.order(SetCounter(CLOSED))
    assert (local.kiosk, local.uses) == (7, (("passport", 3),))
    assert local.prints_sheets
    assert local.calls_staff


def test_a_sentence_is_told_in_every_language_until_the_hall_closes(hall: Hall) -> None:
    (told,) = hall.order(PostBulletin("crowded")).bulletins
    assert isinstance(told, Bulletin)
    assert told.title.zh == "今天人多，要等很久"
    assert told.title.get(Language.ENGLISH)
    assert (told.halls, told.must_read) == (("here",), False)
    assert datetime.fromisoformat(told.valid_from) == MONDAY_MORNING
    assert datetime.fromisoformat(told.valid_to) == MONDAY_MORNING.replace(hour=17, minute=0)
    hall.now = MONDAY_MORNING.replace(hour=17, minute=0)
    assert hall.room.local().bulletins == ()


def test_a_sentence_is_withdrawn_by_the_id_of_its_bulletin(hall: Hall) -> None:
    hall.order(PostBulletin("lift"))
    first, second = hall.order(PostBulletin("power")).bulletins
    left = hall.order(WithdrawBulletin(first.id)).bulletins
    assert [one.id for one in left] == [second.id]


def test_a_printer_is_described_by_itself_and_by_the_journal(hall: Hall) -> None:
    hall.slip(300)
    hall.slip(500)
    hall.asked = Asked(Status(Fault.COVER_OPEN, low_paper=True), is_mute=False)
    report = hall.printer()
    assert (report.fault, report.low_paper, report.is_mute) == (Fault.COVER_OPEN, True, False)
    assert (report.slips_today, report.faults_lately, report.may_print) == (2, 0, True)
    assert report.left_mm == 80_000 - hall.journal.paper_used_mm() < 80_000 - 800


def test_slips_that_failed_are_not_said_to_be_printed(hall: Hall) -> None:
    hall.slip(300)
    hall.slip(300, Fault.NO_PAPER)
    assert (hall.printer().slips_today, hall.printer().faults_lately) == (1, 1)


def test_slips_of_yesterday_are_not_of_today(hall: Hall) -> None:
    hall.now -= timedelta(hours=10)
    hall.slip(300)
    hall.now = MONDAY_MORNING
    hall.slip(300)
    assert hall.printer().slips_today == 1


def test_a_roll_never_has_less_than_nothing(hall: Hall) -> None:
    hall.slip(90_000)
    assert hall.printer().left_mm == 0


def test_a_new_roll_is_whole_and_slips_are_offered_again(hall: Hall) -> None:
    for _ in range(FAULTS_MAX):
        hall.slip(300, Fault.NO_PAPER)
    hall.slip(300)
    assert not hall.printer().may_print
    hall.order(ChangeRoll())
    report = hall.printer()
    assert (report.left_mm, report.may_print, report.faults_lately) == (80_000, True, 0)


def test_what_was_withdrawn_does_not_come_back_by_itself(hall: Hall) -> None:
    for _ in range(FAULTS_MAX):
        hall.slip(300, Fault.NO_PAPER)
    hall.now += timedelta(days=1)
    assert (hall.printer().may_print, hall.printer().faults_lately) == (False, 0)
    assert hall.room.local().printer == PrinterState(withdrawn=True, fault=Fault.NO_PAPER)


def test_citizens_are_offered_paper_again_as_soon_as_staff_have_said_so(hall: Hall) -> None:
    for _ in range(FAULTS_MAX):
        hall.slip(300, Fault.JAM)
    assert hall.order(SetCounter(CLOSED)).printer.withdrawn
    assert hall.order(MendPrinter()).printer == PrinterState()


def test_the_end_of_a_roll_is_said_by_the_count_where_no_sensor_does(hall: Hall) -> None:
    hall.slip(74_000)
    assert not hall.printer().low_paper
    hall.slip(1_000)
    assert hall.printer().low_paper
    assert hall.room.local().printer.low_paper


def test_a_printer_that_prints_is_reported_without_being_asked(hall: Hall) -> None:
    hall.asked = None
    report = hall.printer()
    assert (report.is_printing, report.fault, report.is_mute) == (True, None, False)


def test_a_mended_printer_prints_again_on_the_same_roll(hall: Hall) -> None:
    hall.slip(300)
    for _ in range(FAULTS_MAX):
        hall.slip(300, Fault.JAM)
    hall.order(MendPrinter())
    report = hall.printer()
    assert report.may_print
    assert report.left_mm < 80_000


def test_the_hub_is_asked_when_staff_say_so_and_its_progress_is_shown(hall: Hall) -> None:
    hall.order(SyncNow())
    assert hall.checks == 1
    hall.progress = SyncProgress(True, "verify", 0.6)
    assert hall.room.look_up(routes.StaffSyncPage()) == SyncReport(
        version=1,
        published="2026-11-20T00:00:00Z",
        heard="2026-11-23T01:40:00+00:00",
        is_running=True,
        stage="verify",
        share=0.6,
    )


def test_every_order_is_in_the_trail_with_its_name_and_time(hall: Hall) -> None:
    for order in (SetCounter(CLOSED), PostBulletin("lift"), ChangeRoll(), SyncNow()):
        hall.order(order)
    assert hall.deeds() == [
        "sync-now",
        "change-roll",
        "post-bulletin lift",
        "set-counter desk closed",
    ]
    trail = hall.room.look_up(routes.StaffTrailPage())
    assert isinstance(trail, tuple)
    assert trail[0] == Deed("2026-11-23T09:42:00+08:00", WHO, "sync-now")


def test_an_order_is_written_down_before_it_is_done(hall: Hall) -> None:
    hall.journal.close()
    with pytest.raises(KioskError):
        hall.order(ChangeRoll())
    assert hall.deeds() == ["change-roll"]


def test_other_places_have_no_report(hall: Hall) -> None:
    with pytest.raises(ValueError, match="StaffPage"):
        hall.room.look_up(routes.StaffPage())


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (None, None),
        (Asked(Status()), SheetReport()),
        (Asked(Status(Fault.JAM, low_paper=True)), SheetReport(Fault.JAM, low_paper=True)),
    ],
)
def test_the_printer_of_sheets_is_told_beside_that_of_slips(
    hall: Hall, asked: Asked | None, told: SheetReport | None
) -> None:
    hall.sheets = asked
    assert hall.printer().sheets == told
    assert hall.printer().fault is None
