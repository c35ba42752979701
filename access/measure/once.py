"""What is measured once and not on a screen: all words that could ever be shown, all icons.

Knows the requirements VIS-12 and VIS-13, and the part of VIS-05 that compares screens. Does not
know any layout.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.pofile import read_po
from PySide6.QtGui import QFont

from access import signs
from access.measure.text import ICON_VARIES
from access.sights import Sight, Tongue
from access.tally import Case, Tally, Where
from db import records
from hub.authoring.yaml_source import Source
from kiosk import assets

_TEXT_IN_PICTURE = (b"<text", b"<image", b"<foreignObject")


def measure(tally: Tally, source: Source) -> None:
    """Everything that no screen is needed for."""
    pictures_of_text(tally, sorted(assets.ICONS.glob("*.svg")))
    for tongue in (Tongue.CHINESE, Tongue.UYGHUR):
        look = Sight(tongue=tongue).look()
        for is_bold in (False, True):
            glyphs(tally, [*catalog_words(source), *screen_words()], look.font("body", is_bold))
    glyphs(tally, signs.RARE_NAMES, Sight().look().font("body"), "a name")


# VIS-12 -------------------------------------------------------------------------------------------


def pictures_of_text(tally: Tally, files: Iterable[Path]) -> None:
    """Icons hold shapes only."""
    for file in files:
        content = file.read_bytes()
        tally.score("VIS-12").checks += 1
        for word in _TEXT_IN_PICTURE:
            if word in content:
                _fault(tally, "VIS-12", file.name, f"holds {word.decode()}")


# VIS-13 -------------------------------------------------------------------------------------------


def catalog_words(source: Source) -> Iterator[str]:
    """Every text of a catalog, in all its languages."""
    for record in source.records:
        for text in records.texts_of(record):
            yield from (text.zh, text.en)


def screen_words() -> Iterator[str]:
    """Every word of the screens and slips, and all translations."""
    for file in sorted(assets.LOCALE.glob("*/LC_MESSAGES/*.po")):
        with file.open("rb") as opened:
            for message in read_po(opened):
                yield str(message.id)
                yield str(message.string)


def glyphs(tally: Tally, words: Iterable[str], font: QFont, what: str = "a text") -> None:
    """Every sign of the words is drawn, and not as the box that stands for a missing one."""
    wanted = sorted({sign for one in words for sign in one if sign.isprintable() and sign != " "})
    for sign in wanted:
        tally.score("VIS-13").checks += 1
        if signs.family_of(sign, font) is None or signs.is_box(sign, font):
            name = f"{sign} U+{ord(sign):04X} in {what}"
            _fault(tally, "VIS-13", name, f"{font.family()} {font.weight()} has no glyph")


# VIS-05 -------------------------------------------------------------------------------------------


def icons_grow(tally: Tally) -> None:
    """Icons of a kind were as large beside their text at every text size; after the walk."""
    for name, (low, high) in tally.spans.items():
        case = Case(round(high / low, 3), ICON_VARIES, "×", "most", Where(thing=f"icons {name}"))
        tally.score("VIS-05").checks += 1
        tally.score("VIS-05").add(case)


def _fault(tally: Tally, id: str, thing: str, note: str) -> None:
    tally.score(id).add(Case(1, 0, "", "none", Where(thing=thing), note))
