"""The words of a slip: order, completeness, sparse services, no picture needed."""

from __future__ import annotations

from datetime import UTC

import pytest

from kiosk.core.catalog import Duration, Fee, FeeItem, NeededMaterial, ProxyRule, Service, Step
from kiosk.core.slips.block import Code, Fact, Numbered, Role, Slip, Tick, Words, lines_of
from kiosk.core.value import replace
from tests.core.small_city import (
    DIGITS,
    ELSEWHERE,
    HALLS,
    LOST_CARD,
    SPARSE,
    URL,
    SmallCity,
    make_code,
    make_slip,
    text,
)


def lines(service: Service = LOST_CARD, **changes: object) -> tuple[str, ...]:
    return lines_of(make_slip(service, **changes))


def facts(service: Service) -> dict[str, Fact]:
    return {block.label: block for block in make_slip(service).blocks if isinstance(block, Fact)}


def roles(slip: Slip) -> dict[Role, list[str]]:
    found: dict[Role, list[str]] = {}
    for block in slip.blocks:
        if isinstance(block, Words):
            found.setdefault(block.role, []).append(block.text)
    return found


def test_a_slip_reads_from_hall_and_errand_to_number_and_time() -> None:
    assert lines() == (
        "云川市政务服务大厅",
        "身份证丢了补办",
        "居民身份证丢失补领（含挂失）",
        "到这里办",
        "2楼 12—15 号窗口",
        "户籍和身份证",
        "周一到周五 上午 9:00 到下午 5:00",
        "周六 上午 9:00 到中午 12:00",
        "要带的东西",
        "申请表 原件 1 份",
        "窗口免费领",
        "核对后签名",
        "户口簿 原件 1 份，复印件 2 份",
        "这种情况才带：系统里查不到您的信息时",
        "怎么办",
        "1. 到窗口说“补身份证”",
        "2. 拍照、按指纹、交 40 元",
        "现金也行",
        "3. 拿好领证凭条",
        "要多久 60 天以内",
        "交通不便的地方可以再长 30 天",
        "多少钱 补领工本费 40 元/证",
        "谁来办 要您自己来",
        "要按本人的指纹",
        "未满16岁，监护人带孩子一起来",
        "监护人带：监护人的身份证、户口簿",
        "走不动的老人，可请民警上门",
        "手机接着办，家人也能扫",
        "用微信、支付宝或相机扫，打开的是",
        "zwfw.yc.example",
        "核对码 5643",
        "核对码不同，就不要继续",
        "扫码不收费，不会要银行卡和验证码",
        "有效到 11月30日 下午 3:05",
        "没有手机？打电话办",
        "12345",
        "接通后报短号 13003-2",
        "投诉电话 12389",
        "要人帮忙：1楼进门右手 导服台",
        "纸会褪色，可以拍照留着",
        "小票号 27，11月23日 下午 3:05",
    )


def test_the_words_are_whole_without_the_picture_and_without_the_token() -> None:
    slip = make_slip()
    assert sum(isinstance(block, Code) for block in slip.blocks) == 1
    assert not any(DIGITS in line or URL in line for line in lines_of(slip))


def test_numbers_and_addresses_that_must_not_be_broken_stand_alone() -> None:
    found = roles(make_slip(hall=HALLS[1]))
    assert found[Role.CALL] == ["核对码 5643", "12345"]
    assert found[Role.EXACT] == [
        "zwfw.yc.example",
        "接通后报短号 13003-2",
        "大厅电话 0990-8123456",
        "投诉电话 12389",
    ]


def test_a_hall_without_the_counters_sends_to_the_hall_that_has_them() -> None:
    said = lines(hall=HALLS[1])
    start = said.index("到这里办")
    assert said[start + 1 : start + 6] == (
        "这个大厅不办这件事。请到：",
        "云川市政务服务大厅",
        "云川市中和区市民路 1 号",
        "公交 6 路、18 路到市民中心站",
        "2楼 12—15 号窗口",
    )


def test_counters_with_hours_of_their_own_say_them() -> None:
    said = lines(replace(LOST_CARD, counters=("city-photo", "city-police")))
    photo = said.index("1楼 3 号窗口")
    assert said[photo + 2] == "周一、周三 上午 9:00 到中午 12:00"
    assert said[said.index("2楼 12—15 号窗口") + 2].startswith("周一到周五")


def test_counters_with_the_same_hours_say_them_once() -> None:
    said = lines(replace(LOST_CARD, counters=("city-police", "city-police")))
    assert sum(line.startswith("周六") for line in said) == 1


def test_a_day_with_a_lunch_break_is_one_line() -> None:
    here = replace(HALLS[0], hours=HALLS[1].hours)
    said = lines(hall=here)
    assert "周一到周五 上午 9:00 到中午 12:00，下午 1:30 到下午 5:00" in said


def test_a_sparse_service_sends_to_the_help_desk_and_the_hotline() -> None:
    said = lines(SPARSE)
    start = said.index("到这里办")
    assert said[start + 1 : start + 5] == (
        "请到导服台问",
        "1楼进门右手 导服台",
        "或者打电话问",
        "12345",
    )
    assert "要带的东西" not in said
    assert "怎么办" not in said
    assert said.count("只有名字的事") == 1
    assert "投诉电话 12389" not in said
    assert said[-1] == "小票号 27，11月23日 下午 3:05"


