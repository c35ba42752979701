"""How a text is cut: sentences, breaths, languages."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.core.choices import Language
from kiosk.voice.text.piece import CLAUSE_MS, SENTENCE_MS, SWITCH_MS, pieces, sentences

ZH, EN, UG = Language.CHINESE, Language.ENGLISH, Language.UYGHUR


def said(text: str, language: Language = ZH) -> list[tuple[str, Language]]:
    return [(one.text, one.language) for one in pieces(text, language)]


def test_a_sentence_ends_at_its_sign_and_at_the_end_of_a_line() -> None:
    assert sentences("您好！您好？？“对。”先取号；再办\n完了", ZH) == (
        "您好！",
        "您好？？",
        "“对。”",
        "先取号；",
        "再办",
        "完了",
    )


def test_a_point_in_a_number_or_an_address_ends_nothing() -> None:
    assert sentences("Pay 4.5 yuan at www.gov.cn. Then go!", EN) == (
        "Pay 4.5 yuan at www.gov.cn.",
        "Then go!",
    )


def test_an_uyghur_sentence_ends_at_its_own_question_mark() -> None:
    assert len(sentences("ياخشىمۇسىز؟ ياخشى.", UG)) == 2


def test_the_first_piece_is_short() -> None:
    text = "先取号，到二楼的三号窗口等叫号，轮到您的时候把身份证和户口簿都给工作人员看"
    first, *rest = pieces(text, ZH, is_first=True)
    assert first.text == "先取号"
    assert "".join(one.text for one in rest) == text.removeprefix("先取号，")


def test_a_short_sentence_stays_whole() -> None:
    assert said("先取号，再排队。") == [("先取号，再排队", ZH)]


def test_a_long_sentence_is_parted_at_its_commas() -> None:
    text = "，".join(["带上身份证户口簿照片"] * 8)
    cut = pieces(text, ZH)
    assert len(cut) > 1
    assert all(len(one.text) <= 40 for one in cut)
    assert [one.pause_ms for one in cut] == [CLAUSE_MS] * (len(cut) - 1) + [SENTENCE_MS]


def test_what_has_no_comma_is_cut_all_the_same() -> None:
    assert [len(one.text) for one in pieces("很" * 200, ZH)] == [80, 80, 40]
    assert all(not one.text.startswith("ing") for one in pieces("going " * 200, EN))


def test_english_words_in_chinese_are_said_in_english() -> None:
    assert said("请用WeChat Pay付") == [("请用", ZH), ("WeChat Pay", EN), ("付", ZH)]


def test_letters_in_chinese_are_said_in_chinese() -> None:
    assert said("到A01窗口，下载App") == [("到 A 零一窗口，下载 A P P", ZH)]


def test_chinese_in_english_is_said_in_chinese() -> None:
    assert said("Press 中文 for Chinese", EN) == [
        ("Press", EN),
        ("中文", ZH),
        ("for Chinese", EN),
    ]


def test_uyghur_is_said_in_uyghur_wherever_it_stands() -> None:
    assert said("按“ئۇيغۇرچە”") == [("按", ZH), ("ئۇيغۇرچە", UG)]
    assert said("English ئۇيغۇرچە", UG) == [("English", EN), ("ئۇيغۇرچە", UG)]


def test_a_number_belongs_to_the_words_after_it() -> None:
    assert said("2-قەۋەت", UG) == [("2-قەۋەت", UG)]
    assert said("12 counters", EN) == [("12 counters", EN)]


def test_between_languages_there_is_hardly_a_pause() -> None:
    assert [one.pause_ms for one in pieces("请用WeChat付", ZH)] == [
        SWITCH_MS,
        SWITCH_MS,
        SENTENCE_MS,
    ]


def test_what_cannot_be_said_is_no_piece() -> None:
    assert said("！！") == said("😀") == said("?", EN) == said("", UG) == []


@pytest.mark.parametrize("language", Language)
@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_cut_into_pieces_that_can_be_said(language: Language, text: str) -> None:
    for sentence in sentences(text, language):
        for piece in pieces(sentence, language, is_first=True):
            assert re.search(r"[^\W_]", piece.text)
            assert len(piece.text) <= 240
            assert piece.pause_ms > 0
