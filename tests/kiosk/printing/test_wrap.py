"""Where lines break."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.isolates import directed
from kiosk.printing.wrap import wrap


def advance(text: str) -> float:
    return sum(
        0.0 if sign in "\u2066\u2067\u2068\u2069" else 0.5 + 0.5 * (sign > "\u2e80")
        for sign in text
    )


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
    assert all(advance(line) <= room for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_an_address_that_no_line_holds_breaks_after_a_dot_or_a_hyphen() -> None:
    lines = wrap("zhengwufuwu.a-long-name.yunchuan.gov.cn", 9, advance)
    assert len(lines) > 1
    assert all(line[-1] in ".-" for line in lines[:-1])


def test_uyghur_words_stay_whole_and_its_marks_end_a_line() -> None:
    text = "سېلىشتۇرۇش كودى ئوخشىمىسا، داۋاملاشتۇرماڭ؟ «كۆزنەك» نى كۆرۈڭ"
    for room in range(8, 20):
        lines = wrap(text, room, advance)
        assert " ".join(lines) == text
        assert not any(line[0] in "،؟»" for line in lines)


def test_what_is_isolated_stays_so_on_every_line() -> None:
    lines = wrap("قەغەز: \u20682楼 12—15 号窗口 身份证\u2069 بار", 7, advance)
    assert len(lines) > 2
    for line in lines:
        assert line.count("\u2068") == line.count("\u2069")
    assert "".join(lines).count("\u2068") > 1


scripts = st.text(st.sampled_from("身份证窗口，（） 12-كۆزنەك،؟«»\u2068\u2069."), max_size=60)


@given(scripts, st.integers(6, 30))
def test_no_word_is_lost_in_any_mixture_of_scripts(text: str, room: int) -> None:
    bare = str.maketrans("", "", "\u2066\u2067\u2068\u2069")
    lines = wrap(directed(text), room, advance)
    assert all(advance(line) <= room for line in lines)
    assert "".join("".join(lines).translate(bare).split()) == "".join(text.translate(bare).split())
