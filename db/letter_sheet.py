"""One sheet of a letter of authority: words, lines and boxes, from its head to its foot.

Knows the paper, the sizes of normal and large print, how wide words are, and that what a line means
in another language stands beneath it. Does not know what stands on a sheet (`db.letter`), nor
fonts, printers or PDF: widths are taken so large that the signs of any font fit, so everybody
breaks lines alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from types import MappingProxyType
from typing import Literal, TypeAlias

from db.letter_words import GLOSSES

WIDTH_MM, HEIGHT_MM = 210.0, 297.0
MM_PER_PT = 25.4 / 72

LEFT, RIGHT = 18.0, 192.0
WIDTH = RIGHT - LEFT
_SPREAD = 6.0  # no more white than this is added between two sections
GAP_MM = 1.5  # between what stands beside each other, and what a width may be wrong by
_NAME_MM = 60.0  # no line for a name is shorter
_BELOW_LINE = 1.2  # how far under the base line one writes
NO_HOLES: Mapping[str, str] = MappingProxyType({})
_TICK = "✓"  # in the fonts of a machine; files for phones leave all boxes empty
ARABIC = re.compile(r"[\u0600-\u06ff]")
_GLOSS_LINE = 1.32  # of the em
_PIECE = re.compile(r"[\u2e80-\uffff]|[^\u2e80-\uffff ]+ *| +")  # no line breaks inside
_WIDTHS = (  # of the em; about the widest of the fonts that draw it, bold ones too
    (re.compile(r"[\u2066-\u2069]"), 0.0),
    (re.compile(r"[\u0600-\u06ff]"), 0.48),
    (re.compile(r"[\u2e80-\uffff✓]"), 1.0),
    (re.compile(r"[MWmw]"), 0.9),
    (re.compile(r"[A-Z]"), 0.72),
    (re.compile(r"[0-9]"), 0.6),
    (re.compile(r"[a-z]"), 0.54),
    (re.compile(r" "), 0.28),
)
_OTHER_WIDTH = 0.4  # of signs


@dataclass(frozen=True, slots=True)
class Form:
    """Which of the forms of the letter; all of them are Chinese, some say it in another one too."""

    language: str = "zh"
    is_large: bool = False

    @property
    def is_glossed(self) -> bool:
        """Whether each line says beneath it what it means."""
        return self.language in GLOSSES

    @property
    def smallest_pt(self) -> float:
        """The size of its smallest words."""
        style = LARGE if self.is_large else NORMAL
        return style.gloss if self.is_glossed else style.note

    @property
    def has_centred_title(self) -> bool:
        """Where the title leaves least room beside the code."""
        return not self.is_large and not self.is_glossed

    def gloss(self, chinese: str, holes: Mapping[str, str] = NO_HOLES) -> str:
        """What it means; empty where the form is Chinese only."""
        return GLOSSES.get(self.language, {}).get(chinese, "").format(**holes)


Anchor: TypeAlias = Literal["left", "middle", "right"]


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text; `y` is its baseline, from the upper edge, and `x` where its anchor is."""

    x: float
    y: float
    text: str
    size_pt: float
    bold: bool = False
    anchor: Anchor = "left"

    def left(self, width: float) -> float:
        """Where it begins, whichever way it is read, if it is so wide."""
        return self.x - {"left": 0.0, "middle": 0.5, "right": 1.0}[self.anchor] * width


@dataclass(frozen=True, slots=True)
class Blank:
    """A line to write on."""

    x: float
    y: float
    width: float


@dataclass(frozen=True, slots=True)
class Box:
    """A square: to tick, or for a fingerprint."""

    x: float
    y: float
    side: float


Part: TypeAlias = Words | Blank | Box
Sheet: TypeAlias = tuple[Part, ...]


def width_mm(text: str, size_pt: float) -> float:
    """How wide a line is at most, about."""
    return sum(map(_em, text)) * size_pt * MM_PER_PT


@cache
def _em(sign: str) -> float:
    return next((em for pattern, em in _WIDTHS if pattern.match(sign)), _OTHER_WIDTH)


@dataclass(frozen=True, slots=True)
class Style:
    """Points of words, and how much further apart than on the normal form lines stand."""

    body: float
    matter: float
    title: float
    note: float
    gloss: float
    stretch: float
    box: float  # mm
    finger: float  # mm; the box of a fingerprint
    phone: float  # mm from the left edge; where the label beside a name begins
    bottom: float  # mm from the upper edge; the last line above the foot


NORMAL = Style(16.0, 19.0, 28.0, 14.0, 12.0, 1.0, 5.0, 24.0, 102.0, 280.0)
# rows of 14 mm for a shaking pen
LARGE = Style(22.0, 26.0, 36.0, 22.0, 16.0, 1.34, 7.0, 24.0, 114.0, 276.0)