def test_a_service_outside_the_halls_names_its_places() -> None:
    said = lines(ELSEWHERE)
    start = said.index("到这里办")
    assert said[start + 1 : start + 4] == ("医院1楼挂号窗口", "打电话约", "不清楚的，到导服台问")


def test_papers_that_everybody_needs_come_first_and_each_has_a_box() -> None:
    ticks = [block for block in make_slip().blocks if isinstance(block, Tick)]
    assert [tick.text for tick in ticks] == ["申请表", "户口簿"]


@pytest.mark.parametrize(
    ("needed", "details"),
    [
        (NeededMaterial("household-book"), ()),
        (
            NeededMaterial("household-book", need="later"),
            ("今天没有也能办，以后补上",),
        ),
        (
            NeededMaterial("household-book", need="sometimes"),
            ("不是人人都要，先打电话问",),
        ),
        (
            NeededMaterial("household-book", when=text("入园前交")),
            ("入园前交",),
        ),
    ],
)
def test_a_paper_says_when_it_is_needed(needed: NeededMaterial, details: tuple[str, ...]) -> None:
    slip = make_slip(replace(LOST_CARD, materials=(needed,)))
    (tick,) = (block for block in slip.blocks if isinstance(block, Tick))
    assert tick == Tick("户口簿", "", details)


def test_a_paper_that_the_catalog_does_not_know_is_not_silently_left_out() -> None:
    slip = make_slip(catalog=SmallCity(materials=()))
    names = [block.text for block in slip.blocks if isinstance(block, Tick)]
    assert names == ["还有一样，先打电话问"] * 2


def test_at_most_four_steps_are_printed_and_more_are_announced() -> None:
    steps = tuple(Step(text(f"第 {n} 件")) for n in range(1, 7))
    slip = make_slip(replace(LOST_CARD, steps=steps))
    numbers = [block.number for block in slip.blocks if isinstance(block, Numbered)]
    assert numbers == [1, 2, 3, 4]
    assert "还有几步，到时工作人员告诉您" in lines_of(slip)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"handling": "at-once", "legal_time": None}, "当场办好"),
        ({"promised_time": Duration(0, "hour")}, "当场办好"),
        ({"promised_time": Duration(2, "hour")}, "2 小时以内"),
        ({"promised_time": Duration(5, "working-day")}, "5 个工作日以内"),
        ({"promised_time": Duration(1, "month")}, "1 个月以内"),
    ],
)
def test_the_time_is_the_promise_before_the_law(changes: dict[str, object], words: str) -> None:
    assert facts(replace(LOST_CARD, **changes))["要多久"].text == words


def test_no_charge_is_said_in_words() -> None:
    free = replace(LOST_CARD, fee=Fee(charged=False, note=text("体检费交给医院")))
    assert facts(free)["多少钱"] == Fact("多少钱", "不收费", ("体检费交给医院",))


def test_an_unknown_amount_is_not_made_up() -> None:
    item = FeeItem(text("挂号费"), text("元/次"))
    assert facts(replace(LOST_CARD, fee=Fee(True, (item,))))["多少钱"].text == "挂号费，多少先问清"
    assert facts(replace(LOST_CARD, fee=Fee(True)))["多少钱"].text == "要收费，先问清多少"
    assert "多少钱" not in facts(replace(LOST_CARD, fee=None))


def test_a_helper_is_told_who_may_come_and_what_to_bring() -> None:
    rule = ProxyRule(
        "partly",
        text("交单子家人能代"),
        who=(text("子女"), text("其他家人")),
        present=(text("体检时本人"),),
        papers=("proxy-letter",),
    )
    fact = facts(replace(LOST_CARD, proxy=rule))["谁来办"]
    assert fact.text == "有的事别人能替，有的不能"
    assert fact.details == (
        "交单子家人能代",
        "能替的人：子女、其他家人",
        "要在场的：体检时本人",
        "替您来的人带：授权委托书",
    )


def test_a_second_copy_says_so() -> None:
    assert lines(copy_number=2, slip_number=28)[-1] == "小票号 28，11月23日 下午 3:05，第2次打印"


def test_the_codes_end_is_said_in_local_time() -> None:
    code = make_code()
    in_utc = replace(code, valid_until=code.valid_until.astimezone(UTC))
    assert "有效到 11月30日 下午 3:05" in lines(code=in_utc)


def test_every_own_word_can_be_translated() -> None:
    """With a translation that marks its work, no line in English is left unmarked."""
    catalog_words = {
        "Yunchuan City Service Hall",
        "Lost ID card",
        "居民身份证丢失补领（含挂失）",  # for the counter
        "Floor 2 Counters 12–15",
        "Household and ID cards",
        "Free at the counter",
        "Check and sign it",
        "30 days more",
        "Your own fingerprints are needed",
        "Under 16, a guardian comes along",
        "Police can visit",
        "Cash",
        "zwfw.yc.example",
        "12345",
    }
    said = lines(language="en", gettext=lambda message: f"<{message}>")
    unmarked = {line for line in said if "<" not in line and not line[0].isdigit()}
    assert unmarked <= catalog_words
