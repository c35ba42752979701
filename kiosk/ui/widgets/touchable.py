"""The one control: everything that can be touched, its outline, and the ring of the focus.

Knows how a control is pressed. Does not know how a tile's words are laid out
(`kiosk.ui.widgets.tile`), nor what an act does: it hands it on when released inside.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget
from typing_extensions import override

from kiosk.ui import tokens
from kiosk.ui.look import Look
from kiosk.ui.page import Tile
from kiosk.ui.spoken import Ear, name_of_control
from kiosk.ui.widgets.tile import TileDrawing


class Room(QWidget):
    """Where touchables stand.

    Attributes:
        keys_in_use: the last input came from keys, so the focus is shown: a finger needs no ring.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.keys_in_use = False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self.draw_ring(QPainter(self))

    def draw_ring(self, painter: QPainter) -> None:
        """The focus, in the gap around its control, where it hides no word."""
        focus = self.focusWidget()
        if isinstance(focus, Touchable) and self.shows(focus):
            focus.draw_ring(painter)

    def shows(self, control: Touchable) -> bool:
        """Whether a control has the focus and the person works by keys."""
        return self.keys_in_use and control.hasFocus()

    @override
    def focusNextPrevChild(self, following: bool) -> bool:
        self.keys_in_use = True
        return super().focusNextPrevChild(following)


class Touchable(QAbstractButton):
    """A tile that can be pressed by finger, Space or Enter.

    Signals:
        acted(object, str): the tile's act and name, on release inside it.
    """

    acted = Signal(object, str)

    def __init__(self, tile: Tile, look: Look, parent: Room) -> None:
        super().__init__(parent)
        self._tile, self._look, self._room = tile, look, parent
        self._has_ring = False
        self.setObjectName(tile.name)
        self.setText(tile.title)
        self.setAccessibleName(name_of_control(tile, Ear(look.language, look.gettext)))
        self.setEnabled(tile.enabled)
        if tile.chosen is not None:
            self.setCheckable(True)
            self.setChecked(tile.chosen)
            self.toggled.connect(self._press_instead)
        self.clicked.connect(self._hand_on)

    @property
    def tile(self) -> Tile:
        """What is drawn."""
        return self._tile

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        drawing = TileDrawing(self._tile, self._look, self.width(), pressed=self.isDown())
        width = self._look.px(tokens.OUTLINE_MM)
        if self._tile.chosen:
            width *= 2
        pen = QPen(self._look.colour(drawing.outline()), width)
        if not self._tile.enabled:
            pen.setDashPattern([1, 2])
        painter.setPen(pen)
        painter.setBrush(self._look.colour(drawing.fill()))
        inset = width // 2 + 1
        radius = self._look.px(tokens.RADIUS_MM)
        painter.drawRoundedRect(self.rect().adjusted(inset, inset, -inset, -inset), radius, radius)
        if self._tile.marks:  # they are broader than ink, and must not lie on the outline
            edge = inset + (width + 1) // 2
            painter.setClipRect(self.rect().adjusted(edge, edge, -edge, -edge))
        drawing.draw(painter, self.rect())
        painter.setClipping(False)
        if self._has_ring is not self._room.shows(self):
            # Qt repaints a control that gets or loses the focus, but not what it stands on
            self._has_ring = not self._has_ring
            self._room.update(self._around().toAlignedRect())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._room.keys_in_use = True
        # Qt presses a button by Enter only in dialogs; EN 301 549 5.7: a held key counts once
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)

    @override
    def nextCheckState(self) -> None:
        """What is chosen, the page says: a press asks, and marks nothing by itself."""

    def _press_instead(self, is_checked: bool) -> None:
        """Assistive programs toggle what can be chosen, without pressing it."""
        if is_checked is not self._tile.chosen:
            self.setChecked(bool(self._tile.chosen))
            self.click()

    def _hand_on(self) -> None:
        if self._tile.act is not None:
            self.acted.emit(self._tile.act, self._tile.name)

    def draw_ring(self, painter: QPainter) -> None:
        """A line around this control, painted on what it stands on."""
        width = self._look.px(tokens.FOCUS_MM)
        radius = self._look.px(tokens.RADIUS_MM) + width
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.colour("focus"), width))
        painter.setBrush(QBrush())
        inner = self._around().adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.drawRoundedRect(inner, radius, radius)

    def _around(self) -> QRectF:
        """The control with its ring."""
        beside = self._look.px(tokens.FOCUS_MM) + self._look.px(tokens.FOCUS_AWAY_MM)
        return QRectF(self.geometry()).adjusted(-beside, -beside, beside, beside)
