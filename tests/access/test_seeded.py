"""A measure that never fails measures nothing: each catches the fault that is made for it alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QScrollArea, QWidget

from access import registry
from access.measure import once, touch
from access.measure.colour import differences
from access.pixels import Colours
from access.sights import Sight
from access.tally import Tally
from kiosk.core.choices import Contrast, TextSize
from kiosk.core.routes import Back
from kiosk.core.value import replace
from kiosk.ui import tokens
from kiosk.ui.look import Look, Panel
from kiosk.ui.page import Field, Notice, Page, QrCard, Tile, Tiles
from kiosk.ui.screen import Screen
from kiosk.ui.widgets.plate import NoticePlate, PanelPlate
from kiosk.ui.widgets.touchable import Touchable
from tests.access.seeding import (
    PAGE,
    TILES,
    WORDS,
    Bench,
    Framed,
    Lines,
    label,
    look_of,
    touchable,
    with_colours,
    with_ems,
)

Breaking = Callable[[Screen], object]


@pytest.mark.parametrize("contrast", Contrast)
@pytest.mark.parametrize("size", [TextSize.STANDARD, TextSize.LARGEST])
def test_nothing_is_found_where_nothing_is_wrong(
    bench: Bench, contrast: Contrast, size: TextSize
) -> None:
    assert bench.failing(look=look_of(contrast=contrast, size=size)) == set()
    assert bench.tally.checks > 300


# text and picture ---------------------------------------------------------------------------------


def test_text_that_is_too_small_for_the_distance(bench: Bench) -> None:
    far = Panel(1080, 1920, 0.311, distance_mm=900)
    assert bench.failing(seen_as=Look(far, Sight().choices, str, look_of().icons)) == {"VIS-01"}


def test_text_below_the_floor(bench: Bench) -> None:
    assert bench.failing(look=look_of(with_ems(small=5.0))) == {"VIS-02"}


def test_text_below_the_size_of_the_largest_mode(bench: Bench) -> None:
    look = look_of(with_ems(small=12.5), size=TextSize.LARGEST)
    assert bench.failing(look=look) == {"VIS-03"}


def test_running_text_below_the_size_that_was_chosen(bench: Bench) -> None:
    assert bench.failing(look=look_of(with_ems(body=8.4))) == {"VIS-04"}


def _lower(kind: type[QWidget]) -> Breaking:
    def lower(screen: Screen) -> None:
        for one in screen.findChildren(kind):
            one.resize(one.width(), one.height() // 2)

    return lower


def _narrower(screen: Screen) -> None:
    for one in screen.findChildren(PanelPlate):
        one.resize(one.width() // 8, one.height())


def _over_another(screen: Screen) -> None:
    one = screen.findChildren(PanelPlate)[0]
    one.move(one.x(), one.y() - 120)


def _off_the_screen(screen: Screen) -> None:
    one = screen.findChildren(NoticePlate)[0]
    one.move(screen.width() - 400, one.y())


def _cut_short(screen: Screen) -> None:
    label(screen, "请到…", look_of().font("body"))


def _blotted(screen: Screen) -> None:
    """Something opaque inside of a plate covers its words."""
    blot = QWidget(screen.findChildren(PanelPlate)[0])
    blot.setAutoFillBackground(True)
    blot.setGeometry(60, 0, 150, 400)
    blot.show()


def _over_its_frame(screen: Screen) -> None:
    one = Framed((WORDS[:4],), look_of().font("body"), 0, screen)
    one.move(40, 1200)
    one.show()


@pytest.mark.parametrize(
    "breaking",
    [
        _lower(NoticePlate),
        _lower(PanelPlate),
        _narrower,
        _over_another,
        _off_the_screen,
        _cut_short,
        _over_its_frame,
    ],
)
def test_text_that_is_cut_covered_or_shortened(bench: Bench, breaking: Breaking) -> None:
    assert bench.failing(breaking) == {"VIS-05"}


def test_a_field_that_says_nothing(bench: Bench) -> None:
    said, silent = (Field(words, "", "search") for words in ("sfz", ""))
    assert bench.failing(page=replace(PAGE, dock=(said,))) == set()
    assert bench.failing(page=replace(PAGE, dock=(silent,))) >= {"VIS-05"}
    assert "no room" in bench.noted("VIS-05")


def test_text_that_something_lies_upon(bench: Bench) -> None:
    assert bench.failing(_blotted) == {"VIS-05", "VIS-08"}
    assert "ink are missing" in bench.noted("VIS-05")


def test_a_latin_word_that_is_broken_where_it_had_room(bench: Bench) -> None:
    page = replace(PAGE, text="governments are a government")

    def broken(screen: Screen) -> None:
        font = look_of().font("body")
        lines = ("governments", "are a", "govern", "ment")
        one = Lines(lines, font, round(font.pixelSize() * 1.4), screen)
        one.move(40, 1200)
        one.show()

    assert bench.failing(broken, page) == {"VIS-05"}
    assert "government is broken" in bench.noted("VIS-05")


def test_icons_that_do_not_grow_with_their_text() -> None:
    tally = Tally()
    for ratio in (1.45, 1.2):
        tally.span("tile", ratio)
    once.icons_grow(tally)
    assert tally.failing() == {"VIS-05"}


def test_letters_of_a_family_that_nobody_chose(bench: Bench) -> None:
    def strange(screen: Screen) -> None:
        font = QFont("DejaVu Serif")
        font.setPixelSize(60)
        label(screen, "9:42", font)

    assert bench.failing(strange) == {"VIS-06"}


def test_lines_that_stand_too_close(bench: Bench) -> None:
    def close(screen: Screen) -> None:
        font = look_of().font("body")
        one = Lines((WORDS[:8], WORDS[8:16]), font, round(font.pixelSize() * 1.15), screen)
        one.move(40, 1200)
        one.show()

    assert bench.failing(close) == {"VIS-07"}


def test_text_that_is_too_pale(bench: Bench) -> None:
    assert bench.failing(look=with_colours(look_of(), soft_ink="#6B6B6B")) == {"VIS-08"}


@pytest.mark.parametrize(
    ("contrast", "ink"),
    [(Contrast.LIGHT, "#333333"), (Contrast.DARK, "#BBBBBB"), (Contrast.SOFT, "#FFFFFF")],
)
def test_contrast_that_is_not_what_was_chosen(bench: Bench, contrast: Contrast, ink: str) -> None:
    look = with_colours(look_of(contrast=contrast), soft_ink=ink)
    assert bench.failing(look=look) == {"VIS-09"}


def test_outlines_that_are_hardly_seen(bench: Bench) -> None:
    assert bench.failing(look=with_colours(look_of(), outline="#D0D6DC")) == {"VIS-10"}


def test_icons_that_are_hardly_seen(bench: Bench) -> None:
    assert bench.failing(look=with_colours(look_of(), tint_outline="#C8D4E0")) == {"VIS-10"}
    assert "icon" in bench.noted("VIS-10")


def test_notices_that_only_colour_tells_apart(bench: Bench) -> None:
    two = tuple(Notice("现在没开", "明天再来", "clock", tone) for tone in ("yes", "warning"))
    page = replace(PAGE, blocks=two)
    assert bench.failing(page=page) == {"VIS-11"}


@pytest.mark.parametrize(("one", "other"), [("#C80000", "#005F8C"), ("#808080", "#808080")])
def test_two_colours_of_one_brightness_are_no_difference_in_grey(one: str, other: str) -> None:
    first, second = (_plain(colour) for colour in (one, other))
    assert differences(first, second, 0.3)["grey"] == 0
    assert differences(_plain("#FFFFFF"), _plain("#000000"), 0.3)["grey"] > 4


def _plain(colour: str) -> Colours:
    return np.full((20, 20), int("ff" + colour[1:], 16), np.uint32)


def test_an_icon_that_holds_text(tmp_path: object) -> None:
    tally = Tally()
    file = tmp_path / "one.svg"  # type: ignore[operator]
    file.write_text("<svg><text>办</text></svg>", "utf-8")
    once.pictures_of_text(tally, [file])
    assert tally.failing() == {"VIS-12"}


@pytest.mark.usefixtures("qapp")
def test_a_sign_that_no_family_has() -> None:
    tally = Tally()
    font = QFont(tokens.FAMILY)
    font.setPixelSize(40)
    once.glyphs(tally, ["身份证", "\U0001fbff\U00013000\U00014400"], font)
    assert tally.failing() == {"VIS-13"}
    assert "身" not in str(tally.score("VIS-13").failed)


def test_a_screen_that_changes_by_itself(bench: Bench) -> None:
    assert bench.failing(QTimer) == {"VIS-14"}


# touch --------------------------------------------------------------------------------------------

KEY = Tile("seed:key", "办", act=Back(), shape="key")


def _key(screen: Screen, look: Look, side_mm: float, x: int = 40, y: int = 1200) -> Touchable:
    one = Touchable(KEY, look, screen)
    one.setGeometry(x, y, look.px(side_mm), look.px(side_mm))
    one.show()
    screen.setTabOrder(touchable(screen, "seed:two"), one)
    return one


def test_a_target_that_is_too_small(bench: Bench) -> None:
    assert bench.failing(lambda screen: _key(screen, look_of(), 15.5)) == {"TCH-01"}


def test_targets_that_stand_too_close(bench: Bench) -> None:
    def close(screen: Screen) -> None:
        one = touchable(screen, "seed:two")
        one.move(one.x() - 6, one.y())

    assert bench.failing(close) == {"TCH-02"}


@pytest.mark.parametrize("side_mm", [27.0, 29.5])
def test_a_target_that_is_too_small_for_an_unsteady_hand(bench: Bench, side_mm: float) -> None:
    look = look_of(steady=True)
    assert bench.failing(lambda screen: _key(screen, look, side_mm), look=look) == {"TCH-03"}


def test_targets_that_stand_too_close_for_an_unsteady_hand(bench: Bench) -> None:
    def close(screen: Screen) -> None:
        one = touchable(screen, "bar:help")
        one.move(one.x() - 6, one.y())

    assert bench.failing(close, look=look_of(steady=True)) == {"TCH-03"}


def test_something_that_scrolls(bench: Bench) -> None:
    def scrolling(screen: Screen) -> None:
        QScrollArea(screen).setGeometry(0, 1250, 100, 40)

    assert bench.failing(scrolling) == {"TCH-10"}


def test_words_that_are_on_no_page(bench: Bench) -> None:
    more = replace(PAGE, blocks=(*PAGE.blocks, Notice("丢了的话")))
    assert bench.failing(told=more) == {"TCH-10"}
    assert set("丢了的话") <= set(bench.noted("TCH-10"))


def test_a_control_that_is_on_no_page(bench: Bench) -> None:
    silent = Tile("seed:three", "", act=Back())
    assert bench.failing(told=replace(PAGE, dock=(), blocks=(*PAGE.blocks, Tiles((silent,))))) == {
        "TCH-10"
    }


def test_a_window_that_pops_up(bench: Bench) -> None:
    assert bench.failing(lambda screen: QWidget(screen, Qt.WindowType.Dialog)) == {"TCH-11"}


# keys ---------------------------------------------------------------------------------------------


def test_a_control_that_keys_do_not_reach(bench: Bench) -> None:
    def unreached(screen: Screen) -> None:
        touchable(screen, "seed:two").setFocusPolicy(Qt.FocusPolicy.NoFocus)

    assert bench.failing(unreached) == {"KEY-02"}


def test_a_focus_that_jumps(bench: Bench) -> None:
    def jumping(screen: Screen) -> None:
        screen.setTabOrder(touchable(screen, "seed:two"), touchable(screen, "seed:one"))

    assert bench.failing(jumping) == {"KEY-02"}


def test_a_focus_that_is_not_seen(bench: Bench) -> None:
    roles = look_of().roles.__struct_fields__
    pale = {role: "#FFFFFF" for role in roles if "focus" in role}
    look = with_colours(look_of(), **pale)
    assert bench.failing(look=look) == {"KEY-04"}


def test_a_focus_that_is_hidden(bench: Bench) -> None:
    def hidden(screen: Screen) -> None:
        _key(screen, look_of(), 20, x=screen.width() - 20)

    assert bench.failing(hidden) == {"KEY-04", "KEY-05", "VIS-05"}


# heard --------------------------------------------------------------------------------------------


def test_words_that_are_shown_and_not_said(bench: Bench) -> None:
    def silent(screen: Screen) -> None:
        label(screen, "没有声音", look_of().font("body"))

    assert bench.failing(silent) == {"AUD-01"}


@pytest.mark.parametrize(
    "tiles",
    [
        (*TILES, Tile("seed:three", "", icon="home", act=Back())),
        (*TILES, Tile("seed:three", TILES[0].title, TILES[0].text, act=Back())),
        (*TILES, Tile("", "没有身份", act=Back())),
    ],
    ids=["no name", "the name of another", "no identity"],
)
def test_a_control_without_a_name_of_its_own(bench: Bench, tiles: tuple[Tile, ...]) -> None:
    page = replace(PAGE, blocks=(Tiles(tiles, most_columns=2),))
    assert bench.failing(page=page) == {"UX-07"}


# words and place ----------------------------------------------------------------------------------


def test_help_that_moves(bench: Bench) -> None:
    assert bench.failing() == set()
    assert bench.failing(page=replace(PAGE, bar=PAGE.bar[::-1])) == {"UX-01"}


def test_a_bar_without_help(bench: Bench) -> None:
    assert bench.failing(page=replace(PAGE, bar=PAGE.bar[:1])) == {"UX-01"}


def test_more_choices_than_one_oversees_is_a_figure_and_no_failure(bench: Bench) -> None:
    many = tuple(replace(TILES[0], name=f"seed:{n}", title=f"{n}号窗口") for n in range(8))
    page = replace(PAGE, blocks=(Tiles(many, most_columns=2),))
    assert bench.failing(page=page) == set()
    worst = bench.tally.figures["UX-09"].worst
    assert worst is not None
    assert worst.value == 8 > touch.CHOICES_MOST


def _code_page(modules: Iterable[Iterable[bool]]) -> Page:
    rows = tuple(tuple(row) for row in modules)
    card = QrCard(rows, "扫一扫", (), "网址", "zwfw.example.cn", "核对码", "5643")
    return replace(PAGE, blocks=(card,))


def test_a_code_that_phones_read(bench: Bench) -> None:
    assert bench.failing(page=_code_page(registry.screen_code().modules)) == set()


def test_a_code_that_is_too_small(bench: Bench) -> None:
    small = Look(replace_panel(look_of().panel, 0.19), Sight().choices, str, look_of().icons)
    bench.failing(page=_code_page(registry.screen_code().modules), seen_as=small)
    assert "module" in bench.noted("UX-14")


def test_a_code_that_is_too_high_for_a_phone_in_a_lap(bench: Bench) -> None:
    panel = Panel(1080, 1920, 0.311, bottom_mm=900)
    seen_as = Look(panel, Sight().choices, str, look_of().icons)
    bench.failing(page=_code_page(registry.screen_code().modules), seen_as=seen_as)
    assert "above the floor" in bench.noted("UX-14")


def test_a_code_that_is_not_black(bench: Bench) -> None:
    def tinted(screen: Screen) -> None:
        for one in screen.findChildren(QWidget):
            if type(one).__name__ == "QrPlate":
                veil = QWidget(screen)
                veil.setGeometry(one.geometry())
                veil.setStyleSheet("background: rgba(255, 240, 200, 40)")
                veil.show()

    bench.failing(tinted, page=_code_page(registry.screen_code().modules))
    assert "neither black nor white" in bench.noted("UX-14")


def replace_panel(panel: Panel, mm_per_px: float) -> Panel:
    return Panel(panel.width_px, panel.height_px, mm_per_px, panel.bottom_mm, panel.distance_mm)


def test_a_code_that_nobody_reads(bench: Bench) -> None:
    checkered = [[(x + y) % 2 == 0 for x in range(37)] for y in range(37)]
    assert bench.failing(page=_code_page(checkered)) == {"UX-14"}


def test_a_code_without_its_quiet_zone(bench: Bench) -> None:
    def crowded(screen: Screen) -> None:
        for one in screen.findChildren(QWidget):
            if type(one).__name__ == "QrPlate":
                label(screen, "国", look_of().font("body"), one.x() - 20, one.y() + 100)

    bench.failing(crowded, page=_code_page(registry.screen_code().modules))
    assert "quiet zone" in bench.noted("UX-14")


def test_controls_above_the_reach_of_somebody_who_sits(bench: Bench) -> None:
    high = Panel(1080, 1920, 0.311, bottom_mm=1100)
    seen_as = Look(high, Sight(low_reach=True).choices, str, look_of().icons)
    assert bench.failing(seen_as=seen_as) == {"PHY-03"}


def test_controls_below_the_reach_of_anybody(bench: Bench) -> None:
    low = Panel(1080, 1920, 0.311, bottom_mm=100)
    seen_as = Look(low, Sight().choices, str, look_of().icons)
    assert bench.failing(seen_as=seen_as) == {"PHY-02"}
