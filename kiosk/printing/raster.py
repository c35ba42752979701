"""A page as black and white dots, cut into the strips that a receipt printer takes.

Knows thresholds, trimming and how `GS v 0` packs its rows. Does not know printers' states or
ports (`kiosk.printing.escpos`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

from kiosk.printing.page import Page

STRIP_ROWS = 128  # larger ones overflow the buffers of cheap printers
_THRESHOLD = 160  # grey below it is a black dot: thin strokes survive
_BLANK_RUN = 8  # shorter gaps cost less inside a strip
_FEED_MAX = 255
_UNLUCKY = 48  # some clones garble images whose height is a multiple of it
_PADDING = 8
_TO_BLACK = bytes(0 if grey < _THRESHOLD else 255 for grey in range(256))
# DLE EOT, DLE ENQ and DLE DC4 are obeyed on arrival, even inside an image: one dot more hides them.
_REAL_TIME = re.compile(rb"\x10(?=[\x04\x05\x14])")


@dataclass(frozen=True, slots=True)
class Bitmap:
    """Rows of dots, eight a byte, most significant first, 1 is black."""

    width_bytes: int
    rows: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Strip:
    """One command for the printer, and how many rows of paper it moves."""

    command: bytes
    rows: int


def bitmap_of(page: Page) -> Bitmap:
    """The page's dots.

    Raises:
        ValueError: the width is no multiple of eight dots.
    """
    if page.width % 8:
        raise ValueError(f"{page.width} dots are no whole bytes")
    mono = _mono(page)
    stride, used = mono.bytesPerLine(), page.width // 8
    packed = bytes(mono.constBits())
    rows = tuple(packed[y * stride : y * stride + used] for y in range(page.height))
    return Bitmap(used, rows)


def strips_of(bitmap: Bitmap, most_rows: int = STRIP_ROWS) -> Iterator[Strip]:
    """Images of at most so many rows, and feeds for the white between them."""
    blank = bytes(bitmap.width_bytes)
    for is_blank, rows in _runs(bitmap.rows, blank):
        cut = feeds(len(rows)) if is_blank else _images(rows, most_rows)
        yield from cut


def feeds(rows: int) -> Iterator[Strip]:
    """White."""
    while rows > 0:
        step = min(rows, _FEED_MAX)
        yield Strip(b"\x1bJ" + bytes([step]), step)
        rows -= step


def _mono(page: Page) -> QImage:
    canvas = QImage(page.width, page.height, QImage.Format.Format_Grayscale8)
    canvas.fill(Qt.GlobalColor.white)
    painter = QPainter(canvas)
    page.paint(painter, firm=True)
    painter.end()
    grey = bytes(canvas.constBits()).translate(_TO_BLACK)
    hard = QImage(
        grey, page.width, page.height, canvas.bytesPerLine(), QImage.Format.Format_Grayscale8
    )
    mono = hard.convertToFormat(QImage.Format.Format_Mono, Qt.ImageConversionFlag.ThresholdDither)
    if mono.color(1) != 0xFF000000:
        mono.invertPixels()
    return mono


def _runs(rows: tuple[bytes, ...], blank: bytes) -> Iterator[tuple[bool, list[bytes]]]:
    """Blank runs long enough to feed, and what stands between them."""
    inked: list[bytes] = []
    white: list[bytes] = []
    for row in rows:
        if row == blank:
            white.append(row)
            continue
        if len(white) >= _BLANK_RUN or not inked:
            yield from _unless_empty(inked, white)
            inked = []
        else:
            inked += white
        white = []
        inked.append(row)
    yield from _unless_empty(inked, white)


def _unless_empty(inked: list[bytes], white: list[bytes]) -> Iterator[tuple[bool, list[bytes]]]:
    if inked:
        yield False, inked
    if white:
        yield True, white


def _images(rows: list[bytes], most_rows: int) -> Iterator[Strip]:
    for start in range(0, len(rows), most_rows):
        yield _image(rows[start : start + most_rows])


def _image(rows: list[bytes]) -> Strip:
    width = max(1, *(len(row.rstrip(b"\0")) for row in rows))
    if len(rows) % _UNLUCKY == 0:
        rows = [*rows, *([bytes(width)] * _PADDING)]
    packed = b"".join(row[:width] for row in rows)
    size = width.to_bytes(2, "little") + len(rows).to_bytes(2, "little")
    return Strip(b"\x1dv0\0" + size + _REAL_TIME.sub(b"\x18", packed), len(rows))
