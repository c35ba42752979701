"""The words on top of every screen: where one is, what it is about, the time, a hint.

Knows which of them stand beside or below each other, and what gives way where height is short.
Does not know what stands below.
"""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.core.value import Value, replace
from kiosk.ui.look import Look
from kiosk.ui.page import Page
from kiosk.ui.words import Words

LEVELS = 5
"""How much may give way: nothing, the line below the title, the one above it, the time, and at
last the room for a hint, which then stands in the title's place."""

MOST = 0.36
"""Of the picture's height; above this, words give way."""


class Said(Value, frozen=True):
    """Words, and where they stand: pixels from where lines begin, and from the top."""

    words: Words
    start: int
    y: int = 0
    is_hint: bool = False


class _Row(Value, frozen=True):
    """Words beside each other, on one line."""

    said: tuple[Said, ...] = ()
    height: int = 0


def _row(*said: Said, height: int = 0) -> _Row:
    """Their first lines stand on one line, whatever their sizes."""
    shown = [one for one in said if one.words.text]
    if not shown:
        return _Row((), height)
    line = max(one.words.base_line() for one in shown)
    placed = tuple(replace(one, y=line - one.words.base_line()) for one in shown)
    return _Row(placed, max(height, *(one.y + one.words.height() for one in placed)))


class Header:
    """The words of a page, placed.

    Attributes:
        height: pixels.
        said: the words in the order of reading.
        given_way: words that have no room here and end the page's blocks instead.
    """

    def __init__(self, page: Page, look: Look, level: int = 0) -> None:
        self._page, self._look = page, look
        self._margin = look.px(look.lie.margin_mm)
        self._width = look.panel.width_px - 2 * self._margin
        self._path = page.path if level < 2 else ""
        self._text = page.text if level < 1 else ""
        self._hint_above = level < LEVELS - 1
        self._time = page.clock if level < 3 else ""
        gone = ((page.path, self._path), (page.text, self._text), (page.clock, self._time))
        self.given_way = "\n".join(words for words, left in gone if words != left)
        rows = self._rows()
        words_px = sum(row.height for row in rows)
        self.height = self._height(words_px)
        self.said = tuple(self._placed(rows, self._top(words_px)))

    def is_too_high(self) -> bool:
        """Whether words should give way, if there are any."""
        most = MOST * self._look.panel.height_px
        can_give = self._path or self._text or self._time
        return self.height > max(most, self._look.reach_px) and bool(can_give)

    def _height(self, words_px: int) -> int:
        look = self._look
        padding = look.px(look.lie.header_above_mm) + look.px(look.lie.header_below_mm)
        upright = look.panel.height_px // 8 if look.panel.is_portrait else 0
        return max(words_px + padding, upright, look.reach_px)

    def _top(self, words_px: int) -> int:
        look = self._look
        if look.reach_px:  # somebody sits: the words come down to the eyes
            return self.height - look.px(look.lie.header_below_mm) - words_px
        return max(look.px(look.lie.header_above_mm), (self.height - words_px) // 2)

    def _rows(self) -> list[_Row]:
        look = self._look
        clock = look.words(self._time, "small", "on_header", self._width)
        clock_px = clock.natural_width() + 2 if self._time else 0
        rest = self._width - clock_px - (look.px(look.section_gap_mm) if self._time else 0)
        first = self._first(rest)
        second, third = self._title(self._width if first.height else rest)
        if self._time:
            narrow = look.words(self._time, "small", "on_header", clock_px)
            last = Said(narrow, self._margin + self._width - clock_px)
            if first.height:
                first = _row(*first.said, last, height=first.height)
            else:
                second = _row(*second.said, last)
        return [row for row in (first, second, third) if row.height]

    def _first(self, width: int) -> _Row:
        """The path, or a hint in its place; where a hint may come, it moves nothing."""
        page, look = self._page, self._look
        path = look.words(self._path, "small", "on_header", width)
        inset = look.px(2)
        kept = page.hint if self._hint_above else ""
        hint = look.words(kept, "small", "on_mark", width - 2 * inset, bold=True)
        said = Said(path, self._margin)
        if kept and page.is_hinting:
            narrow = replace(hint, width=hint.natural_width() + 2)
            said = Said(narrow, self._margin + inset, is_hint=True)
        return _row(said, height=max(path.height(), hint.height()))

    def _title(self, width: int) -> tuple[_Row, _Row]:
        """The title with what is below it, or beside it on a panel that is wide and low."""
        look = self._look
        page = self._page
        shown = page.title if self._hint_above or not page.is_hinting else page.hint
        title = look.words(shown, "title", "on_header", width, bold=True)
        text = look.words(self._text, "small", "on_header", self._width)
        away = title.natural_width() + look.px(2 * look.lie.margin_mm)
        fits = title.line_count() == 1 and away + text.natural_width() < width
        if not look.panel.is_portrait and fits:
            narrow = replace(title, width=title.natural_width() + 2)
            beside = look.words(self._text, "small", "on_header", width - away)
            both = Said(narrow, self._margin), Said(beside, self._margin + away)
            return _row(*both), _Row()
        either = (look.words(one, "title", "on_header", width, True) for one in self._titles())
        tallest = max(words.height() for words in either)
        return _row(Said(title, self._margin), height=tallest), _row(Said(text, self._margin))

    def _titles(self) -> tuple[str, ...]:
        """What may stand where the title does: whichever it is, nothing moves."""
        page = self._page
        return (page.title,) if self._hint_above else (page.title, page.hint)

    def _placed(self, rows: list[_Row], y: int) -> Iterator[Said]:
        for row in rows:
            for said in row.said:
                yield replace(said, y=y + said.y)
            y += row.height
