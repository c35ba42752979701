"""What is heard, reached by keys and read: all of it, once, and in the right language."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QAccessible, QRawFont
from PySide6.QtWidgets import QWidget

from db import records
from hub.authoring.yaml_source import Source
from kiosk import app
from kiosk.core.choices import Choices, Language, TextSize
from kiosk.store.catalog_reader import CatalogReader
from kiosk.ui import tokens
from kiosk.ui.page import Field, Heading, Keys, Notice, Page, Panel, QrCard, Tile, Tiles
from kiosk.ui.screen import Screen
from kiosk.ui.widgets.plate import Plate
from kiosk.ui.widgets.touchable import Touchable
from tests.builders import LANDSCAPE, PORTRAIT
from tests.views import gallery as drawn
from tests.views.gallery import Shown, Sight, children_of, words_on
from tests.views.test_geometry import called, every_screen, require_none

BUTTONS = (QAccessible.Role.Button, QAccessible.Role.CheckBox)  # the second may be chosen
HANZI = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")  # and their punctuation


# heard --------------------------------------------------------------------------------------


def test_every_control_is_a_button_with_a_name_of_its_own(gallery: list[Shown]) -> None:
    def nameless(_shown: Shown, screen: Screen) -> Iterator[str]:
        acts: dict[str, object] = {}
        objects = set()
        for one in screen.touchables():
            seen = QAccessible.queryAccessibleInterface(one)
            name = seen.text(QAccessible.Text.Name)
            if seen.role() not in BUTTONS:
                yield f"{called(one)} is a {seen.role()}"
            if one.isEnabled() and not set(_actions(seen)) & {"Press", "Toggle"}:
                yield f"{called(one)} cannot be pressed"
            # what does the same may be called the same: help in the bar and help beside it
            if not name.strip() or acts.setdefault(name, one.tile.act) != one.tile.act:
                yield f"{called(one)} is called {name!r}"
            if not one.objectName() or one.objectName() in objects:
                yield f"two are {one.objectName()!r}"
            objects.add(one.objectName())

    require_none(gallery, nameless)


def _actions(seen: object) -> list[str]:
    return seen.actionInterface().actionNames()  # type: ignore[attr-defined, no-any-return]


def test_everything_that_is_read_is_heard(gallery: list[Shown]) -> None:
    def silent(_shown: Shown, screen: Screen) -> Iterator[str]:
        if not QAccessible.queryAccessibleInterface(screen).text(QAccessible.Text.Name):
            yield "the screen has no title"
        for child in children_of(screen):
            seen = QAccessible.queryAccessibleInterface(child)
            if not seen.text(QAccessible.Text.Name).strip():
                yield f"{called(child)} says nothing"

    require_none(gallery, silent)


# reached by keys ----------------------------------------------------------------------------


def test_tab_visits_every_control_once_and_comes_back(gallery: list[Shown]) -> None:
    def missed(_shown: Shown, screen: Screen) -> Iterator[str]:
        expected = [one.objectName() for one in screen.touchables() if one.isEnabled()]
        visited = []
        for _ in expected:
            screen.focusNextPrevChild(True)
            focused = screen.focusWidget()
            visited.append(focused.objectName() if focused else "")
        screen.focusNextPrevChild(True)
        again = screen.focusWidget()
        if sorted(visited) != sorted(expected):
            yield f"{visited} instead of {expected}"
        elif expected and (again is None or again.objectName() != visited[0]):
            yield "does not come back to the first"

    require_none(gallery, missed)


def test_the_order_of_focus_is_the_order_of_reading(gallery: list[Shown]) -> None:
    """From the top down in a column, from left to right in a row, and the bar at the end."""

    def out_of_order(_shown: Shown, screen: Screen) -> Iterator[str]:
        places = [(one, one.geometry()) for one in screen.touchables()]
        for (one, first), (other, second) in itertools.pairwise(places):
            if not _follows(first, second):
                yield f"{called(other)} after {called(one)}"

    require_none(gallery, out_of_order)


def _follows(first: QRect, second: QRect) -> bool:
    below = second.top() >= first.bottom()
    beside = second.left() >= first.right()
    return below or beside


# pages --------------------------------------------------------------------------------------


def test_all_pages_are_reached_by_turning(gallery: list[Shown]) -> None:
    for shown in gallery:
        several = len(shown.screens) > 1
        for n, screen in enumerate(shown.screens):
            turns = {one.objectName(): one for one in screen.touchables()}
            assert ("page:following" in turns) is several, shown.name
            if several:
                assert shown.page.turn is not None
                ahead, back = turns["page:following"], turns["page:previous"]
                assert ahead.isEnabled() is (n < len(shown.screens) - 1), shown.name
                assert back.isEnabled() is (n > 0), shown.name
                assert ahead.tile.act == shown.page.turn.act(n + 1)
                assert back.tile.act == shown.page.turn.act(n - 1)
                assert f"{n + 1}/{len(shown.screens)}" in ahead.tile.title


def test_the_pages_together_hold_everything_once(gallery: list[Shown]) -> None:
    for shown in gallery:
        # a long notice goes on on the next page, so the words are looked for in all at once
        found = _squeezed("".join(_content(shown)))
        for words in _expected(shown.page):
            assert _squeezed(words) in found, f"{shown.name}: {words!r} is nowhere"
        tiles = [tile.name for tile in _tiles(shown.page) if tile.act is not None]
        seen = [one.objectName() for screen in shown.screens for one in screen.touchables()]
        for name in tiles:
            assert seen.count(name) == tiles.count(name), f"{shown.name}: {name}"


def _content(shown: Shown) -> Iterator[str]:
    """All words between header and dock, page after page."""
    blocks = {tile.name for tile in _tiles(shown.page)}
    for screen in shown.screens:
        for child in children_of(screen):
            if isinstance(child, Plate):
                yield child.text()
            elif isinstance(child, Touchable) and child.objectName() in blocks:
                yield f"{child.tile.title} {child.tile.text}"


def _squeezed(words: str) -> str:
    return "".join(words.split())


def _tiles(page: Page) -> Iterator[Tile]:
    for block in page.blocks:
        if isinstance(block, Tiles):
            yield from block.tiles


def _expected(page: Page) -> Iterator[str]:
    """Every line of words that the page's blocks say."""
    for block in page.blocks:
        match block:
            case Tiles():
                for tile in block.tiles:
                    yield f"{tile.title} {tile.text}"
            case Heading():
                yield block.text
            case Notice():
                yield f"{block.title} {block.text}"
            case Panel():
                for line in block.lines:
                    yield f"{line.title} {line.text}"
            case QrCard():
                yield from (block.title, *block.lines, block.host)
            case Field() | Keys():
                raise AssertionError("these stand in the dock")


