"""The code on the screen: as large as the distance asks for, and read from its own pixels."""

from __future__ import annotations

import math
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from access.readers import READERS, grey_of
from kiosk.core.choices import Contrast, Language, TextSize
from kiosk.core.value import replace
from kiosk.store.qr_symbol import modules_of
from kiosk.ui import tokens
from kiosk.ui.look import Panel
from kiosk.ui.page import Page, QrCard
from kiosk.ui.screen import Screen
from kiosk.ui.spoken import Ear, name_of
from kiosk.ui.widgets.qr import QrPlate, module_px
from tests.builders import LANDSCAPE, PORTRAIT, make_look
from tests.ui.pages import LARGE, LARGE_LYING, SMALL, SMALL_LYING, a_bar
from tests.ui.pixels import picture

pytestmark = pytest.mark.usefixtures("qapp")

SERVICE = (
    "https://zwfw.yc.example/k/"
    + "0078792475839516749378925171119746636326758854484355456337491487963597"
)
URLS = {
    "service": SERVICE + "11137336",
    "list": "https://zwfw.yc.example/c/" + "1234567890" * 30,
}
PANELS = {
    "21in-upright": SMALL,
    "21in-lying": SMALL_LYING,
    "27in-upright": PORTRAIT,
    "27in-lying": LANDSCAPE,
    "32in-upright": LARGE,
    "32in-lying": LARGE_LYING,
}


def card(url: str = URLS["service"], **changes: object) -> QrCard:
    plain = QrCard(
        modules_of(url),
        "用手机扫一扫",
        ("微信、支付宝、相机都行，家人的手机也可以",),
        "打开的网址是",
        "zwfw.yc.example",
        "核对码",
        "5643",
        picture="scan-code",
        aim="手机离屏幕一尺左右",
    )
    return replace(plain, **changes)


def test_an_address_goes_on_behind_a_point() -> None:
    """Whoever compares it finds whole names on each line, and points on the line."""
    host = "zwfw.yunchuan.example"
    for language in (Language.CHINESE, Language.UYGHUR):
        look = make_look(language=language, size=TextSize.LARGEST)
        plate = QrPlate(card(host=host), look, 460, None)
        (shown,) = (one for one in plate._words if "yunchuan" in one.text)
        parts = [0, *shown.line_starts(), len(shown.text)]
        lines = [shown.text[a:b].strip("\u200b") for a, b in pairwise(parts) if a < b]
        assert len(lines) > 1
        assert all(line.endswith(".") for line in lines[:-1])
        assert shown.font.families()[0] == tokens.FAMILY
    assert host in name_of(card(host=host), Ear(Language.CHINESE, str))


@pytest.mark.parametrize("contrast", Contrast)
@pytest.mark.parametrize("panel", [PORTRAIT, LANDSCAPE], ids=["upright", "lying"])
def test_every_reader_reads_every_code_from_the_pixels_of_every_look(
    contrast: Contrast, panel: Panel
) -> None:
    for size, url in product(TextSize, URLS.values()):
        look = make_look(panel, size=size, contrast=contrast)
        screen = Screen(Page("code", "带走", blocks=(card(url),), bar=a_bar()), look)
        seen = grey_of(picture(screen))
        assert {name: read(seen) for name, read in READERS.items()} == {
            name: [url] for name in READERS
        }, f"{contrast} {size}"
        screen.deleteLater()


@given(st.floats(0.1, 0.6), st.floats(200, 2000))
def test_a_module_is_never_finer_than_a_cheap_phone_reads(mm_per_px: float, away: float) -> None:
    glass = Panel(1080, 1920, mm_per_px, distance_mm=away)
    module_mm = module_px(glass) * mm_per_px
    assert module_mm >= max(800, away) / 400 - 1e-9
    assert (module_px(glass) - 1) * mm_per_px < max(800, away) / 400  # and by no more than a pixel


@pytest.mark.parametrize("panel", PANELS.values(), ids=PANELS.keys())
@pytest.mark.parametrize("url", URLS.values(), ids=URLS.keys())
def test_no_panel_is_too_narrow_for_a_code(panel: Panel, url: str) -> None:
    look = make_look(panel)
    width = (panel.width_px if panel.is_portrait else panel.width_px // 2) - look.px(30)
    plate = QrPlate(card(url), look, width, None)
    assert plate._module_px == module_px(panel)
    plate.deleteLater()


def test_a_code_for_far_eyes_stays_on_its_card() -> None:
    far = Panel(1080, 1920, 0.311, distance_mm=2000)
    plate = QrPlate(card(URLS["list"]), make_look(far), 900, None)
    assert plate._side <= 900
    plate.resize(900, plate.height_px())
    assert READERS["zxing"](grey_of(picture(plate))) == [URLS["list"]]
    plate.deleteLater()


@pytest.mark.parametrize("panel", [PORTRAIT, LANDSCAPE, LARGE, LARGE_LYING])
def test_the_picture_makes_the_card_no_higher_at_the_standard_size(panel: Panel) -> None:
    look = make_look(panel)
    width = (panel.width_px if panel.is_portrait else panel.width_px // 2) - look.px(30)
    with_it, without = (
        QrPlate(one, look, width, None) for one in (card(), card(picture="", aim=""))
    )
    assert with_it.height_px() == without.height_px()
    for plate in (with_it, without):
        plate.deleteLater()


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("size", TextSize)
@pytest.mark.parametrize("contrast", [Contrast.STANDARD, Contrast.DARK])
def test_the_picture_is_drawn_beside_the_words_and_never_on_the_code(
    language: Language, size: TextSize, contrast: Contrast
) -> None:
    look = make_look(language=language, size=size, contrast=contrast)
    width = look.px(310)
    drawn = []
    for block in (card(), replace(card(), picture="x")):  # another picture in the same place
        plate = QrPlate(block, look, width, None)
        plate.resize(width, plate.height_px())
        drawn.append(grey_of(picture(plate)))
        plate.deleteLater()
    assert drawn[0].shape == drawn[1].shape
    assert (drawn[0] != drawn[1]).sum() > 200
    assert READERS["zxing"](drawn[0]) == [URLS["service"]]


def test_what_the_picture_shows_is_said_where_it_is_drawn() -> None:
    said = name_of(card(), Ear(Language.CHINESE, str))
    assert "屏幕上有一个方的码" in said
    assert "手机离屏幕一尺左右" in said
    assert math.isclose(said.index("手机离屏幕"), said.index("方的码"), abs_tol=12)  # together
