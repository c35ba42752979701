"""Tokens for one device and one citizen's choices: from millimetres to pixels, fonts, colours.

Knows the panel's mm per pixel (from the device profile, because EDID lies), what a hand needs, and
from which side lines begin. Does not know what is drawn.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from PySide6.QtGui import QColor, QFont, QPalette, QPixmap

from kiosk.core.choices import Choices, Language, TextSize
from kiosk.ui import tokens
from kiosk.ui.icons import Icons
from kiosk.ui.words import Words, is_arabic


@dataclass(frozen=True)
class Panel:
    """A touch panel: its pixels, how large one is, and how high the lowest stands."""

    width_px: int
    height_px: int
    mm_per_px: float
    bottom_mm: float = 700.0  # of the picture's lower edge above the floor
    distance_mm: float = 500.0  # from the eyes

    def y_px(self, height_mm: float) -> int:
        """Where on the picture a height above the floor is; at least its upper edge."""
        return max(0, self.height_px - math.floor((height_mm - self.bottom_mm) / self.mm_per_px))

    @property
    def is_portrait(self) -> bool:
        """Higher than wide."""
        return self.height_px >= self.width_px


@dataclass(frozen=True)
class Look:
    """How everything is drawn for one citizen on one panel."""

    panel: Panel
    choices: Choices
    gettext: Callable[[str], str]
    icons: Icons

    def px(self, mm: float) -> int:
        """Millimetres as whole pixels, at least one."""
        return max(1, round(mm / self.panel.mm_per_px))

    @cached_property
    def roles(self) -> tokens.Roles:
        """The colours."""
        return tokens.ROLES[self.choices.contrast]

    @property
    def language(self) -> Language:
        """The language of the screen."""
        return self.choices.language

    @property
    def is_largest(self) -> bool:
        """The text is at its largest: fewer things stand side by side."""
        return self.choices.size is TextSize.LARGEST

    @property
    def is_from_right(self) -> bool:
        """Lines begin at the right edge, and so does everything else."""
        return self.language.is_right_to_left

    def left(self, start: int, width: int, whole: int) -> int:
        """The left edge of what begins `start` pixels from where lines begin on a whole."""
        return whole - start - width if self.is_from_right else start

    @property
    def hand(self) -> tokens.Hand:
        """What this hand needs to hit, and to hit nothing else."""
        return tokens.STEADY_HAND if self.choices.steady else tokens.HAND

    @property
    def touch_mm(self) -> float:
        """How large a target is at least, both ways."""
        return self.hand.touch_mm

    @property
    def key_mm(self) -> float:
        """How large a key of a pad is at least, both ways."""
        return self.hand.key_mm

    @property
    def gap_mm(self) -> float:
        """Between two targets."""
        return self.hand.gap_mm

    @property
    def lie(self) -> tokens.Lie:
        """What the panel has room for."""
        return tokens.UPRIGHT if self.panel.is_portrait else tokens.LYING

    @property
    def section_gap_mm(self) -> float:
        """Between groups of things."""
        return self.gap_mm + self.lie.section_spare_mm

    def least_mm(self, shape: str) -> float:
        """How high a tile of this shape is at least."""
        if shape == "key":
            return self.key_mm
        return max(self.touch_mm, self.lie.least_mm.get(shape, 0.0))

    @property
    def reach_px(self) -> int:
        """What is touched begins below this line of the picture."""
        return self.panel.y_px(tokens.REACH_MM) if self.choices.low_reach else 0

    def em_px(self, role: str) -> int:
        """The em of a text role in pixels."""
        standard_mm: float = getattr(tokens, f"{role.upper()}_EM_MM")
        growth = (self.choices.size / 100) ** tokens.GROWTH[role]
        return self.px(standard_mm * growth)

    def least_em_px(self) -> int:
        """Smaller than this is no text."""
        return self.px(tokens.LEAST_LARGEST_EM_MM if self.is_largest else tokens.LEAST_EM_MM)

    def font(self, role: str, bold: bool = False, em_px: int = 0) -> QFont:
        """The font of a text role: small, body, label, title, code or bar."""
        font = QFont()
        families = [tokens.FAMILY, tokens.ARABIC_FAMILY]
        font.setFamilies(families[::-1] if self.language.is_right_to_left else families)
        font.setPixelSize(em_px or self.em_px(role))
        font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
        return font

    def colour(self, role: str) -> QColor:
        """The colour of a role."""
        return QColor(getattr(self.roles, role))

    def icon(self, name: str, side: int, role: str) -> QPixmap:
        """An icon in a role's colour; it points the way that lines run."""
        return self.icons.get(name, side, self.colour(role), self.is_from_right)

    def words(
        self,
        text: str,
        role: str,
        colour: str,
        width: int,
        bold: bool = False,
        centred: bool = False,
        marks: tuple[tuple[int, int], ...] = (),
        em_px: int = 0,
    ) -> Words:
        """A text in a role's font and a role's colour, laid out for a width; titles evenly."""
        colours = (self.colour("mark"), self.colour("on_mark")) if marks else None
        font = self.font(role, bold, em_px)
        if self.language.is_right_to_left and not is_arabic(text):
            # an address between Arabic lines: there the point of that typeface hangs in the middle
            font.setFamilies([tokens.FAMILY, tokens.ARABIC_FAMILY])
        return Words(
            text,
            font,
            self.colour(colour),
            max(1, width),
            marks,
            colours,
            centred,
            self.is_from_right,
            even=bold or centred,
        )

    def palette(self) -> QPalette:
        """The application's palette: what Qt itself draws follows the look too."""
        palette = QPalette()
        for group, role in (
            (QPalette.ColorRole.Window, "page"),
            (QPalette.ColorRole.WindowText, "ink"),
            (QPalette.ColorRole.Base, "card"),
            (QPalette.ColorRole.Text, "ink"),
            (QPalette.ColorRole.Button, "card"),
            (QPalette.ColorRole.ButtonText, "ink"),
            (QPalette.ColorRole.Highlight, "primary"),
            (QPalette.ColorRole.HighlightedText, "on_primary"),
            (QPalette.ColorRole.PlaceholderText, "soft_ink"),
        ):
            palette.setColor(group, self.colour(role))
        return palette
