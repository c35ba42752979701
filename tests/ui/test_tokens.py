"""Sizes and colours, measured against the clauses that ask for them."""

from __future__ import annotations

import pytest
from msgspec.structs import asdict
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontInfo,
    QFontMetricsF,
    QPainter,
    QRawFont,
    QTextLayout,
)

from kiosk.core.choices import Contrast, Language, TextSize
from kiosk.ui import tokens
from kiosk.ui.look import Look, Panel
from tests.builders import LANDSCAPE, PORTRAIT, make_look
from tests.ui.pixels import blank, ink_box, ratio

ROLES = ("small", "body", "label", "title", "hero", "bar", "key")
UYGHUR = "ئاەبپتجچخدرزژسشغفقكگڭلمنھوۇۆۈۋېىي"
PANELS = (PORTRAIT, Panel(1080, 1920, 0.248), Panel(1080, 1920, 0.369))
# ink and the grounds that it is drawn on
TEXT_PAIRS = (
    ("ink", "page"),
    ("ink", "card"),
    ("soft_ink", "page"),
    ("soft_ink", "card"),
    ("on_header", "header"),
    ("on_primary", "primary"),
    ("on_tint", "tint"),
    ("on_warning", "warning"),
    ("on_yes", "yes"),
    ("on_mark", "mark"),
)
# numbers, chosen signs and icons in the colour of an outline
SIGN_PAIRS = (("tint_outline", "card"), ("tint_outline", "tint"))
# the line that makes a thing look touchable, and what lies on both of its sides
OUTLINE_PAIRS = (
    ("outline", "page"),
    ("outline", "card"),
    ("tint_outline", "page"),
    ("tint_outline", "tint"),
    ("yes_outline", "page"),
    ("yes_outline", "yes"),
    ("warning_outline", "page"),
    ("warning_outline", "warning"),
    ("primary", "page"),
    ("focus", "page"),
    ("focus", "card"),
)
LEAST = {
    Contrast.STANDARD: 10.0,  # VVSG 2.0 7.1-C
    Contrast.LIGHT: 20.0,  # VVSG 2.0 7.1-D
    Contrast.DARK: 20.0,
    Contrast.SOFT: 4.5,  # WCAG 1.4.3, and little glare
}
SOFT_MOST = 8.0
DIM_LEAST = 4.5  # what cannot be touched now may be paler, and is still read
OUTLINE_LEAST = 3.0  # WCAG 1.4.11


def contrast(look: Contrast, pair: tuple[str, str]) -> float:
    roles = asdict(tokens.ROLES[look])
    return ratio(roles[pair[0]], roles[pair[1]])


def names(pair: tuple[str, str]) -> str:
    return "-on-".join(pair)


@pytest.mark.parametrize("pair", TEXT_PAIRS, ids=names)
@pytest.mark.parametrize("look", Contrast)
def test_text_is_told_from_its_ground(look: Contrast, pair: tuple[str, str]) -> None:
    least = DIM_LEAST if look is Contrast.SOFT or pair[0] == "on_mark" else LEAST[look]
    assert contrast(look, pair) >= least


@pytest.mark.parametrize("pair", TEXT_PAIRS[:-1], ids=names)
def test_the_soft_look_does_not_glare(pair: tuple[str, str]) -> None:
    assert contrast(Contrast.SOFT, pair) <= SOFT_MOST


@pytest.mark.parametrize("pair", [*SIGN_PAIRS, ("dim", "card"), ("dim", "page")], ids=names)
@pytest.mark.parametrize("look", Contrast)
def test_signs_and_dim_words_are_still_read(look: Contrast, pair: tuple[str, str]) -> None:
    assert contrast(look, pair) >= DIM_LEAST


@pytest.mark.parametrize("pair", OUTLINE_PAIRS, ids=names)
@pytest.mark.parametrize("look", Contrast)
def test_what_can_be_touched_is_outlined(look: Contrast, pair: tuple[str, str]) -> None:
    assert contrast(look, pair) >= OUTLINE_LEAST


@pytest.mark.parametrize("look", Contrast)
def test_every_colour_is_a_colour_and_opaque(look: Contrast) -> None:
    for role, value in asdict(tokens.ROLES[look]).items():
        assert QColor(value).isValid(), role
        assert len(value) == 7, role


def test_every_look_has_its_own_colours() -> None:
    assert set(tokens.ROLES) == set(Contrast)
    assert len({tuple(asdict(roles).values()) for roles in tokens.ROLES.values()}) == len(Contrast)


