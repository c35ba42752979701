"""Where every line, box and module of a slip stands, in printer dots.

Knows sizes, spacing, the order of drawing and from which side lines begin; the same page becomes a
raster, a PDF and a preview. Does not know what the words mean or where the page goes.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import assert_never

from PySide6.QtGui import QFontMetricsF

from kiosk.core.choices import Language
from kiosk.core.isolates import directed
from kiosk.core.slips.block import (
    Block,
    Code,
    Fact,
    Numbered,
    Role,
    Rule,
    Ruler,
    Slip,
    Tick,
    Words,
    words_of,
)
from kiosk.printing.page import (
    DOTS_PER_MM,
    Band,
    Bar,
    Box,
    Glyphs,
    Mark,
    Matrix,
    Page,
    font_of,
    is_arabic,
)
from kiosk.printing.wrap import widest, wrap

WIDTH_80MM = 576  # printable dots of an 80 mm roll
WIDTH_58MM = 384
NORMAL = 1.0  # body 12 pt
LARGE = 1.3  # body 16 pt

_LINE_HEIGHT = 1.25  # the family's own 1.45 em wastes a tenth of the paper
_BASE = 1.005  # of the em, from a line's top to its base line
_ARABIC_HEIGHT, _ARABIC_BASE = 1.3, 0.96  # its letters reach 0.29 em below the line
_QR_DOTS = 8  # a module of 1 mm: read from 40 cm by an old phone
_QR_DOTS_MIN = 6
QUIET_MODULES = 4

_MARGIN = 4
_TOP = 8  # a printer feeds as much again before it cuts
_BOTTOM = 16
_BODY = 34  # dots; 12 pt, the smallest size of words
LEAST = 28  # dots; 10 pt, to which a number or an address shrinks before it is broken
_HIGHEST = 63  # Qt draws the outlines of larger letters once, and afterwards copies others
_LABELS_MOST = 0.4  # of the width; longer ones stand above their answers
_RANGE = re.compile(r"(?<=[0-9A-Za-z])—(?=[0-9A-Za-z])")  # a hairline in the Chinese typeface


@dataclass(frozen=True, slots=True)
class _Style:
    size: int
    bold: bool = False
    before: int = 3  # white above, dots
    whole: bool = False  # rather shrunk than broken


_STYLES = {
    Role.HALL: _Style(_BODY, bold=True, before=0),
    Role.TITLE: _Style(60, bold=True, before=6),
    Role.OFFICIAL: _Style(_BODY, before=4),
    Role.HEADING: _Style(41, bold=True, before=6),
    Role.PLACE: _Style(50, bold=True, before=6),
    Role.STRONG: _Style(_BODY, bold=True, before=6),
    Role.BODY: _Style(_BODY),
    Role.CALL: _Style(54, bold=True, before=2, whole=True),
    Role.EXACT: _Style(38, bold=True, before=4, whole=True),
}
_ABOVE_RULE, _RULE = 14, 4
_BESIDE = 18  # between what stands beside each other
_INDENT = 50  # of what stands beside a box or a number
_ITEM = _Style(37, bold=True, before=9)
_NUMBER = _Style(44, bold=True)
_DETAIL = _Style(_BODY, before=2)
_LABEL = _Style(_BODY, bold=True, before=8)


def lay_out(slip: Slip, width_dots: int = WIDTH_80MM, scale: float = NORMAL) -> Page:
    """The slip as a page of this width; its height is what the words need."""
    sheet = _Sheet(
        width_dots,
        scale,
        _label_width(slip, width_dots, scale),
        Language(slip.language).is_right_to_left,
    )
    for block in slip.blocks:
        sheet.add(block)
    return sheet.page()


def body_dots(scale: float) -> int:
    """How high the em of the smallest words is."""
    return round(_BODY * scale)


def _label_width(slip: Slip, width_dots: int, scale: float) -> float | None:
    """The column of labels; None where they stand above their answers."""
    labels = [block.label for block in slip.blocks if isinstance(block, Fact)]
    face = _Face(body_dots(scale), bold=True)
    widest_label = max(map(face.width, labels), default=0.0)
    return widest_label if widest_label <= _LABELS_MOST * width_dots else None


class _Face:
    """One size and weight, with the widths of what was measured."""

    def __init__(self, size: int, *, bold: bool) -> None:
        self.size = size
        self.bold = bold
        self._metrics = QFontMetricsF(font_of(size, bold=bold))
        self._widths: dict[str, float] = {}

    def width(self, text: str) -> float:
        if text not in self._widths:
            self._widths[text] = self._metrics.horizontalAdvance(text)
        return self._widths[text]


@dataclass
class _Sheet:
    """A page that grows downward; what begins somewhere begins so far from where lines begin."""

    width: int
    scale: float
    label_width: float | None
    mirrored: bool
    y: int = _TOP
    marks: list[Mark] = field(default_factory=list)
    bands: list[Band] = field(default_factory=list)
    faces: dict[tuple[int, bool], _Face] = field(default_factory=dict)

    def page(self) -> Page:
        height = self.y + _BOTTOM
        self.bands.append(Band(height))
        return Page(self.width, height, tuple(self.marks), tuple(self.bands))

    def add(self, block: Block) -> None:
        words = iter(words_of(block))
        match block:
            case Words(text, role):
                if role is Role.HEADING:
                    self._rule()
                self._text(text, _STYLES[role])
                self._end(next(words), leads=role is Role.HEADING)
            case Tick():
                self._tick(block)
                self._end(next(words))
                self._details(words, self._size(_INDENT))
            case Numbered():
                self._numbered(block)
                self._end(next(words))
                self._details(words, self._size(_INDENT))
            case Fact():
                self._fact(block)
                self._end(next(words))
                self._details(words, self._size(_INDENT))
            case Rule():
                self._rule()
                self.y += 4
            case Code():
                self._code(block)
                self._end()
            case Ruler(mm):
                self._ruler(mm)
                self._end()
            case _:
                assert_never(block)

    def _end(self, words: str = "", *, leads: bool = False) -> None:
        """What was added since the band before is one."""
        self.bands.append(Band(self.y, (words,) if words else (), leads))

    def _face(self, size: int, *, bold: bool) -> _Face:
        return self.faces.setdefault((size, bold), _Face(size, bold=bold))

    def _size(self, dots: int) -> int:
        """Of letters and of what stands in a line with them: all grow by as much as the body."""
        grown = dots + body_dots(self.scale) - _BODY
        return min(grown, _HIGHEST) if self.scale <= LARGE else grown  # larger is for sheets

    def _left(self, start: int, width: float) -> int:
        """The left end of what begins so far from where lines begin."""
        start += _MARGIN
        return self.width - start - math.ceil(width) if self.mirrored else start

    def _text(self, text: str, style: _Style, indent: int = 0) -> int:
        """Add a paragraph; answer where its first line starts."""
        self.y += style.before
        top = self.y
        text = directed(_RANGE.sub("–", text))
        face = self._fitting(text, style, self._room(indent))
        for line in _wrapped(text, self._room(indent), face):
            self._line(line, face, indent)
        return top

    def _room(self, indent: int) -> int:
        return self.width - 2 * _MARGIN - indent

    def _fitting(self, text: str, style: _Style, room: float) -> _Face:
        """So large that no word is broken; a number with its label on one line, if it can be."""
        size = self._size(style.size)
        face = self._face(size, bold=style.bold)
        if style.whole and face.width(text) > room:
            body = self._face(self._size(_BODY), bold=style.bold)
            if body.width(text) <= room:
                return self._shrunk(text, face, room, self._size(_BODY))
        while widest(text, face.width) > room and face.size > LEAST:
            face = self._face(face.size - 1, bold=face.bold)
        return face

    def _shrunk(self, text: str, face: _Face, room: float, least: int) -> _Face:
        while face.width(text) > room and face.size > least:
            face = self._face(face.size - 1, bold=face.bold)
        return face

    def _line(self, text: str, face: _Face, indent: int) -> None:
        base = _ARABIC_BASE if is_arabic(text) else _BASE
        x, y = self._left(indent, face.width(text)), self.y + round(base * face.size)
        self.marks.append(Glyphs(x, y, text, face.size, face.bold))
        self.y += _line_height(text, face.size)

    def _tick(self, tick: Tick) -> None:
        indent = self._size(_INDENT)
        top = self._text(tick.text, _ITEM, indent)
        side, height = self._size(32), _line_height(tick.text, self._size(_ITEM.size))
        x, y = self._left(0, side), top + (height - side) // 2
        self.marks.append(Box(x, y, side, 3))
        if tick.count:
            self._count(tick.count, indent)

    def _count(self, count: str, indent: int) -> None:
        """How many, right after the name where there is room, else below."""
        face = self._face(self._size(_DETAIL.size), bold=False)
        name = next(mark for mark in reversed(self.marks) if isinstance(mark, Glyphs))
        used = self._face(name.size, bold=name.bold).width(name.text) + _BESIDE
        if used + face.width(count) > self._room(indent):
            self._text(count, _DETAIL, indent)
        else:
            x = self._left(indent + round(used), face.width(count))
            self.marks.append(Glyphs(x, name.y, count, face.size, bold=False))

    def _numbered(self, step: Numbered) -> None:
        number = self._face(self._size(_NUMBER.size), bold=True)
        wide = math.ceil(number.width(str(step.number))) + _BESIDE // 2
        top = self._text(step.text, _ITEM, max(self._size(_INDENT), wide))
        height = _line_height(step.text, self._size(_ITEM.size))
        x = self._left(0, number.width(str(step.number)))
        y = top + height // 2 + round(0.37 * number.size)
        self.marks.append(Glyphs(x, y, str(step.number), number.size, bold=True))

    def _fact(self, fact: Fact) -> None:
        """The question beside its answer, or above it."""
        top, indent = self.y, 0
        self._text(fact.label, _LABEL)
        below, answer = self.y, _DETAIL
        if self.label_width is not None:
            self.y, answer = top, _LABEL
            indent = round(self.label_width) + _BESIDE
        self._text(fact.text, answer, indent)
        self.y = max(below, self.y)

    def _details(self, details: Iterable[str], indent: int) -> None:
        for detail in details:
            self._text(detail, _DETAIL, indent)
            self._end(detail)

    def _rule(self) -> None:
        self.y += _ABOVE_RULE
        thick = _RULE
        self.marks.append(Bar(_MARGIN, self.y, self.width - 2 * _MARGIN, thick))
        self.y += thick

    def _ruler(self, mm: int) -> None:
        """Between the outer edges of its ends it is as long as it says, whatever the scale."""
        length, end = mm * DOTS_PER_MM, 32
        left = self._left(0, length)
        self.y += 16
        self.marks += [
            Bar(left, self.y, 2, end),
            Bar(left, self.y + end // 2, length, 2),
            Bar(left + length - 2, self.y, 2, end),
        ]
        self.y += end

    def _code(self, code: Code) -> None:
        """In the middle, whichever way lines run, with nothing beside it."""
        modules = len(code.modules) + 2 * QUIET_MODULES
        most = max(_QR_DOTS, round(_QR_DOTS_MIN * self.scale))  # larger on A4
        dots = max(_QR_DOTS_MIN, min(most, self.width // modules))
        quiet = QUIET_MODULES * dots
        left = (self.width - modules * dots) // 2 + quiet
        self.marks.append(Matrix(left, self.y + quiet, dots, code.modules))
        self.y += modules * dots


def _wrapped(text: str, room: float, face: _Face) -> tuple[str, ...]:
    """Lines that fit as they are drawn: signs may be wider beside others than by themselves."""
    lines, narrower = wrap(text, room, face.width), room
    while any(face.width(line) > room for line in lines) and narrower > room / 2:
        narrower -= face.size / 4
        lines = wrap(text, narrower, face.width)
    return lines


def _line_height(text: str, size: int) -> int:
    return round((_ARABIC_HEIGHT if is_arabic(text) else _LINE_HEIGHT) * size)
