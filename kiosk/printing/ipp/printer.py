"""Prints sheets on an IPP printer and finds out whether they came out.

Knows the order of asking, sending, waiting and taking back. Does not know bytes
(`kiosk.printing.ipp.client`) or what reasons mean (`kiosk.printing.ipp.status`).

The printer itself is asked, before and all the time: a queue says "ready" of a printer that is
switched off. No sheet may come out after its citizen has left: what fails, lasts too long or is
wanted no more is taken back, and that is looked after too. A printer that had taken the pages
already may print them all the same, as soon as it has paper; so nothing that was sent is ever
said to have not been printed.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event

from kiosk.core.errors import PrinterError
from kiosk.core.printing import (
    FailedBefore,
    FailedDuring,
    Fault,
    Printed,
    PrintOutcome,
    Unconfirmed,
)
from kiosk.printing.a4 import in_dots_of
from kiosk.printing.ipp.client import IppClient, RefusedError
from kiosk.printing.ipp.raster import raster_of
from kiosk.printing.ipp.status import Able, Format, Job, JobState, able, device_of, status_of
from kiosk.printing.page import Page
from kiosk.printing.pdf import pdf_of_a4
from kiosk.printing.status import Asked, Status

_AGAIN_S = 0.1


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for what."""

    look_s: float = 0.3  # between two questions
    job_s: float = 40.0  # until the last sheet lies there; a printer may have to warm up
    lost_s: float = 4.0  # while it does not answer any more
    withdrawn_s: float = 4.0  # until a job that was cancelled is gone


@dataclass
class IppPrinter:
    """A printer for A4, or a queue in front of one.

    Attributes:
        client: asks it.
        behind: makes a client for the printer behind a queue, by its address.
        patience: limits of waiting.
    """

    client: IppClient
    behind: Callable[[str], IppClient]
    patience: Patience = field(default_factory=Patience)

    def print(
        self, sheets: tuple[Page, ...], title: str, is_wanted: Callable[[], bool]
    ) -> PrintOutcome:
        """Print sheets, once, as one job with this name; bounded in time, never raises."""
        try:
            printer = self.client.printer()
            way, status = able(printer), self._status(status_of(printer), device_of(printer))
            self._take_back()
        except PrinterError:
            return FailedBefore(Fault.NOT_THERE)
        fault = status.fault or (Fault.OFFLINE if way is None else None)
        if fault is not None or way is None:
            return FailedBefore(fault or Fault.OFFLINE)
        document = document_of(sheets, way, title)
        try:
            number = self.client.create(title)
        except RefusedError:
            return FailedBefore(Fault.OFFLINE)
        except PrinterError:
            return FailedBefore(Fault.NOT_THERE)
        rows = sum(sheet.height for sheet in sheets)
        run = _Run(self, number, title, rows, device_of(printer), is_wanted)
        return run.outcome(document, way)

    def ask(self) -> Asked:
        """How the printer is, without printing; bounded in time, never raises."""
        try:
            printer = self.client.printer()
        except PrinterError:
            return Asked(Status(Fault.NOT_THERE))
        status = self._status(status_of(printer), device_of(printer))
        if status.fault is None and able(printer) is None:
            return Asked(Status(Fault.OFFLINE, status.low_paper))  # as `print` would say
        return Asked(status)

    def _status(self, queue: Status, device: str) -> Status:
        """What the queue says, and where the printer behind it can be asked, what that says."""
        if queue.fault is not None or not device:
            return queue
        try:
            return status_of(self.behind(device).printer())
        except RefusedError:
            return queue
        except PrinterError:
            return Status(Fault.NOT_THERE)

    def status(self, device: str) -> Status:
        """The same while a job runs.

        Raises:
            PrinterError: nobody answers.
        """
        return self._status(status_of(self.client.printer()), device)

    def tidy(self) -> None:
        """Take back what an earlier run of this machine may have left; never raises."""
        with suppress(PrinterError):
            self._take_back()

    def _take_back(self) -> None:
        """What waits under our name belongs to somebody who has left.

        Raises:
            PrinterError: nobody answers.
        """
        with suppress(RefusedError):
            for job in self.client.ours():
                with suppress(RefusedError):
                    self.client.cancel(job.number)


@dataclass
class _Run:
    """One job, from its document to its end."""

    printer: IppPrinter
    number: int
    title: str
    rows: int
    device: str
    is_wanted: Callable[[], bool]

    def outcome(self, document: bytes, way: Able) -> PrintOutcome:
        if not self.is_wanted():
            self._withdraw()
            return FailedBefore(Fault.OFFLINE)  # without a document nothing is printed
        try:
            self.printer.client.send(self.number, document, way.format)
        except RefusedError:
            self._withdraw()
            return FailedBefore(Fault.OFFLINE)
        except PrinterError:
            return self._taken_back(Fault.OFFLINE, low=False)  # it may have heard all of it
        return self._ending()

    def _ending(self) -> PrintOutcome:
        """Wait until all sheets are out; else take them back."""
        patience, clock = self.printer.patience, time.monotonic
        until, heard, low = clock() + patience.job_s, clock(), False
        while clock() < until and self.is_wanted():
            try:
                job, status = self._job(), self.printer.status(self.device)
            except PrinterError:
                if clock() - heard > patience.lost_s:
                    return self._taken_back(None, low)
            else:
                heard, low = clock(), low or status.low_paper
                if job is None or job.state.is_over:
                    return self._over(job, status.fault, low)
                if status.fault is not None:
                    return self._taken_back(status.fault, low)
            _pause(patience.look_s)
        return self._taken_back(None, low)

    def _over(self, job: Job | None, fault: Fault | None, low: bool) -> PrintOutcome:
        if job is None:
            return Unconfirmed(low)  # forgotten: printed or not, nobody knows
        if job.state is JobState.COMPLETED:
            return Printed(low)
        return FailedDuring(fault or Fault.OFFLINE, self.rows)

    def _taken_back(self, fault: Fault | None, low: bool) -> PrintOutcome:
        """Cancelled, and seen to be gone; what stays may still be printed, whatever we wish."""
        job = self._withdraw()
        if job is not None and job.state is JobState.COMPLETED:
            return Printed(low)  # the last sheet was quicker
        is_gone = job is not None and job.state.is_over
        if fault is None and not is_gone:
            return Unconfirmed(low)
        return FailedDuring(fault or Fault.OFFLINE, self.rows)

    def _withdraw(self) -> Job | None:
        """Cancel until it is over, or for long enough; the last that was seen of the job."""
        seen, until = None, time.monotonic() + self.printer.patience.withdrawn_s
        while time.monotonic() < until:
            with suppress(PrinterError):
                seen = self._job()
                if seen is None or seen.state.is_over:
                    return seen
                with suppress(RefusedError):  # that is what a second time is answered
                    self.printer.client.cancel(self.number)
            _pause(_AGAIN_S)
        return seen

    def _job(self) -> Job | None:
        """Ours; None where the number is forgotten, or another's by now.

        Raises:
            PrinterError: nobody answers.
        """
        try:
            job = self.printer.client.job(self.number)
        except RefusedError:
            return None
        return job if job is not None and job.name == self.title else None


def _pause(seconds: float) -> None:
    """Nobody tells when something changes: it has to be asked again."""
    Event().wait(seconds)


def document_of(sheets: tuple[Page, ...], way: Able, title: str) -> bytes:
    """The pages as the printer wants them."""
    if way.format is Format.PDF:
        return pdf_of_a4(sheets, title)
    return raster_of(tuple(in_dots_of(sheet, way.dpi) for sheet in sheets), way)
