"""Breaks a paragraph into lines that are easy to read.

Knows where Chinese, Latin and Arabic lines may break (UAX #14 in small, JIS X 4051's forbidden
signs) and which breaks read well: after punctuation rather than inside a word, no last line of one
sign. Does not know fonts: it asks for the width of each piece, since Arabic letters that join are
narrower than the same letters apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from kiosk.core.isolates import ISOLATED as _ISOLATED
from kiosk.core.isolates import ISOLATING as _ISOLATING

Advance: TypeAlias = Callable[[str], float]

_OPENING = frozenset("（《「『【“‘([{$¥￥#«" + _ISOLATING)
_CLOSING = frozenset("，。、；：？！）》」』】”’…—～·,.:;?!)]}%℃/»،؛؟" + _ISOLATED)
_CLINGING = frozenset("的了吗呢吧着过们子儿时")  # never read well at the start of a line
_WORD_SIGN = re.compile(r"[!-~\u00a0-\u024f\u0600-\u06ff\u2066-\u2069]")  # of scripts with spaces
# Everyday words that a line should not cut: a break inside one is dear, not banned.
_WORDS = re.compile(
    "身份证|户口簿|居住证|驾驶证|驾照|结婚证|离婚证|残疾人|社保卡|银行卡|医保|社保|医院|学校|单位|社区"
    "|民警|公安|窗口|大厅|导服台|工作日|工作人员|监护人|代办人|委托书|复印件|原件|发票|照片|材料|证明"
    "|申请表|申请|登记|预约|报销|补办|补领|领取|办理|签名|盖章|指纹|手机|电话|短信|网上|网页|核对码"
    "|系统|信息|时候|地方|时间|免费|收费|可以|不能|不用|不要|没有|以前|以后|以内|以上|以下|或者|自己"
    "|本人|别人|家人|老人|孩子|子女|父母|配偶|爸妈|朋友|上午|下午|中午|晚上|今天|明天|直接|继续|验证"
)
_LINE = 1.5  # what a line of paper costs; the rest is measured against it
_INSIDE = 0.25  # what a break inside a run of hanzi costs
_CLINGS = 0.5
_BRACKETED = 0.4
_WORD_CUT = 2.0
_WIDOW = 0.6
_FORCED = 10.0
_JOINTS = ".-/"  # of an address that no line can hold


@dataclass(frozen=True, slots=True)
class _Unit:
    """What stays together; `cost` is that of a line ending here."""

    text: str
    width: float  # without trailing spaces
    space: float  # of the trailing spaces
    cost: float


def wrap(text: str, width: float, advance: Advance) -> tuple[str, ...]:
    """The lines of a paragraph: few, but rather one more than a word cut in two."""
    units = _units(text, width, advance)
    if not units:
        return ()
    starts = _best_starts(units, width)
    ends = [*starts[1:], len(units)]
    lines = (
        "".join(unit.text for unit in units[start:end]).strip()
        for start, end in zip(starts, ends, strict=True)
    )
    return tuple(_each_isolated(lines))


def widest(text: str, advance: Advance) -> float:
    """The width of what no line can break, where it is widest."""
    return max((advance(piece.rstrip(" ")) for piece in _pieces(text.strip())), default=0.0)


def _each_isolated(lines: Iterable[str]) -> Iterator[str]:
    """What is isolated goes on being so on the next line: each line is put in order by itself."""
    still_open = ""
    for line in lines:
        begun = still_open + line
        for sign in line:
            if sign in _ISOLATING:
                still_open += sign
            elif sign == _ISOLATED:
                still_open = still_open[:-1]
        yield begun + _ISOLATED * len(still_open)


def _best_starts(units: Sequence[_Unit], width: float) -> list[int]:
    """Where lines start, at the least cost of all (dynamic programming from the end)."""
    count = len(units)
    best: list[tuple[float, int]] = [(0.0, count)] * (count + 1)
    for start in range(count - 1, -1, -1):
        choices = []
        used = 0.0
        for end in range(start + 1, count + 1):
            unit = units[end - 1]
            if end > start + 1 and used + unit.width > width:
                break
            fill = (used + unit.width) / width
            choices.append((best[end][0] + _cost(fill, unit.cost, last=end == count), end))
            used += unit.width + unit.space
        best[start] = min(choices)
    starts, at = [], 0
    while at < count:
        starts.append(at)
        at = best[at][1]
    return starts


def _cost(fill: float, break_cost: float, *, last: bool) -> float:
    slack = max(0.0, 1 - fill)
    if not last:
        return _LINE + slack**2 + break_cost
    return _LINE + 0.3 * slack**2 + (_WIDOW if fill < 0.2 else 0)


def _units(text: str, width: float, advance: Advance) -> list[_Unit]:
    text = text.strip()
    dear = _dear_breaks(text)
    units: list[_Unit] = []
    end = 0
    for piece, after in pairwise([*_pieces(text), ""]):
        end += len(piece)
        bare = piece.rstrip(" ")
        space = (len(piece) - len(bare)) * advance(" ")
        cost = _break_cost(piece, after) + dear.get(end, 0)
        unit = _Unit(piece, advance(bare), space, cost)
        units += _fitting(unit, width, advance)
    return units


def _dear_breaks(text: str) -> dict[int, float]:
    """Positions inside words and inside brackets, with what a break there costs more."""
    dear = {
        at: _WORD_CUT
        for word in _WORDS.finditer(text)
        for at in range(word.start() + 1, word.end())
    }
    for bracket in re.finditer(r"（[^）]*）|“[^”]*”", text):
        for at in range(bracket.start() + 1, bracket.end()):
            dear[at] = dear.get(at, 0) + _BRACKETED
    return dear


def _fitting(unit: _Unit, width: float, advance: Advance) -> list[_Unit]:
    """The unit, or its signs where it is wider than a line."""
    if unit.width <= width:
        return [unit]
    return [
        _Unit(sign, advance(sign), 0, _INSIDE if sign in _JOINTS else _FORCED) for sign in unit.text
    ]


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for sign in text:
        if pieces and not _may_break(pieces[-1], sign):
            pieces[-1] += sign
        else:
            pieces.append(sign)
    return pieces


def _may_break(before: str, after: str) -> bool:
    if after == " " or after in _CLOSING:
        return False
    bare = before.rstrip(" ")
    if not bare or bare[-1] in _OPENING:
        return False
    if bare[-1].isdigit() and not _WORD_SIGN.match(after):
        return False  # a number stays with what it counts: 3 份, 12 号
    if before != bare:
        return True
    return not (_WORD_SIGN.match(bare[-1]) and _WORD_SIGN.match(after))


def _break_cost(piece: str, after: str) -> float:
    if after and after[0] in _CLINGING:
        return _CLINGS
    if piece.endswith(" ") and after[:1].isdigit() and not _WORD_SIGN.match(piece.rstrip(" ")[-1]):
        return _CLINGS  # a space that only sets a number off: 下午 3:05
    if after[:1] in _OPENING:
        return 0.0
    return 0.0 if piece.endswith((" ", *_CLOSING)) else _INSIDE
