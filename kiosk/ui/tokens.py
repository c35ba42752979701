"""Every size and colour of the product, each with the clause that asks for it.

Knows millimetres and roles. Does not know pixels (`kiosk.ui.look`) or what is drawn with them.
"""

from __future__ import annotations

from kiosk.core.choices import Contrast
from kiosk.core.value import Value

FAMILY = "Noto Sans CJK SC"
HANZI_INK = 0.89
"""Height of 国 in this family over its em, measured by tests/ui/test_tokens.py."""

ARABIC_FAMILY = "Noto Naskh Arabic UI"
"""For Uyghur, and for its name on other pages. Its dots stand apart where those of Noto Sans Arabic
UI touch, its words are a tenth shorter, and 1.18 em of ink fit into a line."""
ALEF_INK = 0.81
"""Height of ا over the em: more than a capital's 0.73, so every floor of capitals is met."""
RARE_FAMILY = "BabelStone Han"
"""Where a sign of a name is in neither: the extensions of hanzi that Noto lacks."""

PACKAGES = {
    FAMILY: "fonts-noto-cjk",
    ARABIC_FAMILY: "fonts-noto-ui-core",
    RARE_FAMILY: "fonts-babelstone-han",
}
"""Debian's packages of the families."""

TOOTH_INK = 0.54
"""Height of ە over the em: as high as a small Latin letter of the other family."""

# Text: the em in mm at the standard size, and how strongly a role grows with the text size.
# Body and small text grow in full; headings grow less, so that 200 % fits (WCAG 1.4.4).
# 10 mm em is 8.9 mm of hanzi ink: 0.7 degrees of a capital at 500 mm (EN 301 549 5.1.4).
# 8.4 mm em is 7.5 mm of ink: nothing anywhere is below 6 mm (Section 508 402.4).
SMALL_EM_MM = 8.4
BODY_EM_MM = 10.0
LABEL_EM_MM = 11.8
TITLE_EM_MM = 17.0
HERO_EM_MM = 20.0
BAR_EM_MM = 8.4
KEY_EM_MM = 11.8
LEAST_EM_MM = 6.9  # 6 mm of ink, below which nothing is
LEAST_LARGEST_EM_MM = 13.6  # 12 mm of ink
# At 200 % all text has 12 mm of ink (Korea's notice of 2024): 12 / 0.89 / 8.4 is 2 to the 0.69.
GROWTH = {
    "small": 0.95,
    "body": 0.95,
    "label": 0.75,
    "title": 0.35,
    "hero": 0.3,
    "bar": 0.71,
    "key": 0.45,
}

LINE_HEIGHT = 1.35  # of the em; MIIT annex 2 section 1.2 asks for at least 1.3
BASE_LINE = 1.03  # of the em, below a line's top: hanzi, capitals with accents and Arabic have room


TOUCH_MM = 20.0  # VVSG 12.7 mm; for most hands aiming gets no easier above 20 mm
KEY_MM = 17.0  # keys of an on-screen pad are forgiving: what was hit is seen and taken back
GAP_MM = 4.0  # VVSG 2.54 mm
TILE_MM = 36.0  # where there is room: a tile is hit without aiming
BUTTON_MM = 32.0
ROOMY_KEY_MM = 28.0
CELL_MM = 60.0  # to write a character in: a finger that trembles writes large
ROOMY_CELL_MM = 116.0
MOST_CELL_MM = 130.0
INK_MM = 3.2
PLAN_MOST = {True: 0.2, False: 0.24}  # upright or lying: of the panel's height
PLAN_CELL_MOST = 1.5  # how much wider than high: a sketch is no survey
MARGIN_MM = 10.0


class Hand(Value, frozen=True):
    """How large targets are and how far apart, so that a hand hits one and no other."""

    touch_mm: float
    key_mm: float
    gap_mm: float


HAND = Hand(TOUCH_MM, KEY_MM, GAP_MM)
# hands that tremble aim better up to 30 mm (Chen 2013)
STEADY_HAND = Hand(touch_mm=30.0, key_mm=30.0, gap_mm=8.0)


class Lie(Value, frozen=True):
    """Distances on a panel that stands upright, or lies on its long side and is low."""

    margin_mm: float
    section_spare_mm: float  # between groups of things, more than within one
    header_above_mm: float
    header_below_mm: float
    bar_padding_mm: float
    least_mm: dict[str, float]  # heights of shapes
    tile_padding: float  # above and below the words, times the one beside them
    hero_padding: float


UPRIGHT = Lie(
    margin_mm=MARGIN_MM,
    section_spare_mm=GAP_MM,
    header_above_mm=7.0,
    header_below_mm=5.0,
    bar_padding_mm=5.0,
    least_mm={"tile": TILE_MM, "button": BUTTON_MM, "slim": BUTTON_MM},
    tile_padding=0.85,
    hero_padding=3.0,
)
LYING = Lie(
    margin_mm=8.0,
    section_spare_mm=2.0,
    header_above_mm=3.5,
    header_below_mm=3.0,
    bar_padding_mm=2.5,
    least_mm={"tile": 28.0, "button": 26.0, "slim": 26.0, "bar": 24.0},
    tile_padding=0.5,
    hero_padding=1.5,
)

