"""Tokens for one device and one citizen's choices: from millimetres to pixels, fonts, colours.

Knows the panel's mm per pixel (from the device profile, because EDID lies). Does not know what is
drawn.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from PySide6.QtGui import QColor, QFont, QPalette

from kiosk.core.choices import Choices, Language, TextSize
from kiosk.ui import tokens
from kiosk.ui.icons import Icons
from kiosk.ui.words import Words


@dataclass(frozen=True)
class Panel:
    """A touch panel: its pixels, and how large one is."""

    width_px: int
    height_px: int
    mm_per_px: float

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

    def em_px(self, role: str) -> int:
        """The em of a text role in pixels."""
        standard_mm: float = getattr(tokens, f"{role.upper()}_EM_MM")
        growth = (self.choices.size / 100) ** tokens.GROWTH[role]
        return self.px(standard_mm * growth)

    def font(self, role: str, bold: bool = False) -> QFont:
        """The font of a text role: small, body, label, title, code or bar."""
        font = QFont(tokens.FAMILY)
        font.setPixelSize(self.em_px(role))
        font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
        return font

    def colour(self, role: str) -> QColor:
        """The colour of a role."""
        return QColor(getattr(self.roles, role))

    def words(
        self,
        text: str,
        role: str,
        colour: str,
        width: int,
        bold: bool = False,
        centred: bool = False,
        marks: tuple[tuple[int, int], ...] = (),
    ) -> Words:
        """A text in a role's font and a role's colour, laid out for a width."""
        colours = (self.colour("mark"), self.colour("on_mark")) if marks else None
        font = self.font(role, bold)
        return Words(text, font, self.colour(colour), max(1, width), marks, colours, centred)

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
