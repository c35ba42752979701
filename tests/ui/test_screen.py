"""One layout for every body: large or small hands, standing or sitting, from the right too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations, pairwise

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QTransform
from PySide6.QtWidgets import QLabel, QWidget

from kiosk.core.choices import Choices, Language, TextSize
from kiosk.core.value import replace
from kiosk.ui.look import Look, Panel
from kiosk.ui.page import Page, Tiles
from kiosk.ui.screen import Screen
from kiosk.ui.widgets.plate import Plate
from kiosk.ui.widgets.qr import QrPlate
from kiosk.ui.widgets.tile import TileDrawing
from kiosk.ui.widgets.touchable import Touchable
from tests.builders import ICONS, LANDSCAPE, PORTRAIT, make_look
from tests.ui.pages import (
    LARGE,
    LARGE_LYING,
    MODULES,
    SMALL,
    SMALL_LYING,
    a_bar,
    a_page,
    a_search,
    a_tile,
    every_block,
)
from tests.ui.pixels import picture, pixels

PANELS = {
    "21in-upright": SMALL,
    "21in-lying": SMALL_LYING,
    "27in-upright": PORTRAIT,
    "27in-lying": LANDSCAPE,
    "32in-upright": LARGE,
    "32in-lying": LARGE_LYING,
}
panels = pytest.mark.parametrize("panel", PANELS.values(), ids=PANELS.keys())
small_panels = pytest.mark.parametrize("panel", [SMALL, SMALL_LYING], ids=["upright", "lying"])
pages = pytest.mark.parametrize("make", [a_page, a_search], ids=["every-block", "search"])
sizes = pytest.mark.parametrize("size", TextSize)
pytestmark = pytest.mark.usefixtures("qapp")

Make = Callable[..., Page]


class FromLeft(Look):
    """The fonts of one language in the layout of the others."""

    is_from_right = False  # type: ignore[assignment]


def screens(page: Page, look: Look) -> Iterator[Screen]:
    """All pages of a page, one after another; each is gone when the next comes."""
    count = 1
    index = 0
    while index < count:
        screen = Screen(replace(page, index=index), look)
        count = screen.page_count
        yield screen
        screen.deleteLater()
        index += 1


def children(screen: Screen) -> list[QWidget]:
    return [one for one in screen.children() if isinstance(one, QWidget)]


def labels(screen: Screen) -> list[QLabel]:
    """The words on the header."""
    return [
        one for one in children(screen) if isinstance(one, QLabel) and not isinstance(one, Plate)
    ]


def distance(one: QRect, other: QRect) -> int:
    across = max(one.left() - other.right() - 1, other.left() - one.right() - 1)
    down = max(one.top() - other.bottom() - 1, other.top() - one.bottom() - 1)
    return max(across, down)


def names(screen: Screen) -> list[str]:
    return [one.objectName() for one in screen.touchables()]


def wrong_on(screen: Screen, look: Look) -> Iterator[str]:
    """What is outside, cut, too small or too near."""
    for one in children(screen):
        called = one.objectName() or one.text()[:12]  # type: ignore[attr-defined]
        if not screen.rect().contains(one.geometry()):
            yield f"{called} is outside"
        needed = 0
        if isinstance(one, Plate):
            needed = one.height_px()
        if isinstance(one, Touchable):
            needed = TileDrawing(one.tile, look, one.width()).height()
            least = look.key_mm if one.tile.shape == "key" else look.touch_mm
            if (min(one.width(), one.height()) + 1) * look.panel.mm_per_px < least:
                yield f"{called} is too small"
        if needed > one.height():
            yield f"{called} is cut"
    for one, other in combinations(children(screen), 2):
        both = isinstance(one, Touchable) and isinstance(other, Touchable)
        if distance(one.geometry(), other.geometry()) < (look.px(look.gap_mm) - 1 if both else 0):
            yield f"{one.objectName()} is too near to {other.objectName()}"


# every hand and every size ------------------------------------------------------------------


@pages
@panels
@sizes
@pytest.mark.parametrize("steady", [False, True], ids=["usual", "steady"])
@pytest.mark.parametrize("language", [Language.CHINESE, Language.UYGHUR])
def test_everything_has_its_room_on_every_panel(
    make: Make, panel: Panel, size: TextSize, steady: bool, language: Language
) -> None:
    look = make_look(panel, size=size, steady=steady, language=language, low_reach=steady)
    for screen in screens(make(), look):
        assert list(wrong_on(screen, look)) == []


@pages
@small_panels
def test_nothing_is_lost_between_the_pages(make: Make, panel: Panel) -> None:
    page = make()
    seen: list[str] = []
    for screen in screens(page, make_look(panel, size=TextSize.LARGEST, steady=True)):
        seen += [name for name in names(screen) if name.startswith("tile:")]
    wanted = [
        tile.name
        for block in page.blocks
        if isinstance(block, Tiles)
        for tile in block.tiles
        if tile.act is not None
    ]
    assert [name for name in seen if name not in ("tile:90", "tile:91")] == wanted


@panels
@sizes
def test_a_steady_hand_has_fewer_things_on_a_page(panel: Panel, size: TextSize) -> None:
    rows = tuple(a_tile(n, shape="button", text="", icon="") for n in range(60))
    page = a_page(blocks=(Tiles(rows, most_columns=2),), dock=())
    usual, steady = (
        len(names(next(screens(page, make_look(panel, size=size, steady=on)))))
        for on in (False, True)
    )
    assert steady < usual or (size is TextSize.LARGEST and steady == usual)


def test_the_number_of_pages_is_the_same_on_each_of_them() -> None:
    for panel in (SMALL, SMALL_LYING):
        look = make_look(panel, size=TextSize.LARGEST)
        for page in (a_page(), a_search()):
            counts = {screen.page_count for screen in screens(page, look)}
            assert len(counts) == 1


@panels
@sizes
def test_pages_are_turned_in_one_place(panel: Panel, size: TextSize) -> None:
    """The second page on: the first one may be a pad of keys with longer words."""
    for page in (a_page(), a_search()):
        places = [
            [one.geometry() for one in screen.touchables() if one.objectName().startswith("page:")]
            for screen in screens(page, make_look(panel, size=size))
        ]
        assert all(place == places[0] for place in places)


# a pad of keys ------------------------------------------------------------------------------


def kinds(page: Page, look: Look) -> list[tuple[bool, bool]]:
    """For each page whether it has keys, and whether it has answers."""
    found = []
    for screen in screens(page, look):
        has = names(screen)
        keys = any(name.startswith("key:") for name in has)
        found.append((keys, any(name.startswith("tile:") for name in has)))
    return found


@pytest.mark.parametrize("panel", [PORTRAIT, LANDSCAPE, LARGE], ids=["27", "27-lying", "32"])
def test_answers_stand_beside_the_keys_where_there_is_room(panel: Panel) -> None:
    assert set(kinds(a_search(), make_look(panel))) == {(True, True)}


@small_panels
def test_where_there_is_none_the_keys_come_first_and_the_answers_follow(panel: Panel) -> None:
    look = make_look(panel, size=TextSize.LARGEST, steady=True)
    found = kinds(a_search(), look)
    assert found[0] == (True, False)
    assert set(found[1:]) == {(False, True)}
    first = next(screens(a_search(), look))
    ahead = next(one for one in first.touchables() if one.objectName() == "page:following")
    assert ahead.tile.title == f"看结果 1/{len(found)}"
    assert "search:erase" in names(first)


@small_panels
@sizes
@pytest.mark.parametrize("steady", [False, True])
def test_the_keys_stay_where_they_are_whatever_is_found(
    panel: Panel, size: TextSize, steady: bool
) -> None:
    look = make_look(panel, size=size, steady=steady)
    places = []
    for answers in ((), (Tiles((a_tile(1, shape="row"),)),), a_search().blocks):
        screen = Screen(
            a_search(blocks=answers) if False else replace(a_search(), blocks=answers), look
        )
        places.append(
            {
                one.objectName(): one.geometry()
                for one in screen.touchables()
                if "key:" in one.objectName()
            }
        )
        screen.deleteLater()
    assert places[0]
    assert all(place == places[0] for place in places)


# sitting ------------------------------------------------------------------------------------


@pages
@pytest.mark.parametrize("panel", [LARGE, LARGE_LYING], ids=["upright", "lying"])
@sizes
def test_every_control_is_in_reach_of_somebody_who_sits(
    make: Make, panel: Panel, size: TextSize
) -> None:
    for screen in screens(make(), make_look(panel, size=size, low_reach=True)):
        for one in screen.touchables():
            above_floor = panel.bottom_mm + (panel.height_px - one.y()) * panel.mm_per_px
            assert above_floor <= 1220, one.objectName()


def test_without_being_asked_the_layout_uses_the_whole_height() -> None:
    screen = Screen(a_page(), make_look(LARGE))
    assert min(one.y() for one in screen.touchables()) < LARGE.y_px(1220)
    screen.deleteLater()


@pytest.mark.parametrize("panel", [LARGE, LARGE_LYING], ids=["upright", "lying"])
def test_the_words_come_down_to_the_eyes(panel: Panel) -> None:
    def words(low_reach: bool) -> tuple[int, int]:
        screen = Screen(a_page(), make_look(panel, low_reach=low_reach))
        found = [
            one.geometry().bottom() for one in children(screen) if type(one).__base__ is QLabel
        ]
        header = screen._header_px
        screen.deleteLater()
        return max(found), header

    bottom, header = words(low_reach=True)
    assert bottom > words(low_reach=False)[0]
    assert bottom > header * 0.9
    assert bottom < header


def test_a_panel_that_hangs_low_does_not_change() -> None:
    def places(low_reach: bool) -> list[QRect]:
        screen = Screen(a_page(), make_look(SMALL_LYING, low_reach=low_reach))
        found = [one.geometry() for one in children(screen)]
        screen.deleteLater()
        return found

    assert places(low_reach=True) == places(low_reach=False)


# from right to left -------------------------------------------------------------------------


@pages
@panels
@pytest.mark.parametrize("size", [TextSize.STANDARD, TextSize.LARGEST])
@pytest.mark.parametrize("index", [0, 1])
def test_a_screen_from_the_right_is_the_mirror_image(
    make: Make, panel: Panel, size: TextSize, index: int
) -> None:
    choices = Choices(Language.UYGHUR, size)
    page = replace(make(), index=index)
    left, right = (Screen(page, kind(panel, choices, str, ICONS)) for kind in (FromLeft, Look))
    one_by_one = list(zip(children(left), children(right), strict=True))
    assert len(one_by_one) > 5
    for one, other in one_by_one:
        assert one.objectName() == other.objectName()
        if one.objectName().startswith("key:"):
            continue
        place, mirrored = one.geometry(), other.geometry()
        assert mirrored.getRect() == (
            left.width() - place.x() - place.width(),
            place.y(),
            place.width(),
            place.height(),
        )
    for screen in (left, right):
        screen.deleteLater()


@pytest.mark.parametrize("panel", [PORTRAIT, LANDSCAPE])
def test_letters_run_from_left_to_right_on_every_page(panel: Panel) -> None:
    screen = Screen(a_search(), make_look(panel, language=Language.UYGHUR))
    row = [one for one in screen.touchables() if one.objectName() in ("key:A", "key:B", "key:C")]
    assert [one.objectName() for one in row] == ["key:A", "key:B", "key:C"]
    assert row[0].x() < row[1].x() < row[2].x()
    assert row[0].y() == row[2].y()
    screen.deleteLater()


@pytest.mark.parametrize("language", [Language.CHINESE, Language.UYGHUR])
@pytest.mark.parametrize("panel", [PORTRAIT, LANDSCAPE])
def test_the_focus_goes_the_way_one_reads(panel: Panel, language: Language) -> None:
    look = make_look(panel, language=language)
    screen = Screen(a_page(), look)
    places = [one.geometry() for one in screen.touchables()]
    for first, second in pairwise(places):
        below = second.top() > first.bottom()
        if look.is_from_right:
            beside = second.right() < first.left()
        else:
            beside = second.left() > first.right()
        assert below or beside
    screen.deleteLater()


@pytest.mark.parametrize("name", ["arrow-left", "chevron-left", "chevron-right", "logout"])
def test_what_points_along_the_line_points_the_other_way(name: str) -> None:
    drawn, mirrored = (
        make_look(language=language).icon(name, 64, "ink").toImage()
        for language in (Language.CHINESE, Language.UYGHUR)
    )
    flipped = drawn.transformed(QTransform().scale(-1, 1))
    differing = [a != b for a, b in zip(pixels(flipped), pixels(mirrored), strict=True)]
    assert sum(differing) < 0.05 * len(differing)  # a line may fall between two pixels
    assert pixels(drawn) != pixels(mirrored)


@pytest.mark.parametrize("name", ["clock", "search", "id", "qrcode", "backspace"])
def test_what_does_not_point_stays_as_it_is(name: str) -> None:
    drawn, same = (
        make_look(language=language).icon(name, 64, "ink").toImage()
        for language in (Language.CHINESE, Language.UYGHUR)
    )
    assert pixels(drawn) == pixels(same)


def test_a_code_is_never_mirrored_but_stands_on_the_other_side() -> None:
    card = next(block for block in every_block() if hasattr(block, "modules"))
    look = make_look(language=Language.UYGHUR)
    width = look.px(300)
    plate = QrPlate(card, look, width, None)
    plate.resize(width, plate.height_px())
    image = picture(plate)
    module = plate._module_px
    left = look.left(plate._padding, plate._side, width) + 4 * module + module // 2
    top = (plate.height_px() - plate._side) // 2 + 4 * module + module // 2
    read = tuple(
        tuple(
            image.pixelColor(left + x * module, top + y * module).value() < 128 for x in range(37)
        )
        for y in range(37)
    )
    assert read == MODULES
    assert left > width // 2
    plate.deleteLater()


# words that come and go ---------------------------------------------------------------------


HINT = "按住，等一下再松手"


@pages
@panels
@sizes
@pytest.mark.parametrize("path", ["", "首页 › 按类别找"], ids=["no-path", "path"])
def test_a_hint_moves_nothing(make: Make, panel: Panel, size: TextSize, path: str) -> None:
    look = make_look(panel, size=size, hold=True)

    def places(is_hinting: bool) -> dict[str, QRect]:
        screen = Screen(replace(make(), path=path, hint=HINT, is_hinting=is_hinting), look)
        texts = [one.text() for one in labels(screen)]
        assert (HINT in texts) is is_hinting
        found = {
            f"{n} {one.objectName()}": one.geometry()
            for n, one in enumerate(
                one for one in children(screen) if isinstance(one, Touchable | Plate)
            )
        }
        screen.deleteLater()
        return found

    assert places(is_hinting=True) == places(is_hinting=False)


def test_a_hint_stands_out_from_the_header() -> None:
    page = a_page(hint=HINT, is_hinting=True)
    screen = Screen(page, make_look(hold=True))
    shown = next(one for one in children(screen) if isinstance(one, QLabel) and one.text() == HINT)
    ground = make_look().colour("mark").rgb()
    assert pixels(picture(shown)).count(ground) > 0.3 * shown.width() * shown.height()
    screen.deleteLater()


@small_panels
def test_words_that_have_no_room_above_are_read_below(panel: Panel) -> None:
    long = "申领、换领、补领居民身份证以及临时居民身份证的办理说明和注意事项" * 2
    page = a_page(text=long, path=long, blocks=every_block()[:3])
    read = ""
    for screen in screens(page, make_look(panel, size=TextSize.LARGEST)):
        read += "".join(one.text() for one in children(screen) if isinstance(one, Plate))
        assert screen._header_px < 0.5 * screen.height()
    assert read.count(long) == 2


@small_panels
def test_a_dock_that_leaves_no_room_is_paged(panel: Panel) -> None:
    dock = tuple(
        Tiles((a_tile(n, title="这里有一个很长的名字，长得一行写不下", shape="button"),))
        for n in range(90, 96)
    )
    look = make_look(panel, size=TextSize.LARGEST, steady=True)
    seen: list[str] = []
    for screen in screens(a_page(dock=dock), look):
        assert list(wrong_on(screen, look)) == []
        seen += names(screen)
    assert [name for name in seen if name >= "tile:90" and name < "tile:96"] == [
        f"tile:{n}" for n in range(90, 96)
    ]


# the bar ------------------------------------------------------------------------------------


@panels
@sizes
@pytest.mark.parametrize("many", [4, 6])
def test_places_of_the_bar_are_alike_and_their_icons_in_line(
    panel: Panel, size: TextSize, many: int
) -> None:
    if many == 6 and size > TextSize.LARGE:
        return
    screen = Screen(a_page(bar=a_bar(many)), make_look(panel, size=size))
    bar = [one for one in screen.touchables() if one.objectName().startswith("bar:")]
    assert len(bar) == many
    assert len({(one.y(), one.width(), one.height()) for one in bar}) == 1
    screen.deleteLater()


@sizes
def test_a_long_word_in_the_bar_gets_smaller_but_is_not_broken_or_unreadable(
    size: TextSize,
) -> None:
    look = make_look(SMALL, size=size)
    width = look.px(34 if size < TextSize.LARGER else 56)
    for title in ("Stop reading", "读给我听", "Adjustments"):
        drawing = TileDrawing(a_tile(1, title=title, text="", shape="bar"), look, width)
        em = drawing.title.font.pixelSize()
        assert em >= look.least_em_px()
        assert em <= look.em_px("bar")
        assert not drawing.title.breaks_word() or em == look.least_em_px()
        assert drawing.icon_px == round(em * 1.8)
