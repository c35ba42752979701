"""What is kept changes nothing: a screen looks as it does when it is made from nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest
import shiboken6
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from access import pixels, registry
from access.kept import Kept, KeptScreen
from access.seen import Host, host
from access.sights import Layout, Sight, named
from kiosk.core.choices import Contrast
from kiosk.core.value import replace
from kiosk.store.catalog_reader import CatalogReader
from kiosk.ui.look import Look
from kiosk.ui.page import Page
from kiosk.ui.screen import Screen

pytestmark = pytest.mark.long
LOOKS = (Contrast.STANDARD, Contrast.SOFT)
TURNED = 2  # pages of a screen in the second look, where what was cut is kept from the first
SIGHTS = ("zh-150-21in-landscape", "pseudo-100-steady-21in-portrait", "ug-100-low-32in-portrait")


@contextmanager
def shown(kind: type[Screen], page: Page, look: Look, window: Host) -> Iterator[Screen]:
    """A page as one kind of screen shows it."""
    screen = kind(page, look, window)
    screen.show()
    yield screen
    shiboken6.delete(screen)


def look_alike(one: Screen, other: Screen) -> bool:
    """Large letters get other edges when Qt paints them for the first time: then look again."""
    return any(
        np.array_equal(pixels.shot_of(one).colours, pixels.shot_of(other).colours) for _ in range(2)
    )


@pytest.mark.parametrize("name", SIGHTS)
def test_a_screen_is_painted_as_if_nothing_were_kept(
    qapp: QApplication, demo: CatalogReader, name: str
) -> None:
    kept, seen = Kept(), 0
    layout = Layout(named(name), LOOKS)
    with host(layout.sight) as window:
        for sight in layout.sights:
            found = registry.pages(demo, sight.choices, sight.tongue.gettext).values()
            screens = [one for one in found if not one.is_variant]  # states are made of the same
            for one in screens:
                look, index, count = sight.look(one.choices), 0, 1
                while index < count and (sight == layout.sight or index < TURNED):
                    page = replace(one.page, index=index)
                    with (
                        shown(KeptScreen, page, kept.look(look), window) as known,
                        shown(Screen, page, look, window) as anew,
                    ):
                        count = anew.page_count
                        assert known.page_count == count
                        assert look_alike(known, anew), (str(sight), page.name)
                    index, seen = index + 1, seen + 1
    assert seen > len(LOOKS) * len(screens)


def test_words_are_laid_out_once_for_all_looks_and_coloured_in_each(qapp: QApplication) -> None:
    kept = Kept()
    light, dark = (kept.look(Sight(contrast=one).look()) for one in (Contrast.LIGHT, Contrast.DARK))
    one, other = (look.words("身份证丢了", "body", "ink", 100) for look in (light, dark))
    assert one is light.words("身份证丢了", "body", "ink", 100)
    assert vars(one)["_laid_out"] is vars(other)["_laid_out"]
    assert one.colour == light.colour("ink") != other.colour == dark.colour("ink")
    wider = light.words("身份证丢了", "body", "ink", 900)
    assert wider.line_count() < one.line_count()


def test_marked_words_keep_the_colours_of_their_look(qapp: QApplication) -> None:
    kept, marks = Kept(), ((0, 2),)
    for contrast in Contrast:
        look = kept.look(Sight(contrast=contrast).look())
        words = look.words("身份证丢了", "body", "ink", 900, marks=marks)
        words.line_count()
        drawn = vars(words)["_laid_out"].formats()[0]
        assert drawn.format.background().color() == QColor(look.roles.mark)