def test_an_index_beyond_the_last_page_shows_the_last(demo: CatalogReader, qapp: object) -> None:
    sight = Sight(Choices(), PORTRAIT)
    session = drawn.visits(demo)["group-fullest"]
    page = drawn.page_of(session.turn(99), demo, sight)
    look = drawn.Look(sight.panel, sight.choices, str, drawn.ICONS)
    shown = Screen(page, look)
    last = Screen(drawn.replace(page, index=shown.page_count - 1), look)
    assert words_on(shown) == words_on(last)
    for one in (shown, last):
        one.deleteLater()


# read ---------------------------------------------------------------------------------------


def test_every_sign_on_the_screens_is_in_the_family(gallery: list[Shown]) -> None:
    signs = {
        sign
        for _, _, screen in every_screen(gallery)
        for words in words_on(screen)
        for sign in words
    }
    raw = QRawFont.fromFont(gallery[0].look.font("body"))
    assert raw.familyName() == tokens.FAMILY
    assert sorted(sign for sign in signs - {"\n"} if not raw.supportsCharacter(ord(sign))) == []


def test_every_sign_of_the_catalog_is_in_the_family(demo_source: Source, qapp: object) -> None:
    sight = Sight(Choices(), PORTRAIT)
    raw = QRawFont.fromFont(drawn.Look(sight.panel, sight.choices, str, drawn.ICONS).font("body"))
    texts = [text for record in demo_source.records for text in records.texts_of(record)]
    signs = {sign for text in texts for sign in text.zh + text.en} - {"\n"}
    assert sorted(sign for sign in signs if not raw.supportsCharacter(ord(sign))) == []


class Listening:
    """The English words, and the Chinese ones for which there were none."""

    def __init__(self) -> None:
        self._gettext = app.translations(Language.ENGLISH)
        self.untranslated: set[str] = set()

    def __call__(self, words: str) -> str:
        translated = self._gettext(words)
        if translated == words and HANZI.search(words):
            self.untranslated.add(words)
        return translated


@pytest.mark.parametrize("size", [TextSize.STANDARD, TextSize.LARGEST])
@pytest.mark.parametrize("panel", [PORTRAIT, LANDSCAPE])
def test_the_english_screens_have_an_english_word_for_everything(
    demo: CatalogReader, panel: object, size: TextSize
) -> None:
    listening = Listening()
    sight = Sight(Choices(Language.ENGLISH, size), panel)  # type: ignore[arg-type]
    for session in drawn.visits(demo).values():
        drawn.page_of(session, demo, sight, listening)
    # the way back to Chinese is offered in Chinese
    assert listening.untranslated <= {"中文"}


def test_chinese_on_an_english_screen_is_only_what_the_city_has_not_translated(
    gallery: list[Shown], sight: Sight, demo_source: Source
) -> None:
    if sight.choices.language is not Language.ENGLISH:
        return
    city = "\0".join(text.zh for record in demo_source.records for text in records.texts_of(record))
    # examples of what to type, what was heard, words of the catalog, and the other language
    allowed = (
        city + "\0中文\0身份证\0社保卡\0老年卡\0社会保障卡\0失业保险金\0设备检验\0社保卡丢了怎么办"
    )
    strange = {
        run
        for _, _, screen in every_screen(gallery)
        for words in words_on(screen)
        for run in HANZI.findall(words)
        if run not in allowed
    }
    assert strange == set()


def test_the_same_tile_is_called_the_same_on_every_screen(gallery: list[Shown]) -> None:
    words: dict[str, set[str]] = {}
    for _, _, screen in every_screen(gallery):
        for one in _bar(screen):
            words.setdefault(one.objectName(), set()).add(one.tile.title)
    several = {name for name, titles in words.items() if len(titles) > 1}
    assert several <= {"bar:back"}  # from the home screen the way back is the end


def _bar(screen: QWidget) -> list[Touchable]:
    found = screen.findChildren(Touchable)
    return [one for one in found if one.objectName().startswith("bar:")]
