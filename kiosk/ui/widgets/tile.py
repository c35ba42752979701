"""How a tile looks: icon and words in their shape, laid out for a width.

Knows shapes, tones and from which side lines begin. Does not know touches or the focus
(`kiosk.ui.widgets.touchable`).
"""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from kiosk.ui import tokens
from kiosk.ui.look import Look
from kiosk.ui.page import Tile
from kiosk.ui.words import Words

TONES = {  # fill, ink, second line, outline
    "plain": ("card", "ink", "soft_ink", "outline"),
    "tint": ("tint", "on_tint", "on_tint", "tint_outline"),
    "primary": ("primary", "on_primary", "on_primary", "primary"),
    "yes": ("yes", "on_yes", "on_yes", "yes_outline"),
    "warning": ("warning", "on_warning", "on_warning", "warning_outline"),
}
_PRESSED = ("mark", "on_mark", "on_mark")  # fill, ink, second line in the moment of a touch
_DISABLED = ("card", "dim", "dim")
_CENTRED = ("button", "hero", "key", "slim", "bar", "tab", "word")
_CLOSE = ("key", "bar", "tab", "word")
_SHRINKING = ("bar", "slim", "tab", "word")
_TEXT = {  # others are labels
    "bar": "bar",
    "hero": "hero",
    "key": "key",
    "slim": "key",
    "tab": "key",
    "word": "title",
}
_WORD = 5  # signs
_ICON_EM = {"bar": 1.8, "tile": 1.6}


