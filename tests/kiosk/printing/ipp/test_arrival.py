"""What arrives at the printer is read by others: poppler, CUPS' own raster reader, a QR reader."""

from __future__ import annotations

import ctypes
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import zxingcpp

from kiosk.core.handoff import HandoffCode
from kiosk.core.printing import Printed
from kiosk.core.slips.block import Code, Role, Slip, Words
from kiosk.printing.a4 import sheets_of
from kiosk.printing.page import Page
from tests.kiosk.printing.ipp.conftest import printer_at
from tests.kiosk.printing.ipp.machines import EvePrinter

_HEADER = 4096  # more than cups_page_header2_t has
_WIDTH, _HEIGHT, _BITS, _LINE = 372, 376, 388, 392  # where that says what
_READ = 0


def pictures(file: Path) -> list[np.ndarray]:
    """The pages of a file as grey pixels."""
    return list(_of_pdf(file) if file.suffix == ".pdf" else _of_raster(file))


def _of_pdf(file: Path) -> Iterator[np.ndarray]:
    target = file.with_suffix("")
    subprocess.run(["pdftoppm", "-gray", "-r", "300", str(file), str(target)], check=True)
    for page in sorted(file.parent.glob(f"{target.name}*.pgm")):
        kind, size, _most, pixels = page.read_bytes().split(b"\n", 3)
        assert kind == b"P5"
        width, height = map(int, size.split())
        yield np.frombuffer(pixels, np.uint8, width * height).reshape(height, width)


def _of_raster(file: Path) -> Iterator[np.ndarray]:
    cups = ctypes.CDLL("libcups.so.2")
    cups.cupsRasterOpen.restype = ctypes.c_void_p
    for name in ("cupsRasterReadHeader2", "cupsRasterReadPixels", "cupsRasterClose"):
        getattr(cups, name).argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_uint)
    cups.cupsRasterClose.argtypes = (ctypes.c_void_p,)
    with file.open("rb") as opened:
        raster = cups.cupsRasterOpen(opened.fileno(), _READ)
        header = ctypes.create_string_buffer(_HEADER)
        while cups.cupsRasterReadHeader2(raster, header, 0):
            width, height, bits, line = (
                int.from_bytes(header.raw[at : at + 4], "little")
                for at in (_WIDTH, _HEIGHT, _BITS, _LINE)
            )
            pixels = ctypes.create_string_buffer(line * height)
            assert cups.cupsRasterReadPixels(raster, pixels, len(pixels)) == len(pixels)
            rows = np.frombuffer(pixels.raw, np.uint8).reshape(height, line)
            if bits == 1:
                rows = (1 - np.unpackbits(rows, axis=1)[:, :width]) * np.uint8(255)
            yield rows
        cups.cupsRasterClose(raster)


@pytest.mark.parametrize("formats", ["application/pdf", "image/pwg-raster"])
def test_the_code_in_the_corner_of_a_letter_is_that_of_the_errand(
    eve: EvePrinter, letter: tuple[Page, ...], code: HandoffCode
) -> None:
    assert printer_at(eve.uri).print(letter, "letter-7-1", lambda: True) == Printed()
    (sheet,) = eve.sheets()
    (picture,) = pictures(sheet)
    height, width = picture.shape
    assert width / height == pytest.approx(210 / 297, abs=0.005)
    (found,) = zxingcpp.read_barcodes(picture)
    assert found.text == code.url
    corner = found.position
    assert corner.top_left.x > width * 0.75
    assert corner.bottom_right.y < height * 0.16


@pytest.mark.parametrize("formats", ["application/pdf", "image/pwg-raster", "image/urf"])
def test_a_slip_of_two_sheets_arrives_as_one_job_of_two_pages(
    eve: EvePrinter, code: HandoffCode
) -> None:
    lines = tuple(Words(f"第 {n} 件：带身份证", Role.BODY) for n in range(24))
    slip = Slip(2, 1, "zh", (*lines, Words("手机接着办", Role.HEADING), Code(code.modules)))
    sheets = sheets_of(slip)
    assert len(sheets) == 2
    assert printer_at(eve.uri).print(sheets, "sheet-7-2", lambda: True) == Printed()
    (job,) = eve.sheets()
    first, second = pictures(job)
    assert not zxingcpp.read_barcodes(first)
    assert [one.text for one in zxingcpp.read_barcodes(second)] == [code.url]


@pytest.mark.parametrize("formats", ["image/pwg-raster"])
def test_modules_are_whole_dots_of_a_printer_that_takes_dots(
    eve: EvePrinter, letter: tuple[Page, ...], code: HandoffCode
) -> None:
    assert printer_at(eve.uri).print(letter, "letter-7-1", lambda: True) == Printed()
    (picture,) = pictures(eve.sheets()[0])
    (found,) = zxingcpp.read_barcodes(picture)
    left, top = found.position.top_left.x, found.position.top_left.y
    row = picture[top + 2, left - 4 : found.position.top_right.x + 8] < 128
    edges = np.flatnonzero(np.diff(row.astype(np.int8)))
    dots = np.diff(edges)
    assert len(set(dots % np.gcd.reduce(dots))) == 1
    assert np.gcd.reduce(dots) * len(code.modules) == edges[-1] - edges[0]
    assert set(np.unique(picture)) == {0, 255}
