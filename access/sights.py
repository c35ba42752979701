"""The ways to see the screens: language, text size, look, hand, reach, panel.

Knows every alternative and how they combine. Does not know any screen.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable
from enum import StrEnum
from functools import cache
from itertools import product

from access.covering import pairwise
from access.pseudo import pseudo
from kiosk import app, assets
from kiosk.core.choices import Choices, Contrast, Language, TextSize
from kiosk.core.value import Value, field, replace
from kiosk.ui.icons import Icons
from kiosk.ui.look import Look, Panel

LYING_BOTTOM_MM = 950.0  # a lying panel hangs higher than an upright one


class Tongue(StrEnum):
    """The words on the screens."""

    CHINESE = "zh"
    ENGLISH = "en"
    UYGHUR = "ug"
    PSEUDO = "pseudo"

    @property
    def language(self) -> Language:
        """What the program is told."""
        return Language.ENGLISH if self is Tongue.PSEUDO else Language(self)

    @property
    def gettext(self) -> Callable[[str], str]:
        """The words of the screens."""
        words = app.translations(self.language)
        return pseudo(words) if self is Tongue.PSEUDO else words


PANELS = ("21in-portrait", "21in-landscape", "32in-portrait", "32in-landscape")
"""The smallest and the largest panel, upright and lying."""
STANDARD_PANEL = "27in-portrait"


class Sight(Value, frozen=True):
    """One way to see the screens."""

    tongue: Tongue = Tongue.CHINESE
    size: TextSize = TextSize.STANDARD
    contrast: Contrast = Contrast.STANDARD
    steady: bool = False
    low_reach: bool = False
    panel: str = STANDARD_PANEL

    def __str__(self) -> str:
        """Its name: `zh-200-dark-steady-low-21in-portrait`."""
        hand = "-steady" if self.steady else ""
        reach = "-low" if self.low_reach else ""
        return f"{self.tongue}-{self.size:d}-{self.contrast}{hand}{reach}-{self.panel}"

    @property
    def choices(self) -> Choices:
        """What a citizen would have chosen."""
        return Choices(
            language=self.tongue.language,
            size=self.size,
            contrast=self.contrast,
            steady=self.steady,
            low_reach=self.low_reach,
        )

    def look(self, choices: Choices | None = None) -> Look:
        """How everything is drawn; `choices` where a visit has more of them."""
        return Look(panel(self.panel), choices or self.choices, self.tongue.gettext, icons())


class Layout(Value, frozen=True):
    """Sights that differ in colours only: things stand at the same places in all of them."""

    sight: Sight
    contrasts: tuple[Contrast, ...] = field(default=tuple(Contrast))

    @property
    def sights(self) -> tuple[Sight, ...]:
        """One sight for each look."""
        return tuple(replace(self.sight, contrast=contrast) for contrast in self.contrasts)


DIMENSIONS: dict[str, tuple[object, ...]] = {
    "panel": PANELS,
    "size": tuple(TextSize),
    "tongue": tuple(Tongue),
    "contrast": tuple(Contrast),
    "steady": (False, True),
    "low_reach": (False, True),
}


def full() -> list[Layout]:
    """Every combination, the looks of a layout together; the ones with most pages first."""
    rest = [values for name, values in DIMENSIONS.items() if name != "contrast"]
    names = [name for name in DIMENSIONS if name != "contrast"]
    rows = [dict(zip(names, values, strict=True)) for values in product(*rest)]
    layouts = [Layout(Sight(**row)) for row in rows]  # type: ignore[arg-type]
    return sorted(layouts, key=lambda one: (-one.sight.size, one.sight.panel, str(one.sight)))


def covering() -> list[Layout]:
    """A few sights among which every pair of two choices is seen."""
    sights = [Sight(**row) for row in pairwise(DIMENSIONS)]  # type: ignore[arg-type]
    return [Layout(sight, (sight.contrast,)) for sight in sights]


def named(name: str) -> Sight:
    """The sight of a name as `str` gives it; what is left out is standard.

    Raises:
        ValueError: a part of the name is nothing that is known.
    """
    left = name
    for kept in _PANELS_KNOWN:
        left = left.removesuffix(kept)
    parts = [part for part in left.split("-") if part]
    changes: dict[str, object] = {} if left == name else {"panel": name[len(left) :]}
    for part in parts:
        changes |= _meaning(part)
    return Sight(**changes)  # type: ignore[arg-type]


def _meaning(part: str) -> dict[str, object]:
    """Which choice a part of a name is."""
    if part == "steady":
        return {"steady": True}
    if part == "low":
        return {"low_reach": True}
    if part.isdigit():
        return {"size": TextSize(int(part))}
    if part in tuple(Tongue):
        return {"tongue": Tongue(part)}
    return {"contrast": Contrast(part)}


_PANELS_KNOWN = (*PANELS, STANDARD_PANEL, "27in-landscape")


@cache
def panel(name: str) -> Panel:
    """A panel of a device profile; without one of its own a lying panel is the upright one."""
    file = assets.PROFILES / f"{name}.toml"
    if not file.exists() and name.endswith("-landscape"):
        upright = panel(name.replace("landscape", "portrait"))
        width, height = upright.height_px, upright.width_px
        return Panel(width, height, upright.mm_per_px, LYING_BOTTOM_MM, upright.distance_mm)
    table = tomllib.loads(file.read_text("utf-8"))
    known = Panel.__dataclass_fields__
    return Panel(**{key: value for key, value in table.items() if key in known})


@cache
def icons() -> Icons:
    """The icons of the product."""
    return Icons(assets.ICONS)


def degrees(height_mm: float, distance_mm: float) -> float:
    """The angle that a height is seen at."""
    return math.degrees(2 * math.atan(height_mm / 2 / distance_mm))
