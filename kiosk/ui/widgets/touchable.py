"""The one control: everything that can be touched is drawn, measured and pressed here.

Knows the shapes of a `Tile`. Does not know what an act does: it hands it on when released inside.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QBrush, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget
from typing_extensions import override

from kiosk.ui import tokens
from kiosk.ui.look import Look
from kiosk.ui.page import Tile
from kiosk.ui.words import Words

_COLOURS = {  # tone: fill, ink, second line, outline
    "plain": ("card", "ink", "soft_ink", "outline"),
    "tint": ("tint", "on_tint", "on_tint", "tint_outline"),
    "primary": ("primary", "on_primary", "on_primary", "primary"),
    "yes": ("yes", "on_yes", "on_yes", "yes_outline"),
    "warning": ("warning", "on_warning", "on_warning", "warning_outline"),
}
_PRESSED = ("mark", "on_mark", "on_mark")  # fill, ink, second line in the moment of a touch
_DISABLED = ("card", "dim", "dim")
_CENTRED = ("button", "hero", "key", "bar")
_LEAST_MM = {"key": tokens.KEY_MM, "button": tokens.BUTTON_MM, "tile": tokens.TILE_MM}
_LEAST_LANDSCAPE_MM = {"key": tokens.KEY_MM, "button": 26.0, "tile": 28.0}


class TileDrawing:
    """A tile laid out for a width."""

    def __init__(self, tile: Tile, look: Look, width: int, pressed: bool = False) -> None:
        self.tile, self.look, self.width, self.pressed = tile, look, width, pressed
        self.padding = look.px(tokens.PADDING_MM if tile.shape not in ("key", "bar") else 1.5)
        self.role = tile.shape if tile.shape in ("bar", "hero", "key") else "label"
        self.icon_px = round(look.em_px(self.role) * self._icon_ems()) if tile.icon else 0
        self.chevron_px = round(look.em_px("label") * 0.9) if tile.shape == "row" else 0
        self.gap = round(look.em_px(self.role) * 0.45)
        self.title, self.text = self._words(*self._inks())

    def height(self) -> int:
        """Pixels that the tile needs."""
        words = self.title.height() + self.text.height()
        if self.tile.shape == "bar":
            inner = self.icon_px + words + self.gap // 3
        else:
            inner = max(words, self.icon_px)
        portrait = self.look.panel.is_portrait
        least = (_LEAST_MM if portrait else _LEAST_LANDSCAPE_MM).get(
            self.tile.shape, tokens.TOUCH_MM
        )
        vertical = self.padding * (3 if self.tile.shape == "hero" else 0.85)
        return max(inner + round(2 * vertical), self.look.px(least))

    def draw(self, painter: QPainter, rect: QRect) -> None:
        """Paint icon and words into the tile's place."""
        if self.tile.shape == "bar":
            self._draw_bar(painter, rect)
        elif self.tile.shape in _CENTRED:
            self._draw_centred(painter, rect)
        else:
            self._draw_left(painter, rect)

    def _icon_ems(self) -> float:
        return {"bar": 1.8, "tile": 1.6}.get(self.tile.shape, tokens.ICON_EM)

    def fill(self) -> str:
        """The role of the ground that the words stand on."""
        return self._roles()[0]

    def _roles(self) -> tuple[str, str, str]:
        if not self.tile.enabled:
            return _DISABLED
        return _PRESSED if self.pressed else _COLOURS[self.tile.tone][:3]

    def _inks(self) -> tuple[str, str]:
        return self._roles()[1:]

    def _words(self, ink: str, second: str) -> tuple[Words, Words]:
        centred = self.tile.shape in _CENTRED
        room = self.width - 2 * self.padding
        if self.tile.shape != "bar":
            room -= self.icon_px + (self.gap * 2 if self.icon_px else 0)
            room -= self.chevron_px + (self.gap if self.chevron_px else 0)
        title = self.look.words(
            self.tile.title, self.role, ink, room, bold=True, centred=centred, marks=self.tile.marks
        )
        return title, self.look.words(self.tile.text, "small", second, room, centred=centred)

    def _icon(self, painter: QPainter, x: int, y: int) -> None:
        if self.icon_px:
            colour = self.look.colour(self._icon_role())
            painter.drawPixmap(x, y, self.look.icons.get(self.tile.icon, self.icon_px, colour))

    def _icon_role(self) -> str:
        ink = self._roles()[1]
        return "tint_outline" if ink in ("ink", "on_tint") else ink

    def _draw_left(self, painter: QPainter, rect: QRect) -> None:
        middle = rect.center().y()
        self._icon(painter, rect.left() + self.padding, middle - self.icon_px // 2)
        x = rect.left() + self.padding + (self.icon_px + self.gap * 2 if self.icon_px else 0)
        y = middle - (self.title.height() + self.text.height()) // 2
        self.title.draw(painter, x, y)
        self.text.draw(painter, x, y + self.title.height())
        if self.chevron_px:
            chevron = self.look.icons.get(
                "chevron-right", self.chevron_px, self.look.colour(self._icon_role())
            )
            left = rect.right() - self.padding - self.chevron_px
            painter.drawPixmap(left, middle - self.chevron_px // 2, chevron)

    def _draw_centred(self, painter: QPainter, rect: QRect) -> None:
        words_px = self.title.natural_width()
        icon_px = self.icon_px + (self.gap * 2 if self.icon_px else 0)
        left = rect.left() + max(self.padding, (rect.width() - words_px - icon_px) // 2)
        middle = rect.center().y()
        self._icon(painter, left, middle - self.icon_px // 2)
        # the words are centred in their own width, which starts right of the icon
        x = left + icon_px - (self.title.width - words_px) // 2
        y = middle - (self.title.height() + self.text.height()) // 2
        self.title.draw(painter, x, y)
        self.text.draw(painter, x, y + self.title.height())

    def _draw_bar(self, painter: QPainter, rect: QRect) -> None:
        inner = self.icon_px + self.title.height() + self.gap // 3
        y = rect.top() + (rect.height() - inner) // 2
        self._icon(painter, rect.left() + (rect.width() - self.icon_px) // 2, y)
        x = rect.left() + self.padding
        self.title.draw(painter, x, y + self.icon_px + self.gap // 3)


class Room(QWidget):
    """Where touchables stand.

    Attributes:
        keys_in_use: the last input came from keys, so the focus is shown: a finger needs no ring.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.keys_in_use = False

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
        self.setObjectName(tile.name)
        self.setText(tile.title)
        self.setAccessibleName(_spoken(tile))
        self.setEnabled(tile.enabled)
        if tile.chosen is not None:
            self.setCheckable(True)
            self.setChecked(tile.chosen)
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
        outline = _COLOURS[self._tile.tone][3]
        width = self._look.px(tokens.OUTLINE_MM)
        if self._tile.chosen:
            width *= 2
        if not self._tile.enabled:
            outline = "dim"
        pen = QPen(self._look.colour(outline), width)
        if not self._tile.enabled:
            pen.setDashPattern([1, 2])
        painter.setPen(pen)
        painter.setBrush(self._look.colour(drawing.fill()))
        inset = width // 2 + 1
        radius = self._look.px(tokens.RADIUS_MM)
        painter.drawRoundedRect(self.rect().adjusted(inset, inset, -inset, -inset), radius, radius)
        drawing.draw(painter, self.rect())
        if self.hasFocus() and self._room.keys_in_use:
            self._draw_ring(painter, radius)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._room.keys_in_use = True
        # Qt presses a button by Enter only in dialogs; EN 301 549 5.7: a held key counts once
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)

    def _hand_on(self) -> None:
        if self._tile.act is not None:
            self.acted.emit(self._tile.act, self._tile.name)

    def _draw_ring(self, painter: QPainter, radius: int) -> None:
        ring, gap = self._look.px(tokens.FOCUS_MM), self._look.px(tokens.FOCUS_GAP_MM)
        painter.setBrush(QBrush())
        for colour, inset, width in (("focus", ring, ring * 2), ("focus_gap", ring * 2 + 1, gap)):
            painter.setPen(QPen(self._look.colour(colour), width))
            rect = self.rect().adjusted(inset, inset, -inset, -inset)
            painter.drawRoundedRect(rect, radius, radius)


def _spoken(tile: Tile) -> str:
    return f"{tile.title}. {tile.text}" if tile.text else tile.title
