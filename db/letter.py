"""A letter of authority on one sheet of A4: its words, and where they stand.

Here because a machine in a hall prints it and the hub hands out the same sheet as a file, and
neither may import the other. Knows what the Civil Code (article 165) asks of a letter: agent,
matter, powers, term, and the principal's signature or seal. Names, numbers and dates are blanks
for a pen: nobody types them anywhere. Does not know fonts, printers or PDF; a Chinese sign is one
em wide and all others half of one, so that both ends break lines alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

MATERIAL = "proxy-letter"
"""The slug of the paper in a catalog."""

RELATIONS = {  # who the agent is to the principal, as `db.records.Helper` says it
    "spouse": "丈夫或妻子",
    "child": "子女",
    "parent": "父母",
    "grandchild": "孙辈",
    "grandparent": "祖辈",
    "relative": "别的亲戚",
    "friend": "朋友、邻居",
    "community": "社区人员",
}
REASONS = {"frail": "走不动、生病", "away": "不在本地", "busy": "没有时间", "other": "别的原因"}
POWERS = ("交材料", "填表、签名", "交钱", "拿证、拿结果")

WIDTH_MM, HEIGHT_MM = 210.0, 297.0
MM_PER_PT = 25.4 / 72
SMALLEST_PT = 14.0

_LEFT, _RIGHT = 18.0, 192.0
_BODY, _MATTER, _TITLE = 16.0, 19.0, 28.0
_ROW = 10.5  # mm; room for a pen
_BOX = 5.0
_TICK = "✓"  # in the fonts of a machine; files for phones leave all boxes empty


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text; `y` is its baseline, from the upper edge."""

    x: float
    y: float
    text: str
    size_pt: float = _BODY
    bold: bool = False


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


@dataclass(frozen=True, slots=True)
class Letter:
    """What is filled in before anybody takes up a pen; nothing of it says who they are."""

    matter: str  # the service by its official name
    number: str  # its short number
    hotline: str
    relation: str = ""  # a key of RELATIONS that is ticked
    reason: str = ""  # a key of REASONS


def sheet(letter: Letter) -> tuple[Part, ...]:
    """Everything on the sheet, in reading order."""
    pen = _Pen()
    _people(pen)
    _circumstances(pen, letter)
    _matter(pen, letter)
    _signatures(pen)
    _foot(pen, letter)
    return tuple(pen.parts)


def width_mm(text: str, size_pt: float = _BODY) -> float:
    """How wide a line is, about."""
    ems = sum(1.0 if ord(sign) >= 0x2E80 else 0.5 for sign in text)
    return ems * size_pt * MM_PER_PT


@dataclass
class _Pen:
    """A sheet that is filled downward."""

    y: float = 27.0
    parts: list[Part] = field(default_factory=list)

    def down(self, mm: float = _ROW) -> None:
        self.y += mm

    def words(self, text: str, x: float = _LEFT, size: float = _BODY, bold: bool = False) -> float:
        """Add words; answer where they end."""
        self.parts.append(Words(x, self.y, text, size, bold))
        return x + width_mm(text, size) + 1.5

    def blank(self, label: str, x: float, until: float) -> None:
        start = self.words(label, x)
        self.parts.append(Blank(start, self.y + 1.2, until - start))

    def date(self, label: str, x: float) -> None:
        """Year, month and day to be filled in."""
        x = self.words(label, x)
        for unit, room in (("年", 18.0), ("月", 12.0), ("日", 12.0)):
            self.parts.append(Blank(x, self.y + 1.2, room))
            x = self.words(unit, x + room + 1)

    def boxes(self, labels: list[tuple[str, bool]], columns: int) -> None:
        """Rows of boxes to tick, as wide as the sheet."""
        step = (_RIGHT - _LEFT) / columns
        for n, (label, is_ticked) in enumerate(labels):
            if n and n % columns == 0:
                self.down(8.5)
            x = _LEFT + n % columns * step
            self.parts.append(Box(x, self.y - _BOX + 0.6, _BOX))
            if is_ticked:
                self.words(_TICK, x - 0.3, bold=True)
            self.words(label, x + _BOX + 1.5)


def _people(pen: _Pen) -> None:
    title = "授权委托书"
    pen.words(title, (WIDTH_MM - width_mm(title, _TITLE)) / 2, _TITLE, bold=True)
    pen.down(15)
    for role in ("委托人", "受托人"):
        pen.words(role, bold=True)
        pen.words("自己不能去的人" if role == "委托人" else "替他去办的人", _LEFT + 20)
        pen.down(9.5)
        pen.blank("姓名", _LEFT, 98)
        pen.blank("电话", 102, _RIGHT)
        pen.down()
        pen.blank("身份证号码", _LEFT, _RIGHT)
        pen.down(11.5)


def _circumstances(pen: _Pen, letter: Letter) -> None:
    pen.words("受托人是委托人的什么人，请打勾", bold=True)
    pen.down(9)
    pen.boxes([(label, key == letter.relation) for key, label in RELATIONS.items()], 4)
    pen.down(11.5)
    pen.words("自己不能去的原因", bold=True)
    pen.down(9)
    pen.boxes([(label, key == letter.reason) for key, label in REASONS.items()], 4)
    pen.down(11.5)


def _matter(pen: _Pen, letter: Letter) -> None:
    pen.words("委托办的事", bold=True)
    pen.down(9.5)
    is_long = width_mm(letter.matter, _MATTER) > 1.9 * (_RIGHT - _LEFT)
    size = SMALLEST_PT if is_long else _MATTER
    for line in _lines(letter.matter, _RIGHT - _LEFT, size):
        pen.words(line, size=size, bold=True)
        pen.down(8.5)
    pen.blank(f"短号 {letter.number}，替孩子办的写孩子姓名", _LEFT, _RIGHT)
    pen.down(11.5)
    pen.words("受托人可以做的事，打勾的才算", bold=True)
    pen.down(9)
    pen.boxes([(label, False) for label in POWERS], 4)
    pen.down(11.5)
    pen.words("期限", bold=True)
    pen.date("从", _LEFT + 14)
    pen.date("到", _LEFT + 96)
    pen.down()
    pen.words("受托人不能再托别人。委托人随时可以收回。")


def _signatures(pen: _Pen) -> None:
    pen.down(14)
    pen.blank("委托人签名或盖章", _LEFT, 140)
    pen.parts.append(Box(165, pen.y - 10, 24))
    pen.words("手印", 150)
    pen.down(15)
    pen.date("日期", _LEFT)
    pen.down(15)
    pen.blank("受托人签名", _LEFT, 104)
    pen.date("日期", 107)


def _foot(pen: _Pen, letter: Letter) -> None:
    pen.down(11)
    notes = (
        "不会写字的，在委托人后面按手印。两个人的身份证一起带去。",
        f"有的窗口要公证过的，先打 {letter.hotline} 问。这张纸不收钱。",
    )
    for note in notes:
        pen.words(note, size=SMALLEST_PT)
        pen.down(7)


def _lines(text: str, width: float, size: float) -> Iterator[str]:
    """As many signs a line as fit."""
    line = ""
    for sign in text:
        if width_mm(line + sign, size) > width:
            yield line
            line = ""
        line += sign
    yield line
