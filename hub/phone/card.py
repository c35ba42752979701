"""What to bring and where to go, as a picture to be kept among a phone's photos.

Knows how words are drawn large on a narrow strip. Does not know services or languages: it is given
lines. Without a font that has every hanzi there is no picture, and pages do not offer one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Literal, TypeAlias

from PIL import Image, ImageDraw, ImageFont

WIDTH = 720
_FACE = "Noto Sans CJK SC"
_FOLDERS = (  # where Debian, Fedora and Arch put it
    Path("/usr/share/fonts/opentype/noto"),
    Path("/usr/share/fonts/google-noto-sans-cjk-fonts"),
    Path("/usr/share/fonts/google-noto-cjk"),
    Path("/usr/share/fonts/noto-cjk"),
)
_FILES = {"bold": "NotoSansCJK-Bold.ttc", "plain": "NotoSansCJK-Regular.ttc"}
_FACES_IN_A_FILE = 10
_LEFT, _LEADING, _EDGE = 40, 1.35, 36
_INK, _BLUE, _WHITE, _RULE = "#121A22", "#0A3D6E", "#FFFFFF", "#5B6B7A"
_COLOURS = 16  # enough for smooth edges; a third of the bytes
_WORD = re.compile(r"[!-~\u00a0]+|.", re.DOTALL)  # a line may end after any hanzi, not in a number
_CLOSING = "，。、：；？！）》”"

Kind: TypeAlias = Literal["title", "heading", "big", "line", "paper", "note"]
_LOOKS: dict[Kind, tuple[int, Literal["bold", "plain"], int]] = {  # px, weight, px above
    "title": (58, "bold", 20),
    "heading": (38, "bold", 40),
    "big": (46, "bold", 8),
    "line": (38, "plain", 6),
    "paper": (42, "bold", 10),
    "note": (38, "plain", 0),
}
_BOX = 32


@dataclass(frozen=True)
class Line:
    """Some words and how they look; `paper` has a box to tick, and a `note` belongs to it."""

    kind: Kind
    words: str


def is_possible() -> bool:
    """Whether there is a font to draw with."""
    return all(_face(weight) is not None for weight in _FILES)


@lru_cache(maxsize=512)  # about 30 KB each; one takes a tenth of a second of a core, for anybody
def drawn(lines: tuple[Line, ...]) -> bytes:
    """The picture as a PNG file."""
    rows = list(_rows(lines))
    height = int(rows[-1].y + rows[-1].size * _LEADING) + _EDGE
    picture = Image.new("RGB", (WIDTH, height), _WHITE)
    pen = ImageDraw.Draw(picture)
    bar = int(next((row.y for row in rows if row.kind != "title"), height)) - _EDGE // 2
    pen.rectangle((0, 0, WIDTH, bar), fill=_BLUE)
    for row in rows:
        _draw(pen, row)
    file = BytesIO()
    few = picture.quantize(_COLOURS, Image.Quantize.FASTOCTREE)
    few.save(file, "PNG", compress_level=9)
    return file.getvalue()


@dataclass(frozen=True)
class _Row:
    kind: Kind
    words: str
    y: float
    size: int
    weight: Literal["bold", "plain"]
    begins: bool  # the first row of its line

    @property
    def x(self) -> int:
        return _LEFT + _indent(self.kind)


def _rows(lines: tuple[Line, ...]) -> Iterator[_Row]:
    y = float(_EDGE) - 10
    for line in lines:
        size, weight, above = _LOOKS[line.kind]
        y += above + (14 if line.kind == "heading" else 0)
        room = WIDTH - 2 * _LEFT - _indent(line.kind)
        for number, words in enumerate(_broken(line.words, size, weight, room)):
            yield _Row(line.kind, words, y, size, weight, number == 0)
            y += size * _LEADING


def _indent(kind: Kind) -> int:
    return _BOX + 20 if kind in ("paper", "note") else 0


def _draw(pen: ImageDraw.ImageDraw, row: _Row) -> None:
    ink = {"title": _WHITE, "heading": _BLUE}.get(row.kind, _INK)
    if row.kind == "heading":
        pen.line((_LEFT, row.y - 14, WIDTH - _LEFT, row.y - 14), fill=_RULE, width=3)
    if row.kind == "paper" and row.begins:
        top = row.y + row.size * 0.36
        pen.rounded_rectangle((_LEFT, top, _LEFT + _BOX, top + _BOX), 6, outline=_INK, width=4)
    pen.text((row.x, row.y), row.words, fill=ink, font=_font(row.weight, row.size))


def _broken(words: str, size: int, weight: str, room: int) -> Iterator[str]:
    font, row = _font(weight, size), ""
    for word in _WORD.findall(words):
        if row and font.getlength((row + word).rstrip()) > room and word not in _CLOSING:
            yield row.strip()
            row = ""
        row += word
    if row.strip():
        yield row.strip()


@cache
def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    face = _face(weight)
    assert face is not None  # noqa: S101 -- pages ask `is_possible` first
    return ImageFont.truetype(face[0], size, face[1])


@cache
def _face(weight: str) -> tuple[Path, int] | None:
    """File and place in it; the forms of hanzi differ between the faces of one file."""
    for file in (folder / _FILES[weight] for folder in _FOLDERS):
        for index in range(_FACES_IN_A_FILE if file.exists() else 0):
            try:
                family = ImageFont.truetype(file, 20, index).getname()[0]
            except OSError:
                break
            if family == _FACE:
                return file, index
    return None
