"""Tests of the words that lead to the machine's own settings."""

from __future__ import annotations

import pytest

from kiosk.core.catalog import Catalog
from kiosk.search.own_words import letters_after, means_settings


@pytest.mark.parametrize("words", ["长辈版", "亲情版", "关爱版", "关怀版"])
@pytest.mark.parametrize("said", ["{}", "{}在哪里", "打开 {}"])
def test_the_names_that_phones_use_mean_the_settings(words: str, said: str) -> None:
    assert means_settings(said.format(words))


@pytest.mark.parametrize(
    "said",
    [
        *("长辈", "关怀", "大字", "字太小了", "看不清"),
        *("zbb", "ZBB", "zhangbei", "zhang bei ban", "laonianban"),
    ],
)
def test_half_a_name_a_complaint_and_letters_will_do(said: str) -> None:
    assert means_settings(said)


@pytest.mark.parametrize("said", ["Large  print", "read aloud", "bigger letters"])
def test_english_words_mean_them_too(said: str) -> None:
    assert means_settings(said)


@pytest.mark.parametrize(
    "said",
    ["", "长", "字", "z", "zb", "zhang", "老年", "laonian", "老年卡", "老人", "laoren", "社保卡"],
)
def test_other_words_do_not(said: str) -> None:
    assert not means_settings(said)


def test_no_service_is_taken_for_them(demo: Catalog) -> None:
    services = [one for group in demo.groups() for one in demo.services_of(group.id)]
    names = [name for one in services for name in (one.name.zh, one.plain_name.zh)]
    assert len(names) > 100
    assert [name for name in names if means_settings(name)] == []


def test_letters_lead_on_to_the_names() -> None:
    assert letters_after("z") == {"b", "h"}
    assert letters_after("Zhang bei") == {"b"}
    assert letters_after("zbb") == set()
    assert letters_after("") == set("zqgdl")
