"""Chinese text as it is read out: no digit and no sign is left, only characters, letters, pauses.

Knows which signs are pauses, which are words, and which are nothing. Does not know figures
(`kiosk.voice.text.figure`) nor how a character sounds (`kiosk.voice.text.pinyin`). What it gives
can be read by any engine.
"""

from __future__ import annotations

import re
import unicodedata

from kiosk.voice.text.figure import figures_said
from kiosk.voice.text.script import ARABIC, HAN, PAUSES

# full-width signs that NFKC would make equal to signs inside of numbers
_KEPT = re.compile(r"[^，；！？]+")
_BEFORE = str.maketrans(
    {"℃": "度", "°": "度", "㎡": "平方米", "№": "第", "×": "乘", "÷": "除以", "½": "二分之一"}
    | {"±": "正负", "≥": "不少于", "≤": "不超过", "＆": "和", "㎞": "公里", "㎏": "公斤"}
)
_SIGNS = str.maketrans(
    {",": "，", ";": "；", "!": "！", "?": "？", ":": "：", ".": "。", "\n": "。"}
    | dict.fromkeys("()[]{}（）【】〔〕〈〉«»‹›>→|…—–~･•", "，")
    | dict.fromkeys("/\\", "、")
    | {"&": "和", "+": "加", "=": "等于", "@": "艾特", "#": "井号", "*": "星号", "<": "小于"}
    | {"¥": "元", "$": "美元", "€": "欧元", "%": "百分号", "‰": "千分号", "\u2212": "负"}
)
_UNSAID = re.compile(rf"[^{HAN}A-Za-z’' {PAUSES}{ARABIC}]")
_SPACE_BY_HAN = re.compile(rf"(?<=[{HAN}]) | (?=[{HAN}])")
_PAUSES = re.compile(rf"[ {PAUSES}]*[{PAUSES}][ {PAUSES}]*")
_POINT_BY_SPACE = re.compile(r"(?<=\S) ·|· ")
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
_SQUARE = re.compile(r"(?<![A-Za-z])m2")
_ACCENT = re.compile(r"[\u0300-\u036f]")
_STRENGTH = "。！？；：，、"


def readable(text: str) -> str:
    """The text as it is read out; empty where nothing in it can be said."""
    flat = _KEPT.sub(lambda part: unicodedata.normalize("NFKC", part[0]), text.translate(_BEFORE))
    said = figures_said(_plain(flat))
    said = _POINT_BY_SPACE.sub("，", said).replace("·", " ")
    said = re.sub(r"\s+", " ", _UNSAID.sub(" ", said.translate(_SIGNS)))
    said = _PAUSES.sub(_strongest, said)
    said = _SPACE_BY_HAN.sub(_gap, said).lstrip(f" {PAUSES}").rstrip(" ，、：；")
    return said if any(sign.isalpha() for sign in said) else ""


def _plain(text: str) -> str:
    """One kind of line end and of digit, and letters without accents: é is part of a word."""
    bare = _ACCENT.sub("", unicodedata.normalize("NFD", _SQUARE.sub("平方米", text)))
    flat = unicodedata.normalize("NFC", bare).replace("\r", "\n")
    return _OTHER_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), flat)


def _gap(space: re.Match[str]) -> str:
    """A space stays where a letter is on one side, to part it from the characters."""
    around = space.string[max(0, space.start() - 1)], space.string[space.end() : space.end() + 1]
    return " " if any(sign.isascii() and sign.isalpha() for sign in around) else ""


def _strongest(pauses: re.Match[str]) -> str:
    return min((sign for sign in pauses[0] if sign in _STRENGTH), key=_STRENGTH.index)
