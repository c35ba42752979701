"""The picture is off: one black sheet over everything, and one control to have it back.

Knows where that control stands. Does not know what lies behind: keys go on working there.
"""

from __future__ import annotations

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from typing_extensions import override

from kiosk.ui import tokens
from kiosk.ui.look import Look
from kiosk.ui.page import Tile
from kiosk.ui.widgets.tile import TileDrawing
from kiosk.ui.widgets.touchable import Room, Touchable


class Curtain(Room):
    """Covers a screen; the exit is low, and as wide as the glass."""

    def __init__(self, tile: Tile, look: Look, screen: Room) -> None:
        super().__init__(screen)
        self._screen = screen
        self.setGeometry(screen.rect())
        self.exit = Touchable(tile, look, self)
        margin = look.px(tokens.MARGIN_MM)
        width = self.width() - 2 * margin
        height = max(TileDrawing(tile, look, width).height(), look.px(tokens.CURTAIN_EXIT_MM))
        self.exit.setGeometry(margin, self.height() - margin - height, width, height)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens.CURTAIN))
        self.draw_ring(painter)

    @override
    def shows(self, control: Touchable) -> bool:
        return self._screen.shows(control)
