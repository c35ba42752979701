"""The plan of a floor: few shapes with thick outlines, and symbols where something matters.

Knows how large symbols can be and which words have room. Does not know what stands on the floor. It
is a map: it is the same on a page whose lines run from right to left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from kiosk.core.value import Value
from kiosk.ui import tokens
from kiosk.ui.look import Look
from kiosk.ui.page import Plan, PlanMark
from kiosk.ui.widgets.plate import Plate
from kiosk.ui.widgets.tile import TONES
from kiosk.ui.words import Words

_LINES = 2
_STRONG = 2  # times the outline of others: what is looked for


class _Shape(Value, frozen=True):
    """A mark with its place on the floor."""

    mark: PlanMark
    box: QRect
    icon: QRect | None = None
    words: Words | None = None
    at: QPoint | None = None  # of the words

    @property
    def is_strong(self) -> bool:
        """It is what somebody looks for."""
        return self.mark.tone != "plain"


class PlanPlate(Plate):
    """A floor from above."""

    def __init__(self, block: Plan, look: Look, width: int, parent: QWidget | None) -> None:
        words = "\n".join(dict.fromkeys((block.said, *(mark.label for mark in block.marks))))
        super().__init__(look, width, words, parent)
        self._block = block
        self._padding = 2 * look.px(tokens.CLOSE_PADDING_MM)
        self._line = look.px(tokens.OUTLINE_MM)
        most = round(look.panel.height_px * tokens.PLAN_MOST[look.panel.is_portrait])
        across = (width - 2 * self._padding) // block.columns
        down = max(1, min(across, most // block.rows))
        self._cell = QSize(max(1, min(across, round(down * tokens.PLAN_CELL_MOST))), down)
        self._floor = QSize(block.columns * self._cell.width(), block.rows * down)
        self._shapes = self._laid_out()

    @override
    def height_px(self) -> int:
        return self._floor.height() + 2 * self._padding

    @override
    def draw(self, painter: QPainter, rect: QRect) -> None:
        left = rect.left() + (rect.width() - self._floor.width()) // 2
        corner = QPoint(left, rect.top() + self._padding)
        painter.setPen(QPen(self._look.colour("outline"), self._line * _STRONG))
        painter.setBrush(self._look.colour("card"))
        lean, radius = self._padding // 2, self._look.px(tokens.RADIUS_MM)
        outside = QRect(corner, self._floor).adjusted(-lean, -lean, lean, lean)
        painter.drawRoundedRect(outside, radius, radius)
        for shape in sorted(self._shapes, key=lambda one: (one.is_strong, one.icon is not None)):
            self._draw_shape(painter, shape, corner)

    def _draw_shape(self, painter: QPainter, shape: _Shape, corner: QPoint) -> None:
        fill, ink, _, outline = TONES[shape.mark.tone]
        line = self._line * (_STRONG if shape.is_strong else 1)
        painter.setPen(QPen(self._look.colour(outline), line))
        painter.setBrush(self._look.colour(fill))
        inset, box = line // 2 + 1, shape.box.translated(corner)
        radius = min(self._look.px(tokens.RADIUS_MM) // 2, box.width() // 4, box.height() // 4)
        painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius)
        if shape.icon is not None:
            place = shape.icon.translated(corner)
            role = "tint_outline" if ink in ("ink", "on_tint") else ink
            icon = self._look.icons.get(shape.mark.icon, place.width(), self._look.colour(role))
            painter.drawPixmap(place.topLeft(), icon)
        if shape.words is not None and shape.at is not None:
            at = shape.at + corner
            shape.words.draw(painter, at.x(), at.y())

    # what has room ------------------------------------------------------------------------------

    def _laid_out(self) -> tuple[_Shape, ...]:
        """Symbols as large as they can be without touching; words where they fit beside them."""
        most_px, least_px = self._look.em_px("small"), self._look.least_em_px()
        for em_px in range(most_px, least_px - 1, -1):
            shapes = self._with_symbols(round(em_px * tokens.ICON_EM))
            if self._have_room(shapes):
                return tuple(self._with_words(shapes, em_px))
        for side in range(round(least_px * tokens.ICON_EM), 1, -1):
            shapes = self._with_symbols(side)
            if self._have_room(shapes):
                return shapes
        return tuple(self._with_symbol(mark, 0) for mark in self._block.marks)

    def _have_room(self, shapes: Iterable[_Shape]) -> bool:
        """Whether symbols are on the floor and do not touch each other."""
        floor = QRect(QPoint(0, 0), self._floor)
        boxes = [shape.box for shape in shapes if shape.icon is not None]
        return all(floor.contains(box) for box in boxes) and not any(
            one.intersects(other) for one, other in combinations(boxes, 2)
        )

    def _with_symbols(self, side: int) -> tuple[_Shape, ...]:
        """Areas that are smaller than their symbol grow around it, and stay on the floor."""
        return tuple(self._with_symbol(mark, side) for mark in self._block.marks)

    def _with_symbol(self, mark: PlanMark, side: int) -> _Shape:
        across, down = self._cell.width(), self._cell.height()
        gap = max(1, down // 16)
        place = QRect(mark.x * across, mark.y * down, mark.width * across, mark.height * down)
        box = place.adjusted(gap, gap, -gap, -gap)
        if not (mark.icon and side):
            return _Shape(mark, box)
        least = side + 2 * self._away()
        middle = box.center()
        box.setSize(box.size().expandedTo(QSize(least, least)))
        box.moveCenter(middle)
        box = _kept_within(box, self._floor)
        icon = QRect(0, 0, side, side)
        icon.moveCenter(box.center())
        return _Shape(mark, box, icon)

    def _away(self) -> int:
        """From the edge of an area to what stands in it."""
        return self._line * _STRONG + 2

    def _with_words(self, shapes: tuple[_Shape, ...], em_px: int) -> Iterator[_Shape]:
        taken = [shape.box for shape in shapes if shape.icon is not None]
        for shape in shapes:
            named = self._named(shape, em_px)
            others = (box for box in taken if box is not shape.box)
            is_free = named.at is None or not any(
                box.intersects(QRect(named.at, QSize(named.words.width, named.words.height())))
                for box in others
                if named.words is not None
            )
            yield named if is_free else shape

    def _named(self, shape: _Shape, em_px: int) -> _Shape:
        """With its words beside or below its symbol, where they have room on the area."""
        if not shape.mark.label:
            return shape
        away, side = self._away(), shape.icon.width() if shape.icon else 0
        room = shape.box.adjusted(away, away, -away, -away)
        gap = em_px // 3 if side else 0
        words = self._words(shape.mark, room.width() - side - gap, em_px)
        if words is not None and words.height() <= room.height():
            width = side + gap + words.width
            left = room.left() + (room.width() - width) // 2
            middle = room.center().y()
            icon = QRect(left, middle - side // 2, side, side) if side else None
            at = QPoint(left + side + gap, middle - words.height() // 2)
            return _Shape(shape.mark, shape.box, icon, words, at)
        words = self._words(shape.mark, room.width(), em_px)
        if words is None or side + words.height() > room.height():
            return shape
        top = room.top() + (room.height() - side - words.height()) // 2
        icon = QRect(room.center().x() - side // 2, top, side, side) if side else None
        at = QPoint(room.left() + (room.width() - words.width) // 2, top + side)
        return _Shape(shape.mark, shape.box, icon, words, at)

    def _words(self, mark: PlanMark, room: int, em_px: int) -> Words | None:
        """No wider than they are; three lines of a few signs each are no words any more."""
        ink = TONES[mark.tone][1]
        laid = self._look.words(mark.label, "small", ink, room, True, True, em_px=em_px)
        is_torn = laid.breaks_word() or laid.line_count() > _LINES
        if room < em_px or is_torn or laid.natural_width() > room:
            return None
        width = min(room, int(laid.natural_width()) + 2)
        return self._look.words(mark.label, "small", ink, width, True, True, em_px=em_px)


def _kept_within(box: QRect, floor: QSize) -> QRect:
    left = max(0, min(box.left(), floor.width() - box.width()))
    top = max(0, min(box.top(), floor.height() - box.height()))
    return QRect(left, top, box.width(), box.height())
