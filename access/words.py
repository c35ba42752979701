"""The words that a page consists of, and those that somebody hears of its screen.

Knows the blocks of a page. Does not know how they are drawn.
"""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.ui import spoken
from kiosk.ui.look import Look
from kiosk.ui.page import Field, Keys, Line, Notice, Page, Panel, QrCard, Tiles
from kiosk.ui.screen import Screen


def of_page(page: Page) -> Iterator[str]:
    """Every piece of words of a page."""
    yield from (page.title, page.path, page.text, page.clock)
    for block in (*page.blocks, *page.dock):
        yield from of_block(block)
    for tile in (*page.bar, *((page.banner,) if page.banner is not None else ())):
        yield from (tile.title, tile.text)
    if page.turn is not None:
        yield from (page.turn.previous, page.turn.following)


def of_block(block: object) -> Iterator[str]:
    """Every piece of words of a block."""
    match block:
        case Tiles(tiles=tiles) | Keys(keys=tiles):
            for tile in tiles:
                yield from (tile.title, tile.text)
        case Panel(lines=lines):
            for line in lines:
                yield from (line.title, line.text, _number(line))
        case Notice(title=title, text=text):
            yield from (title, text)
        case QrCard():
            yield from (block.title, *block.lines, block.host_label, block.host)
            yield from (block.aim, block.code_label, block.code)
        case Field():
            yield block.text or block.placeholder
            if block.erase is not None:
                yield block.erase.title
        case _:
            yield getattr(block, "text", "")


def _number(line: Line) -> str:
    return "" if line.mark == "box" else line.mark


def heard(screen: Screen, page: Page, look: Look) -> str:
    """Everything that is said of a screen: when one comes to it, and of each of its controls."""
    ear = spoken.Ear(look.language, look.gettext, look.choices.switches)
    controls = [one.tile for one in screen.touchables() if one.isEnabled()]
    count = len(controls)
    said = list(spoken.of_page(page, screen.shown, ear, count, screen.page_count))
    for n, tile in enumerate(controls, start=1):
        said += spoken.of_tile(tile, n, count, ear)
    return "\n".join(one.text for one in said)
