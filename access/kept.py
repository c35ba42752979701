"""What the screens of a layout have in common, worked out once: lines of text, heights of blocks.

What is kept follows from the values that it is kept under and from nothing else, so that it is the
same as if it were worked out again: the lines of a text from its signs, font and width; the height
of blocks from the blocks, the width and all choices but the colours. Which blocks come onto which
page and where they stand, every widget, and every pixel are made anew for each screen and sight.

Knows what decides how words and blocks are laid out. Does not know what is measured on them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from PySide6.QtGui import QPixmap, QTextLayout
from typing_extensions import override

from kiosk.core.choices import Choices, Contrast
from kiosk.core.value import replace
from kiosk.ui import flow
from kiosk.ui.body import Body
from kiosk.ui.header import Header
from kiosk.ui.look import Look
from kiosk.ui.measure import Measure
from kiosk.ui.page import Block, Tile
from kiosk.ui.screen import Screen
from kiosk.ui.words import Words

_LINES = "_laid_out"  # where words keep their lines once they are asked for

_Key = tuple[object, ...]
Bar = tuple[int, list[tuple[Tile, int, int, int]]]  # as a screen works it out


class Kept:
    """What was worked out so far, by what it follows from."""

    def __init__(self) -> None:
        self.words: dict[_Key, dict[_Key, Words]] = {}
        self.lines: dict[_Key, dict[_Key, QTextLayout]] = {}
        self.icons: dict[_Key, QPixmap] = {}
        self.units: dict[_Key, dict[_Key, tuple[flow.Unit, ...]]] = {}
        self.bars: dict[_Key, Bar] = {}

    def look(self, look: Look) -> KeptLook:
        """The same look, which asks here first."""
        return KeptLook(look.panel, look.choices, look.gettext, look.icons, self)

    def forget(self) -> None:
        """Let go of everything: units that can be cut hold widgets."""
        for known in self.units.values():
            known.clear()  # their looks hold these as well
        for kept in (self.words, self.lines, self.icons, self.units, self.bars):
            kept.clear()


@dataclass(frozen=True)
class KeptLook(Look):
    """A look whose words and icons are made once."""

    kept: Kept = field(default_factory=Kept, compare=False)

    @override
    def words(
        self,
        text: str,
        role: str,
        colour: str,
        width: int,
        bold: bool = False,
        centred: bool = False,
        marks: tuple[tuple[int, int], ...] = (),
        em_px: int = 0,
    ) -> Words:
        key = (text, role, colour, width, bold, centred, marks, em_px)
        known = self._words.get(key)
        if known is None:
            known = self._words[key] = super().words(*key)
            if text and not marks:  # marks have colours, and lines keep them
                self._share_lines(known)
        return known

    @override
    def icon(self, name: str, side: int, role: str) -> QPixmap:
        key = (name, side, self.colour(role).name(), self.is_from_right)
        if key not in self.kept.icons:
            self.kept.icons[key] = super().icon(name, side, role)
        return self.kept.icons[key]

    @cached_property
    def units(self) -> dict[_Key, tuple[flow.Unit, ...]]:
        """Blocks that were measured for a width with the same choices, whatever their colours."""
        return self.kept.units.setdefault((self.panel, self._plain), {})

    def bar(self, tiles: tuple[Tile, ...], work_out: Callable[[], Bar]) -> Bar:
        """The bar that was worked out for the same tiles and choices, whatever their colours."""
        key = (self.panel, self._plain, tiles)
        if key not in self.kept.bars:
            self.kept.bars[key] = work_out()
        return self.kept.bars[key]

    @cached_property
    def _plain(self) -> Choices:
        return replace(self.choices, contrast=Contrast.STANDARD)

    @cached_property
    def _words(self) -> dict[_Key, Words]:
        return self.kept.words.setdefault((*self._type, self.choices.contrast), {})

    @cached_property
    def _lines(self) -> dict[_Key, QTextLayout]:
        return self.kept.lines.setdefault(self._type, {})

    @cached_property
    def _type(self) -> _Key:
        """What decides about the letters of a look."""
        return self.panel, self.choices.size, self.language

    def _share_lines(self, words: Words) -> None:
        """Lines have no colour: it is that of the pen that draws them."""
        size, weight = words.font.pixelSize(), words.font.weight()
        key = (words.text, size, weight, words.width, words.centred, words.even)
        if key in self._lines:
            vars(words)[_LINES] = self._lines[key]
        else:
            words.line_count()
            self._lines[key] = vars(words)[_LINES]


class KeptMeasure(Measure):
    """Measures blocks once."""

    def __init__(self, look: KeptLook) -> None:
        super().__init__(look)
        self._known = look.units

    @override
    def units(
        self, blocks: Iterable[Block], width: int, section: int | None = None
    ) -> Iterator[flow.Unit]:
        key = (tuple(blocks), width, section)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = tuple(map(_cut_once, super().units(*key)))
        return iter(known)


def _cut_once(unit: flow.Unit) -> flow.Unit:
    """The same unit, which is cut once for each room."""
    return replace(unit, split=lru_cache(maxsize=None)(unit.split)) if unit.split else unit


class KeptScreen(Screen):
    """A screen that measures its blocks by what is kept, where its look keeps anything."""

    @override
    def _fitted(self) -> tuple[Header, Body]:
        if isinstance(self._look, KeptLook):
            self._measure = KeptMeasure(self._look)
        return super()._fitted()

    @override
    def _bar(self) -> Bar:
        if isinstance(self._look, KeptLook):
            return self._look.bar(self.page.bar, super()._bar)
        return super()._bar()
