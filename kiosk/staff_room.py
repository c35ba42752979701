"""What staff can have done at this machine: sign in, order something, look something up.

Knows who carries out which order, and that every one is written down before it is done. Does not
know screens (`kiosk.views.staff`), nor how locks or journals are kept (`kiosk.store`). It runs on
one thread that is not the screen's.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import assert_never

from kiosk.core import routes, sentences
from kiosk.core.catalog import Bulletin, Catalog
from kiosk.core.choices import Language
from kiosk.core.errands import CarryOut
from kiosk.core.local import Local
from kiosk.core.printing import FAULT_WINDOW_MIN, Roll
from kiosk.core.routes import Route
from kiosk.core.staff import (
    ChangeRoll,
    MendPrinter,
    Order,
    PostBulletin,
    PrinterReport,
    Report,
    SetCounter,
    SheetReport,
    SignIn,
    SyncNow,
    SyncProgress,
    SyncReport,
    Verdict,
    WithdrawBulletin,
    deed_of,
)
from kiosk.core.value import Value, replace
from kiosk.core.wording import Gettext
from kiosk.printing.status import Asked
from kiosk.store.enrolment import Enrolment
from kiosk.store.hall_today import HallNotice, HallToday
from kiosk.store.print_journal import PrintJournal
from kiosk.store.staff_book import StaffBook

TRAIL_SHOWN = 50


class Books(Value, frozen=True):
    """What this machine keeps; each is closed with the room."""

    staff: StaffBook
    today: HallToday
    journal: PrintJournal


class Ways(Value, frozen=True):
    """What the room asks others to do, and asks them."""

    catalog: Callable[[], Catalog | None]
    known: Callable[[], Local]  # what else is true at this machine
    ask_printer: Callable[[], Asked | None]  # None while it prints
    roll: Roll
    sync_now: Callable[[], None]  # ask the hub; returns at once
    sync_progress: Callable[[], SyncProgress]
    heard: Callable[[], str | None]  # when the hub was last heard
    gettext: Callable[[Language], Gettext]
    now: Callable[[], datetime]  # aware local time
    ask_sheets: Callable[[], Asked | None] = lambda: None  # of A4; None has no printer


class StaffRoom:
    """Behind the screens of staff.

    Raises (every method): `kiosk.core.errors.KioskError` where something cannot be read or done.
    """

    def __init__(self, who: Enrolment, books: Books, ways: Ways) -> None:
        self._who, self._books, self._ways = who, books, ways

    def close(self) -> None:
        """Let go of the files."""
        self._books.staff.close()
        self._books.today.close()
        self._books.journal.close()

    def check(self, who: SignIn) -> Verdict:
        """Whether somebody is staff."""
        return self._books.staff.check(who)

    def carry_out(self, errand: CarryOut) -> Local:
        """Do what was ordered; what is true at this machine afterwards."""
        self._books.staff.note(errand.who, deed_of(errand.order))
        self._do(errand.order)
        return self.local()

    def look_up(self, place: Route) -> Report:
        """What a page of staff shows.

        Raises:
            ValueError: it shows nothing that has to be looked up.
        """
        match place:
            case routes.StaffPrinterPage():
                return self._printer()
            case routes.StaffSyncPage():
                return self._sync()
            case routes.StaffTrailPage():
                return self._books.staff.trail(TRAIL_SHOWN)
            case _:
                raise ValueError(f"nothing is looked up for {type(place).__name__}")

    def local(self) -> Local:
        """What is true at this machine, with what staff said of today."""
        return replace(
            self._ways.known(),
            kiosk=self._who.place.kiosk,
            today=self._books.today.counters(),
            bulletins=tuple(map(self._bulletin, self._books.today.notices())),
            printer=self._books.journal.state(self._ways.roll),
        )

    def _do(self, order: Order) -> None:
        books = self._books
        match order:
            case SetCounter(today):
                books.today.set_counter(today)
            case PostBulletin(sentence):
                books.today.post(sentence, self._closing())
            case WithdrawBulletin(bulletin):
                books.today.withdraw(sentences.of_bulletin(bulletin))
            case ChangeRoll():
                books.journal.roll_changed()
                books.journal.faults_handled()  # whoever changes a roll has seen to the printer
            case MendPrinter():
                books.journal.faults_handled()
            case SyncNow():
                self._ways.sync_now()
            case _:
                assert_never(order)

    def _closing(self) -> datetime:
        catalog = self._ways.catalog()
        hall = catalog.hall(self._who.hall) if catalog is not None else None
        return sentences.holds_until(hall.hours if hall else (), self._ways.now())

    def _bulletin(self, notice: HallNotice) -> Bulletin:
        title, text = sentences.in_every_language(
            notice.sentence, {language: self._ways.gettext(language) for language in Language}
        )
        return Bulletin(
            id=sentences.bulletin_of(notice.sentence),
            title=title,
            text=text,
            valid_from=notice.valid_from.isoformat(),
            valid_to=notice.valid_to.isoformat(),
            halls=(self._who.hall,),
        )

    def _printer(self) -> PrinterReport:
        asked, journal = self._ways.ask_printer(), self._books.journal
        begun = self._ways.now().replace(hour=0, minute=0, second=0, microsecond=0)
        state = journal.state(self._ways.roll)
        return PrinterReport(
            fault=asked.status.fault if asked is not None else None,
            is_mute=asked is not None and asked.is_mute,
            low_paper=state.low_paper or (asked is not None and asked.status.low_paper),
            left_mm=self._ways.roll.left_mm(journal.paper_used_mm()),
            slips_today=journal.slips_since(begun),
            faults_lately=journal.faults_within(FAULT_WINDOW_MIN),
            may_print=not state.withdrawn,
            is_printing=asked is None,
            model=asked.model if asked is not None else "",
            sheets=self._sheets(),
        )

    def _sheets(self) -> SheetReport | None:
        asked = self._ways.ask_sheets()
        if asked is None:
            return None
        return SheetReport(asked.status.fault, asked.status.low_paper)

    def _sync(self) -> SyncReport:
        catalog = self._ways.catalog()
        edition = catalog.edition if catalog is not None else None
        report = SyncReport(
            version=edition.version if edition else 0,
            published=edition.published if edition else "",
            heard=self._ways.heard(),
        )
        return self._ways.sync_progress().told_in(report)