class TileDrawing:
    """A tile laid out for a width."""

    def __init__(self, tile: Tile, look: Look, width: int, pressed: bool = False) -> None:
        self.tile, self.look, self.width, self.pressed = tile, look, width, pressed
        is_close = tile.shape in _CLOSE
        self.padding = look.px(tokens.CLOSE_PADDING_MM if is_close else tokens.PADDING_MM)
        share = look.lie.hero_padding if tile.shape == "hero" else look.lie.tile_padding
        self.air = round(2 * share * self.padding)  # above and below the words
        self.role = _TEXT.get(tile.shape, "label")
        # upright a bar is narrow: the icon stands above the word; lying it is low: beside it
        self.is_stacked = tile.shape == "bar" and look.panel.is_portrait
        self.chevron_px = round(look.em_px("label") * 0.9) if tile.shape == "row" else 0
        self._set(look.em_px(self.role))
        if tile.shape in _SHRINKING or (tile.shape == "key" and tile.icon):
            self._shrink()

    def _set(self, em_px: int) -> None:
        """Lay icon and words out in this size."""
        icon_em = _ICON_EM.get(self.tile.shape, tokens.ICON_EM)
        beside_px = em_px if self.tile.title else 1.4 * self.look.em_px("small")
        self.icon_px = round(beside_px * icon_em) if self.tile.icon else 0
        self.gap, self._em_px = round(em_px * 0.45), em_px
        self.title, self.text = self._words(*self._roles()[1:])

    def _shrink(self) -> None:
        """Words in these narrow places get smaller before they are broken or turn the row high."""
        while self._is_too_long() and self._em_px > self.look.least_em_px():
            self._set(self._em_px - 1)

    def _is_too_long(self) -> bool:
        return self.title.breaks_word() or (
            self.tile.shape != "bar" and self.title.line_count() > 1
        )

    def height(self) -> int:
        """Pixels that the tile needs."""
        words = self.title.height() + self.text.height()
        if self.is_stacked:
            inner = self.icon_px + words + self.gap // 3
        else:
            inner = max(words, self.icon_px)
        lie = self.look.lie
        share = lie.hero_padding if self.tile.shape == "hero" else lie.tile_padding
        return max(
            inner + round(2 * share * self.padding),
            self.look.px(self.look.least_mm(self.tile.shape)),
        )

    def draw(self, painter: QPainter, rect: QRect) -> None:
        """Paint icon and words into the tile's place."""
        if self.is_stacked:
            self._draw_stacked(painter, rect)
        elif self.tile.shape in _CENTRED:
            self._draw_centred(painter, rect)
        else:
            self._draw_in_line(painter, rect)

    def fill(self) -> str:
        """The role of the ground that the words stand on."""
        return self._roles()[0]

    def outline(self) -> str:
        """The role of the line around it."""
        return TONES[self.tile.tone][3] if self.tile.enabled else "dim"

    def breaks_word(self) -> bool:
        """Whether a word is wider than its room; a few hanzi are a word, too."""
        is_short = len(self.tile.title) <= _WORD
        broken = is_short and self.title.line_count() > 1
        return broken or self.title.breaks_word() or self.text.breaks_word()

    def _roles(self) -> tuple[str, str, str]:
        if not self.tile.enabled:
            return _DISABLED
        return _PRESSED if self.pressed else TONES[self.tile.tone][:3]

    def _words(self, ink: str, second: str) -> tuple[Words, Words]:
        centred = self.tile.shape in _CENTRED
        room = self.width - 2 * self.padding
        if not self.is_stacked:
            room -= self._icon_room()
            room -= self.chevron_px + (self.gap if self.chevron_px else 0)
        title = self.look.words(
            self.tile.title,
            self.role,
            ink,
            room,
            bold=True,
            centred=centred,
            marks=self.tile.marks,
            em_px=self._em_px,
        )
        return title, self.look.words(self.tile.text, "small", second, room, centred=centred)

    def _icon_room(self) -> int:
        """Pixels of an icon beside words, and of the gap to them."""
        return self.icon_px + self.gap * 2 if self.icon_px else 0

    def _icon(self, painter: QPainter, rect: QRect, start: int, y: int) -> None:
        if self.icon_px:
            self._picture(painter, rect, self.tile.icon, start, y, self.icon_px)

    def _picture(
        self, painter: QPainter, rect: QRect, name: str, start: int, y: int, side: int
    ) -> None:
        ink = self._roles()[1]
        role = "tint_outline" if ink in ("ink", "on_tint") else ink
        x = rect.left() + self.look.left(start, side, rect.width())
        painter.drawPixmap(x, y, self.look.icon(name, side, role))

    def _write(self, painter: QPainter, rect: QRect, start: int, top: int) -> None:
        for words in (self.title, self.text):
            x = rect.left() + self.look.left(start, words.width, rect.width())
            words.draw(painter, x, top)
            top += words.height()

    def _draw_in_line(self, painter: QPainter, rect: QRect) -> None:
        middle = rect.center().y()
        self._icon(painter, rect, self.padding, middle - self.icon_px // 2)
        start = self.padding + self._icon_room()
        top = middle - (self.title.height() + self.text.height()) // 2
        self._write(painter, rect, start, top)
        if self.chevron_px:
            end, side = rect.width() - self.padding - self.chevron_px, self.chevron_px
            self._picture(painter, rect, "chevron-right", end, middle - side // 2, side)

    def _draw_centred(self, painter: QPainter, rect: QRect) -> None:
        words_px = max(self.title.natural_width(), self.text.natural_width())
        icon_px = self._icon_room()
        start = max(self.padding, (rect.width() - words_px - icon_px) // 2)
        middle = rect.center().y()
        self._icon(painter, rect, start, middle - self.icon_px // 2)
        # the words are centred in their own width, which begins beside the icon
        start += icon_px - (self.title.width - words_px) // 2
        top = middle - (self.title.height() + self.text.height()) // 2
        self._write(painter, rect, start, top)

    def _draw_stacked(self, painter: QPainter, rect: QRect) -> None:
        """Icons of neighbours stand on one line, whether their words take one line or two."""
        top = rect.top() + self.air // 2
        self._icon(painter, rect, (rect.width() - self.icon_px) // 2, top)
        top += self.icon_px + self.gap // 3
        room = rect.bottom() - self.air // 2 - top
        words = self.title.height() + self.text.height()
        self._write(painter, rect, self.padding, top + max(0, room - words) // 2)
