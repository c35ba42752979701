"""What a citizen may choose about the display: language, text size, contrast.

Knows the alternatives and their order. Does not know millimetres or colours (`kiosk.ui`).
"""

from __future__ import annotations

from enum import IntEnum, StrEnum

from kiosk.core.value import Value, replace


class TextSize(IntEnum):
    """Percent of the standard size; VVSG 2.0 7.1 asks for four."""

    STANDARD = 100
    LARGE = 125
    LARGER = 150
    LARGEST = 200


class Contrast(StrEnum):
    """Looks by contrast; VVSG 2.0 7.1-C, 7.1-D."""

    STANDARD = "standard"  # >= 10:1
    LIGHT = "light"  # >= 20:1, black on white
    DARK = "dark"  # >= 20:1, white on black
    SOFT = "soft"  # low glare


class Language(StrEnum):
    """Languages of the screens."""

    CHINESE = "zh"
    ENGLISH = "en"


class Choices(Value, frozen=True):
    """How this citizen wants to see the screen; belongs to the session and ends with it."""

    language: Language = Language.CHINESE
    size: TextSize = TextSize.STANDARD
    contrast: Contrast = Contrast.STANDARD

    def next_size(self) -> Choices:
        """One size larger; after the largest the standard one again."""
        sizes = list(TextSize)
        return replace(self, size=sizes[(sizes.index(self.size) + 1) % len(sizes)])

    def next_contrast(self) -> Choices:
        """The next look."""
        looks = list(Contrast)
        return replace(self, contrast=looks[(looks.index(self.contrast) + 1) % len(looks)])

    def other_language(self) -> Choices:
        """The other language."""
        other = Language.ENGLISH if self.language is Language.CHINESE else Language.CHINESE
        return replace(self, language=other)
