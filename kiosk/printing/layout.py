"""Where every line, box and module of a slip stands, in printer dots.

Knows sizes, spacing and the order of drawing; the same page becomes a raster, a PDF and a preview.
Does not know what the words mean or where the page goes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import assert_never

from PySide6.QtGui import QFontMetricsF

from kiosk.core.slips.block import Block, Code, Fact, Numbered, Role, Rule, Ruler, Slip, Tick, Words
from kiosk.printing.page import DOTS_PER_MM, Bar, Box, Glyphs, Mark, Matrix, Page, font_of
from kiosk.printing.wrap import wrap

WIDTH_80MM = 576  # printable dots of an 80 mm roll
NORMAL = 1.0  # body 12 pt
LARGE = 1.3  # body 16 pt

_LINE_HEIGHT = 1.25  # the family's own 1.45 em wastes a tenth of the paper
_QR_DOTS = 8  # a module of 1 mm: read from 40 cm by an old phone
_QR_DOTS_MIN = 6
QUIET_MODULES = 4

_MARGIN = 4
_TOP = 16
_BOTTOM = 24
_BODY = 34  # dots; 12 pt, the smallest size on a slip
_RANGE = re.compile(r"(?<=[0-9A-Za-z])—(?=[0-9A-Za-z])")  # a hairline in the Chinese typeface


@dataclass(frozen=True, slots=True)
class _Style:
    size: int
    bold: bool = False
    before: int = 4  # white above, dots
    whole: bool = False  # never broken: shrunk where it is too wide


_STYLES = {
    Role.HALL: _Style(_BODY, bold=True, before=0),
    Role.TITLE: _Style(60, bold=True, before=14),
    Role.OFFICIAL: _Style(_BODY, before=8),
    Role.HEADING: _Style(42, bold=True, before=10),
    Role.PLACE: _Style(50, bold=True, before=14),
    Role.STRONG: _Style(_BODY, bold=True, before=14),
    Role.BODY: _Style(_BODY),
    Role.CALL: _Style(54, bold=True, before=4, whole=True),
    Role.EXACT: _Style(38, bold=True, before=6, whole=True),
}
_ITEM = _Style(37, bold=True, before=14)
_NUMBER = _Style(44, bold=True)
_DETAIL = _Style(_BODY, before=6)
_LABEL = _Style(_BODY, bold=True, before=12)


def lay_out(slip: Slip, width_dots: int = WIDTH_80MM, scale: float = NORMAL) -> Page:
    """The slip as a page of this width; its height is what the words need."""
    sheet = _Sheet(width_dots, scale, _label_width(slip, scale))
    for block in slip.blocks:
        sheet.add(block)
    return sheet.page()


def _label_width(slip: Slip, scale: float) -> float:
    labels = [block.label for block in slip.blocks if isinstance(block, Fact)]
    face = _Face(round(_LABEL.size * scale), bold=True)
    return max(map(face.width, labels), default=0)


class _Face:
    """One size and weight, with the widths of its signs."""

    def __init__(self, size: int, *, bold: bool) -> None:
        self.size = size
        self.bold = bold
        self._metrics = QFontMetricsF(font_of(size, bold=bold))
        self._advances: dict[str, float] = {}

    def advance(self, sign: str) -> float:
        if sign not in self._advances:
            self._advances[sign] = self._metrics.horizontalAdvance(sign)
        return self._advances[sign]

    def width(self, text: str) -> float:
        return self._metrics.horizontalAdvance(text)


@dataclass
class _Sheet:
    """A page that grows downward."""

    width: int
    scale: float
    label_width: float
    y: int = _TOP
    marks: list[Mark] = field(default_factory=list)
    faces: dict[tuple[int, bool], _Face] = field(default_factory=dict)

    def page(self) -> Page:
        return Page(self.width, self.y + _BOTTOM, tuple(self.marks))

    def add(self, block: Block) -> None:
        match block:
            case Words(text, role):
                if role is Role.HEADING:
                    self._rule()
                self._text(text, _STYLES[role])
            case Tick():
                self._tick(block)
            case Numbered():
                self._numbered(block)
            case Fact():
                self._fact(block)
            case Rule():
                self._rule()
                self.y += self._dots(8)
            case Code():
                self._code(block)
            case Ruler(mm):
                self._ruler(mm)
            case _:
                assert_never(block)

    def _face(self, size: int, *, bold: bool) -> _Face:
        return self.faces.setdefault((size, bold), _Face(size, bold=bold))

    def _dots(self, dots: float) -> int:
        return round(dots * self.scale)

    def _text(self, text: str, style: _Style, indent: int = 0) -> int:
        """Add a paragraph; answer where its first line starts."""
        self.y += self._dots(style.before)
        top = self.y
        room = self._room(indent)
        text = _RANGE.sub("–", text)
        face = self._face(self._dots(style.size), bold=style.bold)
        if style.whole:
            face = self._shrunk(text, face, room)
        for line in (text,) if style.whole else wrap(text, room, face.advance):
            self._line(line, face, indent)
        return top

    def _room(self, indent: int) -> int:
        return self.width - 2 * _MARGIN - indent

    def _line(self, text: str, face: _Face, indent: int) -> None:
        height = round(_LINE_HEIGHT * face.size)
        baseline = self.y + (height - face.size) // 2 + round(0.88 * face.size)
        self.marks.append(Glyphs(_MARGIN + indent, baseline, text, face.size, face.bold))
        self.y += height

    def _shrunk(self, text: str, face: _Face, room: float) -> _Face:
        while face.width(text) > room and face.size > 1:
            face = self._face(face.size - 1, bold=face.bold)
        return face

    def _tick(self, tick: Tick) -> None:
        indent = self._dots(50)
        top = self._text(tick.text, _ITEM, indent)
        side, height = self._dots(32), round(_LINE_HEIGHT * self._dots(_ITEM.size))
        self.marks.append(Box(_MARGIN, top + (height - side) // 2, side, self._dots(3)))
        if tick.count:
            self._count(tick.count, indent)
        self._details(tick.details, indent)

    def _count(self, count: str, indent: int) -> None:
        """How many, right after the name where there is room, else below."""
        face = self._face(self._dots(_DETAIL.size), bold=False)
        name = next(mark for mark in reversed(self.marks) if isinstance(mark, Glyphs))
        used = self._face(name.size, bold=name.bold).width(name.text) + self._dots(20)
        if used + face.width(count) > self._room(indent):
            self._text(count, _DETAIL, indent)
        else:
            x = name.x + round(used)
            self.marks.append(Glyphs(x, name.y, count, face.size, bold=False))

    def _numbered(self, step: Numbered) -> None:
        indent = self._dots(50)
        top = self._text(step.text, _ITEM, indent)
        size = self._dots(_NUMBER.size)
        height = round(_LINE_HEIGHT * self._dots(_ITEM.size))
        baseline = top + height // 2 + round(0.37 * size)
        self.marks.append(Glyphs(_MARGIN, baseline, str(step.number), size, bold=True))
        self._details(step.details, indent)

    def _fact(self, fact: Fact) -> None:
        indent = round(self.label_width) + self._dots(16)
        top = self.y
        self._text(fact.label, _LABEL)
        self.y = top
        self._text(fact.text, _LABEL, indent)
        self._details(fact.details, indent)

    def _details(self, details: tuple[str, ...], indent: int) -> None:
        for detail in details:
            self._text(detail, _DETAIL, indent)

    def _rule(self) -> None:
        self.y += self._dots(20)
        thick = self._dots(4)
        self.marks.append(Bar(_MARGIN, self.y, self.width - 2 * _MARGIN, thick))
        self.y += thick

    def _ruler(self, mm: int) -> None:
        """Between the outer edges of its ends it is as long as it says, whatever the scale."""
        length, end = mm * DOTS_PER_MM, self._dots(32)
        self.y += self._dots(16)
        self.marks += [
            Bar(_MARGIN, self.y, 2, end),
            Bar(_MARGIN, self.y + end // 2, length, 2),
            Bar(_MARGIN + length - 2, self.y, 2, end),
        ]
        self.y += end

    def _code(self, code: Code) -> None:
        modules = len(code.modules) + 2 * QUIET_MODULES
        dots = max(_QR_DOTS_MIN, min(_QR_DOTS, self.width // modules))
        quiet = QUIET_MODULES * dots
        left = (self.width - modules * dots) // 2 + quiet
        self.marks.append(Matrix(left, self.y + quiet, dots, code.modules))
        self.y += modules * dots
