"""What is heard of a page: all that is seen, in the language it is written in."""

from __future__ import annotations

import re
import unicodedata
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QLabel

from access import registry
from kiosk import app
from kiosk.core.choices import Choices, Language
from kiosk.core.utterance import Utterance
from kiosk.core.value import replace
from kiosk.store.catalog_reader import CatalogReader
from kiosk.ui import spoken
from kiosk.ui.look import Look
from kiosk.ui.page import (
    Block,
    Candidates,
    Cells,
    Field,
    Heading,
    Keys,
    Line,
    Notice,
    Page,
    Panel,
    Plan,
    QrCard,
    Sheet,
    Tile,
    Tiles,
)
from kiosk.ui.screen import Screen
from kiosk.ui.spoken import Ear
from tests.builders import ICONS, PORTRAIT

CHINESE = Ear(Language.CHINESE, str)
ENGLISH = Ear(Language.ENGLISH, str)
UYGHUR = Ear(Language.UYGHUR, str)
CARD = QrCard(((True,),), "用手机扫", ("相机也行",), "网址是", "zwfw.example", "核对码", "5643")
A_TILE = Tile("service:passport", "办护照", "证件", act=object())


def texts(said: tuple[Utterance, ...]) -> list[str]:
    return [one.text for one in said]


def block_texts(block: Block, ear: Ear = CHINESE) -> list[list[str]]:
    return [texts(part) for part in spoken.of_block(block, ear)]


def make_page(**changes: object) -> Page:
    values: dict[str, object] = {"name": "a", "title": "办护照", "clock": "上午 9:42"}
    return Page(**{**values, **changes})  # type: ignore[arg-type]


# languages ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ear", "text", "said"),
    [
        (CHINESE, "办护照", [("办护照", "zh")]),
        (ENGLISH, "Get a passport", [("Get a passport", "en")]),
        (ENGLISH, "中文", [("中文", "zh")]),
        (ENGLISH, "You are here: 市大厅", [("You are here:", "en"), ("市大厅", "zh")]),
        (
            ENGLISH,
            "Go to 2楼 3号窗口 now",
            [("Go to", "en"), ("2楼 3号窗口", "zh"), ("now", "en")],
        ),
        (ENGLISH, "A4纸", [("A4", "en"), ("纸", "zh")]),
        (CHINESE, "ئۇيغۇرچە", [("ئۇيغۇرچە", "ug")]),
        (CHINESE, "复印到 A4 纸上", [("复印到 A4 纸上", "zh")]),  # the Chinese voice knows letters
        (UYGHUR, "WeChat", [("WeChat", "en")]),
        (UYGHUR, "تېلېفون 12345", [("تېلېفون 12345", "ug")]),
        (UYGHUR, "12345", [("12345", "ug")]),
        (CHINESE, "𠅤", [("𠅤", "zh")]),  # a rare name is still a name
        (CHINESE, "第一行\n第二行", [("第一行", "zh"), ("第二行", "zh")]),
        (CHINESE, " ", []),
        (CHINESE, "——", []),
    ],
)
def test_every_word_is_said_in_the_language_it_is_written_in(
    ear: Ear, text: str, said: list[tuple[str, str]]
) -> None:
    assert [(one.text, one.language) for one in ear.say(text)] == said


@pytest.mark.parametrize(
    ("ear", "text", "said"),
    [
        (CHINESE, "证件 › 护照 › 办护照", "证件，护照，办护照"),
        (ENGLISH, "Papers › Passport", "Papers, Passport"),
        (UYGHUR, "ھۆججەت › پاسپورت", "ھۆججەت، پاسپورت"),
        (CHINESE, "不收费 · 不问名字", "不收费，不问名字"),
        (CHINESE, "✓ 带好了", "带好了"),
    ],
)
def test_a_sign_that_cannot_be_heard_is_a_pause(ear: Ear, text: str, said: str) -> None:
    assert texts(ear.say(text)) == [said]


@given(st.text(max_size=80), st.sampled_from(Language))
def test_no_letter_and_no_digit_is_lost_or_said_twice(text: str, language: Language) -> None:
    said = Ear(language, str).say(text)
    assert heard_of("".join(texts(said))) == heard_of(text)
    assert all(any(sign.isalnum() for sign in one.text) for one in said)


def heard_of(text: str) -> str:
    """Words as a voice has them: without spaces, punctuation, pictures and marks on nothing."""
    return "".join(sign for sign in text if unicodedata.category(sign)[0] in "LN")


