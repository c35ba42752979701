"""What a printer's attributes mean (RFC 8011, PWG 5100.9 and 5100.14). No I/O.

Knows states, reasons and what a printer can take. Does not know when to ask
(`kiosk.printing.ipp.printer`). A reason is matched by its stem: printers and queues add `-error`,
`-warning` or `-report` as they like, and a queue changes what the printer had said.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from kiosk.core.printing import Fault
from kiosk.printing.ipp.wire import Attributes, Value
from kiosk.printing.status import Status

A4 = "iso_a4_210x297mm"
_STOPPED = 5  # printer-state
_DPI_UNIT = 3
_DPI_BEST = (300, 600)  # in this order: 300 is sharp enough for print of 14 pt, and a quarter
_SEVERITIES = ("-error", "-warning", "-report")
_FAULTS = {
    Fault.COVER_OPEN: ("cover-open", "door-open", "interlock-open"),
    Fault.NO_PAPER: ("media-empty", "media-needed", "input-tray-missing"),
    Fault.JAM: ("media-jam", "media-path-cannot-duplex-media-selected"),
    Fault.OVERHEATED: ("fuser-over-temp",),
    Fault.OFFLINE: (
        *("paused", "moving-to-paused", "stopped-partly", "shutdown", "offline", "timed-out"),
        *("toner-empty", "marker-supply-empty", "developer-empty", "opc-life-over"),
        *("marker-waste-full", "output-area-full", "output-tray-missing", "spool-area-full"),
        *("marker-supply-missing", "fuser-under-temp", "hold-new-jobs"),
    ),
}  # the first that fits is told: an open cover explains the rest
_LOW = "media-low"


class JobState(IntEnum):
    """As the printer counts them; from `CANCELED` on nothing comes any more."""

    PENDING = 3
    HELD = 4
    PROCESSING = 5
    STOPPED = 6
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9

    @property
    def is_over(self) -> bool:
        """Nothing more will come out."""
        return self >= JobState.CANCELED


class Format(StrEnum):
    """What a page can be sent as, best first."""

    PDF = "application/pdf"
    PWG = "image/pwg-raster"
    URF = "image/urf"


@dataclass(frozen=True, slots=True)
class Able:
    """How a printer wants its pages."""

    format: Format
    dpi: int
    is_one_bit: bool  # a raster of black and white; grey otherwise


@dataclass(frozen=True, slots=True)
class Job:
    """A job as the printer sees it; `name` tells ours from another's with the same number."""

    number: int
    name: str
    state: JobState


def status_of(printer: Attributes) -> Status:
    """Whether a sheet would come out now."""
    reasons = {_stem(reason) for reason in _texts(printer, "printer-state-reasons")}
    return Status(_fault(printer, reasons), low_paper=_LOW in reasons)


def able(printer: Attributes) -> Able | None:
    """How to send pages; None where there is no way."""
    formats = _texts(printer, "document-format-supported")
    found = next((one for one in Format if one in formats), None)
    if found is None:
        return None
    types = _texts(printer, "pwg-raster-document-type-supported")
    is_one_bit = found is Format.PWG and "black_1" in types
    return Able(found, _dpi(printer, found), is_one_bit)


def device_of(printer: Attributes) -> str:
    """The printer behind a queue, where it can be asked as well; empty otherwise."""
    uri = next(iter(_texts(printer, "device-uri")), "")
    return uri if uri.startswith("ipp://") else ""


def job_of(job: Attributes) -> Job | None:
    """A job; None where the printer does not say what is needed."""
    number, state = (next(iter(job.get(key, ())), None) for key in ("job-id", "job-state"))
    if not isinstance(number, int) or not isinstance(state, int) or state not in set(JobState):
        return None
    return Job(number, next(iter(_texts(job, "job-name")), ""), JobState(state))


def _fault(printer: Attributes, reasons: set[str]) -> Fault | None:
    for fault, stems in _FAULTS.items():
        if reasons.intersection(stems):
            return fault
    ready = _texts(printer, "media-ready")
    if ready and not any(one.startswith(A4) for one in ready):
        return Fault.NO_PAPER  # of this size: it would wait for somebody to bring some
    is_closed = False in printer.get("printer-is-accepting-jobs", ())
    is_stopped = _STOPPED in printer.get("printer-state", ())
    return Fault.OFFLINE if is_closed or is_stopped else None


def _stem(reason: str) -> str:
    for ending in _SEVERITIES:
        reason = reason.removesuffix(ending)
    return reason


def _dpi(printer: Attributes, wanted: Format) -> int:
    found = set(_resolutions(printer, wanted))
    return next((dpi for dpi in (*_DPI_BEST, *sorted(found)) if dpi in found), _DPI_BEST[0])


def _resolutions(printer: Attributes, wanted: Format) -> Iterable[int]:
    if wanted is Format.URF:  # "RS300-600"
        for word in _texts(printer, "urf-supported"):
            if word.startswith("RS"):
                yield from (int(dpi) for dpi in word[2:].split("-") if dpi.isdecimal())
        return
    for key in ("pwg-raster-document-resolution-supported", "printer-resolution-supported"):
        yield from filter(None, map(_square_dpi, printer.get(key, ())))
        if key in printer:
            return


def _square_dpi(value: Value) -> int | None:
    match value:
        case (int(across), int(along), int(unit)) if across == along > 0 and unit == _DPI_UNIT:
            return across
        case _:
            return None


def _texts(attributes: Attributes, name: str) -> tuple[str, ...]:
    return tuple(value for value in attributes.get(name, ()) if isinstance(value, str))
