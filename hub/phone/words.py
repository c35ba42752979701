"""The pages' words in every language: Chinese and English where they are used, Uyghur in a table.

Knows how a value is put into the hole of a sentence. Does not know which page says what. The table
is `hub/templates/phone_ug.json`; its first line says who has read it.
"""

from __future__ import annotations

import json
from pathlib import Path
from types import MappingProxyType
from typing import Literal, TypeAlias

from db.records import Text

Language: TypeAlias = Literal["zh", "en", "ug"]
LANGUAGES: tuple[Language, ...] = ("zh", "en", "ug")
OWN_NAMES = MappingProxyType({"zh": "中文", "en": "English", "ug": "ئۇيغۇرچە"})
CODES = MappingProxyType({"zh": "zh-CN", "en": "en", "ug": "ug"})

_RIGHT_TO_LEFT = "\N{RIGHT-TO-LEFT MARK}"
_TABLE = Path(__file__).resolve().parent.parent / "templates" / "phone_ug.json"
_UYGHUR: MappingProxyType[str, str] = MappingProxyType(
    json.loads(_TABLE.read_text("utf-8"))["words"]
)


def said(zh: str, en: str, **values: str | int | Text) -> Text:
    """A sentence with values in its holes, in every language that can say it.

    English is left out where a value has none. An Uyghur sentence keeps a value in Chinese: its
    holes are isolated from the line around them, and half a sentence is more than none.
    """
    english = en.format(**{name: _english(value) for name, value in values.items()})
    has_english = bool(en) and all(map(_is_english, values.values()))
    pattern = _UYGHUR.get(zh, "")
    uyghur = pattern.format(**{name: _uyghur(value) for name, value in values.items()})
    chinese = zh.format(**{name: _chinese(value) for name, value in values.items()})
    return Text(chinese, english if has_english else "", uyghur)


def in_language(text: Text, language: Language) -> tuple[str, bool]:
    """The words, and whether they are in this language: where there are none they are Chinese."""
    if language == "zh":
        return text.zh, True
    words = text.en if language == "en" else uyghur_of(text)
    return (words, True) if words else (text.zh, False)


def uyghur_of(text: Text) -> str:
    """What the text says itself, else what the table says of its Chinese; empty without either."""
    return text.ug or _UYGHUR.get(text.zh, "")


def led(text: Text) -> str:
    """Uyghur that says its direction at its own beginning, or Chinese, which shows it anyway.

    An isolate takes the direction of its first letter and does not look into isolates within it
    (Unicode annex 9, P2): a date of two of them would run from left to right.
    """
    own = uyghur_of(text)
    return _RIGHT_TO_LEFT + own if own else text.zh


def _is_english(value: str | int | Text) -> bool:
    return not isinstance(value, Text) or bool(value.en)


def _chinese(value: str | int | Text) -> str:
    return value.zh if isinstance(value, Text) else str(value)


def _english(value: str | int | Text) -> str:
    return value.en if isinstance(value, Text) else str(value)


def _uyghur(value: str | int | Text) -> str:
    return led(value) if isinstance(value, Text) else str(value)
