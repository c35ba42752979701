"""Who takes sheets of A4: nobody, a folder, or a printer that speaks IPP.

Knows which one the settings name. Does not know what stands on a sheet (`kiosk.printing.letter`,
`kiosk.printing.a4`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kiosk.config import Sheets
from kiosk.core.errors import PrinterError
from kiosk.core.printing import FailedBefore, Fault, Printed, PrintOutcome
from kiosk.printing.names import Names
from kiosk.printing.page import Page
from kiosk.printing.pdf import pdf_of_a4, write_whole
from kiosk.printing.status import Asked, Status


class SheetPrinter(Protocol):
    """Something that takes sheets of A4 and tells the truth about them."""

    def print(
        self, sheets: tuple[Page, ...], title: str, is_wanted: Callable[[], bool]
    ) -> PrintOutcome:
        """Print sheets, once, as one job; bounded in time, never raises.

        Needs a QGuiApplication, but not its thread.

        Args:
            sheets: what comes out, each of the size of `kiosk.printing.a4`.
            title: the number of a slip; it says nothing of anybody.
            is_wanted: whoever asked is still there; otherwise the sheets are taken back.
        """
        ...

    def ask(self) -> Asked:
        """How the printer is, without printing; bounded in time, never raises."""
        ...

    def tidy(self) -> None:
        """Take back what an earlier run may have left waiting; as `ask`."""
        ...


def sheet_printer(settings: Sheets, folder: Path, machine: str = "kiosk") -> SheetPrinter | None:
    """What the settings name.

    Args:
        settings: of sheets.
        folder: where files go, where there is no printer.
        machine: the name that jobs of this machine carry; another one's for each machine.
    """
    match settings.kind:
        case "ipp":
            # not before it is needed: HTTP takes 30 ms to import
            from kiosk.printing.ipp.client import IppClient  # noqa: PLC0415 — see above
            from kiosk.printing.ipp.printer import IppPrinter  # noqa: PLC0415

            names = Names()
            return IppPrinter(
                IppClient(settings.uri, machine, names=names),
                lambda uri: IppClient(uri, machine, names=names),
            )
        case "folder":
            return FolderSheets(folder)
        case _:
            return None


@dataclass(frozen=True, slots=True)
class FolderSheets:
    """A printer without paper: each job is a PDF. For demos, and for a program that watches it."""

    folder: Path

    def print(
        self, sheets: tuple[Page, ...], title: str, is_wanted: Callable[[], bool]
    ) -> PrintOutcome:
        """Write one file; a folder that cannot take it is a printer that is not there."""
        if not is_wanted():
            return FailedBefore(Fault.OFFLINE)
        try:
            write_whole(pdf_of_a4(sheets, title), self.folder / f"{title}.pdf")
        except PrinterError:
            return FailedBefore(Fault.NOT_THERE)
        return Printed()

    def ask(self) -> Asked:
        """A folder lacks nothing but itself."""
        return Asked(Status(None if self.folder.is_dir() else Fault.NOT_THERE))

    def tidy(self) -> None:
        """What is a file is finished."""
