"""A page as a PDF on paper of its own length, written whole or not at all.

Knows Qt's PDF engine at 203 dpi, where one unit is one printer dot. Its text is a copy for people:
the fonts' shared glyphs come back as Kangxi radicals, so nothing should read it aloud.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from kiosk.core.errors import PrinterError
from kiosk.printing.page import Page

_DPI = 203
_MM_PER_INCH = 25.4
_MARGIN_DOTS = 32  # an 80 mm roll prints 72 mm


def pdf_of(page: Page, title: str) -> bytes:
    """The page as the bytes of a PDF file, one page long."""
    size = QSizeF(_mm(page.width + 2 * _MARGIN_DOTS), _mm(page.height + 2 * _MARGIN_DOTS))
    exact = QPageSize(size, QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.ExactMatch)
    return _pdf((page,), title, exact)


def pdf_of_a4(sheets: tuple[Page, ...], title: str) -> bytes:
    """Sheets of A4 as one file, each where its margins say."""
    return _pdf(sheets, title, QPageSize(QPageSize.PageSizeId.A4))


def write_whole(content: bytes, path: Path) -> None:
    """Put a file in place that is complete whenever it is seen.

    Raises:
        PrinterError: the folder is missing or full, or may not be written.
    """
    temporary: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
            temporary = Path(file.name)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise PrinterError(f"cannot write {path.name}") from error


def _pdf(pages: tuple[Page, ...], title: str, size: QPageSize) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setResolution(_DPI)
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF()))
    painter = QPainter(writer)
    for number, page in enumerate(pages):
        if number:
            writer.newPage()
            painter.resetTransform()
        painter.translate(_MARGIN_DOTS, _MARGIN_DOTS)
        page.paint(painter)
    painter.end()
    return bytes(buffer.data().data())


def _mm(dots: int) -> float:
    return dots / _DPI * _MM_PER_INCH
