"""A letter of authority on A4: its words, and which of them stand on which sheet.

Here because a machine in a hall prints it and the hub hands out the same sheets as a file, and
neither may import the other. Knows what the Civil Code (article 165) asks of a letter: agent,
matter, powers, term, and the principal's signature or seal. Names, numbers and dates are blanks
for a pen: nobody types them anywhere. Does not know how a sheet is filled (`db.letter_sheet`) or
what the lines mean in other languages (`db.letter_words`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from db.letter_sheet import (
    ARABIC,
    GAP_MM,
    LEFT,
    MM_PER_PT,
    NO_HOLES,
    NORMAL,
    RIGHT,
    WIDTH,
    WIDTH_MM,
    Anchor,
    Box,
    Form,
    Pen,
    Sheet,
    Words,
    width_mm,
)
from db.letter_words import INTRO

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

_TOP = 27.0  # the first base line
_TOP_LATER = 20.0  # the same on the sheets behind the first
_BELOW_CODE = 50.0  # the first line that may be as wide as the sheet, where it has a code
_FOOT = 289.5  # the last line


@dataclass(frozen=True, slots=True)
class Letter:
    """What is filled in before anybody takes up a pen; nothing of it says who they are."""

    matter: str  # the service by its official name
    number: str  # its short number
    hotline: str
    relation: str = ""  # a key of RELATIONS that is ticked
    reason: str = ""  # a key of REASONS
    meaning: str = ""  # the matter in the language of the form, where the catalog says it


def sheets(letter: Letter, form: Form | None = None) -> tuple[Sheet, ...]:
    """Everything on each sheet, in reading order."""
    form = form or Form()
    plan = _PLANS[form.is_glossed + form.is_large]
    pens = [Pen(form, y=_TOP_LATER if n else _TOP) for n in range(len(plan))]
    for pen, sections in zip(pens, plan, strict=True):
        for section in sections:
            section(pen, letter)
        pen.spread()
    if len(plan) > 1:
        for number, pen in enumerate(pens, 1):
            _running_foot(pen, letter, f"{number} / {len(plan)}")
    return tuple(tuple(pen.parts) for pen in pens)


# the sections -----------------------------------------------------------------------------------


def _head(pen: Pen, _letter: Letter) -> None:
    title, style, form = "授权委托书", pen.style, pen.form
    x = (WIDTH_MM - width_mm(title, style.title)) / 2 if form.has_centred_title else LEFT
    pen.words(title, x, style.title, bold=True)
    if form.has_centred_title:
        pen.section(15)
        return
    pen.y, pen.gloss_mm = _BELOW_CODE, 0.0
    if form.is_glossed:
        for line in INTRO[form.language]:
            end = RIGHT if ARABIC.search(line) else LEFT
            anchor: Anchor = "right" if ARABIC.search(line) else "left"
            pen.parts.append(Words(end, pen.y, line, style.gloss, bold=True, anchor=anchor))
            pen.y += 1.4 * style.gloss * MM_PER_PT
        pen.y += 2
    pen.section(4)


def _person(pen: Pen, role: str, who: str) -> None:
    name, phone = pen.style.phone - 4, pen.style.phone
    x = pen.words(role, bold=True)
    pen.words(who, max(x + 2, LEFT + 20))
    pen.down(10.5 if pen.form.is_large else 9.5)
    pen.blank("姓名", LEFT, name)
    pen.blank("电话", phone, RIGHT)
    pen.down(10.5)
    pen.blank("身份证号码", LEFT, RIGHT)
    pen.section()


def _people(pen: Pen, _letter: Letter) -> None:
    _person(pen, "委托人", "自己不能去的人")
    _person(pen, "受托人", "替他去办的人")


def _circumstances(pen: Pen, letter: Letter) -> None:
    pen.words("受托人是委托人的什么人，请打勾", bold=True)
    pen.down(9)
    pen.boxes([(label, key == letter.relation) for key, label in RELATIONS.items()])
    pen.section()
    pen.words("自己不能去的原因", bold=True)
    pen.down(9)
    pen.boxes([(label, key == letter.reason) for key, label in REASONS.items()])
    pen.section()


def _matter(pen: Pen, letter: Letter) -> None:
    style = pen.style
    pen.words("委托办的事", bold=True)
    pen.down(9.5)
    sizes = (style.matter, style.note)  # the largest in which it has two lines
    fitting = (one for one in sizes if width_mm(letter.matter, one) <= 1.9 * WIDTH)
    size = next(fitting, NORMAL.note)
    line = 8.5 / NORMAL.matter * size
    pen.paragraph(letter.matter, size, line, bold=True)
    pen.y -= line
    if pen.form.is_glossed and letter.meaning:
        pen.meaning(letter.meaning)
    # small print has lines that are closer than those of the large words that follow it
    pen.down(max(line, 1.1 * style.body * MM_PER_PT) / style.stretch)
    pen.blank("短号 {number}，替孩子办的写孩子姓名", LEFT, RIGHT, {"number": letter.number})
    pen.section()


def _powers(pen: Pen, _letter: Letter) -> None:
    pen.words("受托人可以做的事，打勾的才算", bold=True)
    pen.down(9)
    pen.boxes([(label, False) for label in POWERS])
    pen.section()


def _term(pen: Pen, _letter: Letter) -> None:
    start = pen.words("期限", bold=True) + 2
    pen.date("从", start)
    second = RIGHT - pen.date_mm("到")
    if second < start + pen.date_mm("从"):
        pen.down(10.5)
        second = start
    pen.date("到", second)
    pen.down(10.5)
    told = ("受托人不能再托别人。", "委托人随时可以收回。")
    pen.sentences(*((one, NO_HOLES) for one in told), size=pen.style.body)


def _signatures(pen: Pen, _letter: Letter) -> None:
    pen.section(6)
    _principal(pen)
    pen.down(15)
    pen.date("日期", LEFT)
    pen.down(15)
    dated = RIGHT - pen.date_mm("日期")
    if pen.form.is_large:
        pen.blank("受托人签名", LEFT, 150.0)
        pen.down(15)
        dated = LEFT
    else:
        pen.blank("受托人签名", LEFT, dated - 3)
    pen.date("日期", dated)
    pen.section(11)


def _principal(pen: Pen) -> None:
    """The line to sign, and the square for a finger behind it."""
    style, label = pen.style, "手印"
    edge = RIGHT - style.finger
    end = edge - GAP_MM
    begin = end - width_mm(label, style.body)
    pen.blank("委托人签名或盖章", LEFT, begin - 6)
    pen.parts.append(Words(begin, pen.y, label, style.body))
    gloss = pen.form.gloss(label)
    if gloss:
        pen.beneath(Words(end, pen.y, gloss, style.gloss, anchor="right"))
    pen.parts.append(Box(edge, pen.y - 10, style.finger))


def _reminder(pen: Pen, letter: Letter) -> None:
    """The matter once more, where it stands on another sheet than what is signed."""
    size = pen.style.body if width_mm(letter.matter, pen.style.body) < WIDTH else NORMAL.note
    pen.y = _TOP_LATER - 3
    pen.paragraph(letter.matter, size, 1.25 * size * MM_PER_PT)
    pen.section(4)


def _notes(pen: Pen, letter: Letter) -> None:
    size = pen.style.note
    pen.sentences(
        ("不会写字的，在委托人后面按手印。", NO_HOLES),
        ("两个人的身份证一起带去。", NO_HOLES),
        size=size,
    )
    asked = ("有的窗口要公证过的，先打 {hotline} 问。", {"hotline": letter.hotline})
    pen.sentences(asked, ("这张纸不收钱。", NO_HOLES), size=size)


def _running_foot(pen: Pen, letter: Letter, number: str) -> None:
    """What brings sheets together that fell apart."""
    size = pen.style.note
    pen.parts.append(Words(LEFT, _FOOT, f"授权委托书，短号 {letter.number}", size))
    pen.parts.append(Words(RIGHT, _FOOT, number, size, bold=True, anchor="right"))


_Section: TypeAlias = Callable[[Pen, Letter], None]
_SIGNED: tuple[_Section, ...] = (_powers, _term, _signatures)
"""Always together: nobody signs a sheet that says nothing."""
_PLANS: tuple[tuple[tuple[_Section, ...], ...], ...] = (
    ((_head, _people, _circumstances, _matter, *_SIGNED, _notes),),
    ((_head, _people, _circumstances), (_matter, *_SIGNED, _notes)),
    ((_head, _people, _notes), (_circumstances, _matter), (_reminder, *_SIGNED)),
)
"""What stands on which sheet: where there is nothing else to read, where it is large or glossed,
and where it is both."""
