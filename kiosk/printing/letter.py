"""A letter of authority on A4, as a page of dots and as a file.

Knows how the sheet of `db.letter` becomes marks. Does not know what stands on it, nor who prints
the file: a folder is watched by whatever drives the hall's large printer.
"""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import assert_never

from db import letter, short_number
from db.letter import Blank, Letter, Part, Words
from kiosk.core.case import Acting
from kiosk.core.catalog import Catalog, Service
from kiosk.core.errors import PrinterError
from kiosk.core.printing import FailedBefore, Fault, Printed, PrintOutcome
from kiosk.printing.page import Bar, Box, Glyphs, Mark, Page
from kiosk.printing.pdf import pdf_of, write_whole

_DOTS_PER_MM = 203 / 25.4
_DOTS_PER_PT = 203 / 72
_MARGIN = 32  # dots, which the file adds on each side
_WIDTH, _HEIGHT = 1616, 2310  # dots; with the margins A4, and whole bytes for a raster
_THIN, _THICK = 4, 5


def write_letter(
    folder: Path, catalog: Catalog, service: Service, acting: Acting | None
) -> PrintOutcome:
    """Put a letter for this errand into a folder; in Chinese, which the counter reads."""
    blank = letter_for(service, catalog.city().hotline, acting)
    names = (folder / f"letter-{number}.pdf" for number in count(1))
    path = next(name for name in names if not name.exists())
    try:
        write_whole(pdf_of(page_of(blank), path.stem), path)
    except PrinterError:
        return FailedBefore(Fault.NOT_THERE)
    return Printed()


def letter_for(service: Service, hotline: str, acting: Acting | None) -> Letter:
    """What is known before anybody takes up a pen."""
    relation = acting.whom.helper if acting is not None else ""
    reasons = {"frail": "frail", "away": "away", None: "busy"}
    reason = reasons.get(acting.why, "") if acting is not None else ""
    number = short_number.written(service.number)
    return Letter(service.name.zh, number, service.consult or hotline, relation, reason)


def page_of(blank: Letter) -> Page:
    """The sheet in dots."""
    marks = tuple(_mark(part) for part in letter.sheet(blank))
    return Page(_WIDTH, _HEIGHT, marks)


def _mark(part: Part) -> Mark:
    match part:
        case Words(x, y, text, size, bold):
            return Glyphs(_dots(x), _dots(y), text, round(size * _DOTS_PER_PT), bold)
        case Blank(x, y, width):
            return Bar(_dots(x), _dots(y), round(width * _DOTS_PER_MM), _THIN)
        case letter.Box(x, y, side):
            return Box(_dots(x), _dots(y), round(side * _DOTS_PER_MM), _THICK)
        case _:
            assert_never(part)


def _dots(mm: float) -> int:
    return round(mm * _DOTS_PER_MM) - _MARGIN