REACH_MM = 1220.0  # above the floor, to the top of a control; EN 301 549 8.3, ADA 308
PADDING_MM = 6.0
CLOSE_PADDING_MM = 1.5  # of keys and of the bar, whose words are short
RADIUS_MM = 4.0
OUTLINE_MM = 0.9
FOCUS_MM = 1.8  # WCAG 2.4.13 asks for 2 px; 1.2 mm is seen from 600 mm
FOCUS_AWAY_MM = 0.4  # the ring stands in the gap between two controls and hides no word
ICON_EM = 1.45  # icons grow with the text beside them
CURTAIN = "#000000"  # the picture is off, in every look
CURTAIN_EXIT_MM = 60.0  # found by a hand that sees nothing
QR_FROM_MM = 800.0  # at least: as far as a phone is from a wheelchair
QR_REACH = 400.0  # modules: as many a cheap phone is away and still reads it
QR_PICTURE_EM = 5.4  # of small words: the picture of how to scan grows with them
QR_QUIET = 4  # modules, ISO/IEC 18004
QR_DARK, QR_LIGHT = "#000000", "#FFFFFF"  # in every look


class Roles(Value, frozen=True):
    """Colours by what they are for. Every pair is checked in pixels by tests/rules."""

    page: str
    ink: str
    soft_ink: str
    card: str
    outline: str
    header: str
    on_header: str
    header_line: str
    primary: str
    on_primary: str
    tint: str
    on_tint: str
    tint_outline: str
    warning: str
    on_warning: str
    warning_outline: str
    yes: str
    on_yes: str
    yes_outline: str
    mark: str
    on_mark: str
    dim: str
    focus: str


ROLES: dict[Contrast, Roles] = {
    Contrast.STANDARD: Roles(
        page="#F3F5F7",
        ink="#121A22",
        soft_ink="#333D47",
        card="#FFFFFF",
        outline="#6B7B8B",
        header="#0A3D6E",
        on_header="#FFFFFF",
        header_line="#0A3D6E",
        primary="#0A3D6E",
        on_primary="#FFFFFF",
        tint="#E3EDF6",
        on_tint="#0A2C50",
        tint_outline="#0A3D6E",
        warning="#FFF1D1",
        on_warning="#432600",
        warning_outline="#9A6200",
        yes="#E2F3E9",
        on_yes="#06371F",
        yes_outline="#0B5C36",
        mark="#FFDD7A",
        on_mark="#121A22",
        dim="#66717D",
        focus="#C2410C",
    ),
    Contrast.LIGHT: Roles(
        page="#FFFFFF",
        ink="#000000",
        soft_ink="#000000",
        card="#FFFFFF",
        outline="#000000",
        header="#FFFFFF",
        on_header="#000000",
        header_line="#000000",
        primary="#000000",
        on_primary="#FFFFFF",
        tint="#FFFFFF",
        on_tint="#000000",
        tint_outline="#000000",
        warning="#FFFFFF",
        on_warning="#000000",
        warning_outline="#000000",
        yes="#FFFFFF",
        on_yes="#000000",
        yes_outline="#000000",
        mark="#FFFFA8",
        on_mark="#000000",
        dim="#6B6B6B",
        focus="#0000C8",
    ),
    Contrast.DARK: Roles(
        page="#000000",
        ink="#FFFFFF",
        soft_ink="#FFFFFF",
        card="#000000",
        outline="#FFFFFF",
        header="#000000",
        on_header="#FFFFFF",
        header_line="#FFE24A",
        primary="#FFFBD6",
        on_primary="#000000",
        tint="#000000",
        on_tint="#FFFFFF",
        tint_outline="#FFFBD6",
        warning="#000000",
        on_warning="#FFFFFF",
        warning_outline="#FFFBD6",
        yes="#000000",
        on_yes="#FFFFFF",
        yes_outline="#FFFFFF",
        mark="#FFFBD6",
        on_mark="#000000",
        dim="#8F8F8F",
        focus="#5CD6FF",
    ),
    Contrast.SOFT: Roles(
        page="#23282D",
        ink="#B9BDB8",
        soft_ink="#B4B8B3",
        card="#2A3036",
        outline="#7F8A93",
        header="#20272D",
        on_header="#B9BDB8",
        header_line="#56616B",
        primary="#9FB6C4",
        on_primary="#1B232A",
        tint="#2C363F",
        on_tint="#BDC3C4",
        tint_outline="#8BA0B0",
        warning="#373126",
        on_warning="#CDBF9F",
        warning_outline="#9C8656",
        yes="#26352D",
        on_yes="#B5C9BA",
        yes_outline="#6F9480",
        mark="#948041",
        on_mark="#14181B",
        dim="#8F98A0",
        focus="#E8A24A",
    ),
}
