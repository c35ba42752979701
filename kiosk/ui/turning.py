"""The row that turns pages: always there where there are several, always in the same place.

Knows its words and when they have nothing to do. Does not know what is on the pages.
"""

from __future__ import annotations

from kiosk.core.value import replace
from kiosk.ui.look import Look
from kiosk.ui.page import PageTurn, Tile, Tiles


class Turning:
    """Turns the pages of one screen."""

    def __init__(self, turn: PageTurn, look: Look, from_keys: bool = False) -> None:
        """Keep what the words depend on.

        Args:
            turn: the words and the acts.
            look: at the largest text there is room for words only.
            from_keys: the first page is a pad of keys, so the second is what they have found.
        """
        self._turn, self._with_icons = turn, not look.is_largest
        self._onward = turn.onward if from_keys else ""

    def longest(self, pages: int) -> Tiles:
        """The row with the longest words it has on any of so many pages."""
        ends = (self._tiles(index, pages) for index in (0, pages - 1))
        tiles = max(ends, key=lambda tiles: len(tiles[1].title))
        return Tiles(tiles, min_em=5, most_columns=2)

    def on_page(self, row: Tiles, index: int, pages: int) -> Tiles:
        """A row of the turn as it is on a page; another row stays as it is."""
        turns = {tile.name: tile for tile in self._tiles(index, pages)}
        return replace(row, tiles=tuple(turns.get(tile.name, tile) for tile in row.tiles))

    def _tiles(self, index: int, pages: int) -> tuple[Tile, Tile]:
        """Both stay in place when there is nothing before or after."""
        turn = self._turn
        ahead = turn.following if index else self._onward or turn.following
        back = Tile(
            "page:previous",
            turn.previous,
            icon="chevron-left" if self._with_icons else "",
            act=turn.act(index - 1),
            shape="slim",
            enabled=index > 0,
        )
        following = Tile(
            "page:following",
            ahead.format(page=index + 1, pages=pages),
            icon="chevron-right" if self._with_icons else "",
            act=turn.act(index + 1),
            shape="slim",
            enabled=index < pages - 1,
        )
        return back, following
