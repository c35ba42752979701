"""A bulletin on paper."""

from __future__ import annotations

from datetime import timedelta

from kiosk.core.catalog import Bulletin, Text
from kiosk.core.slips.block import Code, Role, Words, lines_of
from kiosk.core.slips.notice import compose_bulletin
from kiosk.core.slips.occasion import Occasion
from kiosk.core.value import replace
from tests.builders import MONDAY_MORNING, TableCatalog, make_hall, make_service, table_of

REPAIR = Bulletin(
    "repair",
    Text("周六不办医保", "No health insurance on Saturday"),
    Text("电脑要检修，下周一再来。", "The computers are repaired."),
    (MONDAY_MORNING - timedelta(days=1)).isoformat(),
    MONDAY_MORNING.replace(day=29, hour=0, minute=0).isoformat(),
    services=("card", "passport"),
    hides=("card",),
    phone="12393",
)
CATALOG = table_of(
    make_service("card", plain_name=Text("医保卡")),
    make_service("passport", plain_name=Text("报销")),
)


def lines(bulletin: Bulletin, catalog: TableCatalog = CATALOG, language: str = "zh") -> list[str]:
    occasion = Occasion(catalog, make_hall(), language, MONDAY_MORNING, str, 27)
    slip = compose_bulletin(bulletin, occasion)
    assert not any(isinstance(block, Code) for block in slip.blocks)
    assert Words(bulletin.phone or "12345", Role.CALL) in slip.blocks
    return list(lines_of(slip))


def test_only_paper_that_fades_says_so() -> None:
    occasion = Occasion(CATALOG, make_hall(), "zh", MONDAY_MORNING, str, 27, fades=False)
    assert list(lines_of(compose_bulletin(REPAIR, occasion))) == [
        line for line in lines(REPAIR) if "褪色" not in line
    ]


def test_it_says_what_until_when_about_what_and_whom_to_call() -> None:
    assert lines(REPAIR) == [
        "市政务服务大厅",
        "通知",
        "周六不办医保",
        "电脑要检修，下周一再来。",
        "到11月28日",
        "说的是这些事",
        "医保卡",
        "报销",
        "有事打电话",
        "12393",
        "要人帮忙：1楼导服台",
        "纸会褪色，可以拍照留着",
        "小票号 27，11月23日 上午 9:42",
    ]


def test_one_without_a_number_leads_to_the_hotline_and_one_about_nothing_names_nothing() -> None:
    bare = replace(REPAIR, phone=None, services=(), hides=())
    assert "说的是这些事" not in lines(bare)
    assert "12345" in lines(bare)


def test_one_whose_end_cannot_be_read_says_no_end() -> None:
    said = lines(replace(REPAIR, valid_to="2026-02-31"))
    assert not any(line.startswith("到") for line in said)


def test_the_end_is_a_day_with_its_year_or_an_hour_of_today() -> None:
    def end(moment: str) -> str:
        return lines(replace(REPAIR, valid_to=moment))[4]

    assert end("2026-11-24T00:00+08:00") == "今天一整天"
    assert end("2026-11-23T17:30+08:00") == "到今天下午 5:30"
    assert end("2028-01-01T00:00+08:00") == "到2027年12月31日"


def test_of_many_errands_only_some_are_named() -> None:
    ids = tuple(f"s{n}" for n in range(9))
    many = table_of(*(make_service(one, plain_name=Text(f"事{one}")) for one in ids))
    said = lines(replace(REPAIR, hides=(), services=ids), many)
    assert "一共 9 件事" in said
    assert sum(line.startswith("事") for line in said) == 6


def test_it_is_in_the_language_of_whoever_takes_it() -> None:
    assert "No health insurance on Saturday" in lines(REPAIR, language="en")
