"""How the names of a catalog are read aloud, as one code point a sign.

Knows the dictionary of readings and the corrections to it. Does not know the index. The dictionary
costs a quarter of a second and 58 MB to load, so it is loaded when a catalog is built, in the
process that builds it, and never for a query.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from db.phonetic import SOUND


class Reader:
    """Reads names phrase by phrase: 行 in 银行 and in 行驶证 differ."""

    def __init__(self, corrections: Mapping[str, tuple[str, ...]]) -> None:
        from pypinyin import constants  # noqa: PLC0415 — see the module's docstring

        self._alone: Mapping[int, str] = constants.PINYIN_DICT
        self._corrections = corrections

    def sounds(self, key: str) -> str:
        """The sounds of a normalised name; a sign that has none stands for itself."""
        spelled = _spelled(key)
        if len(spelled) != len(key):
            sounds = [self.sound(sign) for sign in key]
        else:
            sounds = [SOUND.get(one, sign) for sign, one in zip(key, spelled, strict=True)]
        for phrase, syllables in self._corrections.items():
            start = key.find(phrase)
            while start >= 0:
                sounds[start : start + len(phrase)] = [SOUND[one] for one in syllables]
                start = key.find(phrase, start + 1)
        return "".join(
            sign if sign.isascii() else sound for sign, sound in zip(key, sounds, strict=True)
        )

    def sound(self, sign: str) -> str:
        """The usual sound of one character; the sign itself where it has none."""
        first = self._alone.get(ord(sign), "").partition(",")[0]
        marks = unicodedata.normalize("NFD", first).replace("u\u0308", "v")
        return SOUND.get("".join(mark for mark in marks if mark.isascii()), sign)


@lru_cache(maxsize=65536)  # the lexicon's words are read for every catalog that is built
def _spelled(key: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 — see the module's docstring

    return tuple(lazy_pinyin(key, errors=_one_by_one))


def _one_by_one(signs: str) -> Any:
    """What to put in the place of signs without a reading."""
    return list(signs)


def signs_by_sound(reader: Reader, read: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Syllable's code point → the characters that are usually read so.

    Args:
        reader: for the characters of GB 2312, one by one.
        read: names of the catalog and their sounds; what a character is mostly read as there
            comes before what a dictionary says of it alone.
    """
    counts: dict[str, Counter[str]] = {}
    for key, sounds in read:
        for sign, sound in zip(key, sounds, strict=True):
            if sound != sign:
                counts.setdefault(sign, Counter())[sound] += 1
    usual = {sign: count.most_common(1)[0][0] for sign, count in counts.items()}
    found: dict[str, list[str]] = {}
    for sign in sorted(usual.keys() | set(_common_characters())):
        sound = usual.get(sign) or reader.sound(sign)
        if sound != sign:
            found.setdefault(sound, []).append(sign)
    return {sound: "".join(signs) for sound, signs in found.items()}


def _common_characters() -> Iterable[str]:
    """The 6,763 characters of GB 2312: rows 16 to 87, with five empty cells."""
    for row in range(0xB0, 0xF8):
        cells = b"".join(bytes((row, cell)) for cell in range(0xA1, 0xFF))
        yield from cells.decode("gb2312", "ignore")
