"""How Chinese characters sound, in a sentence: syllables with tones.

Knows the dictionary of readings, the corrections to it, which reading a word's neighbours ask for,
and how 一, 不 and 儿 change beside others. Does not know the third tone's change: the engine makes
it, because it knows where it breathes. Loading the dictionary costs a quarter of a second and
58 MB, so it is done on the voice's thread (docs/decisions/0004).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final, TypeAlias

from kiosk import assets
from kiosk.voice.text.neighbour import reading
from kiosk.voice.text.script import HAN, PAUSES

Syllables: TypeAlias = tuple[str, ...]

READINGS: Final = assets.SPEECH / "readings.txt"

_LONGEST = 10  # signs of a word of the dictionary
_WORD, _CORRECTION = 1.0, 0.8  # what a word costs; the cheapest way to part a sentence is taken
_PARTS = re.compile(rf"[{HAN}]+|[A-Za-z]+|[{PAUSES}]")
_LOOSE = frozenset("的了和都着没还")  # so common alone that the dictionary's words mislead
_BREATHS = dict(zip(PAUSES, ",.!?;,,", strict=True))
_NUMERALS = "零〇一二三四五六七八九十百千万亿两幺"
_NUMBERED_BY = frozenset(_NUMERALS + "第周期初之") - {""}
_POINTING = frozenset("这那每另某哪同任")
_WITH_ER = frozenset("点会这那哪事活玩块样劲味准趟份边")
_ONE_TO = re.compile(f"一[到至比][{_NUMERALS}]")


def read_readings(file: Path = READINGS) -> dict[str, Syllables]:
    """Word → its syllables, where the dictionary gets it wrong or parts it wrongly."""
    lines = (line.split() for line in file.read_text("utf-8").splitlines())
    return {word: tuple(said) for word, *said in filter(None, lines) if not word.startswith("#")}


def spelling() -> Callable[[str], str]:
    """What writes Chinese as pinyin; loads the dictionary."""
    return Reader(read_readings()).spelled


class Reader:
    """Reads characters aloud, on paper."""

    def __init__(self, corrections: Mapping[str, Syllables]) -> None:
        from pypinyin.constants import PHRASES_DICT, PINYIN_DICT  # noqa: PLC0415 — see above
        from pypinyin.contrib.tone_convert import to_tone3  # noqa: PLC0415

        self._words: Mapping[str, list[list[str]]] = PHRASES_DICT
        self._signs: Mapping[int, str] = PINYIN_DICT
        self._toned: Callable[..., str] = to_tone3
        self._corrections = corrections
        self._longest = max((_LONGEST, *map(len, corrections)))

    def syllables(self, text: str) -> list[str]:
        """The syllables of the characters; letters and breaths stand as they are."""
        said: list[str] = []
        for part in _PARTS.findall(text):
            said += self._said(part) if re.match(f"[{HAN}]", part) else [part]
        return said

    def spelled(self, text: str) -> str:
        """A piece of text in pinyin, as espeak-ng reads it: `dia3r` for 点儿, `,` for a breath."""
        said: list[str] = []
        for one in filter(None, self.syllables(text)):  # a rare character has no reading
            if one == "r5" and said and said[-1][-1].isdigit():
                said[-1] = _with_er(said[-1])
            elif one in PAUSES:
                said[-1:] = [f"{said[-1]}{_BREATHS[one]}"] if said else []
            else:
                said.append(one)
        return " ".join(said)

    def words(self, text: str) -> list[str]:
        """The words of a run of characters: as few as possible, corrections before all others."""
        costs, cuts = [0.0], [len(text)]
        for start in range(len(text) - 1, -1, -1):
            options = [
                (price + costs[len(text) - end], end)
                for end in range(start + 1, min(start + self._longest, len(text)) + 1)
                if (price := self._price(text[start:end])) is not None
            ]
            # of two ways that cost the same the one with the shorter word before: 人|参加
            cost, end = min(options)
            costs.append(cost)
            cuts.append(end)
        return _parted(text, cuts[::-1])

    def _price(self, word: str) -> float | None:
        if word in self._corrections:
            return _CORRECTION
        if len(word) == 1:
            return _WORD
        return _WORD if word in self._words and _LOOSE.isdisjoint(word) else None

    def _said(self, text: str) -> list[str]:
        words, said, ends, fixed = self.words(text), list[str](), set[int](), set[int]()
        for word in words:
            start = len(said)
            said += self._of_word(word, text, start)
            ends.add(len(said) - 1)
            if word in self._corrections:
                fixed.update(range(start, len(said)))
        return _changed(text, said, ends, fixed)

    def _of_word(self, word: str, text: str, start: int) -> Iterable[str]:
        if word in self._corrections:
            return self._corrections[word]
        if len(word) > 1:
            return [self._tone3(readings[0]) for readings in self._words[word]]
        near = reading(text, start)
        return (near or self._tone3(self._signs.get(ord(word), "").partition(",")[0]),)

    def _tone3(self, reading: str) -> str:
        return self._toned(reading, neutral_tone_with_five=True) if reading else ""


def _with_er(syllable: str) -> str:
    """dian3 → dia3r: the tongue leaves no room for a final n or i."""
    sound, tone = syllable[:-1], syllable[-1]
    if sound.endswith(("n", "ai", "ei")):
        sound = sound[:-1]
    return f"{sound}{tone}r"


def _parted(text: str, cuts: list[int]) -> list[str]:
    words, start = [], 0
    while start < len(text):
        words.append(text[start : cuts[start]])
        start = cuts[start]
    return words


def _changed(text: str, said: list[str], ends: set[int], fixed: set[int]) -> list[str]:
    """一, 不 and 儿 as they sound beside what stands next to them."""
    changed = list(said)
    for at, sign in enumerate(text):
        if at in fixed:
            continue
        if sign == "一":
            changed[at] = _of_one(text, said, at, ends)
        elif sign == "不":
            changed[at] = "bu5" if _is_doubled(text, at) else f"bu{2 if _falls(said, at) else 4}"
        elif sign == "儿" and at in ends and at > 0 and text[at - 1] in _WITH_ER:
            changed[at] = "r5"
    return changed


def _of_one(text: str, said: list[str], at: int, ends: set[int]) -> str:
    """yi1 where it numbers or ends a word, else yi2 before a fourth tone and yi4 before others."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if _is_doubled(text, at):
        return "yi5"
    if not after or (after in _NUMERALS and after not in "百千万亿"):
        return "yi1"
    counts = after in "百千万亿"
    if not counts and (before in _NUMBERED_BY or after in "号楼月级期" or before == "月"):
        return "yi1"
    if at in ends and at - 1 not in ends and at > 0 and before not in _POINTING:
        return "yi1"
    if _ONE_TO.match(text, at):
        return "yi1"
    return f"yi{2 if _falls(said, at) or after == '个' else 4}"


def _falls(said: list[str], at: int) -> bool:
    return at + 1 < len(said) and said[at + 1].endswith("4")


def _is_doubled(text: str, at: int) -> bool:
    """看一看, 能不能."""
    return 0 < at < len(text) - 1 and text[at - 1] == text[at + 1]
