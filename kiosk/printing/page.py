"""A laid-out slip: marks at whole dots, and how they are drawn.

Knows how a mark is painted. Does not know why it stands where it does (`kiosk.printing.layout`).
Painting is allowed on any thread that has its own paint device.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QImage, QPainter

DOTS_PER_MM = 8  # 203 dpi
FAMILY = "Noto Sans CJK SC"
ARABIC_FAMILY = "Noto Naskh Arabic UI"  # what the other lacks: its dots stand apart on paper too
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_WIDENED = 0.5  # dots
_BLACK = QColor(Qt.GlobalColor.black)
_FROM_LEFT, _FROM_RIGHT = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft


@dataclass(frozen=True, slots=True)
class Glyphs:
    """One line of text; `x` is its left end whichever way it is written, `y` its baseline."""

    x: int
    y: int
    text: str
    size: int
    bold: bool

    @property
    def from_right(self) -> bool:
        """Written from right to left; a name in hanzi is not, wherever it stands."""
        return is_arabic(self.text)


@dataclass(frozen=True, slots=True)
class Box:
    """An empty square to tick."""

    x: int
    y: int
    side: int
    stroke: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A filled rectangle."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """A QR code; `x`, `y` is its first module, without the quiet zone."""

    x: int
    y: int
    dots: int
    modules: tuple[tuple[bool, ...], ...]


Mark: TypeAlias = Glyphs | Box | Bar | Matrix


@dataclass(frozen=True, slots=True)
class Band:
    """Rows that are never cut, from the end of the band before, and the words on them."""

    end: int  # the first row below
    words: tuple[str, ...] = ()
    leads: bool = False  # what follows belongs to it


@dataclass(frozen=True, slots=True)
class Page:
    """Everything to draw, in dots of 203 dpi; the bands of a slip are all of its rows."""

    width: int
    height: int
    marks: tuple[Mark, ...]
    bands: tuple[Band, ...] = ()

    def paint(self, painter: QPainter, *, firm: bool = False) -> None:
        """Draw in black; the ground is the caller's and should be white.

        Args:
            painter: open on a device of 203 dpi, or scaled to it.
            firm: for heat on paper, where hairlines vanish: strokes half a dot wider, unless the
                typeface has the weight for it.
        """
        painter.setPen(_BLACK)
        is_thin = "Medium" not in QFontDatabase.styles(FAMILY)
        for mark in self.marks:
            _paint(mark, painter)
            if firm and isinstance(mark, Glyphs) and not mark.bold and (is_thin or mark.from_right):
                painter.drawText(QPointF(mark.x + _WIDENED, mark.y), mark.text)


def is_arabic(text: str) -> bool:
    """Whether a line begins at the right: it has a letter that is written from there."""
    return _ARABIC.search(text) is not None


def font_of(size: int, *, bold: bool) -> QFont:
    """The slip's typeface at a size in dots; Medium where it is installed, as heads wear."""
    font = QFont()
    font.setFamilies([FAMILY, ARABIC_FAMILY])
    font.setPixelSize(size)
    font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Medium)
    font.setStyleStrategy(
        QFont.StyleStrategy.PreferAntialias | QFont.StyleStrategy.NoSubpixelAntialias
    )
    return font


def _paint(mark: Mark, painter: QPainter) -> None:
    match mark:
        case Glyphs(x, y, text, size, bold):
            painter.setFont(font_of(size, bold=bold))
            # said, not guessed: a line may begin with a number or with hanzi
            painter.setLayoutDirection(_FROM_RIGHT if mark.from_right else _FROM_LEFT)
            painter.drawText(QPointF(x, y), text)
        case Box(x, y, side, stroke):
            painter.fillRect(QRect(x, y, side, stroke), _BLACK)
            painter.fillRect(QRect(x, y + side - stroke, side, stroke), _BLACK)
            painter.fillRect(QRect(x, y, stroke, side), _BLACK)
            painter.fillRect(QRect(x + side - stroke, y, stroke, side), _BLACK)
        case Bar(x, y, width, height):
            painter.fillRect(QRect(x, y, width, height), _BLACK)
        case Matrix(x, y, dots, modules):
            image = _image_of(modules)
            side = len(modules) * dots
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
            painter.drawImage(QRect(x, y, side, side), image)
        case _:
            assert_never(mark)


def _image_of(modules: tuple[tuple[bool, ...], ...]) -> QImage:
    """One pixel a module."""
    side = len(modules)
    image = QImage(side, side, QImage.Format.Format_Mono)
    image.setColorTable([0xFFFFFFFF, 0xFF000000])
    for y, row in enumerate(modules):
        for x, dark in enumerate(row):
            image.setPixel(x, y, int(dark))
    return image
