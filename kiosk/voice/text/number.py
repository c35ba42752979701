"""How numbers are said in Chinese: as a quantity, digit by digit, as a time, as a day.

Knows the numerals. Does not know what a number in a text is for (`kiosk.voice.text`).
"""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"
_CLEAR = "零幺二三四五六七八九"  # 幺: over a telephone 一 sounds like 七
_PLACES = ("", "十", "百", "千")
_GROUPS = ("", "万", "亿", "兆")
_LONGEST = 4 * len(_GROUPS)  # longer ones nobody follows as a quantity


def by_digits(digits: str, *, clear: bool = False) -> str:
    """One after the other, as a year is said; `clear` as a telephone number is."""
    return "".join((_CLEAR if clear else _DIGITS)[int(digit)] for digit in digits)


def quantity(digits: str) -> str:
    """A whole number: 10 十, 3600 三千六百, 10005 一万零五."""
    bare = digits.lstrip("0")
    if not bare:
        return _DIGITS[0]
    if len(bare) > _LONGEST:
        return by_digits(digits)
    said, gap = "", False
    for rank in range((len(bare) - 1) // 4, -1, -1):
        end = len(bare) - 4 * rank
        group = bare[max(0, end - 4) : end].zfill(4)
        value = int(group)
        if value:
            said += _DIGITS[0] if said and (gap or value < 1000) else ""
            said += _group(group) + _GROUPS[rank]
        gap = bool(said) and not value
    return _colloquial(said)


def decimal(whole: str, fraction: str) -> str:
    """With digits after the point: 4.5 四点五."""
    return f"{quantity(whole)}点{by_digits(fraction)}" if fraction else quantity(whole)


def counted(digits: str) -> str:
    """As it stands before what is counted: 2 两, all else as a quantity."""
    return "两" if digits.lstrip("0") == "2" else quantity(digits)


def of_clock(hour: str, minute: str) -> str:
    """A time of day: 9:00 九点, 9:05 九点零五分, 9:30 九点半."""
    said = counted(hour) + "点"
    if int(minute) == 0:
        return said
    if int(minute) == 30:
        return said + "半"
    return said + (_DIGITS[0] if int(minute) < 10 else "") + quantity(minute) + "分"


def of_day(year: str, month: str, day: str) -> str:
    """A date, its year digit by digit; parts that are empty are left out."""
    said = f"{by_digits(year)}年" if year else ""
    said += f"{quantity(month)}月" if month else ""
    return said + (f"{quantity(day)}日" if day else "")


def _group(group: str) -> str:
    """Four digits, not all of them zero."""
    said, gap = "", False
    for digit, place in zip(group, reversed(_PLACES), strict=True):
        if digit == "0":
            gap = bool(said)
            continue
        said += (_DIGITS[0] if gap else "") + _DIGITS[int(digit)] + place
        gap = False
    return said


def _colloquial(said: str) -> str:
    """10 is 十 and not 一十; 2,000 and 20,000 begin with 两."""
    if said.startswith("一十"):
        return said[1:]
    if said[:2] in ("二千", "二万", "二亿", "二兆"):
        return "两" + said[1:]
    return said
