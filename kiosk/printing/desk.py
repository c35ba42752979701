"""The desks behind the screen: one makes the codes of a hand-off, one prints its slips.

Knows the order of things: journal first, then the printer, then the journal again; and which pieces
of paper a job has. Does not know what stands on them (`kiosk.core.slips`) or the screen. Codes are
made on one thread and slips printed on another, and neither of them is the screen's: whoever wants
a code does not wait for paper.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from threading import Event as Flag
from threading import Lock
from urllib.parse import urlsplit

from db import short_number
from db.letter_sheet import Form
from kiosk.config import Printer as PrinterSettings
from kiosk.config import Sheets as SheetSettings
from kiosk.core.bulletins import current
from kiosk.core.case import Case
from kiosk.core.catalog import Catalog, Service
from kiosk.core.choices import Choices, Language
from kiosk.core.errands import PreviewSlip, PrintSlip
from kiosk.core.errors import CatalogMissingError, DiskError, KioskError
from kiosk.core.handoff import Handoff
from kiosk.core.local import Local
from kiosk.core.printing import (
    FailedBefore,
    FailedDuring,
    Fault,
    Printed,
    PrinterState,
    PrintOutcome,
    Roll,
    SlipJob,
    SlipKind,
    Unconfirmed,
)
from kiosk.core.proxy import judge
from kiosk.core.slips.block import Slip
from kiosk.core.slips.errands import compose_list
from kiosk.core.slips.notice import compose_bulletin
from kiosk.core.slips.occasion import Occasion
from kiosk.core.slips.pair import compose_pair
from kiosk.core.slips.picture import Preview
from kiosk.core.slips.resume import compose_resume
from kiosk.core.slips.service import compose
from kiosk.core.slips.trial import compose_trial
from kiosk.core.value import Value, replace
from kiosk.logs import Event, say, where
from kiosk.printing.a4 import sheets_of
from kiosk.printing.layout import LARGE, NORMAL, WIDTH_80MM, lay_out
from kiosk.printing.letter import letter_for, pages_of
from kiosk.printing.page import DOTS_PER_MM, Page
from kiosk.printing.picture import picture_of
from kiosk.printing.roll import roll_printer
from kiosk.printing.sheets import sheet_printer
from kiosk.printing.status import Asked
from kiosk.store.enrolment import Enrolment
from kiosk.store.handoff_desk import HandoffDesk
from kiosk.store.print_journal import Medium, PrintJob, PrintJournal
from kiosk.store.qr_symbol import modules_of

logger = logging.getLogger(__name__)

_MM_PER_M = 1000
_OF_STAFF = (SlipKind.BATCH, SlipKind.TEST)
_NO_SERVICE = 0  # in the journal, of a slip that is about several things or none


class _Piece(Value, frozen=True):
    """One piece of paper of a job; `item` is the short number that the journal notes."""

    item: int
    compose: Callable[[Occasion], Slip]
    is_large: bool

    def scale(self, width: int) -> float:
        """Large print needs a wide roll: on a narrow one phone numbers and addresses break."""
        return LARGE if self.is_large and width >= WIDTH_80MM else NORMAL

    def page(self, occasion: Occasion, width: int) -> Page:
        return lay_out(self.compose(occasion), width, self.scale(width))


class CodeDesk:
    """Makes the codes of one kiosk's hand-offs."""

    def __init__(self, who: Enrolment, now: Callable[[], datetime]) -> None:
        self._codes = HandoffDesk(who, now)

    def make(self, catalog: Catalog, service: str, case: Case, choices: Choices) -> Handoff:
        """The codes of a service; without one of the list, which is the code of the case itself.

        Raises:
            CatalogMissingError: the service is no longer in the catalog.
        """
        resume = None if case.is_empty else self._codes.keep(case, catalog, choices)
        if not service:
            code = resume or self._codes.keep(case, catalog, choices)
            return Handoff("", code, code, resume)
        found = _service(catalog, service)
        screen, paper = self._codes.make(
            found.number, catalog.edition.version, choices, case.acting
        )
        return Handoff(service, screen, paper, resume)


class Known(Value, frozen=True):
    """What the desk knows when a slip has ended."""

    printer: PrinterState
    slip_number: int  # of the newest


