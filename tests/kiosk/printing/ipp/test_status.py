"""What a printer's attributes mean, whatever ending a server has put behind its reasons."""

from __future__ import annotations

from typing import Any

import pytest

from kiosk.core.printing import Fault
from kiosk.printing.ipp.status import (
    Able,
    Format,
    Job,
    JobState,
    able,
    device_of,
    job_of,
    status_of,
)
from kiosk.printing.status import Status

_WELL: dict[str, tuple[Any, ...]] = {
    "printer-state": (3,),
    "printer-state-reasons": ("none",),
    "printer-is-accepting-jobs": (True,),
    "media-ready": ("iso_a4_210x297mm",),
}


@pytest.mark.parametrize("ending", ["", "-error", "-warning", "-report"])
@pytest.mark.parametrize(
    ("stem", "fault"),
    [
        ("media-empty", Fault.NO_PAPER),
        ("media-needed", Fault.NO_PAPER),
        ("cover-open", Fault.COVER_OPEN),
        ("door-open", Fault.COVER_OPEN),
        ("media-jam", Fault.JAM),
        ("fuser-over-temp", Fault.OVERHEATED),
        ("toner-empty", Fault.OFFLINE),
        ("paused", Fault.OFFLINE),
        ("offline", Fault.OFFLINE),
        ("toner-low", None),
        ("other", None),
    ],
)
def test_a_reason_is_known_by_its_stem(stem: str, ending: str, fault: Fault | None) -> None:
    said = {**_WELL, "printer-state-reasons": ("none", stem + ending)}
    assert status_of(said) == Status(fault)


def test_paper_that_ends_soon_is_no_fault() -> None:
    said = {**_WELL, "printer-state-reasons": ("media-low-warning",)}
    assert status_of(said) == Status(None, low_paper=True)


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({}, None),
        ({"printer-state": (5,)}, Fault.OFFLINE),
        ({"printer-is-accepting-jobs": (False,)}, Fault.OFFLINE),
        ({"media-ready": ("na_letter_8.5x11in",)}, Fault.NO_PAPER),
        ({"media-ready": ("na_letter_8.5x11in", "iso_a4_210x297mm.borderless")}, None),
        ({"media-ready": ()}, None),
        ({"printer-state": ("stopped",)}, None),
    ],
)
def test_a_printer_may_be_shut_or_hold_the_wrong_paper(
    changed: dict[str, Any], fault: Fault | None
) -> None:
    assert status_of({**_WELL, **changed}) == Status(fault)


def test_a_printer_that_says_nothing_of_itself_is_tried() -> None:
    assert status_of({}) == Status()


@pytest.mark.parametrize(
    ("said", "way"),
    [
        (("image/pwg-raster", "application/pdf"), Able(Format.PDF, 600, is_one_bit=False)),
        (("image/urf", "image/pwg-raster"), Able(Format.PWG, 600, is_one_bit=True)),
        (("image/urf",), Able(Format.URF, 300, is_one_bit=False)),
        (("image/jpeg",), None),
    ],
)
def test_pages_are_sent_in_the_best_way_there_is(said: tuple[str, ...], way: Able | None) -> None:
    printer = {
        "document-format-supported": said,
        "printer-resolution-supported": ((600, 600, 3), (1200, 600, 3)),
        "pwg-raster-document-type-supported": ("sgray_8", "black_1"),
        "urf-supported": ("V1.4", "RS300-600", "W8"),
    }
    assert able(printer) == way


@pytest.mark.parametrize(
    ("resolutions", "dpi"),
    [
        (((600, 600, 3), (300, 300, 3)), 300),
        (((203, 203, 3),), 203),
        (((118, 118, 4),), 300),  # per centimetre
        ((), 300),
    ],
)
def test_the_coarsest_sharp_resolution_is_taken(
    resolutions: tuple[tuple[int, int, int], ...], dpi: int
) -> None:
    printer = {
        "document-format-supported": ("image/pwg-raster",),
        "pwg-raster-document-resolution-supported": resolutions,
    }
    assert able(printer) == Able(Format.PWG, dpi, is_one_bit=False)


@pytest.mark.parametrize(
    ("uri", "asked"),
    [
        ("ipp://192.0.2.18/ipp/print", "ipp://192.0.2.18/ipp/print"),
        ("usb://HP/LaserJet", ""),
        ("socket://192.0.2.18", ""),
    ],
)
def test_only_a_printer_that_speaks_ipp_is_asked_behind_its_queue(uri: str, asked: str) -> None:
    assert device_of({"device-uri": (uri,)}) == asked
    assert device_of({}) == ""


@pytest.mark.parametrize("state", JobState)
def test_a_job_is_over_when_nothing_more_can_come(state: JobState) -> None:
    said = {"job-id": (4,), "job-name": ("letter-7-1",), "job-state": (int(state),)}
    assert job_of(said) == Job(4, "letter-7-1", state)
    is_over = state in (JobState.CANCELED, JobState.ABORTED, JobState.COMPLETED)
    assert state.is_over is is_over


@pytest.mark.parametrize("said", [{}, {"job-id": (1,)}, {"job-id": (1,), "job-state": (42,)}])
def test_what_is_no_job_is_none(said: dict[str, tuple[int, ...]]) -> None:
    assert job_of(said) is None