# blocks -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("block", "said"),
    [
        (Heading("大家常问"), [["大家常问"]]),
        (Notice("现在开着", "到下午 5:00"), [["现在开着", "到下午 5:00"]]),
        (
            Panel((Line("身份证", "原件 1 份", "box"), Line("照片", "", "box"))),
            [["要带", "身份证", "原件 1 份"], ["要带", "照片"]],
        ),
        (Panel((Line("到窗口", "先取号", "1"), Line("交钱", mark="2"))), None),
        (Tiles((Tile("fact:fee", "不收费", "都不收"), A_TILE)), [["不收费", "都不收"]]),
        (
            Tiles((Tile("a", "印小票", act=object(), enabled=False),)),
            [["印小票", "现在不能用"]],
        ),
        (Field("", "这里显示您打的字母", "search"), [["这里显示您打的字母"]]),
        (Field("社丶乛", "", "search", said="社、点捺、折"), [["社、点捺、折"]]),
        (Keys((Tile("key:A", "A", act=object()),), 7), []),
        (Candidates((), 6, "像的字排在这里"), [["像的字排在这里"]]),
        (Candidates((Tile("word:社", "社", act=object()),), 6, "像的字排在这里"), []),
        (
            Cells(((), ()), (A_TILE,), "写字的格子"),
            [["下面用手指写", "用按键的，选“字母”更方便"]],
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_every_kind_of_block_is_said(block: Block, said: list[list[str]] | None) -> None:
    expected = [["第 1", "到窗口", "先取号"], ["第 2", "交钱"]] if said is None else said
    assert block_texts(block) == expected


def test_a_code_says_how_to_aim_and_is_spelled() -> None:
    [said] = block_texts(CARD)
    assert said[0] == "用手机扫"
    assert said[1] == "屏幕上有一个方的码，手机慢慢移着找"  # on every panel, so in no half of it
    assert "手机对着码" in said[2]
    assert said[3:] == ["相机也行", "网址是", "zwfw.example", "核对码", "5 6 4 3"]


def test_a_code_behind_the_curtain_says_that_it_cannot_be_seen() -> None:
    page = make_page(blocks=(CARD,), curtain=Tile("curtain:open", "打开屏幕", act=object()))
    said = texts(spoken.of_page(page, page.blocks, CHINESE))
    assert "码在屏幕上，屏幕关着扫不到，先打开屏幕" in said
    assert not [one for one in said if "手机对着码" in one]


def test_only_what_was_typed_is_private() -> None:
    typed = Field("S F Z", "这里显示您打的字母", "search")
    page = make_page(blocks=(Notice("现在开着"), CARD), dock=(typed,))
    said = spoken.of_page(page, page.blocks, CHINESE, controls=3)
    assert [one.text for one in said if one.private] == ["S F Z"]


# controls -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ["办护照", "证件", "按钮", "第 3 个，共 8 个"]),
        ({"chosen": True}, ["办护照", "证件", "选中", "按钮", "第 3 个，共 8 个"]),
        ({"chosen": False}, ["办护照", "证件", "没选", "按钮", "第 3 个，共 8 个"]),
        ({"enabled": False}, ["办护照", "证件", "现在不能用", "按钮", "第 3 个，共 8 个"]),
        ({"title": "S", "text": "", "shape": "key"}, ["S"]),
    ],
)
def test_a_control_says_its_words_how_it_stands_and_where(
    changes: dict[str, object], said: list[str]
) -> None:
    assert texts(spoken.of_tile(replace(A_TILE, **changes), 3, 8, CHINESE)) == said


def test_a_program_that_reads_the_screen_has_the_words_without_role_and_state() -> None:
    name = spoken.name_of_control(replace(A_TILE, text="证件 › 护照", chosen=True), CHINESE)
    assert name == "办护照。证件，护照"
    assert spoken.name_of_control(Tile("a", "How?", "Ask"), ENGLISH) == "How? Ask"


# pages --------------------------------------------------------------------------------------


def test_a_page_is_said_from_its_title_to_the_way_on() -> None:
    page = make_page(
        path="证件 › 护照",
        text="普通护照签发",
        blocks=(Heading("怎么办"), Panel((Line("到窗口", mark="1"),))),
        dock=(Tiles((A_TILE,)),),
        index=1,
    )
    said = texts(spoken.of_page(page, page.blocks, CHINESE, controls=6, pages=3))
    assert said == [
        "办护照",
        "证件，护照",
        "普通护照签发",
        "第 2 页，共 3 页",
        "怎么办",
        "第 1",
        "到窗口",
        "上午 9:42",
        "这里有 6 个可选",
        "按上下键听，按中间键选",
        "按左右键翻页",
    ]


def test_words_that_left_the_header_for_lack_of_height_are_said_once() -> None:
    page = make_page(path="证件 › 护照", text="普通护照签发")
    shown = (Panel((Line("", "证件 › 护照\n普通护照签发"),)), Notice("现在开着"))
    said = texts(spoken.of_page(page, shown, CHINESE))
    assert said == ["办护照", "证件，护照", "普通护照签发", "现在开着", "上午 9:42"]


