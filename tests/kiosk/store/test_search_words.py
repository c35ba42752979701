"""Words are found where people would cut them."""

from __future__ import annotations

from kiosk.store.search_words import words_of

_CITY = dict.fromkeys(
    [
        "身份证换领",
        "身份证补领",
        "身份证挂失",
        "临时身份证申领",
        "居住证申领",
        "居住证签注",
        "社保卡申领",
        "社保卡挂失",
        "社保查询",
        "社保转移",
        "交社保",
        "社会保险登记",
        "社会保险费缴纳",
        "社会保险查询",
        "社会保障卡补领",
        "社会保障卡激活",
        "社会保障卡挂失",
        "护照申领",
        "护照换发",
        "护照补发",
    ],
    2,
)


def test_words_are_whole():
    words = words_of(_CITY)
    assert {"身份证", "居住证", "社保", "护照", "申领", "挂失"} <= words.keys()


def test_a_piece_of_a_word_is_no_word():
    words = words_of(_CITY)
    assert not {"份证", "身份", "会保险", "会保障", "居住", "社会保"} & words.keys()


def test_an_everyday_word_that_stands_alone_is_a_word():
    assert words_of({"罚单": 1, "高考": 1}) == {"罚单": 1, "高考": 1}


def test_nothing_is_longer_than_four_or_begins_with_a_particle():
    words = words_of({**_CITY, "丢了身份证": 1, "的士拒载": 1, "怎么办": 1, "了结": 1})
    assert all(2 <= len(word) <= 4 for word in words)
    assert not {"的士拒载", "怎么办", "了结"} & words.keys()


def test_letters_and_gaps_part_words():
    assert words_of({"etc办理|充值": 1}) == {"办理": 1, "充值": 1}


def test_nothing_has_no_words():
    assert words_of({}) == {}