@dataclass
class Pen:
    """A sheet that is filled downward."""

    form: Form
    y: float
    parts: list[Part] = field(default_factory=list)
    gloss_mm: float = 0.0  # what the glosses of this line need below it
    begun: list[int] = field(default_factory=list)  # the first parts of sections

    @property
    def style(self) -> Style:
        return LARGE if self.form.is_large else NORMAL

    def down(self, mm: float) -> None:
        """To the next line, so far on the normal form."""
        self.y += mm * self.style.stretch + self.gloss_mm
        self.gloss_mm = 0.0

    def section(self, mm: float = 11.5) -> None:
        """To the first line of the next section."""
        self.down(mm)
        self.begun.append(len(self.parts))

    def spread(self) -> None:
        """Share what is left of the sheet among the white between its sections."""
        spare = max(0.0, self.style.bottom - max(part.y for part in self.parts))
        begun = [start for start in self.begun if start < len(self.parts)]
        each = min(_SPREAD, spare / max(1, len(begun)))
        for start in begun:
            self.parts[start:] = [replace(part, y=part.y + each) for part in self.parts[start:]]

    def words(
        self,
        chinese: str,
        x: float = LEFT,
        size: float = 0.0,
        *,
        bold: bool = False,
        holes: Mapping[str, str] = NO_HOLES,
    ) -> float:
        """Add Chinese, and beneath it what it means; answer where both end."""
        text, size = chinese.format(**holes), size or self.style.body
        self.parts.append(Words(x, self.y, text, size, bold))
        end = x + width_mm(text, size)
        gloss = self.form.gloss(chinese, holes)
        if gloss:
            self.beneath(Words(x, self.y, gloss, self.style.gloss))
            end = max(end, x + width_mm(gloss, self.style.gloss))
        return end + GAP_MM

    def beneath(self, gloss: Words) -> None:
        """Add what a line means, below what is written on it."""
        em = gloss.size_pt * MM_PER_PT
        self.parts.append(replace(gloss, y=self.y + _BELOW_LINE + 1.1 * em))
        self.gloss_mm = max(self.gloss_mm, _GLOSS_LINE * em)

    def paragraph(self, text: str, size: float, mm: float, *, bold: bool = False) -> None:
        """As many lines as it needs, so far apart; several of Uyghur begin at one right edge."""
        lines = list(_lines(text, size))
        widest = max(width_mm(line, size) for line in lines)
        for line in lines:
            words = Words(LEFT, self.y, line, size, bold)
            if len(lines) > 1 and ARABIC.search(text):
                words = replace(words, x=LEFT + widest, anchor="right")
            self.parts.append(words)
            self.y += mm

    def blank(
        self, chinese: str, x: float, until: float, holes: Mapping[str, str] = NO_HOLES
    ) -> None:
        """A line to write on behind its label, or below one that leaves no room for a name."""
        self.words(chinese, x, holes=holes)
        start = x + width_mm(chinese.format(**holes), self.style.body) + GAP_MM
        if until - start < _NAME_MM and x == LEFT:
            self.down(10.5)
            start = x
        self.parts.append(Blank(start, self.y + _BELOW_LINE, until - start))

    def date(self, chinese: str, x: float) -> None:
        """Year, month and day to be filled in."""
        style = self.style
        self.words(chinese, x)
        x += width_mm(chinese, style.body) + GAP_MM
        for unit, room in (("年", 18.0), ("月", 12.0), ("日", 12.0)):
            wide = room * style.stretch
            self.parts.append(Blank(x, self.y + _BELOW_LINE, wide))
            x += wide + 1
            self.parts.append(Words(x, self.y, unit, style.body))
            width = width_mm(unit, style.body)
            gloss = self.form.gloss(unit)
            if gloss:
                middle = x + width / 2
                self.beneath(Words(middle, self.y, gloss, style.gloss, anchor="middle"))
            x += width + GAP_MM

    def date_mm(self, chinese: str) -> float:
        """How wide that is."""
        ems = width_mm(f"{chinese}年月日", self.style.body)
        return ems + 42.0 * self.style.stretch + 3 + 4 * GAP_MM

    def boxes(self, labels: list[tuple[str, bool]]) -> None:
        """Boxes to tick, as many in a row as the longest label allows."""
        side, size = self.style.box, self.style.body
        beside = side + 0.3 * side + 0.5
        widest = max(self._width(label) for label, _is_ticked in labels)
        columns = min(4, int(WIDTH // (beside + widest + GAP_MM)))
        columns = len(labels) // -(-len(labels) // columns)  # rows of equal length
        step = WIDTH / columns
        for n, (label, is_ticked) in enumerate(labels):
            if n and n % columns == 0:
                self.down(8.5)
            x = LEFT + n % columns * step
            top = self.y - 0.38 * size * MM_PER_PT - side / 2  # in the middle of the hanzi
            self.parts.append(Box(x, top, side))
            if is_ticked:
                tick = Words(x + side / 2, self.y, _TICK, size, bold=True, anchor="middle")
                self.parts.append(tick)
            self.words(label, x + beside)

    def sentences(self, *pairs: tuple[str, Mapping[str, str]], size: float) -> None:
        """Side by side where they fit; with its meaning beneath it each has a line of its own."""
        x, line = LEFT, size / 14 * 7 / self.style.stretch
        for chinese, holes in pairs:
            text = chinese.format(**holes)
            if x > LEFT and (self.form.is_glossed or x + width_mm(text, size) > RIGHT):
                self.down(line)
                x = LEFT
            self.parts.append(Words(x, self.y, text, size))
            x += width_mm(text, size)
            gloss = self.form.gloss(chinese, holes)
            if gloss:
                self.meaning(gloss)
        self.down(line)

    def meaning(self, gloss: str) -> None:
        """What a whole line means, in as many lines as that needs."""
        size = self.style.gloss
        em, at = size * MM_PER_PT, self.y
        self.y += _BELOW_LINE + 1.1 * em
        self.paragraph(gloss, size, _GLOSS_LINE * em)
        self.gloss_mm, self.y = self.y - at - _BELOW_LINE - 1.1 * em, at

    def _width(self, chinese: str) -> float:
        gloss = width_mm(self.form.gloss(chinese), self.style.gloss)
        return max(width_mm(chinese, self.style.body), gloss)


def _lines(text: str, size: float) -> Iterator[str]:
    """As many signs or words a line as fit."""
    line = ""
    for piece in _PIECE.findall(text):
        if line and width_mm((line + piece).rstrip(), size) > WIDTH:
            yield line.rstrip()
            line = ""
        line += piece
    yield line.rstrip()
