"""English and Uyghur text as it is read out.

Knows which numbers are said digit by digit, and what the signs of our screens mean. Does not know
how a word sounds: the engine does, plain numbers included.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Callable
from typing import TypeAlias

from kiosk.voice.text.script import ARABIC

_Rules: TypeAlias = tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...]

_MONTH_DAY = r"(1[0-2]|0?[1-9])[-/](3[01]|[12]\d|0?[1-9])"
_ADDRESS = r"\b(?:https?://)?(?:[\w.+-]+@)?(?:[A-Za-z\d-]+\.)+[A-Za-z]{2,}(?:/[\w./?=&%-]*)?"
_CLOCK = r"(?<![\d:])([01]?\d|2[0-4]):([0-5]\d)(?![\d:])"
_HALF = r"(?= ?[ap]\.?m\b)"
_EMERGENCY = r"\b(?:110|112|114|119|120|122)\b(?! ?(?:yuan|RMB|days?|people|years?))"
_NUMBERS = (  # said digit by digit
    r"\b\d{17}[\dXx]\b",
    r"\b(?:\+86[ -]?)?(?:0\d{2,3}[ -]?\d{7,8}|1[3-9]\d[ -]?\d{4}[ -]?\d{4})\b",
    r"\b[48]00[ -]\d{3,4}[ -]?\d{3,4}\b",
    r"\b\d{5}-\d\b",
    _EMERGENCY,
    r"(?<![\d.,])\d{5,}(?![\d,]|\.\d)(?! ?(?:yuan|RMB))",
    r"(?<![\d.,:–-])0\d+(?![.:]\d)",
)
_SIGNS = str.maketrans(
    dict.fromkeys("·›‹•→|、，()[]{}（）—–/\\×", ", ")
    | dict.fromkeys('“”"«»_*#<>~^`=', " ")
    | {"。": ".", "；": ";", "：": ":", "？": "?", "！": "!", "\n": ". ", "\u200c": ""}
)
_UNSAID = re.compile(rf"[^A-Za-z\d .,;:?!'’&%+@${ARABIC}-]")
_STOPS = re.compile(r"[ .,;:?!،؛؟]*[.,;:?!،؛؟](?=[ .,;:?!،؛؟]|$)[ .,;:?!،؛؟]*")


def readable_english(text: str) -> str:
    """The text as it is read out; empty where nothing in it can be said."""
    return _tidy(_ENGLISH, text)


def readable_uyghur(text: str) -> str:
    """The text as it is read out; empty where nothing in it can be said."""
    return _tidy(_UYGHUR, text)


def _tidy(rules: _Rules, text: str) -> str:
    said = unicodedata.normalize("NFKC", text.replace("…", "."))
    for pattern, say in rules:
        said = pattern.sub(say, said)
    said = re.sub(r"\s+", " ", _UNSAID.sub(" ", said.translate(_SIGNS)))
    said = _STOPS.sub(_strongest, said)
    return said.strip(" ,;:،؛-")


def _strongest(stops: re.Match[str]) -> str:
    order = ".؟?!;؛:،,"
    return min((sign for sign in stops[0] if sign in order), key=order.index) + " "


def _digits(found: re.Match[str]) -> str:
    """One by one, with a breath between the parts."""
    parts = re.findall(r"[\dXx]+", found[0])
    return " " + ", ".join(" ".join(part.upper()) for part in parts) + " "


def _code(found: re.Match[str]) -> str:
    return " " + ", ".join(" ".join(part) for part in found[0].upper().split("-")) + " "


def _address(found: re.Match[str]) -> str:
    bare = re.sub(r"^https?://", "", found[0]).rstrip("/.")
    names = {".": "dot", "-": "dash", "/": "slash", "@": "at", "_": "underscore"}
    said = []
    for part in re.findall(r"[A-Za-z]+|\d|[^A-Za-z\d]", bare):
        if part.isalpha() and part.isascii():
            said.append(part if len(part) > 4 else " ".join(part.upper()))
        else:
            said.append(part if part.isdigit() else names.get(part, ","))
    return f" {' '.join(said)} "


def _clock(found: re.Match[str]) -> str:
    hour, minute = int(found[1]), int(found[2])
    if minute == 0:
        return f"{hour} o'clock"
    return f"{hour} oh {minute}" if minute < 10 else f"{hour} {minute}"


def _date(found: re.Match[str]) -> str:
    return f"{calendar.month_name[int(found[2])]} {int(found[3])}, {found[1]}"


def _day(found: re.Match[str]) -> str:
    return f"{calendar.month_name[int(found[1])]} {int(found[2])},"


def _pages(found: re.Match[str]) -> str:
    return f", page {found[1]} of {found[2]}"


def _part(found: re.Match[str]) -> str:
    return (
        f"{found[1]} of {found[2]}" if int(found[1]) <= int(found[2]) else f"{found[1]}, {found[2]}"
    )


def _compiled(*rules: tuple[str, Callable[[re.Match[str]], str]]) -> _Rules:
    return tuple((re.compile(pattern), say) for pattern, say in rules)


_SPELLED = (
    (_ADDRESS, _address),
    *((number, _digits) for number in _NUMBERS),
    (r"\b(?=[A-Z\d-]*\d)(?=[A-Z\d-]*[A-Z])[A-Z\d]+(?:-[A-Z\d]+)*\b", _code),
)
# what is replaced, in this order
_ENGLISH = _compiled(
    (rf"\b((?:19|20)\d\d)[-/]{_MONTH_DAY}\b", _date),
    (rf"\b{_MONTH_DAY}(?= \d?\d:\d\d)", _day),
    (rf"\b(1?\d):00{_HALF}", lambda found: found[1]),
    (_CLOCK, _clock),
    (r"(?<=\d)(?: o'clock)?\s*[–—]\s*(?=[A-Z]?\d)", lambda _found: " to "),
    *_SPELLED,
    (r"\b(\d{1,3})-(\d{1,3})\b", lambda found: f"{found[1]} to {found[2]}"),
    (r"\b(\d+)/F\b", lambda found: f"floor {found[1]}"),
    (r"(?:(?<=next)|(?<=page)|(?<=Next)|(?<=Page)) (\d+)/(\d+)", _pages),
    (r"\b(\d+)/(\d+)\b", _part),
    (r"¥ ?(\d[\d,.]*)", lambda found: f"{found[1]} yuan"),
    (r"(?<=\d)\s*°C", lambda _found: " degrees"),
)
_UYGHUR = _compiled(
    (_CLOCK, lambda found: f"{int(found[1])} {int(found[2]) or ''}"),
    *_SPELLED,
    (r"(?<=\d)\s*[–—]\s*(?=\d)", lambda _found: "، "),
    (r"\b(\d+)/(\d+)\b", lambda found: f"{found[1]}، {found[2]}"),
)
