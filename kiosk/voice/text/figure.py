"""How figures and Latin words in Chinese text are said: amounts, days, times, telephones, codes.

Knows what a number is for by what stands around it. Does not know the other signs of a text
(`kiosk.voice.text.chinese`) nor how a character sounds (`kiosk.voice.text.pinyin`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from kiosk.voice.text.number import by_digits, counted, decimal, of_clock, of_day, quantity
from kiosk.voice.text.script import HAN

_UNITS = {
    "km": "公里",
    "kg": "公斤",
    "cm": "厘米",
    "mm": "毫米",
    "ml": "毫升",
    "m": "米",
    "g": "克",
    "m2": "平方米",
}
_MONEY = {"¥": "元", "$": "美元", "€": "欧元"}
_COUNTED = (  # before these 2 is 两: what is counted, and not what is numbered
    "个件份次天年步张本种类项条名位户家辆台套间处周口笔门只块元角页人寸边点岁分秒米公万亿千倍小季"
    "片座道段科把颗盒袋瓶支根双对组批趟遍回篇封所"
)
_SUMS = ("元", "块", "万", "亿", "个", "件", "公里", "米", "平方米", "岁")  # counted by thousands
_EMERGENCY = frozenset({"110", "112", "114", "119", "120", "122"})
_CUE = re.compile(r"(?:电话|热线|拨打|[打拨报]|短号|号码|编号|核对码|验证码|密码)[到：: ]*$")
_HOTLINE = re.compile(r"1\d{4}|9[56]\d{3,4}|1[26]\d{3}|100\d{2,3}")
_LETTERS = re.compile(r"(?!WIFI)[A-Z]{1,5}|[Aa]pps?|[a-z]")  # said one by one in Chinese

_WHOLE = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)"
_AMOUNT = rf"{_WHOLE}(?:\.\d+)?"
_ALONE = r"(?<![\dA-Za-z])"
_ENDS = r"(?![\dA-Za-z])"
_DASH = r" ?[-–—~]+ ?"
_ADDRESS = (
    rf"{_ALONE}(?:https?://)?(?:[\w.+-]+@)?(?:[A-Za-z\d-]+\.)+[A-Za-z]{{2,}}"
    r"(?::\d+)?(?:/[\w./?=&%#-]*)?"
)
_DATE = (
    r"(?<![\d.-])(?:19|20)\d\d(?P<by>[-/.])(?:1[0-2]|0?[1-9])(?P=by)(?:3[01]|[12]\d|0?[1-9])"
    r"(?![-.]?\d)"
)
_MONTH = r"(?<![\d.-])(?:19|20)\d\d[-/.](?:1[0-2]|0[1-9])(?![\d-])"
_TIME = r"(?<![\d:])(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![\d:])"
_PHONE = (
    r"(?<![\dA-Za-z-])(?:\+?86[ -]?)?(?:\(0\d{2,3}\) ?\d{7,8}|0\d{2,3}[ -]?\d{7,8}"
    r"|1[3-9]\d[ -]?\d{4}[ -]?\d{4}|[48]00[ -]\d{3,4}[ -]?\d{3,4}|\d{5}-\d)(?![\dA-Za-z-])"
)
_CODE = (
    rf"{_ALONE}(?=[A-Za-z\d-]*\d)(?=[A-Za-z\d-]*[A-Za-z])"
    rf"[A-Za-z\d]+(?:-[A-Za-z\d]+)*{_ENDS}(?!\.\d)"
)
_RANGE = (
    rf"(?<=[\d%‰年月日号点元时度岁A-Z]){_DASH}(?=[¥$A-Z]?\d)|(?<=周[一二三四五六日]){_DASH}(?=周)"
)
_FOLLOWING = re.compile(rf" ?(?:[-–—~至到]+ ?[\d.]+)? ?([{HAN}]{{1,2}})", re.ASCII)


def figures_said(text: str) -> str:
    """The text with its figures and Latin words as they are said."""
    return _SCANNED.sub(_say, text)


def _say(found: re.Match[str]) -> str:
    return _KINDS[int((found.lastgroup or "k0")[1:])][1](found)


def _address(found: re.Match[str]) -> str:
    """Short parts letter by letter, so that it can be typed; long ones as words."""
    bare = re.sub(r"^https?://", "", found[0]).rstrip("/.")
    names = {".": "点", "-": "杠", "/": "斜杠", "@": "艾特", "_": "下划线", ":": "冒号"}
    said = []
    for part in re.findall(r"[A-Za-z]+|\d+|[^A-Za-z\d]", bare):
        if part.isdigit():
            said.append(by_digits(part, clear=True))
        elif part.isalpha() and part.isascii():
            said.append(part.lower() if len(part) > 4 else _spelled(part))
        else:
            said.append(names.get(part, "，"))
    return f" {' '.join(said)} "


def _identity(found: re.Match[str]) -> str:
    number = found[0].upper()
    return "，".join(_mixed(part) for part in (number[:6], number[6:14], number[14:]))


def _date(found: re.Match[str]) -> str:
    year, month, day = re.split(r"[-/.]", found[0])
    return of_day(year, month, day)


def _month(found: re.Match[str]) -> str:
    year, month = re.split(r"[-/.]", found[0])
    return of_day(year, month, "")


def _time(found: re.Match[str]) -> str:
    hour, minute, *seconds = found[0].split(":")
    said = of_clock(hour, minute)
    if seconds and int(seconds[0]):
        said = said.replace("半", "三十分") + quantity(seconds[0]) + "秒"
    return said


def _phone(found: re.Match[str]) -> str:
    parts = re.findall(r"\d+", found[0])
    if len(parts) == 1 and len(parts[0]) == 11:
        number = parts[0]
        area = 3 if number[0] == "1" or number[:2] in ("01", "02") else 4
        parts = [number[:area], number[area:]]
    return "，".join(_in_fours(part) for part in parts)


def _one_by_one(found: re.Match[str]) -> str:
    return by_digits(found[0].replace(" ", ""), clear=True)


def _in_fours(digits: str) -> str:
    """A long number with a breath in it."""
    if len(digits) < 7:
        return by_digits(digits, clear=True)
    first = len(digits) % 4 or 4
    cuts = [0, *range(first, len(digits) + 1, 4)]
    groups = (digits[a:b] for a, b in pairwise(cuts))
    return "，".join(by_digits(group, clear=True) for group in groups)


def _money(found: re.Match[str]) -> str:
    number = re.sub(r"[^\d.]", "", found[0])
    large = found[0][-1] if found[0][-1] in "万亿" else ""
    return _amount(number) + large + _MONEY[found[0][0]]


def _percent(found: re.Match[str]) -> str:
    of = "百分之" if found[0].endswith("%") else "千分之"
    return of + _amount(re.sub(r"[^\d.]", "", found[0]), plain=True)


def _size(found: re.Match[str]) -> str:
    number, unit = re.fullmatch(r"([\d.]+) ?(\w+)", found[0]).groups()  # type: ignore[union-attr]
    return _amount(number) + _UNITS[unit]


def _amount(number: str, *, plain: bool = False) -> str:
    whole, _, fraction = number.partition(".")
    fraction = fraction.rstrip("0")
    if fraction:
        return decimal(whole, fraction)
    return quantity(whole) if plain else counted(whole)


def _code(found: re.Match[str]) -> str:
    """A1, A01 and 4G as they are called; longer ones sign by sign."""
    numbered = re.fullmatch(r"([A-Za-z]{1,2})(\d{1,2})-([A-Za-z]{1,2})(\d{1,2})", found[0])
    if numbered:
        first, n, last, m = numbered.groups()
        return f"{_spelled(first)} {_short(n)}到 {_spelled(last)} {_short(m)}"
    single = re.fullmatch(r"([A-Za-z]{1,2})(\d{1,2})|(\d{1,3})([A-Za-z]{1,2})", found[0])
    if single and single[1]:
        return f" {_spelled(single[1])} {_short(single[2])}"
    if single:
        return f"{_short(single[3])} {_spelled(single[4])} "
    return " " + "，".join(_mixed(part) for part in found[0].split("-")) + " "


def _short(digits: str) -> str:
    return by_digits(digits) if digits.startswith("0") else quantity(digits)


def _mixed(signs: str) -> str:
    """Letters and digits one by one; words of many letters stay words."""
    said = [
        by_digits(part, clear=True) if part.isdigit() else _letters(part)
        for part in re.findall(r"\d+|[A-Za-z]+", signs)
    ]
    return " ".join(said)


def _letters(word: str) -> str:
    return word if len(word) > 4 and not word.isupper() else _spelled(word)


def _spelled(word: str) -> str:
    return " ".join(word.upper())


def _pages(found: re.Match[str]) -> str:
    page, pages = re.findall(r"\d+", found[0])
    return f"，第{quantity(page)}页，共{quantity(pages)}页"


def _ratio(found: re.Match[str]) -> str:
    part, whole = found[0].split("/")
    if 0 < int(part) < int(whole) <= 100:
        return f"{quantity(whole)}分之{quantity(part)}"
    return f"{quantity(part)}，{quantity(whole)}"


def _each(found: re.Match[str]) -> str:
    return "每" + found[0].strip(" /").replace("·", "每")


def _version(found: re.Match[str]) -> str:
    return "点".join(by_digits(part) for part in found[0].split("."))


def _number(found: re.Match[str]) -> str:
    """As a quantity, digit by digit, or as a year: what stands around it decides."""
    number, text = found[0].replace(",", ""), found.string
    following = _FOLLOWING.match(text, found.end())
    unit = following[1] if following else ""
    before = text[max(0, found.start() - 8) : found.start()]
    whole, _, fraction = number.partition(".")
    if fraction:
        return decimal(whole, fraction)
    if "," not in found[0] and _is_called(whole, before, unit):
        return _in_fours(whole)
    if _is_year(whole, unit):
        return by_digits(whole)
    return counted(whole) if _counts(before, unit) else quantity(whole)


def _is_called(digits: str, before: str, unit: str) -> bool:
    """Whether it is a number to be dialled, compared or typed, and no quantity."""
    if len(digits) > 1 and digits[0] == "0":
        return True
    if unit.startswith(_SUMS):
        return len(digits) > 9
    counts = unit[:1] in _COUNTED if unit else False
    if digits in _EMERGENCY:
        return not counts
    if len(digits) >= 3 and not counts and _CUE.search(before):
        return True
    is_round = digits.endswith("00")
    return len(digits) >= 7 or (_HOTLINE.fullmatch(digits) is not None and not is_round)


def _is_year(digits: str, unit: str) -> bool:
    if len(digits) != 4 or digits[:2] not in ("19", "20"):
        return False
    return unit[:1] == "年" or not unit or not (unit[0] in _COUNTED or digits.endswith("00"))


def _counts(before: str, unit: str) -> bool:
    """Whether a 2 here is 两: two things, not number two."""
    return bool(unit) and unit[0] in _COUNTED and unit != "年级" and not before.endswith("第")


def _word(found: re.Match[str]) -> str:
    word = found[0]
    return f" {_spelled(word)} " if _LETTERS.fullmatch(word) else f" {_cased(word)} "


def _cased(word: str) -> str:
    """A long word in capitals is a word; single letters in capitals are letters."""
    return word.capitalize() if word.isupper() else word


# each kind of sign with its saying; the first that fits is taken
_KINDS: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (_ADDRESS, _address),
    (rf"{_ALONE}\d{{17}}[\dXx]{_ENDS}", _identity),
    (_DATE, _date),
    (_MONTH, _month),
    (_TIME, _time),
    (_PHONE, _phone),
    (r"(?<![\d.])\d(?: \d){2,}(?![\d.])", _one_by_one),
    (rf"[¥$€] ?{_AMOUNT} ?[万亿]?", _money),
    (rf"{_AMOUNT} ?[%‰]", _percent),
    (rf"{_ALONE}\d+(?:\.\d+)? ?(?:km|kg|cm|mm|ml|m2|m|g){_ENDS}", _size),
    (_CODE, _code),
    (r"(?:第|(?<=页)|(?<=页 )) ?\d+ ?/ ?\d+ ?页?", _pages),
    (r"(?<![\d/.])\d+/\d+(?![\d/.])", _ratio),
    (rf"(?<=[元块角分]) ?/ ?[{HAN}]{{1,2}}(?:·[{HAN}]{{1,2}})?", _each),
    (_RANGE, lambda _found: "到"),
    (r"\d+(?:\.\d+){2,}", _version),
    (r"[-\u2212](?=\d+(?:\.\d+)?度)", lambda _found: "零下"),
    (_AMOUNT, _number),
    (r"[A-Za-z]+(?:['’][A-Za-z]+)*", _word),
)
_SCANNED = re.compile(
    "|".join(f"(?P<k{n}>{pattern})" for n, (pattern, _) in enumerate(_KINDS)), re.ASCII
)
