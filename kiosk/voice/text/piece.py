"""Cuts a text into what is said in one breath, each piece in one language.

Knows where a sentence ends, where a long one may be parted, and which letters belong to which
language. Does not know how a piece sounds. The first piece is short, so that the first sound comes
at once whatever the engine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiosk.core.choices import Language
from kiosk.core.value import Value
from kiosk.voice.text import chinese
from kiosk.voice.text.foreign import readable_english, readable_uyghur
from kiosk.voice.text.script import ARABIC, HAN, PAUSES

SENTENCE_MS = 350  # silences at the standard speed
CLAUSE_MS = 150
SWITCH_MS = 40

_FIRST, _USUAL, _MOST = 12, 40, 80  # signs of a piece
_LETTERS_A_SIGN = 3  # of languages with letters

_SENTENCE = {
    Language.CHINESE: re.compile(
        r"(?:(?<=[。！？；!?;\n])|(?<=[。！？；!?;][”’」』）)]))(?![。！？；!?;\n”’」』）)])"
    ),
    Language.ENGLISH: re.compile(r"(?<=[.!?;。！？])\s+|(?<=\n)"),
    Language.UYGHUR: re.compile(r"(?<=[.!?;؟؛])\s+|(?<=\n)"),
}
_CLAUSE = re.compile(r"(?<=[，、：；])|(?<=[,:;،؛])\s")
_WORD = r"[A-Za-z]{2,}(?:['’][A-Za-z]+)*"
_IN_CHINESE = re.compile(
    rf"(?P<latin>{_WORD}(?: {_WORD})*)|(?P<arabic>[{ARABIC}][{ARABIC} ]*)"
    rf"|(?P<han>(?:(?!{_WORD}|[{ARABIC}]).)+)"
)
_IN_FOREIGN = re.compile(
    rf"(?P<han>[{HAN}](?:[{HAN}{PAUSES}\d]*[{HAN}])?)|(?P<other>[^{HAN}]+)", re.DOTALL
)
_LETTERS = re.compile(
    rf"(?P<latin>[A-Za-z][^{ARABIC}]*)|(?P<arabic>[{ARABIC}][^A-Za-z]*)|[^A-Za-z{ARABIC}]+"
)
_AT_ENDS = " ，。！；：、.,:;!،؛-'’"


class Piece(Value, frozen=True):
    """What is said in one breath."""

    text: str
    language: Language
    pause_ms: int  # of silence after it, at the standard speed


def sentences(text: str, language: Language) -> tuple[str, ...]:
    """The sentences as they are written; joined they are the text, but for spaces."""
    return tuple(one.strip() for one in _SENTENCE[language].split(text) if one.strip())


def pieces(sentence: str, language: Language, *, is_first: bool = False) -> tuple[Piece, ...]:
    """What is said of a sentence; nothing where nothing in it can be said."""
    found: list[Piece] = []
    for text, of in _runs(sentence, language):
        clauses = _parted(text, of, is_first=is_first and not found)
        found += (Piece(_bare(one), of, CLAUSE_MS) for one in clauses if _bare(one))
        if found:
            found[-1] = Piece(found[-1].text, found[-1].language, SWITCH_MS)
    if found:
        found[-1] = Piece(found[-1].text, found[-1].language, SENTENCE_MS)
    return tuple(found)


def _runs(sentence: str, language: Language) -> Iterator[tuple[str, Language]]:
    """Stretches of one language, as they are read out."""
    if language is Language.CHINESE:
        yield from _of_chinese(chinese.readable(sentence))
        return
    readable = readable_english if language is Language.ENGLISH else readable_uyghur
    for run in _IN_FOREIGN.finditer(sentence):
        if run.lastgroup == "han":
            yield from _of_chinese(chinese.readable(run[0]))
        else:
            yield from _of_letters(readable(run[0]), language)


def _of_chinese(text: str) -> Iterator[tuple[str, Language]]:
    languages = {"latin": Language.ENGLISH, "arabic": Language.UYGHUR, "han": Language.CHINESE}
    for run in _IN_CHINESE.finditer(text):
        yield run[0], languages[run.lastgroup or "han"]


def _of_letters(text: str, language: Language) -> Iterator[tuple[str, Language]]:
    """Arabic letters are read in Uyghur and Latin ones in English, wherever they stand."""
    run, of = "", language
    for part in _LETTERS.finditer(text):
        found = {"latin": Language.ENGLISH, "arabic": Language.UYGHUR}.get(part.lastgroup or "", of)
        if found is not of and any(sign.isalpha() for sign in run):
            yield run, of
            run = ""
        run, of = run + part[0], found
    yield run, of


def _parted(text: str, language: Language, *, is_first: bool) -> Iterator[str]:
    """A long text in pieces, at its commas where it has some."""
    scale = 1 if language is Language.CHINESE else _LETTERS_A_SIGN
    piece, limit = "", _FIRST if is_first else _USUAL
    for clause in _CLAUSE.split(text):
        if piece and len(piece) + len(clause) > limit * scale:
            yield from _cut(piece, _MOST * scale)
            piece, limit = "", _USUAL
        piece += clause if language is Language.CHINESE else f" {clause}"
    yield from _cut(piece, _MOST * scale)


def _cut(text: str, most: int) -> Iterator[str]:
    """A text without a comma, where it must be cut all the same: at spaces if there are some."""
    while len(text) > most:
        at = text.rfind(" ", 1, most) + 1 or most
        yield text[:at]
        text = text[at:]
    yield text


def _bare(text: str) -> str:
    """Without the pauses at its ends: silence is ours to add. A question keeps its sign."""
    bare = text.strip(_AT_ENDS)
    return bare if any(sign.isalnum() for sign in bare) else ""
