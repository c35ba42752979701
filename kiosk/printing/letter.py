"""A letter of authority on A4, as a page of dots.

Knows how the sheet of `db.letter` becomes marks, and that the code of the same errand stands in the
corner beside its title. Does not know what else stands there, nor who prints it.
"""

from __future__ import annotations

import math
from typing import assert_never

from PySide6.QtGui import QFontMetricsF

from db import letter, short_number
from db.letter import Blank, Letter, Part, Words
from kiosk.core.case import Acting
from kiosk.core.catalog import Service
from kiosk.core.handoff import HandoffCode
from kiosk.printing.a4 import DPI, HEIGHT, MARGIN, WIDTH
from kiosk.printing.layout import QUIET_MODULES
from kiosk.printing.page import Bar, Box, Glyphs, Mark, Matrix, Page, font_of

_DOTS_PER_MM = DPI / 25.4
_DOTS_PER_PT = DPI / 72
_THIN, _THICK = 4, 5
_CODE_MM = 39.9  # with its quiet zone, above the first line for a pen
_CODE_TOP, _CODE_RIGHT = 5.0, 204.0  # mm from the edges of the paper, quiet zone included
_BESIDE_GAP = 6  # dots between it and the words beside it
_BESIDE = (13.0, 20.0, 36.0)  # their base lines; the title stands left of them


def letter_for(service: Service, hotline: str, acting: Acting | None) -> Letter:
    """What is known before anybody takes up a pen."""
    relation = acting.whom.helper if acting is not None else ""
    reasons = {"frail": "frail", "away": "away", None: "busy"}
    reason = reasons.get(acting.why, "") if acting is not None else ""
    number = short_number.written(service.number)
    return Letter(service.name.zh, number, service.consult or hotline, relation, reason)


def page_of(blank: Letter, code: HandoffCode | None = None) -> Page:
    """The sheet in dots; in Chinese, which the counter reads."""
    marks = tuple(_mark(part) for part in letter.sheet(blank))
    corner = _corner(code) if code is not None else ()
    return Page(WIDTH, HEIGHT, (*marks, *corner))


def _corner(code: HandoffCode) -> tuple[Mark, ...]:
    """The code of a slip, so large that a phone reads it, and what keeps strangers' codes off."""
    modules = len(code.modules) + 2 * QUIET_MODULES
    dots = int(_CODE_MM * _DOTS_PER_MM) // modules
    left = _dots(_CODE_RIGHT) - (modules - QUIET_MODULES) * dots
    top = _dots(_CODE_TOP) + QUIET_MODULES * dots
    said = ("手机接着办", f"核对码 {code.check_code}", code.host)
    size = round(letter.SMALLEST_PT * _DOTS_PER_PT)
    width = QFontMetricsF(font_of(size, bold=False)).horizontalAdvance
    end = left - QUIET_MODULES * dots - _BESIDE_GAP
    words = (
        Glyphs(math.floor(end - width(text)), _dots(y), text, size, bold=False)
        for text, y in zip(said, _BESIDE, strict=True)
    )
    return (*words, Matrix(left, top, dots, code.modules))


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
    return round(mm * _DOTS_PER_MM) - MARGIN