class SlipDesk:
    """Prints slips for one kiosk, on one thread; others may ask it and look at slips before."""

    def __init__(
        self,
        state_db: Path,
        slips: Path,
        settings: PrinterSettings,
        who: Enrolment,
        now: Callable[[], datetime],
        gettext: Callable[[Language], Callable[[str], str]],
        local: Callable[[], Local] = Local,
        tell: Callable[[Known], None] = lambda _known: None,
        stopping: Flag | None = None,
        sheets: SheetSettings | None = None,
    ) -> None:
        """Open the journal, and settle in it what an earlier run left.

        Args:
            state_db: this machine's state database.
            slips: the folder for slips that are files.
            settings: of the printer.
            who: this machine.
            now: aware local time.
            gettext: the words of a language.
            local: what is true at this machine.
            tell: hears how the printer is, now and after each slip; on the desk's thread.
            stopping: is set when the machine is switched off, perhaps before this desk is built.
            sheets: of the printer for A4; None has none.

        Raises:
            DiskError: the state database cannot be written.
        """
        self._journal = PrintJournal(state_db, now)
        self._journal.recover()
        self._tell, self._roll = tell, roll_of(settings)
        self._codes = HandoffDesk(who, now)
        self._who, self._now, self._gettext, self._local = who, now, gettext, local
        self._medium = Medium.PDF if settings.kind == "folder" else Medium.PAPER
        self._printer = roll_printer(settings, slips, self._journal.left_half())
        sheets = sheets or SheetSettings()
        if sheets.kind == "folder":
            with suppress(OSError):  # said for each sheet
                slips.mkdir(parents=True, exist_ok=True)
        place = who.place  # whole: halls may share a print server
        machine = f"kiosk-{place.region}-{place.hall}-{place.kiosk}"
        self._sheets = sheet_printer(sheets, slips, machine)
        if self._sheets is not None:
            self._sheets.tidy()
        self._stopping = stopping or Flag()
        self._at_printer = Lock()
        self._next_number = 1
        self._say_state()

    def stop(self) -> None:
        """Print no further slip of a job: the machine is switched off. From any thread."""
        self._stopping.set()

    def close(self) -> None:
        """Let go of the state database; when its thread has ended."""
        self._journal.close()

    def ask(self) -> Asked | None:
        """How the printer is; None while it prints, since it talks to one at a time.

        From any thread; bounded in time, never raises.
        """
        if not self._at_printer.acquire(blocking=False):
            return None
        try:
            return self._printer.ask()
        finally:
            self._at_printer.release()

    def print(
        self,
        catalog: Catalog,
        handoff: Handoff | None,
        errand: PrintSlip,
        choices: Choices,
        is_wanted: Callable[[], bool] = lambda: True,
    ) -> PrintOutcome:
        """Print the slips of a job, each once, and say truthfully what became of them.

        The first one that fails is the last one, and its ending that of the job. Before each,
        `is_wanted` is asked: what is not begun when somebody leaves is never printed.

        Raises:
            CatalogError: a service or the hall cannot be read; nothing was printed.
            DiskError: the journal cannot be written; nothing was printed.
        """

        def is_due() -> bool:
            return is_wanted() and not self._stopping.is_set()

        job = errand.job
        if job.kind is SlipKind.LETTER:
            return self._print_letter(catalog, handoff, errand, choices, is_due)
        if job.kind not in _OF_STAFF and not job.is_sheet and self._journal.is_withdrawn():
            self._say_state()  # whoever asked did not know
            return FailedBefore(Fault.OFFLINE)
        occasion = self._occasion(catalog, handoff, errand, choices)
        endings: list[PrintOutcome] = []
        # all of them before the first: what is missing must not be found with half of it out
        for piece in list(self._pieces(catalog, handoff, errand, choices)):
            try:
                ending = self._print_piece(piece, occasion, job, is_due)
            except KioskError as error:
                if not endings:
                    raise
                _note(error)  # the first of two has come out, and that must be said
                ending = FailedBefore(Fault.OFFLINE)
            if isinstance(ending, FailedBefore | FailedDuring):
                return replace(ending, done=sum(isinstance(one, Printed) for one in endings))
            endings.append(ending)
        outcome = _together(endings)
        if errand.job.kind is SlipKind.TEST and isinstance(outcome, Printed):
            self._keep(self._journal.faults_handled)  # staff have seen that it works
        return outcome

    def deny(self, number: int) -> None:
        """Somebody says that a slip did not come out, of which nobody knew more.

        Raises:
            DiskError: the journal cannot be written.
        """
        self._journal.deny(number)
        if self._journal.left_half():
            self._printer.cut_first()
        self._say_state()

    def _print_piece(
        self, piece: _Piece, occasion: Occasion, job: SlipJob, is_due: Callable[[], bool]
    ) -> PrintOutcome:
        if not is_due():
            return FailedBefore(Fault.OFFLINE)
        if job.on_a4:
            return self._print_large(piece, occasion, is_due)
        return self._print_one(piece, occasion)

    def _print_one(self, piece: _Piece, occasion: Occasion) -> PrintOutcome:
        number = self._journal.next_number()
        page = piece.page(replace(occasion, slip_number=number), self._printer.width)
        self._journal.begin(PrintJob(number, piece.item, self._medium, occasion.copy_number))
        with self._at_printer:
            outcome = self._printer.print(page, number)
        return self._settled(number, outcome, page.height // DOTS_PER_MM)

    def _settled(self, number: int, outcome: PrintOutcome, length_mm: int) -> PrintOutcome:
        self._keep(lambda: self._journal.settle(number, outcome, length_mm))
        return replace(outcome, slip=number) if isinstance(outcome, Unconfirmed) else outcome

    def _keep(self, write: Callable[[], None]) -> None:
        """Write down what is true already: a full disk makes it no less so."""
        try:
            write()
            self._say_state()
        except DiskError as error:
            _note(error)

    def _say_state(self) -> None:
        newest = self._journal.newest()
        self._next_number = newest + 1
        self._tell(Known(self._journal.state(self._roll), newest))

    def _occasion(
        self, catalog: Catalog, handoff: Handoff | None, errand: PrintSlip, choices: Choices
    ) -> Occasion:
        hall = catalog.hall(self._who.hall)
        if hall is None:
            raise CatalogMissingError(f"the catalog has no hall {self._who.hall}")
        language = choices.language
        is_citizens = errand.job.kind not in _OF_STAFF
        local = self._local()
        return Occasion(
            catalog=catalog,
            hall=hall,
            language=language,
            now=self._now(),
            gettext=self._gettext(language),
            slip_number=0,  # each piece gets its own
            copy_number=errand.job.copy,
            case=errand.case if is_citizens else Case(),
            local=replace(local, kiosk=local.kiosk or self._who.place.kiosk),
            resume=handoff.resume if handoff is not None and is_citizens else None,
        )

    def preview(
        self, catalog: Catalog, handoff: Handoff | None, errand: PreviewSlip, choices: Choices
    ) -> Preview:
        """The slips of a job as they would be printed next; the journal does not know of them.

        Raises:
            CatalogError: a service or the hall cannot be read.
        """
        asked = PrintSlip(errand.job, errand.case)
        choices = replace(choices, language=errand.language)
        occasion = self._occasion(catalog, handoff, asked, choices)
        pieces = list(self._pieces(catalog, handoff, asked, choices))
        first = self._next_number  # the journal belongs to the thread that prints
        width = self._printer.width
        pictures = (
            picture_of(one.page(replace(occasion, slip_number=number), width), one.scale(width))
            for number, one in enumerate(pieces, start=first)
        )
        return Preview(errand.job, errand.language, tuple(pictures))

    # which pieces of paper --------------------------------------------------------------------

    def _pieces(
        self, catalog: Catalog, handoff: Handoff | None, errand: PrintSlip, choices: Choices
    ) -> Iterator[_Piece]:
        job = errand.job
        match job.kind:
            case SlipKind.TEST:
                yield self._trial(job.large)
            case SlipKind.BATCH:
                for one in errand.batch:
                    yield self._of_batch(catalog, one, choices, job.large)
            case SlipKind.LIST if handoff is not None:
                found = [catalog.service(one) for one in errand.case.services]
                services = tuple(one for one in found if one is not None)
                yield _Piece(
                    _NO_SERVICE,
                    lambda at: compose_list(services, handoff.paper, at, short_number.written),
                    job.large,
                )
            case SlipKind.RESUME if handoff is not None:
                code = handoff.resume or handoff.paper
                yield _Piece(_NO_SERVICE, lambda at: compose_resume(code, at), job.large)
            case SlipKind.BULLETIN:
                yield self._bulletin(catalog, job)
            case SlipKind.PAIR if handoff is not None:
                yield from _pair(_service(catalog, job.service), handoff, errand)
            case _ if handoff is not None:
                service = _service(catalog, job.service)
                yield _Piece(
                    service.number, lambda at: compose(service, handoff.paper, at), job.large
                )

    def _of_batch(self, catalog: Catalog, id: str, choices: Choices, is_large: bool) -> _Piece:
        service = _service(catalog, id)
        _screen, paper = self._codes.make(service.number, catalog.edition.version, choices)
        return _Piece(service.number, lambda at: compose(service, paper, at), is_large)

    def _bulletin(self, catalog: Catalog, job: SlipJob) -> _Piece:
        """It held a moment ago; one that was taken back meanwhile is not printed."""
        everywhere = (*catalog.bulletins(), *self._local().bulletins)
        valid = current(everywhere, self._now(), self._who.hall)
        bulletin = next((one for one in valid if one.id == job.bulletin), None)
        if bulletin is None:
            raise CatalogMissingError(f"no bulletin {job.bulletin} holds now")
        return _Piece(_NO_SERVICE, lambda at: compose_bulletin(bulletin, at), job.large)

    def _trial(self, is_large: bool) -> _Piece:
        hub = self._who.handoff_prefix.removesuffix("k/")
        modules = modules_of(hub)
        return _Piece(
            _NO_SERVICE, lambda at: compose_trial(urlsplit(hub).netloc, modules, at), is_large
        )

    # on A4 ------------------------------------------------------------------------------------

    def ask_sheets(self) -> Asked | None:
        """How the printer for A4 is; None where there is none. As `ask`."""
        return self._sheets.ask() if self._sheets is not None else None

    def _print_letter(
        self,
        catalog: Catalog,
        handoff: Handoff | None,
        errand: PrintSlip,
        choices: Choices,
        is_due: Callable[[], bool],
    ) -> PrintOutcome:
        """A letter of authority, with the code of the same errand."""
        service = _service(catalog, errand.job.service)
        form = Form(choices.language, errand.job.large)
        blank = letter_for(service, catalog.city().hotline, errand.case.acting, form)
        code = handoff.paper if handoff is not None else None
        job = PrintJob(0, service.number, Medium.SHEET, errand.job.copy)
        drawn = pages_of(blank, form, code)
        return self._print_sheets("letter", job, lambda _number: drawn, is_due)

    def _print_large(
        self, piece: _Piece, occasion: Occasion, is_due: Callable[[], bool]
    ) -> PrintOutcome:
        """A slip in the largest print."""

        def drawn(number: int) -> tuple[Page, ...]:
            on_a4 = replace(occasion, slip_number=number, fades=False)
            return sheets_of(piece.compose(on_a4))

        job = PrintJob(0, piece.item, Medium.SHEET, occasion.copy_number)
        return self._print_sheets("sheet", job, drawn, is_due)

    def _print_sheets(
        self,
        what: str,
        job: PrintJob,
        drawn: Callable[[int], tuple[Page, ...]],
        is_due: Callable[[], bool],
    ) -> PrintOutcome:
        """Sheets have numbers as slips have; of the roll they take nothing."""
        if self._sheets is None:
            return FailedBefore(Fault.NOT_THERE)
        number = self._journal.next_number()
        sheets = drawn(number)
        self._journal.begin(replace(job, number=number))
        title = f"{what}-{self._who.place.kiosk}-{number}"
        return self._settled(number, self._sheets.print(sheets, title, is_due), 0)


def _pair(service: Service, handoff: Handoff, errand: PrintSlip) -> Iterator[_Piece]:
    """One for the person, large, and one for who acts; each with a number of its own."""
    acting = errand.case.acting
    if acting is None:
        yield _Piece(
            service.number, lambda at: compose(service, handoff.paper, at), errand.job.large
        )
        return
    answer = judge(service, acting)
    yield _Piece(
        service.number, lambda at: compose_pair(service, handoff.paper, answer, at)[0], True
    )
    yield _Piece(
        service.number,
        lambda at: compose_pair(service, handoff.paper, answer, at)[1],
        errand.job.large,
    )


def _together(endings: list[PrintOutcome]) -> PrintOutcome:
    """Several slips came out as surely as the least sure of them; none is none."""
    if not endings:
        return FailedBefore(Fault.OFFLINE)
    low = any(isinstance(one, Printed | Unconfirmed) and one.low_paper for one in endings)
    in_doubt = [one.slip for one in endings if isinstance(one, Unconfirmed)]
    return Unconfirmed(low, in_doubt[-1]) if in_doubt else Printed(low)


def _note(error: KioskError) -> None:
    say(logger, Event.TASK_FAILED, logging.WARNING, error=where(error))


def roll_of(settings: PrinterSettings) -> Roll:
    """The paper that the settings describe."""
    return Roll(round(settings.roll_m * _MM_PER_M), round(settings.low_at_m * _MM_PER_M))


def _service(catalog: Catalog, id: str) -> Service:
    service = catalog.service(id)
    if service is None:
        raise CatalogMissingError(f"the catalog has no service {id}")
    return service
