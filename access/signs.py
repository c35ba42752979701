"""Which signs have a glyph, and in which family Qt really draws them.

Knows fonts, and names that people really have. Does not know any screen.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QFont, QImage, QPainter, QTextLayout

from access import ink
from kiosk.ui import tokens

ALLOWED = frozenset({tokens.FAMILY, tokens.ARABIC_FAMILY})
"""Sans serif, with a glyph for what it is used for."""

_UNASSIGNED = "\U0010fffd"  # for private use, and nobody uses it
_LOOK_PX = 32

# Signs of names that registers and counters have turned away, most of them from the third level of
# the 通用规范汉字表 and from beyond the first plane (CJK extensions A to E)
RARE_NAMES = tuple(
    "㛃㐱㑇㑊㕮㘎㙍㙘㙦㛚㛹㟃㠇㠓㤘㥄㧐㧑㧟㫰㬊㬎㬚㭎㭕㮾㰀㳇㳘㳚㴔㵐㶲㸆㸌㺄㻬㽏㿠䁖䂮䃅䃎䅟䌹䎃䎖䏝䏡䏲䐃䓖䓛䓨䓫䓬䗖䗛䗪"
    "䗴䜣䝙䢺䢼䣘䥽䦃䲟䲠䲢䴓䴔䴕䴖䴗䴘䴙䶮喆犇堃翀昇祎玥珺頔赟燊烨琎彧淼垚龑靐龘鑫焱森晶皛"
    "𠅤𫖯𬀩𬱖𬸪𫍯𬤇𬍛𬬩𬭎𫘜𬊤𫔶𬭩𬶏𬴊𬸚𬇙𫄧𫟅𪟝𪨰𫍙𫍟𫍢𫍰𫍲𫐄𫐐𫐓𫓧𫓯𫖮𫗧𫗴𫘝𫘦𫘨𫘪𫚈𫚉𫚔𫚕𫚖𫚙𫛚𫛛𫛞𫛭𫞩𫟦𫟷𫟹𫟼"
    "𫠆𫠊𫠜𫢸𫫇𫭟𫭢𫭼𫮃𫰛𫵷𫶇𫷷𫸩𬀪𬂩𬃊𬇕𬇹𬉼𬊈𬍡𬍤𬒈𬒍𬒔𬒗𬕂𬘓𬘘𬘡𬘩𬘫𬘬𬘭𬘯𬙂𬙊𬙋𬜬𬜯𬞟𬟁𬟽𬣙𬣞𬣡𬣳𬤊𬤝𬨂𬨎𬩽𬪩𬬭𬬮𬬱𬬸𬬹𬬻𬬿𬭁𬭊𬭚"
    "𬭛𬭤𬭬𬭯𬭳𬭶𬭸𬭼𬮱𬮿𬯀𬯎𬱟𬳵𬳶𬳽𬳿𬴂𬴃𬶋𬶍𬶐𬶟𬶠𬶨𬶭𬶮𬷕𬸘𬸣𬸦𬹼𬺈𬺓"
)


@lru_cache(maxsize=20_000)
def _family(sign: str, key: ink.FontKey) -> str | None:
    """The family that draws a sign; None where there is only the box for a missing one."""
    families, size, weight, _italic = key
    font = QFont(list(families))
    font.setPixelSize(size)
    font.setWeight(QFont.Weight(weight))
    layout = QTextLayout(sign, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    runs = layout.glyphRuns()
    if not runs or any(0 in run.glyphIndexes() for run in runs):
        return None
    return str(runs[0].rawFont().familyName())


def family_of(sign: str, font: QFont) -> str | None:
    """The family that draws a sign in a font; None where none does."""
    key = (*ink.key_of(font)[:1], 40, font.weight(), False)  # the size changes nothing
    return _family(sign, key)


def families(words: str, font: QFont) -> set[str]:
    """All families that words are drawn with."""
    found = {family_of(sign, font) for sign in set(words) if not sign.isspace()}
    return {family for family in found if family is not None}


def is_box(sign: str, font: QFont) -> bool:
    """Whether a sign looks like the box that Qt draws where no family has one."""
    return _looks(sign, ink.key_of(font)) == _looks(_UNASSIGNED, ink.key_of(font))


@lru_cache(maxsize=20_000)
def _looks(sign: str, key: ink.FontKey) -> bytes:
    families, _size, weight, _italic = key
    font = QFont(list(families))
    font.setPixelSize(_LOOK_PX)
    font.setWeight(QFont.Weight(weight))
    image = QImage(2 * _LOOK_PX, 2 * _LOOK_PX, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    painter.setFont(font)
    painter.drawText(_LOOK_PX // 4, _LOOK_PX * 3 // 2, sign)
    painter.end()
    return bytes(image.constBits())
