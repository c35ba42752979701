"""Pages as raster files for printers that read no PDF: PWG 5102.4, and its elder sister URF.

Knows headers and how rows are packed. Does not know what is on a page, or which of the two a
printer wants (`kiosk.printing.ipp.status`).
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from itertools import groupby

from kiosk.printing.ipp.status import Able, Format
from kiosk.printing.page import Page
from kiosk.printing.raster import bitmap_of

_POINTS = (595, 842)  # A4
_PWG_HEADER_BYTES = 1796
_BLACK, _GREY = 3, 18  # colour spaces of PWG: of one bit, of eight
_NORMAL = 4  # print quality
_REPEATS_MOST = 256
_RUN = re.compile(rb"(.)\1{2,127}", re.DOTALL)  # shorter ones cost less as they are
_LITERALS_MOST = 128
_EIGHT_GREYS = [
    bytes(0 if packed >> bit & 1 else 255 for bit in range(7, -1, -1)) for packed in range(256)
]


def raster_of(sheets: tuple[Page, ...], able: Able) -> bytes:
    """One file with every sheet; their dots are those of the printer."""
    head = b"RaS2"
    if able.format is Format.URF:
        head = b"UNIRAST\0" + struct.pack(">I", len(sheets))
    return head + b"".join(_sheet(sheet, len(sheets), able) for sheet in sheets)


def _sheet(sheet: Page, count: int, able: Able) -> bytes:
    bitmap = bitmap_of(sheet)
    head = _urf_head(sheet, able) if able.format is Format.URF else _pwg_head(sheet, count, able)
    return head + b"".join(_lines(bitmap.rows, able.is_one_bit))


def _greys(row: bytes) -> bytes:
    return b"".join(map(_EIGHT_GREYS.__getitem__, row))


def _pwg_head(sheet: Page, count: int, able: Able) -> bytes:
    bits, space = (1, _BLACK) if able.is_one_bit else (8, _GREY)
    head = bytearray(_PWG_HEADER_BYTES)
    head[:9] = b"PwgRaster"
    head[1732:1748] = b"iso_a4_210x297mm"
    for at, values in {
        276: (able.dpi, able.dpi),
        340: (1,),  # copies
        352: _POINTS,
        372: (sheet.width, sheet.height),
        384: (bits, bits, sheet.width * bits // 8),
        400: (space,),
        420: (1,),  # colours
        452: (count, 1, 1),  # of pages; not turned over in either direction
        484: (_NORMAL,),
    }.items():
        struct.pack_into(f">{len(values)}I", head, at, *values)
    return bytes(head)


def _urf_head(sheet: Page, able: Able) -> bytes:
    one_sided, grey = 1, 0
    return struct.pack(
        *(">4B8xIII8x", 8, grey, one_sided, _NORMAL),
        *(sheet.width, sheet.height, able.dpi),
    )


def _lines(rows: tuple[bytes, ...], is_one_bit: bool) -> Iterator[bytes]:
    """Equal rows once, with how often they follow each other."""
    for row, equal in groupby(rows):
        left, packed = sum(1 for _ in equal), _packed(row if is_one_bit else _greys(row))
        while left:
            times = min(left, _REPEATS_MOST)
            yield bytes([times - 1]) + packed
            left -= times


def _packed(row: bytes) -> bytes:
    """Runs and what stands between them."""
    parts: list[bytes] = []
    done = 0
    for run in _RUN.finditer(row):
        parts += _literals(row[done : run.start()])
        parts.append(bytes([run.end() - run.start() - 1]) + run.group(1))
        done = run.end()
    parts += _literals(row[done:])
    return b"".join(parts)


def _literals(data: bytes) -> Iterator[bytes]:
    for start in range(0, len(data), _LITERALS_MOST):
        piece = data[start : start + _LITERALS_MOST]
        if len(piece) == 1:
            yield b"\0" + piece  # once: 257 - 1 would not be a byte
        else:
            yield bytes([257 - len(piece)]) + piece