def test_a_hint_is_said_before_anything_and_goes_without_a_word() -> None:
    page = make_page(path="证件", hint="按住，等一下再松手", is_hinting=True)
    hinting = spoken.heard(page, (), CHINESE)
    usual = spoken.heard(replace(page, is_hinting=False), (), CHINESE)
    assert texts(hinting.whole())[:2] == ["按住，等一下再松手", "办护照"]
    assert texts(hinting.since(usual)) == ["按住，等一下再松手"]
    assert usual.since(hinting) == ()


def test_what_was_entered_is_said_before_its_answer() -> None:
    page = make_page(dock=(Field("S F Z", "", "search"),))
    said = texts(spoken.of_page(page, (Notice("没有找到"),), CHINESE))
    assert said[1:3] == ["S F Z", "没有找到"]


def test_only_the_blocks_of_this_page_are_said() -> None:
    page = make_page(blocks=(Notice("第一页的"), Notice("第二页的")))
    said = texts(spoken.of_page(page, page.blocks[1:], CHINESE, pages=2))
    assert "第二页的" in said
    assert "第一页的" not in said


def test_an_index_beyond_the_last_page_is_the_last() -> None:
    said = texts(spoken.of_page(make_page(index=99), (), CHINESE, pages=2))
    assert "第 2 页，共 2 页" in said


def test_the_way_on_is_told_for_what_somebody_has_at_hand() -> None:
    by_switches = replace(CHINESE, by_switches=True)
    assert texts(spoken.way_on(6, 3, by_switches)) == [
        "这里有 6 个可选",
        "一个开关往下走，另一个选",
    ]
    assert spoken.way_on(0, 1, CHINESE) == ()  # a machine that is being mended


def test_only_what_is_new_is_news() -> None:
    before = make_page(text="甲", blocks=(Notice("正在印小票"), Heading("没有手机也能办")))
    after = replace(before, blocks=(Notice("小票印好了"), Heading("没有手机也能办")))
    old, new = (spoken.heard(page, page.blocks, CHINESE, 4) for page in (before, after))
    assert texts(new.since(old)) == ["小票印好了"]
    assert new.since(new) == ()


def test_a_minute_that_passes_and_a_key_that_is_dimmed_are_no_news() -> None:
    page = make_page()
    now = spoken.heard(page, (), CHINESE, controls=30)
    later = spoken.heard(replace(page, clock="上午 9:43"), (), CHINESE, controls=12)
    assert later.since(now) == ()


def test_a_page_that_was_turned_to_does_not_begin_with_the_title_again() -> None:
    page = make_page(index=1, text="普通护照签发", blocks=(Notice("第二页的"),))
    turned = texts(spoken.heard(page, page.blocks, CHINESE, 4, 2).turned())
    assert turned[:2] == ["第 2 页，共 2 页", "第二页的"]
    assert "办护照" not in turned


# everything ---------------------------------------------------------------------------------


@pytest.mark.parametrize("language", Language)
def test_everything_that_is_shown_is_said(
    language: Language, demo: CatalogReader, qapp: object
) -> None:
    words = app.translations(language)
    found = []
    for name, one in registry.pages(demo, Choices(language), words).items():
        page, look = one.page, Look(PORTRAIT, one.choices, words, ICONS)
        ear = Ear(language, words)
        for screen in screens_of(page, look):
            found += [f"{name}: {lost}" for lost in unsaid(screen, page, ear)]
            screen.deleteLater()
    assert found == []


def screens_of(page: Page, look: Look) -> list[Screen]:
    first = Screen(page, look)
    rest = range(1, first.page_count)
    return [first, *(Screen(replace(page, index=n), look) for n in rest)]


def unsaid(screen: Screen, page: Page, ear: Ear) -> list[str]:
    """Words that stand on a screen, and are neither on the page nor on a control for the ear."""
    controls = screen.touchables()
    said = list(spoken.of_page(page, screen.shown, ear, len(controls), screen.page_count))
    for n, control in enumerate(controls, start=1):
        said += spoken.of_tile(control.tile, n, len(controls), ear)
    heard = heard_of("".join(one.text for one in said))
    shown = [control.tile.title for control in controls]
    shown += [control.tile.text for control in controls]
    shown += [label.text() for label in screen.findChildren(QLabel)]
    pieces = [piece for text in shown for piece in re.split(r"[\n\s]+", text)]
    return [piece for piece in pieces if heard_of(piece) not in heard]


def test_a_word_that_is_not_said_is_found(qapp: object) -> None:
    """The test above can fail."""
    page = make_page(blocks=(Notice("现在开着"),))
    [screen] = screens_of(page, Look(PORTRAIT, Choices(), str, ICONS))
    assert unsaid(screen, page, CHINESE) == []
    assert unsaid(screen, make_page(title="别的"), CHINESE) == ["办护照"]
    screen.deleteLater()


def test_no_kind_of_block_is_forgotten_here() -> None:
    assert set(get_args(Block)) == {
        *(Tiles, Heading, Notice, Panel, QrCard, Field, Keys),
        *(Candidates, Cells, Plan, Sheet),
    }
