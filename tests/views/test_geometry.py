"""Where things stand: large enough, apart, inside, uncut, and always in the same place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from kiosk.ui.screen import Screen
from kiosk.ui.widgets.plate import Plate
from kiosk.ui.widgets.touchable import TileDrawing, Touchable
from kiosk.ui.words import Words
from tests.views.gallery import SIGHTS, Shown, children_of

FLOOR_MM = 12.7  # VVSG 2.0; nothing that is touched is smaller
TARGET_MM = 20.0
KEY_MM = 17.0
GAP_MM = 2.54  # VVSG 2.0
ROUNDING_PX = 1
_TOLD = 25


def every_screen(gallery: list[Shown]) -> Iterator[tuple[str, Shown, Screen]]:
    for shown in gallery:
        for n, screen in enumerate(shown.screens, start=1):
            yield f"{shown.name} {n}/{len(shown.screens)}", shown, screen


def require_none(gallery: list[Shown], find: Callable[[Shown, Screen], Iterator[str]]) -> None:
    """Fail with what is wrong on all screens, each with the screen's name."""
    faults = [
        f"{name}: {fault}"
        for name, shown, screen in every_screen(gallery)
        for fault in find(shown, screen)
    ]
    if faults:
        pytest.fail(f"{len(faults)} faults\n" + "\n".join(faults[:_TOLD]), pytrace=False)


def called(widget: QWidget) -> str:
    return widget.objectName() or f"{type(widget).__name__} {widget.accessibleName()[:20]!r}"


def test_every_pair_of_choices_is_seen() -> None:
    seen = {
        (one, other)
        for sight in SIGHTS
        for one, other in combinations(
            (
                *(getattr(sight.choices, name) for name in ("size", "contrast", "language")),
                sight.panel,
            ),
            2,
        )
    }
    assert len(seen) == 4 * 4 + 4 * 2 + 4 * 2 + 4 * 2 + 4 * 2 + 2 * 2


def test_targets_are_as_large_as_hands_need(gallery: list[Shown]) -> None:
    def too_small(shown: Shown, screen: Screen) -> Iterator[str]:
        for one in screen.touchables():
            side_px = min(one.width(), one.height()) + ROUNDING_PX
            side_mm = side_px * shown.look.panel.mm_per_px
            least = KEY_MM if one.tile.shape == "key" else TARGET_MM
            if side_mm < max(FLOOR_MM, least):
                yield f"{called(one)} is {side_mm:.1f} mm"

    require_none(gallery, too_small)


def test_targets_stand_apart_and_nothing_overlaps(gallery: list[Shown]) -> None:
    def crowded(shown: Shown, screen: Screen) -> Iterator[str]:
        least = shown.look.px(GAP_MM)
        for one, other in combinations(children_of(screen), 2):
            between = distance(one.geometry(), other.geometry())
            both = isinstance(one, Touchable) and isinstance(other, Touchable)
            if between < (least if both else 0):
                yield f"{called(one)} and {called(other)}: {between} px"

    require_none(gallery, crowded)


def distance(one: QRect, other: QRect) -> int:
    """Pixels between two places; negative where they overlap."""
    across = max(one.left() - other.right() - 1, other.left() - one.right() - 1)
    down = max(one.top() - other.bottom() - 1, other.top() - one.bottom() - 1)
    return max(across, down)


def test_everything_stands_between_the_header_and_the_bar(gallery: list[Shown]) -> None:
    def outside(_shown: Shown, screen: Screen) -> Iterator[str]:
        whole = screen.rect()
        header = QRect(0, 0, screen.width(), screen._header_px)
        bar = QRect(0, screen._bar_top, screen.width(), screen.height() - screen._bar_top)
        body = QRect(0, header.height(), screen.width(), bar.top() - header.height())
        for child in children_of(screen):
            if child.objectName().startswith("bar:"):
                home = bar
            elif isinstance(child, Touchable | Plate):
                home = body
            else:
                home = header
            if not (whole.contains(child.geometry()) and home.contains(child.geometry())):
                yield f"{called(child)} at {child.geometry()}"

    require_none(gallery, outside)


def test_no_control_is_out_of_reach_at_the_top(gallery: list[Shown]) -> None:
    def too_high(shown: Shown, screen: Screen) -> Iterator[str]:
        for one in screen.touchables():
            if shown.look.panel.is_portrait and one.y() < screen.height() / 8:
                yield called(one)

    require_none(gallery, too_high)


def test_no_text_is_cut(gallery: list[Shown]) -> None:
    def cut(shown: Shown, screen: Screen) -> Iterator[str]:
        for child in children_of(screen):
            needed, words = needs(child, shown)
            if needed > child.height():
                yield f"{called(child)} needs {needed} px and has {child.height()}"
            for text in words:
                if text.natural_width() > min(text.width, child.width()):
                    yield f"{text.text!r} is {text.natural_width()} px wide in {text.width}"

    require_none(gallery, cut)


def needs(child: QWidget, shown: Shown) -> tuple[int, list[Words]]:
    """How high a thing must be, and its words."""
    if isinstance(child, Touchable):
        drawing = TileDrawing(child.tile, shown.look, child.width())
        return drawing.height(), [drawing.title, drawing.text]
    if isinstance(child, Plate):
        assert child.width() == child._width
        return child.height_px(), []
    words = child._words  # type: ignore[attr-defined]
    return words.height(), [words]


def test_no_short_word_is_broken(gallery: list[Shown]) -> None:
    """A Latin word goes to the next line as a whole, where it has room there."""

    def broken(shown: Shown, screen: Screen) -> Iterator[str]:
        for child in children_of(screen):
            for words in needs(child, shown)[1]:
                layout = words._layout()
                starts = [layout.lineAt(n).textStart() for n in range(1, layout.lineCount())]
                for start in starts:
                    around = words.text[start - 1 : start + 1]
                    if around.isascii() and around.isalpha():
                        yield f"{words.text!r} at {start}"

    require_none(gallery, broken)


@pytest.mark.parametrize("name", ["bar:back", "bar:home", "bar:help"])
def test_the_bar_never_moves(gallery: list[Shown], name: str) -> None:
    places = {
        one.geometry().getRect()
        for _, _, screen in every_screen(gallery)
        for one in screen.touchables()
        if one.objectName() == name
    }
    assert len(places) == 1


def test_every_screen_but_the_first_and_the_last_has_a_bar(gallery: list[Shown]) -> None:
    without = {shown.name for shown in gallery if not shown.page.bar}
    assert without == {"welcome", "out-of-order"}


def test_the_dock_stays_in_its_place_on_every_page(gallery: list[Shown]) -> None:
    for shown in gallery:
        docked = {tile.name for block in shown.page.dock for tile in getattr(block, "tiles", ())}
        places = [
            {
                one.objectName(): one.geometry().getRect()
                for one in screen.touchables()
                if one.objectName() in docked or one.objectName().startswith("page:")
            }
            for screen in shown.screens
        ]
        assert all(place == places[0] for place in places), shown.name
