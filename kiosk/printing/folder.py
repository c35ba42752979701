"""A printer without paper: each slip becomes a PDF in a folder. For demos and for desks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kiosk.core.errors import PrinterError
from kiosk.core.printing import FailedBefore, Fault, Printed, PrintOutcome
from kiosk.printing.page import Page
from kiosk.printing.pdf import pdf_of, write_whole
from kiosk.printing.status import Asked, Status


@dataclass(frozen=True, slots=True)
class FolderPrinter:
    """Writes `slip-<n>.pdf`; printed means that the file is on disk."""

    folder: Path
    width: int = 576

    def print(self, page: Page, slip_number: int) -> PrintOutcome:
        """Write one slip; a folder that cannot take it is a printer that is not there."""
        name = f"slip-{slip_number}"
        try:
            write_whole(pdf_of(page, name), self.folder / f"{name}.pdf")
        except PrinterError:
            return FailedBefore(Fault.NOT_THERE)
        return Printed()

    def cut_first(self) -> None:
        """A file is whole or not there."""

    def ask(self) -> Asked:
        """A folder is always ready."""
        return Asked(Status())
