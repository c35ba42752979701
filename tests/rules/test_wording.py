"""The words of the screens follow docs/writing.md, and none of them goes past the translations."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from scripts import strings, wording
from scripts.wording import Guide, Saying
from tests.rules.sources import called_name, parsed

_ALLOWED = {
    "中文": "a language is called by its own name, in every language",
    "国": "a sign that is measured and never shown",
    "身份证": "what S F Z stands for; the letters spell nothing in another language",
    "社保卡": "what S B K stands for",
    "老年卡": "what L N K stands for",
    "一丨丿丶乛": "signs of the strokes; their names are translated",
}
_FOLDERS = ("kiosk/views/", "kiosk/ui/", "kiosk/core/")


@pytest.fixture(scope="module")
def guide() -> Guide:
    return Guide(wording.terms(), wording.level_1())


# the guide ----------------------------------------------------------------------------------


def test_the_screens_follow_the_guide(guide: Guide) -> None:
    found = [
        f"{one.place}: {one.words}: {complaint}"
        for one in wording.sayings()
        for complaint in guide.complaints(one)
    ]
    assert found == []


def test_the_screens_do_not_say_please_all_the_time() -> None:
    assert wording.too_many_please({one.words for one in wording.sayings()}) == []


def test_every_word_that_is_translated_is_judged() -> None:
    judged = {one.words for one in wording.sayings()}
    assert judged == {message.id for message in strings.collected() if message.id}
    assert len(judged) > 200


def test_titles_are_told_from_sentences() -> None:
    titles = {one.words for one in wording.sayings() if one.is_title}
    assert {"印小票", "再印一张", "大家常办的事", "您今天想办什么事？"} <= titles
    assert "微信、支付宝、相机都行，家人的手机也可以" not in titles


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ("这一句话写得实在太长了，谁也不会从头到尾把它看完，更记不住", "longer than 25"),
        ("短的。这一句话写得实在太长了，谁也不会从头到尾把它看完，更记不住", "longer than 25"),
        ("从这里一直走到{hall}，再往右边走一会儿，就能看见很多的机器", "longer than 25"),
        ("殡葬的事", "level 1: 殡"),
        ("按 OK 就行", "not Chinese: OK"),
        ("要带的东西（3 样）", "brackets"),
        ("带身份证/户口簿", "cannot be heard: /"),
        ("原件 × 2", "cannot be heard: ×"),
        ("一共三步", "write digits: 三"),
        ("等七天", "write digits: 七"),
        ("到二楼", "write digits: 二"),
        ("用户您好", "用户: say 您"),
    ],
)
def test_a_breach_of_each_rule_is_found(guide: Guide, words: str, complaint: str) -> None:
    found = list(guide.complaints(Saying("here", words)))
    assert len(found) >= 1
    assert any(complaint in one for one in found), found


@pytest.mark.parametrize(
    "words",
    [
        "去哪个窗口，带什么，多久能好",
        "报警 110 · 急救 120 · 火警 119 · 防诈骗 96110",
        "周一到周五 上午 9:00 到中午 12:00".replace(":", "："),
        "比如身份证，就打 S F Z",
        "您是不是要找{name}？没有手机也行……",
        "应该、其他、及时",
        "等一会儿，一样一样来，两个人也行",
        "第二个开关",
        "下一页 {page}/{pages}",
    ],
)
def test_plain_words_are_let_through(guide: Guide, words: str) -> None:
    assert list(guide.complaints(Saying("here", words))) == []


def test_a_title_has_less_room_than_a_sentence(guide: Guide) -> None:
    words = "国" * (wording.TITLE_MAX + 1)
    assert list(guide.complaints(Saying("here", words))) == []
    assert list(guide.complaints(Saying("here", words, is_title=True))) != []
    assert list(guide.complaints(Saying("here", "国" * wording.TITLE_MAX, is_title=True))) == []


def test_please_on_every_second_string_is_too_much() -> None:
    words = ["请到窗口", "请问窗口", "首页", "返回", "大字", "颜色"]
    assert wording.too_many_please(words) == ["请到窗口", "请问窗口"]
    assert wording.too_many_please([*words[1:], "语言"]) == []


# the guide's own tables ---------------------------------------------------------------------


def test_every_word_of_the_table_is_found(guide: Guide) -> None:
    terms = wording.terms()
    assert len(terms) > 20
    for term in terms:
        for word in term.words:
            assert word in dict(guide.avoided(f"我们{word}吧")), word
        for fine in term.fine:
            assert list(guide.avoided(fine)) == [], fine


def test_what_to_say_instead_is_not_in_the_table_itself(guide: Guide) -> None:
    assert [one.instead for one in wording.terms() if [*guide.avoided(one.instead)]] == []


def test_the_bad_examples_are_bad_and_the_good_ones_good(guide: Guide) -> None:
    examples = list(wording.table("where"))
    assert len(examples) > 5
    for where, bad, good in examples:
        is_title = where in ("button", "title")
        assert list(guide.complaints(Saying(where, bad, is_title))) != [], bad
        assert list(guide.complaints(Saying(where, good, is_title))) == [], good


def test_the_characters_are_the_3500_of_the_first_level() -> None:
    signs = wording.level_1()
    assert len(signs) == 3500
    assert signs >= set("一您窗票矗")
    assert not signs & set("殡剐乂")


# the catalog --------------------------------------------------------------------------------


def test_the_report_counts_what_a_catalog_says_at_length(guide: Guide) -> None:
    texts = {"a": "国" * 26 + "。" + "国" * 25, "b": "殡葬，办理", "c": "带身份证"}
    first, long, _, rare, avoided = wording.report(texts, guide)
    assert first == "3 texts, 4 sentences"
    assert long == "1 sentences longer than 25 characters"
    assert rare == "1 rare characters: 殡 1"
    assert avoided == "1 words to avoid: 办理 1"


def test_the_report_reads_the_whole_catalog() -> None:
    texts = wording.catalog_texts()
    assert len(texts) > 1000
    assert "市大厅" in texts.values()


# past the translations ----------------------------------------------------------------------


def _untranslated(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Chinese literals that are neither handed to a translation nor written for the reader."""
    fine = {id(part) for node in ast.walk(tree) for part in _fine(node)}
    for node in ast.walk(tree):
        words = node.value if isinstance(node, ast.Constant) and id(node) not in fine else ""
        if isinstance(words, str) and wording.HANZI.search(words) and words not in _ALLOWED:
            yield getattr(node, "lineno", 0), words


def _fine(node: ast.AST) -> list[ast.AST]:
    if called_name(node) in ("_", "gettext"):
        return list(ast.walk(node))
    # a constant that is a statement of its own is documentation
    return [node.value] if isinstance(node, ast.Expr) else []


def test_no_chinese_goes_past_the_translations() -> None:
    found = [
        f"{path}:{line} {words}"
        for path, tree in parsed("kiosk")
        if path.startswith(_FOLDERS)
        for line, words in _untranslated(tree)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('"""中国"""\nx = 1\n"""说明"""', []),
        ('x = _("首页")', []),
        ('x = look.gettext("首页")', []),
        ('x = _("{n} 样").format(n="几")', ["几"]),
        ('x = Tile("a", "首页")', ["首页"]),
        ('x = f"{n} 样"', [" 样"]),
        ('x = {"zh": "中文"}', []),
        ('print("首页")', ["首页"]),
    ],
)
def test_a_literal_past_the_translations_is_found(code: str, found: list[str]) -> None:
    assert [words for _, words in _untranslated(ast.parse(code))] == found
