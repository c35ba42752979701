"""Where lines break."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.printing.wrap import wrap


def advance(sign: str) -> float:
    return 0.5 if sign.isascii() else 1.0


def width(line: str) -> float:
    return sum(map(advance, line))


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("", 10, ()),
        ("身份证丢了", 10, ("身份证丢了",)),
        ("拿好领证凭条，到时来取或邮寄", 12, ("拿好领证凭条，", "到时来取或邮寄")),
        ("要多久，60 天以内", 6, ("要多久，", "60 天以内")),
        ("有效到 11月30日 下午 3:05", 8, ("有效到 11月30日", "下午 3:05")),
        ("居民身份证丢失补领（含挂失）", 12, ("居民身份证丢失补领", "（含挂失）")),
        ("交通不便的地方可以再长 30 天", 11, ("交通不便的地方可以", "再长 30 天")),
        ("Keep the receipt; collect the card", 9, ("Keep the receipt;", "collect the card")),
        ("到这里办", 4, ("到这里办",)),
        ("Donaudampfschifffahrt", 5.5, ("Donaudampfs", "chifffahrt")),
    ],
)
def test_lines_break_where_they_read_well(text: str, room: float, lines: tuple[str, ...]) -> None:
    assert wrap(text, room, advance) == lines


def test_a_number_stays_with_what_it_counts() -> None:
    for room in range(4, 14):
        for line in wrap("公交 6 路、18 路到市民中心站，走 100 米", room, advance):
            assert not line[-1].isdigit()


def test_no_line_starts_with_a_closing_sign_or_ends_with_an_opening_one() -> None:
    text = "到窗口说“补身份证”（或“补办”），再交 40 元；现金、手机都行。"
    for room in range(7, 30):
        for line in wrap(text, room, advance):
            assert line[0] not in "，。；、”）"
            assert line[-1] not in "“（"


def test_everyday_words_are_not_cut() -> None:
    text = "监护人带身份证和户口簿到窗口直接办理"
    for room in range(7, 16):
        joined = "|".join(wrap(text, room, advance))
        for word in ("监护人", "身份证", "户口簿", "窗口", "直接"):
            assert word in joined


def test_no_last_line_of_one_sign() -> None:
    assert len(wrap("系统里查不到您的信息时也能办", 13, advance)[-1]) > 2


signs = st.text(st.sampled_from("身份证丢了补办窗口，。（）“”、12 34ab-/:—"), max_size=60)


@given(signs, st.integers(4, 40))
def test_lines_fit_and_lose_nothing_but_spaces(text: str, room: int) -> None:
    lines = wrap(text, room, advance)
    assert all(width(line) <= room for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
