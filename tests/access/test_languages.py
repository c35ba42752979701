"""A screen speaks one language, as far as the city has translated its catalog."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from access import registry, words
from access.sights import Sight, Tongue
from db import records
from hub.authoring.yaml_source import Source
from kiosk import app
from kiosk.core.choices import Language, TextSize
from kiosk.store.catalog_reader import CatalogReader

HANZI = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")  # and their punctuation
# what to type, what was heard, words of the catalog that were found, and the language's own name
EXAMPLES = """
中文 身份证 社保卡 老年卡 社会保障卡 失业保险金 设备检验 社保卡丢了怎么办 社保身份 护照
医保 驾驶 婚姻 退休 设保咔 六十五岁以上老人乘车证 老年 残疾 补社保卡 补社保卡和退休 修飞船
补社保卡和修飞船 一年到头开心 换房本 我想问问身份证丢了怎么办
我想给我家老人办那个坐公交不要钱的卡 宠物狗上户口 无人机登记 地铁失物 充电桩安装 彩票兑奖
密码 修鞋 社 祖 视 礼 祝 福 社保丶乛丨丶一丨一 老年公交卡 社保卡挂 宇宙飞船 云朵 长辈版
一丨丿丶乛
"""
ENGLISH = [
    Sight(tongue=Tongue.ENGLISH),
    Sight(tongue=Tongue.ENGLISH, size=TextSize.LARGEST, steady=True),
]


class Listening:
    """The English words, and the Chinese ones for which there were none."""

    def __init__(self) -> None:
        self._gettext = app.translations(Language.ENGLISH)
        self.untranslated: set[str] = set()

    def __call__(self, said: str) -> str:
        translated = self._gettext(said)
        if translated == said and HANZI.search(said):
            self.untranslated.add(said)
        return translated


@pytest.mark.parametrize("sight", ENGLISH, ids=str)
def test_the_english_screens_have_an_english_word_for_everything(
    demo: CatalogReader, sight: Sight
) -> None:
    listening = Listening()
    registry.pages(demo, sight.choices, listening)
    assert not listening.untranslated - {"中文"}  # the way back to Chinese is offered in Chinese


def _said(demo: CatalogReader, sight: Sight) -> Iterator[str]:
    for one in registry.pages(demo, sight.choices, sight.tongue.gettext).values():
        yield from words.of_page(one.page)


@pytest.mark.parametrize("sight", ENGLISH, ids=str)
def test_chinese_on_an_english_screen_is_only_what_the_city_has_not_translated(
    demo: CatalogReader, sight: Sight, demo_source: Source
) -> None:
    city = [text.zh for record in demo_source.records for text in records.texts_of(record)]
    allowed = "\0".join((*city, EXAMPLES))
    strange = {run for said in _said(demo, sight) for run in HANZI.findall(said)}
    assert {run for run in strange if run not in allowed} == set()


@pytest.mark.parametrize("tongue", Tongue)
def test_the_bar_is_called_the_same_on_every_screen(demo: CatalogReader, tongue: Tongue) -> None:
    sight = Sight(tongue=tongue)
    titles: dict[str, set[str]] = {}
    for one in registry.pages(demo, sight.choices, sight.tongue.gettext).values():
        for tile in one.page.bar:
            titles.setdefault(tile.name, set()).add(tile.title)
    several = {name for name, words_of_it in titles.items() if len(words_of_it) > 1}
    # from the home screen the way back is the end; the voice is on, off, or out of order; help says
    # that somebody comes
    assert several <= {"bar:back", "bar:aloud", "bar:help"}
