"""Every size and colour of the product, each with the clause that asks for it.

Knows millimetres and roles. Does not know pixels (`kiosk.ui.look`) or what is drawn with them.
"""

from __future__ import annotations

from kiosk.core.choices import Contrast
from kiosk.core.value import Value

FAMILY = "Noto Sans CJK SC"
HANZI_INK = 0.89
"""Height of 国 in this family over its em, measured by tests/ui/test_tokens.py."""

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
GROWTH = {
    "small": 0.95,
    "body": 0.95,
    "label": 0.85,
    "title": 0.45,
    "hero": 0.4,
    "bar": 0.5,
    "key": 0.45,
}

LINE_HEIGHT = 1.35  # of the em; MIIT annex 2 section 1.2 asks for at least 1.3

TOUCH_MM = 20.0  # VVSG 12.7 mm; the plateau of aimed touch is 20 mm
TILE_MM = 36.0  # where there is room: a tile is hit without aiming
BUTTON_MM = 32.0
KEY_MM = 17.0  # keys of an on-screen pad stand close and are forgiving
GAP_MM = 4.0  # VVSG 2.54 mm
SECTION_GAP_MM = 8.0  # between groups: twice the gap within one
MARGIN_MM = 10.0
PADDING_MM = 6.0
RADIUS_MM = 4.0
OUTLINE_MM = 0.9
FOCUS_MM = 1.6  # WCAG 2.4.13 asks for 2 px; 1.2 mm is seen from 600 mm
FOCUS_GAP_MM = 1.2  # the ring's inner line, which is what shows on a dark tile
ICON_EM = 1.45  # icons grow with the text beside them
QR_MODULE_MM = 1.9  # distance / 400: read by a cheap phone from 76 cm, a wheelchair's distance
QR_QUIET = 4  # modules, ISO/IEC 18004


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
    focus_gap: str


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
        focus_gap="#FFFFFF",
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
        focus_gap="#FFFFFF",
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
        tint_outline="#FFF7C2",
        warning="#000000",
        on_warning="#FFFFFF",
        warning_outline="#FFF7C2",
        yes="#000000",
        on_yes="#FFFFFF",
        yes_outline="#FFFFFF",
        mark="#FFF7C2",
        on_mark="#000000",
        dim="#8F8F8F",
        focus="#5CD6FF",
        focus_gap="#000000",
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
        focus_gap="#23282D",
    ),
}
