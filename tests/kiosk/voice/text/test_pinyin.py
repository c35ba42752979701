"""Readings: a list written by hand, and everything this product says through the real engine."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import records
from hub.authoring.yaml_source import Source
from kiosk.core.choices import Language
from kiosk.voice.text.chinese import readable
from kiosk.voice.text.piece import Piece, pieces, sentences
from kiosk.voice.text.pinyin import READINGS, Reader, read_readings
from kiosk.voice.text.script import HAN, PAUSES
from scripts import strings
from tests.kiosk.voice.hearing import with_espeak

GOLDEN = dict(
    line.split(" | ")
    for line in Path(__file__).with_name("golden.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
)
SAMPLES = {
    "amount": "4.5",
    "clock": "下午 1:30",
    "closes": "下午 5:00",
    "code": "0412",
    "copy": "2",
    "count": "10",
    "day": "周一",
    "desk": "一楼导服台",
    "first": "周一",
    "groups": "12",
    "hall": "云川市政务服务中心",
    "host": "k.example.gov.cn",
    "hotline": "12345",
    "last": "周五",
    "month": "11",
    "n": "2",
    "number": "13001-6",
    "opens": "上午 9:00",
    "page": "1",
    "pages": "3",
    "phone": "0571-12345678",
    "place": "2楼 19–22 号窗口",
    "services": "180",
    "time": "9:42",
    "unit": "元/件",
    "year": "2026",
}
"""What is put into the holes of the screens' words; into all others a word."""

_SYLLABLE = re.compile(r"[a-zê]+[1-5]")


def screens() -> list[str]:
    """Every word of the screens and slips, with something in its holes."""
    found = [str(message.id) for message in strings.collected() if message.id]
    return [re.sub(r"\{(\w+)\}", lambda hole: SAMPLES.get(hole[1], "身份证"), one) for one in found]


def demo_texts(source: Source) -> list[str]:
    """Every Chinese text of the demo city."""
    return [text.zh for record in source.records for text in records.texts_of(record)]


def chinese_pieces(texts: Iterable[str]) -> list[Piece]:
    return [
        piece
        for text in texts
        for sentence in sentences(text, Language.CHINESE)
        for piece in pieces(sentence, Language.CHINESE)
    ]


def phonemes(lines: Iterable[str]) -> str:
    """What espeak-ng would say, in one go."""
    said = subprocess.run(
        ["espeak-ng", "-v", "cmn-latn-pinyin", "-q", "-x"],
        input="\n\n".join(lines),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return said.stdout


@pytest.mark.parametrize("phrase", GOLDEN)
def test_a_phrase_is_read_as_a_dictionary_says(reader: Reader, phrase: str) -> None:
    said = [one for one in reader.syllables(readable(phrase)) if one not in PAUSES]
    assert " ".join(said) == GOLDEN[phrase]


def test_the_list_is_long_enough_to_mean_something() -> None:
    assert len(GOLDEN) >= 200


@with_espeak
def test_every_word_of_the_screens_is_spoken_in_chinese(reader: Reader) -> None:
    said = chinese_pieces(screens())
    foreign = {piece.text for piece in said if piece.language is not Language.CHINESE}
    assert foreign <= {"English", "Uyghur"}
    _speak(reader.spelled(one.text) for one in said if one.language is Language.CHINESE)


@with_espeak
def test_every_text_of_the_demo_city_is_spoken_in_chinese(
    reader: Reader, demo_source: Source
) -> None:
    """Every syllable of every text by itself, and every twentieth piece as a whole."""
    said = chinese_pieces(demo_texts(demo_source))
    assert {piece.text for piece in said if piece.language is not Language.CHINESE} == set()
    lines = [reader.spelled(piece.text) for piece in said]
    assert len(lines) > 1000
    alone = sorted({word for line in lines for word in line.split()})
    _speak([*alone, *lines[::20]])


def _speak(lines: Iterable[str]) -> None:
    """No letter is read as an English one, and every character is one syllable."""
    lines = list(lines)
    heard = phonemes(lines)
    assert "(en)" not in heard, [line for line in lines if "(en)" in phonemes([line])]
    words = [word for line in lines for word in line.split()]
    letters = [word for word in words if not _SYLLABLE.fullmatch(word.rstrip("r,.!?;"))]
    assert {word.rstrip(",.!?;") for word in letters} <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    assert heard.count("|") == len(words), "a syllable was read as several words, or left out"


def test_every_text_has_a_sound(reader: Reader, demo_source: Source) -> None:
    for text in (*screens(), *demo_texts(demo_source)):
        for character, syllable in zip(
            re.findall(f"[{HAN}]", readable(text)),
            [one for one in reader.syllables(readable(text)) if one not in PAUSES],
            strict=False,
        ):
            assert syllable, (text, character)


def test_every_correction_has_a_syllable_for_each_character() -> None:
    wrong = {
        word: said
        for word, said in read_readings().items()
        if len(word) != len(said) or not all(map(_SYLLABLE.fullmatch, said))
    }
    assert wrong == {}


def test_no_correction_stands_twice() -> None:
    words = [
        line.split()[0]
        for line in READINGS.read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    assert sorted({word for word in words if words.count(word) > 1}) == []


def test_a_correction_is_stronger_than_the_dictionary() -> None:
    assert Reader({"银行": ("jin1", "ku4")}).syllables("去银行办") == ["qu4", "jin1", "ku4", "ban4"]


def test_a_word_is_not_torn_off_its_neighbour(reader: Reader) -> None:
    assert reader.words("个人参加") == ["个人", "参加"]
    assert reader.words("学生还款") == ["学生", "还款"]


def test_a_final_r_is_part_of_the_syllable_before(reader: Reader) -> None:
    assert reader.spelled("一点儿，这儿，玩儿") == "yi4 dia3r, zhe4r, wa2r"


def test_letters_and_breaths_stand_as_they_are(reader: Reader) -> None:
    assert reader.spelled("，A 零一、谁？") == "A ling2 yi1, shei2?"


def test_a_character_without_a_reading_is_left_out(reader: Reader) -> None:
    assert reader.spelled("\U0002ebe0好") == "hao3"


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF), max_size=30))
def test_any_characters_have_readings_that_the_engine_knows(reader: Reader, text: str) -> None:
    assert all(re.fullmatch(r"[a-zê]+[1-5]r?", one) for one in reader.spelled(text).split())
