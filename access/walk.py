"""Walks every registered screen through sights, and measures it in each.

Knows which measure looks at which screens. Does not know what is required (`access.requirements`)
or what becomes of the findings (`access.report`).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from functools import partial
from multiprocessing import get_context
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import cv2

from access import registry
from access.box import Box
from access.drawing import Drawn
from access.measure import code, colour, focus, heard, pages, text, touch
from access.registry import Registered
from access.seen import Host, Seen, host
from access.sights import Layout, Sight, Tongue
from access.tally import Tally
from kiosk import app
from kiosk.core.catalog import Catalog
from kiosk.store.catalog_reader import CatalogReader
from kiosk.ui.page import Block, Cells, Field, Page, Panel, Plan, QrCard, Tiles

WORKERS = 2
Told = Callable[[str], None]


class Known:
    """What was found on the screens of a sight before, where screens are compared.

    Args:
        codes: the codes that were read in this sight, or in any that it shares them with.
    """

    def __init__(self, codes: code.Codes | None = None) -> None:
        self.places, self.rings, self.states = touch.Places(), focus.Rings(), colour.States()
        self.codes = codes or code.Codes()


def measure(seen: Seen, known: Known) -> None:
    """Everything about one screen."""
    measure_colours(seen, known)
    text.measure(seen)
    touch.measure(seen, known.places)
    heard.measure(seen)
    focus.measure(seen, known.rings)


def measure_colours(seen: Seen, known: Known) -> None:
    """What is another in every look."""
    colour.measure(seen, known.states)
    code.measure(seen, known.codes)


class Walk:
    """One layout, in one or all of its looks."""

    def __init__(self, catalog: Catalog, only: Collection[str] = ()) -> None:
        self._catalog, self._only = catalog, only

    def through(self, layout: Layout) -> Tally:
        """Measure everything in the first look, and in the others what colours change."""
        tally, shared = Tally(), Shared()
        with host(layout.sight) as window:
            first, *others = layout.sights
            self._whole(window, first, tally, shared)
            for sight in others:
                self._colours(window, sight, tally, shared)
        return tally

    def _whole(self, window: Host, sight: Sight, tally: Tally, shared: Shared) -> None:
        known = Known(shared.codes)
        for name, one in self._pages(sight, self._only or None):
            book = pages.Pages(counts_words=not _is_skimmed(sight))
            for seen in window.screens(name, one, sight, tally):
                shared.kinds.note(seen, one.place)
                if seen.index and _is_skimmed(sight):
                    touch.measure(seen, known.places)
                else:
                    shared.stencils.lay(seen)
                    measure(seen, known)
                book.add(seen)
            if not one.is_variant:
                book.judge()

    def _colours(self, window: Host, sight: Sight, tally: Tally, shared: Shared) -> None:
        """In another look: every place, and further pages and states that show new kinds.

        A look gives colours to kinds of things, not to words: what a second page shows in kinds
        that were all seen in this look has the colours that were measured there.
        """
        known, wanted = Known(shared.codes), shared.kinds.pages
        for name, one in self._pages(sight, wanted):
            for seen in window.screens(name, one, sight, tally, wanted[name]):
                shared.stencils.lay(seen)
                measure_colours(seen, known)
                focus.rings(seen, known.rings)

    def _pages(
        self, sight: Sight, only: Collection[str] | None
    ) -> Iterable[tuple[str, Registered]]:
        words = sight.tongue.gettext
        return registry.pages(self._catalog, sight.choices, words, only).items()


def _is_skimmed(sight: Sight) -> bool:
    """Whether of further pages only the controls are measured, which takes no painting.

    In low reach the frame is lower and a block is what it is at full reach; English is what the
    padded language is made from, with a third of its letters less.
    """
    return sight.low_reach or sight.tongue is Tongue.ENGLISH


class Kinds:
    """The kinds of things that were seen in one look, and by which pages the others are seen.

    Attributes:
        pages: of each place its first page, and of all states those that had a kind of thing first.
    """

    def __init__(self) -> None:
        self._known: set[object] = set()
        self._places: set[str] = set()
        self.pages: dict[str, list[int]] = {}

    def note(self, seen: Seen, place: str) -> None:
        """Take down what is on a page; the pages of a screen come one after the other."""
        page = seen.page
        blocks = (*seen.screen.shown, *page.dock, *_around(page))
        found = {kind for block in blocks for kind in _kinds(block)}
        found |= {("page", page.curtain is not None, page.is_hinting, page.centred)}
        if place not in self._places or found - self._known:
            self.pages.setdefault(seen.name, []).append(seen.index)
        self._known |= found
        self._places.add(place)


def _around(page: Page) -> Iterable[Block]:
    """What stands on a page beside its blocks; each place is a kind of its own."""
    for tiles in (page.bar, (page.banner,) if page.banner else ()):
        if tiles:
            yield Tiles(tiles, most_columns=len(tiles))


def _kinds(block: Block) -> Iterable[object]:
    """Whatever of a block decides about colours: all of it but words, acts and names."""
    yield type(block), getattr(block, "tone", "")
    for part in (*getattr(block, "tiles", ()), *getattr(block, "keys", ())):
        told = part.tone, part.shape, part.enabled, part.chosen, part.act is None
        yield (type(block), *told, bool(part.icon), bool(part.text), bool(part.marks))
    if isinstance(block, Panel):
        for line in block.lines:
            yield Panel, bool(line.text), line.mark == "box", bool(line.mark)
    if isinstance(block, Field):
        yield Field, bool(block.text), bool(block.marks), bool(block.erase)
    if isinstance(block, Plan | QrCard | Cells):
        yield block  # pictures


class Stencils:
    """What screens painted and where, for the looks in which only the colours are others."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int], tuple[tuple[Box, ...], Drawn]] = {}

    def lay(self, seen: Seen) -> None:
        """Hand over what was painted before, where everything stands at the same places."""
        key, shape = (seen.name, seen.index), seen.shape()
        known = self._known.get(key)
        if known is not None and known[0] == shape:
            seen.drawn = known[1]
        else:
            self._known[key] = shape, seen.drawn


class Shared:
    """What the looks of a layout have in common."""

    def __init__(self) -> None:
        self.stencils, self.kinds, self.codes = Stencils(), Kinds(), code.Codes()


# several processes --------------------------------------------------------------------------------


def walk(
    layouts: list[Layout], catalog: Path, only: Collection[str] = (), tell: Told = print
) -> Tally:
    """All layouts, two at a time."""
    total = Tally()
    with ProcessPoolExecutor(WORKERS, get_context("spawn"), begin) as executor:
        for done, tally in enumerate(_walked(executor, layouts, catalog, only), start=1):
            total.merge(tally)
            tell(
                f"{done}/{len(layouts)} layouts, {total.screens} screens, {total.failures} failures"
            )
    return total


def _walked(
    executor: Executor, layouts: list[Layout], catalog: Path, only: Collection[str]
) -> Iterable[Tally]:
    waiting = [executor.submit(partial(_one, catalog, only), layout) for layout in layouts]
    for done in as_completed(waiting):
        yield done.result()


def begin() -> None:
    """What every process needs before it draws."""
    cv2.setNumThreads(1)  # there is a process for each core
    app.application()
    app.require_font()


def _one(catalog: Path, only: Collection[str], layout: Layout) -> Tally:
    reader = CatalogReader(catalog)
    try:
        return Walk(reader, only).through(layout)
    finally:
        reader.close()
