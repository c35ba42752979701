"""What a citizen types finds what was meant, and the answer says why."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys

import pytest

from db.records import Text
from kiosk.core.errors import CatalogDamagedError, CatalogMissingError
from kiosk.search.searcher import Searcher
from tests.builders import write_catalog
from tests.kiosk.search.catalogs import make_service, of_services, of_titles


def titles(results) -> list[str]:
    return [hit.title for hit in results.hits]


def sections(results) -> tuple[list[str], list[str]]:
    return [hit.title for hit in results.literal], [hit.title for hit in results.perhaps]


def test_a_literal_hit_marks_its_signs_and_says_nothing_else(search):
    (hit,) = search(of_titles(["补换社保卡"])).find("社保").literal
    assert (hit.title, hit.marks, hit.heard) == ("补换社保卡", ((2, 2),), "")


def test_marks_are_places_of_the_title_as_it_is_written(search):
    searcher = search(of_titles(["新生儿出生“一件事”（ＥＴＣ）"]))
    (hit,) = searcher.find("一件事").literal
    start, length = hit.marks[0]
    assert hit.title[start : start + length] == "一件事"


@pytest.mark.parametrize("typed", ["shebao", "sheb", "sbao", "sb", "SB", "社b", "shèbǎo"])
def test_letters_find_characters_and_mark_them(search, typed):
    (hit,) = search(of_titles(["补换社保卡"])).find(typed).literal
    assert (hit.marks, hit.heard) == (((2, 2),), "")


def test_a_hit_shows_its_path_and_the_sign_of_its_category_in_the_language(search):
    service = make_service("s", "办护照", plain_name=Text("办护照", "Get a passport"))
    searcher = search(of_services(service))
    (chinese,) = searcher.find("护照").literal
    (english,) = searcher.find("passp", "en").literal
    assert (chinese.path, chinese.icon) == ("群 › 类", "sort")
    assert (english.title, english.marks) == ("Get a passport", ((6, 5),))


def test_a_path_is_in_the_language_of_the_screen(city):
    (first, *_) = city.find("first passport", "en").literal
    assert first.path == "Identity › Passport and permits"


def test_a_title_without_english_is_shown_in_chinese(search):
    (hit,) = search(of_titles(["办护照"])).find("护照", "en").literal
    assert hit.title == "办护照"


def test_an_everyday_word_leads_to_its_services_and_is_named(search):
    searcher = search(
        of_services(make_service("s", "交通违法处理"), aliases={"罚单": "s", "吃牌": "s"})
    )
    for typed in ("罚单", "fadan", "fd"):
        (hit,) = searcher.find(typed).literal
        assert (hit.service, hit.marks, hit.heard) == ("s", (), "罚单")


def test_the_official_name_is_found_and_named(search):
    service = make_service("s", "驾照丢了补办", name=Text("机动车驾驶证遗失补证"))
    (hit,) = search(of_services(service)).find("驾驶证").literal
    assert (hit.title, hit.marks, hit.heard) == ("驾照丢了补办", (), "机动车驾驶证遗失补证")


@pytest.mark.parametrize(
    ("typed", "heard"),
    [("设保", "社保"), ("社宝", "社保"), ("sebao", "社保"), ("射堡咔", "社保卡")],
)
def test_what_only_sounds_alike_is_asked_for_and_named(search, typed, heard):
    results = search(of_titles(["补换社保卡"])).find(typed)
    assert results.literal == ()
    assert [hit.heard for hit in results.perhaps] == [heard]


@pytest.mark.parametrize(
    "typed",
    ["居民身证换领", "居民身份证唤啊领", "居名身份正换领", "居民份身证换领", "jumnishenfenzheng"],
)
def test_one_slip_of_the_finger_is_forgiven(search, typed):
    searcher = search(of_titles(["居民身份证换领", "居住证申领", "护照换发", "机动车登记"]))
    assert titles(searcher.find(typed))[0] == "居民身份证换领"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("laolianka", "老年卡办理"),
        ("fuzhao", "护照换发"),
        ("fukou", "户口登记"),
        ("senfenzen", "身份证换领"),
        ("jumin", "居民医保"),
    ],
)
def test_southern_ears_are_understood(search, typed, found):
    searcher = search(of_titles(["老年卡办理", "护照换发", "户口登记", "身份证换领", "居民医保"]))
    assert titles(searcher.find(typed))[0] == found


def test_traditional_characters_are_literal(search):
    (hit,) = search(of_titles(["残疾人证换领"])).find("殘疾人證").literal
    assert hit.marks == ((0, 4),)


def test_a_name_around_brackets_is_one_name_but_no_sound_reaches_across(search):
    searcher = search(of_titles(["车牌换发（单位）"]))
    assert titles(searcher.find("换发单位")) == ["车牌换发（单位）"]
    assert searcher.find("fadan").literal == ()


def test_the_general_stands_before_the_special(search):
    searcher = search(
        of_services(
            make_service("a", "离职提取住房公积金", popularity=90),
            make_service("b", "住房公积金提取", popularity=80),
            make_service("c", "公积金提取", popularity=10),
        )
    )
    assert titles(searcher.find("公积金提取"))[0] == "公积金提取"
    assert titles(searcher.find("公积金")) == ["公积金提取", "住房公积金提取", "离职提取住房公积金"]


def test_of_equals_the_more_used_comes_first(search):
    searcher = search(
        of_services(
            make_service("a", "护照补办", popularity=10),
            make_service("b", "护照换发", popularity=90),
        )
    )
    assert titles(searcher.find("护照")) == ["护照换发", "护照补办"]


def test_a_name_that_contains_the_words_stands_before_one_with_an_everyday_word(search):
    searcher = search(
        of_services(
            make_service("a", "旧卡换领", popularity=90),
            make_service("b", "敬老服务之老年证办理", popularity=10),
            aliases={"老年证": "a"},
        )
    )
    assert [hit.service for hit in searcher.find("老年证").hits] == ["b", "a"]


def test_no_category_fills_the_first_ten_while_there_are_others(search):
    services = [
        make_service(f"{category}{n}", f"证件{n}号{category}", category=category, popularity=90 - n)
        for category, count in (("a", 9), ("b", 4), ("c", 3))
        for n in range(count)
    ]
    first = [hit.service[0] for hit in search(of_services(*services)).find("证件").hits[:10]]
    assert first.count("a") == 4


def test_a_category_alone_may_fill_the_screen(search):
    assert len(search(of_titles([f"证件{n}" for n in range(9)])).find("证件").hits) == 9


def test_two_wishes_are_answered_in_turn(search):
    searcher = search(of_titles(["医保缴费查询", "医保转移", "社保缴费查询", "社保卡"]))
    assert titles(searcher.find("医保和社保查询"))[:2] == ["医保缴费查询", "社保缴费查询"]


def test_a_name_with_an_and_in_it_is_one_wish(search):
    searcher = search(of_titles(["护照和通行证", "护照", "通行证"]))
    assert titles(searcher.find("护照和通行证"))[0] == "护照和通行证"


def test_the_limit_holds(search):
    searcher = search(of_titles([f"证件{n}" for n in range(30)]))
    assert len(searcher.find("证件", limit=7).hits) == 7


def test_groups_and_confidence_go_with_the_hits(search):
    searcher = search(of_titles(["补换社保卡"]))
    assert searcher.find("社保").groups == ("g",)
    assert searcher.find("社保").confident
    assert not searcher.find("红烧肉").confident


def test_nothing_typed_gives_letters_alone(search):
    searcher = search(of_titles(["补换社保卡"]))
    for results in (searcher.find(""), searcher.find(" ？")):
        assert results.hits == results.chips == ()
        # 类, 群; 换 and 类 as some say them; the settings as 长辈版, 大字版, 关爱版
        assert results.letters == frozenset("BHSKLQFNR" + "ZDG")


def test_a_search_for_larger_letters_is_known_for_one(search):
    searcher = search(of_titles(["补换社保卡"]))
    assert searcher.find("长辈版").for_settings
    assert searcher.find("zb").letters >= {"B"}
    assert not searcher.find("社保").for_settings


def test_in_a_large_catalog_too_the_keys_lead_to_the_settings(search):
    signs = "社保卡补办登记申请退休养老户口"
    titles = ["".join(three) for three in itertools.product(signs, repeat=3)]
    searcher = search(of_titles(titles))
    for typed in itertools.accumulate("zhangbeiban"):
        letters = searcher.find(typed).letters
        following = "zhangbeiban"[len(typed) : len(typed) + 1].upper()
        assert not letters or not following or following in letters


def test_the_query_comes_back_as_it_was_typed(search):
    assert search(of_titles(["护照"])).find(" Ｈu ").query == " Ｈu "


@pytest.mark.parametrize(
    ("typed", "letters"),
    [("s", "HEB"), ("sh", "EB"), ("she", "B"), ("shebao", "K"), ("社", "B"), ("sbk", "A")],
)
def test_letters_that_lead_nowhere_are_left_out(search, typed, letters):
    assert search(of_titles(["社保卡"])).find(typed).letters == frozenset(letters)


def test_letters_follow_english_words(search):
    service = make_service("s", "护照", plain_name=Text("护照", "Passport, passage"))
    assert search(of_services(service)).find("pass", "en").letters == frozenset("PA")


def test_words_of_the_catalog_are_offered_for_letters(search):
    searcher = search(of_titles(["社保卡", "补换社保卡", "设备登记", "护照", "打印社保证明"]))
    assert searcher.find("sb").chips[:2] == ("社保", "社保卡")
    assert searcher.find("sbk").chips == ("社保卡",)
    assert searcher.find("hz").chips == ("护照",)
    assert searcher.find("huz").chips == ("护照",)


def test_no_words_are_offered_for_characters_or_in_english(search):
    searcher = search(of_titles(["社保卡", "护照"]))
    assert searcher.find("社保").chips == ()
    assert searcher.find("hz", "en").chips == ()


def test_a_misspelt_everyday_word_is_never_offered(search):
    searcher = search(
        of_services(
            make_service("s", "领社保卡"), make_service("t", "社保卡"), aliases={"设保卡": "s"}
        )
    )
    assert searcher.find("sbk").chips == ("社保卡",)


def test_a_missing_file_is_no_catalog(tmp_path):
    with pytest.raises(CatalogMissingError):
        Searcher(tmp_path / "none.sqlite")


def test_a_file_without_the_index_of_this_program_is_refused(tmp_path):
    with pytest.raises(CatalogDamagedError):
        Searcher(write_catalog(tmp_path / "plain.sqlite", of_titles(["护照"])))


def test_searching_loads_neither_sqlalchemy_nor_the_dictionary_of_readings():
    code = (
        "import json, sys, kiosk.search.searcher; "
        "print(json.dumps([name for name in sys.modules if '.' not in name]))"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert not {"sqlalchemy", "pypinyin", "PySide6"} & set(json.loads(answer.stdout))
