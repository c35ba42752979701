"""What a citizen may choose: language, text size, contrast, how touches count, the voice.

Knows the alternatives, their order and their steps. Does not know millimetres or colours
(`kiosk.ui`), nor how a sound is made (`kiosk.voice`).
"""

from __future__ import annotations

from enum import IntEnum, StrEnum

from kiosk.core.value import Value, field, replace


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
    UYGHUR = "ug"

    @property
    def is_right_to_left(self) -> bool:
        """Lines begin at the right edge."""
        return self is Language.UYGHUR


class Speed(IntEnum):
    """Percent of the standard rate of speech; VVSG 2.0 7.1-K asks for 50–200 % in 6–8 steps."""

    SLOWEST = 50
    SLOWER = 65
    SLOW = 80
    STANDARD = 100
    FAST = 130
    FASTER = 160
    FASTEST = 200


VOLUMES = range(1, 11)  # steps; EN 301 549 8.2.1 asks for increments, `kiosk.voice` knows decibels
VOLUME = 6  # of every new session, 36 CFR 1194 402.3.2


class Speech(Value, frozen=True):
    """How this citizen wants to hear the screen."""

    on: bool = False
    speed: Speed = Speed.STANDARD
    volume: int = VOLUME
    curtain: bool = False  # the picture is off: nobody looks over the shoulder

    def faster(self, steps: int) -> Speech:
        """So many steps faster, slower where negative; the ends stay."""
        speeds = list(Speed)
        at = min(max(speeds.index(self.speed) + steps, 0), len(speeds) - 1)
        return replace(self, speed=speeds[at])

    def louder(self, steps: int) -> Speech:
        """So many steps louder, quieter where negative; the ends stay."""
        volume = min(max(self.volume + steps, VOLUMES[0]), VOLUMES[-1])
        return replace(self, volume=volume)


class Choices(Value, frozen=True):
    """How this citizen wants to use the machine; belongs to the session and ends with it."""

    language: Language = Language.CHINESE
    size: TextSize = TextSize.STANDARD
    contrast: Contrast = Contrast.STANDARD
    steady: bool = False  # steady-hand mode: larger targets further apart
    hold: bool = False  # a touch counts when it has lasted
    low_reach: bool = False  # every control low enough for a wheelchair
    switches: bool = False  # the person moves and selects by two switches
    first_moves: bool = True  # which of the two switches moves; the other selects
    speech: Speech = field(default_factory=Speech)

    def next_size(self) -> Choices:
        """One size larger; after the largest the standard one again."""
        sizes = list(TextSize)
        return replace(self, size=sizes[(sizes.index(self.size) + 1) % len(sizes)])

    def next_contrast(self) -> Choices:
        """The next look."""
        looks = list(Contrast)
        return replace(self, contrast=looks[(looks.index(self.contrast) + 1) % len(looks)])

    def next_language(self) -> Choices:
        """The next language; after the last Chinese again."""
        languages = list(Language)
        following = languages[(languages.index(self.language) + 1) % len(languages)]
        return replace(self, language=following)

    def speaking(self, speech: Speech) -> Choices:
        """The same with another voice."""
        return replace(self, speech=speech)
