"""A letter of authority on A4, as pages of dots.

Knows how the sheets of `db.letter` become marks, and that the code of the same errand stands in the
corner of the first. Does not know what else stands there, nor who prints it.
"""

from __future__ import annotations

import math
from typing import assert_never

from PySide6.QtGui import QFontMetricsF

from db import letter, letter_sheet, short_number
from db.letter import Letter
from db.letter_sheet import Blank, Form, Part, Words
from kiosk.core.case import Acting
from kiosk.core.catalog import Service
from kiosk.core.handoff import HandoffCode
from kiosk.core.isolates import directed
from kiosk.printing.a4 import DPI, HEIGHT, MARGIN, WIDTH
from kiosk.printing.layout import QUIET_MODULES
from kiosk.printing.page import Bar, Box, Glyphs, Mark, Matrix, Page, font_of

_DOTS_PER_MM = DPI / 25.4
_DOTS_PER_PT = DPI / 72
_THIN, _THICK = 4, 5
_CODE_MM = 39.9  # with its quiet zone, above the first line for a pen
_CODE_TOP, _CODE_RIGHT = 5.0, 204.0  # mm from the edges of the paper, quiet zone included
_BESIDE_GAP = 6  # dots between it and the words beside it
_BESIDE = (13.0, 20.0, 36.0)  # their base lines; a title in the middle ends left of two of them
_BESIDE_LARGE = (14.0, 23.0, 32.0)  # beside a title at the left
_BESIDE_PT = {False: 14.0, True: 18.0}  # small print and large
_BESIDE_LEFT = 96.0  # mm; such a title and its meaning end before
_LEAST_PT = 10.0  # to which an address shrinks before it runs into the title


def letter_for(
    service: Service, hotline: str, acting: Acting | None, form: Form | None = None
) -> Letter:
    """What is known before anybody takes up a pen."""
    relation = acting.whom.helper if acting is not None else ""
    reasons = {"frail": "frail", "away": "away", None: "busy"}
    reason = reasons.get(acting.why, "") if acting is not None else ""
    number = short_number.written(service.number)
    said = service.name.get(form.language) if form is not None else ""
    meaning = said if said != service.name.zh else ""
    return Letter(service.name.zh, number, service.consult or hotline, relation, reason, meaning)


def pages_of(
    blank: Letter, form: Form | None = None, code: HandoffCode | None = None
) -> tuple[Page, ...]:
    """The sheets in dots; their lines are Chinese, which the counter reads."""
    form = form or Form()
    first, *others = letter.sheets(blank, form)
    corner = _corner(code, form) if code is not None else ()
    pages = [(*map(_mark, first), *corner), *(tuple(map(_mark, sheet)) for sheet in others)]
    return tuple(Page(WIDTH, HEIGHT, marks) for marks in pages)


def _corner(code: HandoffCode, form: Form) -> tuple[Mark, ...]:
    """The code of a slip, so large that a phone reads it, and what keeps strangers' codes off."""
    modules = len(code.modules) + 2 * QUIET_MODULES
    dots = int(_CODE_MM * _DOTS_PER_MM) // modules
    left = _dots(_CODE_RIGHT) - (modules - QUIET_MODULES) * dots
    top = _dots(_CODE_TOP) + QUIET_MODULES * dots
    end = left - QUIET_MODULES * dots - _BESIDE_GAP
    lines = _BESIDE if form.has_centred_title else _BESIDE_LARGE
    check = {"code": code.check_code}
    said = (
        form.gloss("手机接着办") or "手机接着办",
        form.gloss("核对码 {code}", check) or f"核对码 {code.check_code}",
        code.host,
    )
    words = (_beside(text, end, _dots(y), form) for text, y in zip(said, lines, strict=True))
    return (*words, Matrix(left, top, dots, code.modules))


def _beside(text: str, end: int, y: int, form: Form) -> Glyphs:
    """One line that ends there, as large as there is room."""
    text, size = directed(text), round(_BESIDE_PT[form.is_large] * _DOTS_PER_PT)
    room = end - _dots(_BESIDE_LEFT)
    while _advance(text, size) > room and size > _LEAST_PT * _DOTS_PER_PT:
        size -= 1
    return Glyphs(math.floor(end - _advance(text, size)), y, text, size, bold=False)


def _advance(text: str, size: int, *, bold: bool = False) -> float:
    return QFontMetricsF(font_of(size, bold=bold)).horizontalAdvance(text)


def _mark(part: Part) -> Mark:
    match part:
        case Words():
            return _glyphs(part)
        case Blank(x, y, width):
            return Bar(_dots(x), _dots(y), round(width * _DOTS_PER_MM), _THIN)
        case letter_sheet.Box(x, y, side):
            return Box(_dots(x), _dots(y), round(side * _DOTS_PER_MM), _THICK)
        case _:
            assert_never(part)


def _glyphs(words: Words) -> Glyphs:
    text, size = directed(words.text), round(words.size_pt * _DOTS_PER_PT)
    is_measured = words.anchor != "left"
    width = _advance(text, size, bold=words.bold) / _DOTS_PER_MM if is_measured else 0.0
    left = words.left(width)
    return Glyphs(_dots(left), _dots(words.y), text, size, words.bold)


def _dots(mm: float) -> int:
    return round(mm * _DOTS_PER_MM) - MARGIN
