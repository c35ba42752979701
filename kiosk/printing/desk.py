"""The desk behind the screen: makes the codes of a hand-off, and prints its slip.

Knows the order of things: journal first, then the printer, then the journal again. Does not know
the screen; it runs on one thread that is not the screen's.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from kiosk.config import Printer as PrinterSettings
from kiosk.core.catalog import Catalog, Service
from kiosk.core.choices import Choices, Language
from kiosk.core.errors import CatalogMissingError
from kiosk.core.printing import FAULT_WINDOW_MIN, PrintOutcome, may_offer
from kiosk.core.session import Handoff, SlipJob
from kiosk.core.slip import compose
from kiosk.printing.escpos import EscposPrinter
from kiosk.printing.folder import FolderPrinter
from kiosk.printing.layout import LARGE, NORMAL, WIDTH_80MM, lay_out
from kiosk.printing.ports import TcpPort
from kiosk.printing.printer import Printer
from kiosk.store.enrolment import Enrolment
from kiosk.store.handoff_desk import HandoffDesk
from kiosk.store.print_journal import Medium, PrintJob, PrintJournal

_DOTS_PER_MM = 8


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
    ) -> None:
        """Open the journal.

        Raises:
            DiskError: the state database cannot be written.
        """
        self._journal = PrintJournal(state_db, now)
        self._codes = HandoffDesk(who, now)
        self._hall, self._now, self._gettext = who.hall, now, gettext
        self._medium = Medium.PDF if settings.kind == "folder" else Medium.PAPER
        self._printer = self._open(settings, slips)

    def close(self) -> None:
        """Let go of the state database."""
        self._journal.close()

    def make(self, catalog: Catalog, service: str, choices: Choices) -> Handoff:
        """The codes of a service.

        Raises:
            CatalogMissingError: the service is no longer in the catalog.
        """
        found = _service(catalog, service)
        screen, paper = self._codes.make(found.number, catalog.edition.version, choices)
        may_print = may_offer(self._journal.faults_within(FAULT_WINDOW_MIN))
        return Handoff(service, screen, paper, may_print)

    def print(
        self, catalog: Catalog, handoff: Handoff, job: SlipJob, choices: Choices
    ) -> PrintOutcome:
        """Print a slip once, and say truthfully what became of it.

        Raises:
            CatalogError: the service or the hall cannot be read.
            DiskError: the journal cannot be written; nothing was printed.
        """
        found, hall = _service(catalog, job.service), catalog.hall(self._hall)
        if hall is None:
            raise CatalogMissingError(f"the catalog has no hall {self._hall}")
        number = self._journal.next_number()
        # the layout of slips runs from left to right; whoever reads it at the counter reads Chinese
        is_mirrored = choices.language.is_right_to_left
        language = Language.CHINESE if is_mirrored else choices.language
        slip = compose(
            found,
            catalog,
            hall,
            handoff.paper,
            language=language,
            now=self._now(),
            copy_number=job.copy,
            slip_number=number,
            gettext=self._gettext(language),
        )
        page = lay_out(slip, WIDTH_80MM, LARGE if job.large else NORMAL)
        self._journal.begin(PrintJob(number, found.number, self._medium, job.copy))
        outcome = self._printer.print(page, number)
        self._journal.settle(number, outcome, page.height // _DOTS_PER_MM)
        return outcome

    def _open(self, settings: PrinterSettings, slips: Path) -> Printer:
        if settings.kind == "folder":
            with suppress(OSError):  # the printer says so for each slip
                slips.mkdir(parents=True, exist_ok=True)
            return FolderPrinter(slips)
        return EscposPrinter(
            lambda: TcpPort(settings.host, settings.port),
            time.monotonic,
            half_slip=self._journal.left_half(),
        )


def _service(catalog: Catalog, id: str) -> Service:
    service = catalog.service(id)
    if service is None:
        raise CatalogMissingError(f"the catalog has no service {id}")
    return service