@pytest.mark.parametrize("look", Contrast)
def test_the_palette_follows_the_look(look: Contrast) -> None:
    palette = make_look(contrast=look).palette()
    roles = tokens.ROLES[look]
    assert palette.windowText().color() == QColor(roles.ink)
    assert palette.window().color() == QColor(roles.page)
    ground, invitation = palette.base().color(), palette.placeholderText().color()
    assert ratio(ground, invitation) >= DIM_LEAST


# text sizes ---------------------------------------------------------------------------------


def ink_mm(look: Look, role: str, sign: str = "国") -> float:
    """Height of a sign's ink as it is painted."""
    em = look.em_px(role)
    image = blank(em * 2, em * 2)
    painter = QPainter(image)
    painter.setFont(look.font(role))
    painter.drawText(em // 2, round(em * 1.4), sign)
    painter.end()
    box = ink_box(image)
    assert box is not None
    return (box[3] - box[1] + 1) * look.panel.mm_per_px


@pytest.mark.usefixtures("qapp")
def test_the_family_is_there_and_draws_chinese_forms() -> None:
    assert QFontInfo(QFont(tokens.FAMILY)).family() == tokens.FAMILY
    for role in ROLES:
        assert QFontInfo(make_look().font(role)).family() == tokens.FAMILY


@pytest.mark.usefixtures("qapp")
def test_the_height_of_a_character_over_its_em_is_as_stated() -> None:
    font = QFont(tokens.FAMILY)
    font.setPixelSize(1000)
    ink = QFontMetricsF(font).tightBoundingRect("国").height() / 1000
    assert ink == pytest.approx(tokens.HANZI_INK, abs=0.02)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("size", TextSize)
@pytest.mark.parametrize("role", ROLES)
def test_no_text_is_below_the_floor(size: TextSize, role: str) -> None:
    look = make_look(size=size)
    assert ink_mm(look, role) >= 6.0  # Section 508 402.4 in hanzi
    assert ink_mm(look, role, "H") >= 4.8


@pytest.mark.usefixtures("qapp")
def test_the_standard_text_is_read_from_half_a_metre() -> None:
    look = make_look()
    assert ink_mm(look, "body") >= 8.0
    assert ink_mm(look, "body", "H") >= 6.1  # EN 301 549 5.1.4: 0.7 degrees at 500 mm


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("panel", PANELS, ids=lambda panel: f"{panel.mm_per_px} mm")
@pytest.mark.parametrize("role", ROLES)
def test_the_largest_text_is_as_large_as_the_strictest_rule_asks(role: str, panel: Panel) -> None:
    assert ink_mm(make_look(panel, size=TextSize.LARGEST), role) >= 12.0  # Korea 2024


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(("size", "least_mm"), [(100, 8.0), (125, 10.0), (150, 12.0), (200, 16.0)])
def test_what_is_read_has_the_size_that_was_chosen(size: int, least_mm: float) -> None:
    assert ink_mm(make_look(size=TextSize(size)), "body") >= least_mm


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("size", TextSize)
def test_a_word_that_had_to_shrink_is_not_below_the_floor(size: TextSize) -> None:
    for panel in PANELS:
        look = make_look(panel, size=size)
        assert look.least_em_px() <= look.em_px("bar")
        ink = look.least_em_px() * panel.mm_per_px * 0.875
        assert ink >= (11.8 if look.is_largest else 5.95)


# another script -----------------------------------------------------------------------------


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("bold", [False, True])
def test_every_uyghur_letter_is_drawn_by_the_arabic_family(bold: bool) -> None:
    font = make_look(language=Language.UYGHUR).font("body", bold)
    assert QFontInfo(font).family() == tokens.ARABIC_FAMILY
    assert QFontInfo(font).bold() is bold
    raw = QRawFont.fromFont(font, QFontDatabase.WritingSystem.Arabic)
    assert raw.familyName() == tokens.ARABIC_FAMILY
    assert [sign for sign in UYGHUR + "؟،؛" if not raw.supportsCharacter(ord(sign))] == []


@pytest.mark.usefixtures("qapp")
def test_uyghur_letters_join() -> None:
    """A joined word is narrower than its letters on their own, and its glyphs are others."""
    font = make_look(language=Language.UYGHUR).font("title")
    for letter in "بپتجچخسشغفقكگڭلمنھېىي":
        layout = QTextLayout(letter * 3, font)
        layout.beginLayout()
        layout.createLine()
        layout.endLayout()
        glyphs = [index for run in layout.glyphRuns() for index in run.glyphIndexes()]
        alone = QRawFont.fromFont(font, QFontDatabase.WritingSystem.Arabic)
        assert set(alone.glyphIndexesForString(letter)).isdisjoint(glyphs[:1]), letter


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    ("sign", "stated"), [("ا", tokens.ALEF_INK), ("ە", tokens.TOOTH_INK)], ids=["alef", "tooth"]
)
def test_the_height_of_arabic_letters_is_as_stated(sign: str, stated: float) -> None:
    font = QFont(tokens.ARABIC_FAMILY)
    font.setPixelSize(1000)
    ink = QFontMetricsF(font).tightBoundingRect(sign).height() / 1000
    assert ink == pytest.approx(stated, abs=0.02)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("size", TextSize)
