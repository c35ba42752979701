"""Chinese text as it is read out: figures, signs, and whatever else a text may hold."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.voice.text.chinese import readable
from kiosk.voice.text.script import HAN, PAUSES

SAID = {
    # telephones and codes, digit by digit
    "12345": "幺二三四五",
    "打 12345 问": "打幺二三四五问",
    "打 100 次": "打一百次",
    "12333 人社热线": "幺二三三三人社热线",
    "12345 元": "一万二千三百四十五元",
    "拨0571-12345678": "拨零五七幺，幺二三四，五六七八",
    "(0571) 12345678": "零五七幺，幺二三四，五六七八",
    "05711234567": "零五七幺，幺二三，四五六七",
    "010-87654321": "零幺零，八七六五，四三二幺",
    "13812345678": "幺三八，幺二三四，五六七八",
    "400-123-4567": "四零零，幺二三，四五六七",
    "短号 13001-6": "短号幺三零零幺，六",
    "核对码 0412": "核对码零四幺二",
    "核对码 4821": "核对码四八二幺",
    "5 6 4 1": "五六四幺",
    "K-7Q2": "K，七 Q 二",
    "11010119900101123X": "幺幺零幺零幺，幺九九零零幺零幺，幺二三 X",
    "报警 110 · 急救 120": "报警幺幺零，急救幺二零",
    "110 元": "一百一十元",
    "10000 人": "一万人",
    # days and times
    "2026年5月1日": "二零二六年五月一日",
    "2026-05-01": "二零二六年五月一日",
    "2026/5/1 起": "二零二六年五月一日起",
    "2026.5.1": "二零二六年五月一日",
    "2026-05": "二零二六年五月",
    "2025养老金": "二零二五养老金",
    "2000 年以前": "二零零零年以前",
    "下午 1:30": "下午一点半",
    "9：05": "九点零五分",
    "14:00": "十四点",
    "2:15": "两点十五分",
    "9:00–17:00": "九点到十七点",
    "8:00:05": "八点五秒",
    "12:30:20": "十二点三十分二十秒",
    "9月1日—10月31日": "九月一日到十月三十一日",
    "周一—周五": "周一到周五",
    # amounts
    "2 份": "两份",
    "第2 份": "第二份",
    "2 楼": "二楼",
    "2年级": "二年级",
    "2 年": "两年",
    "2–3 年": "两到三年",
    "2-3 号": "二到三号",
    "12 张": "十二张",
    "3600 元": "三千六百元",
    "2000 元": "两千元",
    "1,234 元": "一千二百三十四元",
    "3，500": "三，五百",
    "4.5 元": "四点五元",
    "￥20": "二十元",
    "¥20.50": "二十点五元",
    "￥2万": "两万元",
    "元/人·年": "元每人每年",
    "20 元/件": "二十元每件",
    "80%": "百分之八十",
    "3%–5%": "百分之三到百分之五",
    "3‰": "千分之三",
    "1/2": "二分之一",
    "24/7": "二十四，七",
    "-5℃": "零下五度",
    "100 m²": "一百平方米",
    "1.5 km": "一点五公里",
    "500g": "五百克",
    "90×60mm": "九十乘六十毫米",
    "1.2.3": "一点二点三",
    "٣ 个": "三个",
    "１２３４５": "幺二三四五",
    # places and pages
    "A01–A04 号窗口": "A 零一到 A 零四号窗口",
    "A1-A4 号窗口": "A 一到 A 四号窗口",
    "19–22 号窗口": "十九到二十二号窗口",
    "A4 纸": "A 四纸",
    "2B 铅笔": "二 B 铅笔",
    "下一页 1/3": "下一页，第一页，共三页",
    "第 2/5 页": "第二页，共五页",
    # letters and addresses
    "S F Z": "S F Z",
    "SIM卡": "S I M 卡",
    "下载 App": "下载 A P P",
    "用WeChat扫": "用 WeChat 扫",
    "Café": "Cafe",
    "zwfw.example.gov.cn": "Z W F W 点 example 点 G O V 点 C N",
    "https://hub.example.org/k/12": "H U B 点 example 点 O R G 斜杠 K 斜杠幺二",
    "a.b@city.gov.cn": "A 点 B 艾特 C I T Y 点 G O V 点 C N",
    # signs
    "不收费 · 不问名字": "不收费，不问名字",
    "阿卜杜拉·买买提": "阿卜杜拉买买提",
    "首页 › 社保": "首页，社保",
    "“办护照”": "办护照",
    "（一）带证": "一，带证",
    "男/女": "男、女",
    "正在找……": "正在找。",
    "您好！！您好？": "您好！您好？",
    "一行\n两行": "一行。两行",
    "😀": "",
    "（）": "",
    "。。。": "",
    "": "",
}


@pytest.mark.parametrize("text", SAID)
def test_it_is_read_out_as_people_say_it(text: str) -> None:
    assert readable(text) == SAID[text]


_HOSTILE = st.text(
    st.one_of(
        st.sampled_from(
            "0123456789 .,:;-–—/%￥¥$·×+#@()（）“”…\n\t一二两年月日号楼份元打第页ABXapp"
        ),
        st.characters(),
    ),
    max_size=40,
)


@settings(max_examples=500, deadline=None)
@given(st.lists(_HOSTILE, min_size=20, max_size=20))
def test_whatever_a_text_holds_only_what_can_be_said_is_left(texts: list[str]) -> None:
    """Ten thousand strings."""
    for text in texts:
        said = readable(text)
        plain = unicodedata.normalize("NFKC", text)
        assert not re.search(r"[\d%￥/()+#@\n]", said), (text, said)
        if any(re.match(rf"[{HAN}A-Za-z0-9]", one) and one.isalnum() for one in plain):
            assert re.search(rf"[{HAN}A-Za-z]", said), (text, said)
        assert said == said.strip()
        assert not said.startswith(tuple(PAUSES))


def test_what_is_read_out_is_read_out_the_same_again() -> None:
    for text, said in SAID.items():
        if "点" not in said:  # the 点 of an address is none of a number
            assert readable(said) == said, text
