"""The desk behind the screen: makes the codes of a hand-off, and prints its slips.

Knows the order of things: journal first, then the printer, then the journal again; and which pieces
of paper a job has. Does not know what stands on them (`kiosk.core.slips`) or the screen; it runs on
one thread that is not the screen's.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit

from db import short_number
from kiosk.config import Printer as PrinterSettings
from kiosk.core.case import Case
from kiosk.core.catalog import Catalog, Service
from kiosk.core.choices import Choices, Language
from kiosk.core.errands import PrintSlip
from kiosk.core.errors import CatalogMissingError
from kiosk.core.local import Local
from kiosk.core.printing import (
    FAULT_WINDOW_MIN,
    FailedBefore,
    FailedDuring,
    Fault,
    Printed,
    PrintOutcome,
    SlipKind,
    Unconfirmed,
    may_offer,
)
from kiosk.core.proxy import judge
from kiosk.core.session import Handoff
from kiosk.core.slips.block import Slip
from kiosk.core.slips.errands import compose_list
from kiosk.core.slips.occasion import Occasion
from kiosk.core.slips.pair import compose_pair
from kiosk.core.slips.service import compose
from kiosk.core.slips.trial import compose_trial
from kiosk.core.value import Value, replace
from kiosk.printing.escpos import EscposPrinter
from kiosk.printing.folder import FolderPrinter
from kiosk.printing.layout import LARGE, NORMAL, WIDTH_80MM, lay_out
from kiosk.printing.letter import write_letter
from kiosk.printing.ports import TcpPort
from kiosk.printing.printer import Printer
from kiosk.store.enrolment import Enrolment
from kiosk.store.handoff_desk import HandoffDesk, modules_of
from kiosk.store.print_journal import Medium, PrintJob, PrintJournal

_DOTS_PER_MM = 8
_NO_SERVICE = 0  # in the journal, of a slip that is about several things or none


class _Piece(Value, frozen=True):
    """One piece of paper of a job; `item` is the short number that the journal notes."""

    item: int
    compose: Callable[[Occasion], Slip]
    is_large: bool


class SlipDesk:
    """Makes codes and slips for one kiosk."""

    def __init__(
        self,
        state_db: Path,
        slips: Path,
        settings: PrinterSettings,
        who: Enrolment,
        now: Callable[[], datetime],
        gettext: Callable[[Language], Callable[[str], str]],
        local: Callable[[], Local] = Local,
    ) -> None:
        """Open the journal.

        Raises:
            DiskError: the state database cannot be written.
        """
        self._journal = PrintJournal(state_db, now)
        self._codes = HandoffDesk(who, now)
        self._who, self._now, self._gettext, self._local = who, now, gettext, local
        self._medium = Medium.PDF if settings.kind == "folder" else Medium.PAPER
        self._printer = self._open(settings, slips)
        self._letters = slips if settings.letters == "folder" else None
        self._stopping = Event()

    def stop(self) -> None:
        """Print no further slip of a job: the machine is switched off. From any thread."""
        self._stopping.set()

    def close(self) -> None:
        """Let go of the state database."""
        self._journal.close()

    def make(self, catalog: Catalog, service: str, case: Case, choices: Choices) -> Handoff:
        """The codes of a service; without one of the list, which is the code of the case itself.

        Raises:
            CatalogMissingError: the service is no longer in the catalog.
        """
        resume = None if case.is_empty else self._codes.keep(case, catalog, choices)
        may_print = may_offer(self._journal.faults_within(FAULT_WINDOW_MIN))
        if not service:
            code = resume or self._codes.keep(case, catalog, choices)
            return Handoff("", code, code, resume, may_print)
        found = _service(catalog, service)
        screen, paper = self._codes.make(
            found.number, catalog.edition.version, choices, case.acting
        )
        return Handoff(service, screen, paper, resume, may_print)

    def print(
        self, catalog: Catalog, handoff: Handoff | None, errand: PrintSlip, choices: Choices
    ) -> PrintOutcome:
        """Print the slips of a job, each once, and say truthfully what became of them.

        The first one that fails is the last one, and its ending that of the job.

        Raises:
            CatalogError: a service or the hall cannot be read.
            DiskError: the journal cannot be written; nothing was printed.
        """
        if errand.job.kind is SlipKind.LETTER:
            return self._print_letter(catalog, errand)
        occasion = self._occasion(catalog, handoff, errand, choices)
        endings: list[PrintOutcome] = []
        # all of them before the first: what is missing must not be found with half of it out
        for piece in list(self._pieces(catalog, handoff, errand, choices)):
            stopped = FailedBefore(Fault.OFFLINE)
            ending = stopped if self._stopping.is_set() else self._print_one(piece, occasion)
            if isinstance(ending, FailedBefore | FailedDuring):
                return replace(ending, done=sum(isinstance(one, Printed) for one in endings))
            endings.append(ending)
        return _together(endings)

    def _print_one(self, piece: _Piece, occasion: Occasion) -> PrintOutcome:
        number = self._journal.next_number()
        slip = piece.compose(replace(occasion, slip_number=number))
        page = lay_out(slip, WIDTH_80MM, LARGE if piece.is_large else NORMAL)
        self._journal.begin(PrintJob(number, piece.item, self._medium, occasion.copy_number))
        outcome = self._printer.print(page, number)
        self._journal.settle(number, outcome, page.height // _DOTS_PER_MM)
        return outcome

    def _occasion(
        self, catalog: Catalog, handoff: Handoff | None, errand: PrintSlip, choices: Choices
    ) -> Occasion:
        hall = catalog.hall(self._who.hall)
        if hall is None:
            raise CatalogMissingError(f"the catalog has no hall {self._who.hall}")
        # the layout of slips runs from left to right; whoever reads it at the counter reads Chinese
        is_mirrored = choices.language.is_right_to_left
        language = Language.CHINESE if is_mirrored else choices.language
        is_citizens = errand.job.kind not in (SlipKind.BATCH, SlipKind.TEST)
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

    def _trial(self, is_large: bool) -> _Piece:
        hub = self._who.handoff_prefix.removesuffix("k/")
        modules = modules_of(hub)
        return _Piece(
            _NO_SERVICE, lambda at: compose_trial(urlsplit(hub).netloc, modules, at), is_large
        )

    # on A4 ------------------------------------------------------------------------------------

    def _print_letter(self, catalog: Catalog, errand: PrintSlip) -> PrintOutcome:
        """A letter of authority; it is no slip, so the journal of the roll does not count it."""
        if self._letters is None:
            return FailedBefore(Fault.NOT_THERE)
        service = _service(catalog, errand.job.service)
        return write_letter(self._letters, catalog, service, errand.case.acting)

    def _open(self, settings: PrinterSettings, slips: Path) -> Printer:
        if settings.kind == "folder" or settings.letters == "folder":
            with suppress(OSError):  # the printer says so for each slip
                slips.mkdir(parents=True, exist_ok=True)
        if settings.kind == "folder":
            return FolderPrinter(slips)
        return EscposPrinter(
            lambda: TcpPort(settings.host, settings.port),
            time.monotonic,
            half_slip=self._journal.left_half(),
        )


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
    is_sure = all(isinstance(one, Printed) for one in endings)
    return Printed(low) if is_sure else Unconfirmed(low)


def _service(catalog: Catalog, id: str) -> Service:
    service = catalog.service(id)
    if service is None:
        raise CatalogMissingError(f"the catalog has no service {id}")
    return service