@pytest.mark.parametrize("role", ROLES)
def test_an_alef_is_as_high_as_a_capital_has_to_be(size: TextSize, role: str) -> None:
    look = make_look(language=Language.UYGHUR, size=size)
    assert ink_mm(look, role, "ا") >= (6.1 if role == "body" else 4.8)


@pytest.mark.usefixtures("qapp")
def test_uyghur_ink_fits_into_its_line() -> None:
    font = QFont(tokens.ARABIC_FAMILY)
    font.setPixelSize(1000)
    metrics = QFontMetricsF(font)
    assert metrics.tightBoundingRect(UYGHUR).height() / 1000 < tokens.LINE_HEIGHT
    assert metrics.height() / 1000 < tokens.LINE_HEIGHT + 0.02  # lines do not touch


@pytest.mark.usefixtures("qapp")
def test_the_name_of_the_language_is_read_on_chinese_pages() -> None:
    layout = QTextLayout("ئۇيغۇرچە", make_look().font("label", bold=True))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    families = {run.rawFont().familyName() for run in layout.glyphRuns()}
    assert families == {tokens.ARABIC_FAMILY}


@pytest.mark.parametrize("role", ROLES)
def test_every_size_is_larger_than_the_one_before(role: str) -> None:
    ems = [make_look(size=size).em_px(role) for size in TextSize]
    assert ems == sorted(set(ems))


@pytest.mark.parametrize("role", ["small", "body"])
def test_what_is_read_grows_to_nearly_twice(role: str) -> None:
    standard, largest = (make_look(size=size).em_px(role) for size in (100, 200))
    assert largest / standard >= 1.9


def test_lines_stand_apart() -> None:
    assert tokens.LINE_HEIGHT >= 1.3  # MIIT annex 2, 1.2


@pytest.mark.parametrize(
    ("steady", "touch_mm", "key_mm", "gap_mm"), [(False, 20, 17, 4), (True, 30, 30, 8)]
)
def test_targets_and_gaps_are_what_hands_need(
    steady: bool, touch_mm: float, key_mm: float, gap_mm: float
) -> None:
    look = make_look(steady=steady)
    assert (look.touch_mm, look.key_mm, look.gap_mm) == (touch_mm, key_mm, gap_mm)
    assert tokens.FOCUS_MM >= 1.2
    assert look.gap_mm > tokens.FOCUS_MM + tokens.FOCUS_AWAY_MM  # it touches no neighbour


@pytest.mark.parametrize("steady", [False, True])
@pytest.mark.parametrize("panel", [PORTRAIT, LANDSCAPE])
def test_no_shape_is_lower_than_a_target_and_groups_stand_further_apart(
    panel: Panel, steady: bool
) -> None:
    look = make_look(panel, steady=steady)
    for shape in ("tile", "row", "button", "hero", "slim", "bar"):
        assert look.least_mm(shape) >= look.touch_mm
    assert look.section_gap_mm > look.gap_mm


def test_a_line_to_reach_is_drawn_only_for_those_who_ask() -> None:
    high = Panel(1080, 1920, 0.369, bottom_mm=640)
    assert make_look(high).reach_px == 0
    line = make_look(high, low_reach=True).reach_px
    assert high.bottom_mm + (high.height_px - line) * high.mm_per_px <= tokens.REACH_MM
    assert make_look(Panel(1920, 1080, 0.248, bottom_mm=950), low_reach=True).reach_px == 0


@pytest.mark.parametrize("panel", [PORTRAIT, LANDSCAPE])
@pytest.mark.parametrize("mm", [0.01, 0.9, 20.0, 85.6])
def test_millimetres_become_whole_pixels(panel: object, mm: float) -> None:
    look = make_look(panel)  # type: ignore[arg-type]
    assert look.px(mm) >= 1
    assert abs(look.px(mm) * look.panel.mm_per_px - mm) <= 0.16 or mm < 0.2


@pytest.mark.parametrize("language", Language)
def test_a_look_knows_its_language_and_whether_it_is_the_largest(language: Language) -> None:
    assert make_look(language=language).language is language
    assert make_look(size=TextSize.LARGEST).is_largest
    assert not make_look(size=TextSize.LARGER).is_largest
