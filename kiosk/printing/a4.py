"""Sheets of A4: a long page cut into them, and their dots at another resolution.

Knows the size of the paper, its margins and where a page may be cut. Does not know what stands on
it (`kiosk.printing.letter`, `kiosk.core.slips`) or who prints it (`kiosk.printing.sheets`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from kiosk.core.slips.block import Slip
from kiosk.printing.layout import lay_out
from kiosk.printing.page import Bar, Box, Glyphs, Mark, Matrix, Page

DPI = 203  # of pages
MARGIN = 32  # dots on each side that no printer reaches
WIDTH, HEIGHT = 1616, 2310  # dots between the margins; whole bytes for a raster
SCALE = 1.83  # of a slip: its body has 22 pt

_MM_PER_INCH = 25.4
_PAPER_MM = (210.0, 297.0)
_BYTE = 8
_SIDE = 48  # dots left and right of a slip's lines, besides the margin
_FOOT = 90  # dots for the number of the sheet
_FOOT_SIZE = 62


def sheets_of(slip: Slip) -> tuple[Page, ...]:
    """A slip in the largest print, on as many sheets as it needs."""
    page = lay_out(slip, WIDTH - 2 * _SIDE, SCALE)
    cuts = list(_cuts(page, HEIGHT - _FOOT))
    starts = [0, *cuts[:-1]]
    return tuple(
        _sheet(page, start, end, f"{number} / {len(cuts)}" if len(cuts) > 1 else "")
        for number, (start, end) in enumerate(zip(starts, cuts, strict=True), 1)
    )


def in_dots_of(page: Page, dpi: int) -> Page:
    """A sheet with its margins in the dots of a printer; modules keep to whole dots."""
    width, height = (round(mm / _MM_PER_INCH * dpi) for mm in _PAPER_MM)
    marks = tuple(_enlarged(mark, dpi) for mark in page.marks)
    return Page(-(-width // _BYTE) * _BYTE, height, marks)


def _cuts(page: Page, room: int) -> Iterator[int]:
    """Where sheets end: before a heading where that leaves no sheet half empty, else anywhere.

    Never inside a band, nor behind one that leads: a code and what is to be checked before it is
    trusted stay together.
    """
    start = section = last = 0
    for band in page.bands[:-1]:  # the last is the white below
        if band.end - start > room and last > start:
            start = section if section - start > room / 2 else last
            yield start
        if band.leads:
            section = last
        else:
            last = band.end
    yield page.height


def _sheet(page: Page, start: int, end: int, foot: str) -> Page:
    marks = [_moved(mark, start) for mark in page.marks if start <= _row(mark) < end]
    if foot:
        marks.append(Glyphs(WIDTH - 4 * _FOOT_SIZE, HEIGHT, foot, _FOOT_SIZE, bold=True))
    return Page(WIDTH, HEIGHT, tuple(marks))


def _row(mark: Mark) -> int:
    """A row that is certainly the mark's: letters stand on the last of theirs."""
    return mark.y - 1 if isinstance(mark, Glyphs) else mark.y


def _moved(mark: Mark, up: int) -> Mark:
    return replace(mark, x=mark.x + _SIDE, y=mark.y - up)


def _enlarged(mark: Mark, dpi: int) -> Mark:
    x, y = (_dots(at + MARGIN, dpi) for at in (mark.x, mark.y))
    match mark:
        case Glyphs(_, _, text, size, bold):
            return Glyphs(x, y, text, _dots(size, dpi), bold)
        case Box(_, _, side, stroke):
            return Box(x, y, _dots(side, dpi), _dots(stroke, dpi))
        case Bar(_, _, width, height):
            return Bar(x, y, _dots(width, dpi), _dots(height, dpi))
        case Matrix(_, _, dots, modules):
            whole = max(1, dots * dpi // DPI)
            spare = (_dots(dots * len(modules), dpi) - whole * len(modules)) // 2
            return Matrix(x + spare, y + spare, whole, modules)
        case _:
            assert_never(mark)


def _dots(dots: int, dpi: int) -> int:
    return round(dots * dpi / DPI)
