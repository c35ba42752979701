"""All pages of a screen together: each is reached by turning, and nothing is lost between them.

Knows the requirement TCH-10. Does not know how large anything is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from access.seen import Control, Seen
from access.words import of_block
from kiosk.ui.page import Block, Field, Keys, Page, Tile, Tiles

PREVIOUS, FOLLOWING = "page:previous", "page:following"


class Pages:
    """What the pages of one screen showed so far.

    Args:
        counts_words: also what is written on each page, which has to be painted for it.
    """

    def __init__(self, *, counts_words: bool = True) -> None:
        self._counts_words = counts_words
        self._signs: Counter[str] = Counter()
        self._controls: Counter[str] = Counter()
        self._turns: list[dict[str, Control]] = []
        self._last: Seen | None = None

    def add(self, seen: Seen) -> None:
        """Take down what the next page shows."""
        for text in seen.drawn.texts if self._counts_words else ():
            self._signs.update(_signs(text.words))
        self._controls.update(control.id for control in seen.controls)
        self._turns.append({one.id: one for one in seen.controls if one.id.startswith("page:")})
        self._last = seen

    def judge(self) -> None:
        """Say what is missing, when all pages were seen."""
        seen = self._last
        if seen is None:
            return
        if self._counts_words:
            self._judge_words(seen, seen.page)
        self._judge_controls(seen, seen.page)
        for n, turns in enumerate(self._turns):
            for fault in self._wrong_turns(n, turns):
                seen.fault("TCH-10", f"page {n + 1}: {fault}", seen.page.name)
        seen.fine("TCH-10", len(self._turns))

    def _judge_words(self, seen: Seen, page: Page) -> None:
        """Long texts go on on the next page, so the signs are counted over all of them."""
        for _ in self._turns:
            for words in _on_every_page(page):
                self._signs.subtract(_signs(words))
        for words in _once(page):
            self._signs.subtract(_signs(words))
        lost = "".join(sign for sign, count in self._signs.items() for _ in range(-count))
        if lost:
            seen.fault("TCH-10", f"on no page: {lost[:20]}", page.name)

    def _judge_controls(self, seen: Seen, page: Page) -> None:
        for name, count in Counter(tile.name for tile in _touched(page.blocks)).items():
            if self._controls[name] != count:
                seen.fault("TCH-10", f"{name} is there {self._controls[name]} times", page.name)

    def _wrong_turns(self, n: int, turns: dict[str, Control]) -> Iterator[str]:
        last = len(self._turns) - 1
        if (PREVIOUS in turns and FOLLOWING in turns) is not (last > 0):
            yield "pages cannot be turned" if last else "there is nothing to turn to"
        elif last:
            if turns[PREVIOUS].is_enabled is not (n > 0):
                yield "one cannot turn back, or back to nothing"
            if turns[FOLLOWING].is_enabled is not (n < last):
                yield "one cannot turn on, or on to nothing"


def _on_every_page(page: Page) -> Iterator[str]:
    """Words that are repeated."""
    yield page.title
    for tile in page.bar:
        yield from (tile.title, tile.text)


def _once(page: Page) -> Iterator[str]:
    """Words that stand on one page at least; a pad of keys may have one for itself."""
    yield from (page.hint if page.is_hinting else page.path, page.text, page.clock)
    for block in (*page.blocks, *page.dock):
        if not isinstance(block, Field):  # it shows what was entered last
            yield from of_block(block)


def _touched(blocks: tuple[Block, ...]) -> Iterator[Tile]:
    for block in blocks:
        match block:
            case Tiles(tiles=tiles) | Keys(keys=tiles):
                yield from (tile for tile in tiles if tile.act is not None)


def _signs(words: str) -> Iterator[str]:
    return (sign for sign in words if sign.isprintable() and not sign.isspace())
