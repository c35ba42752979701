"""What a slip knows of the case and of today: answers, papers at hand, bulletins, counters."""

from __future__ import annotations

from datetime import timedelta

from kiosk.core.case import SKIPPED, Answer, Case
from kiosk.core.catalog import Bulletin, Situation, SituationOption
from kiosk.core.local import CounterToday, Local
from kiosk.core.slips.block import Code, Role, Ruler, Tick, Words, lines_of
from kiosk.core.slips.trial import compose_trial
from kiosk.core.value import replace
from tests.core.small_city import (
    LOST_CARD,
    NOW,
    SmallCity,
    make_code,
    make_occasion,
    make_slip,
    text,
)

WHO = Situation(
    text("谁丢了？"),
    (
        SituationOption(text("您自己"), drops=("household-book",), note=text("带一张照片")),
        SituationOption(text("孩子"), adds=("id-card-guardian",), note=text("孩子也要来")),
    ),
)
ASKED = replace(LOST_CARD, situations=(WHO,))
CLOSED = Bulletin(
    "flood",
    text("2楼今天进水"),
    text("请到3楼办"),
    (NOW - timedelta(hours=1)).isoformat(),
    (NOW + timedelta(hours=2)).isoformat(),
    services=("id-card-lost",),
    phone="0990-8000000",
)


def told(option: int) -> Case:
    return Case(answers=(Answer("service/id-card-lost", 0, option),))


def ticks(case: Case) -> list[str]:
    slip = make_slip(ASKED, case=case)
    return [block.text for block in slip.blocks if isinstance(block, Tick)]


def test_an_answer_decides_which_papers_are_on_the_slip() -> None:
    assert ticks(told(0)) == ["申请表"]
    assert "监护人的身份证" in ticks(told(1))


def test_what_the_catalog_says_to_an_answer_is_on_the_slip() -> None:
    assert "您自己：带一张照片" in lines_of(make_slip(ASKED, case=told(0)))
    unsure = lines_of(make_slip(ASKED, case=told(SKIPPED)))
    assert {"您自己：带一张照片", "孩子：孩子也要来"} <= set(unsure)


def test_a_paper_at_hand_stays_on_the_slip_and_says_so() -> None:
    slip = make_slip(case=Case(in_hand=("household-book",)))
    papers = {block.text: block for block in slip.blocks if isinstance(block, Tick)}
    assert papers["户口簿"].details[0] == "您说已经有了"
    assert "您说已经有了" not in papers["申请表"].details


def test_a_bulletin_about_the_errand_stands_above_the_way() -> None:
    slip = make_slip(catalog=SmallCity(posted=(CLOSED,)))
    said = lines_of(slip)
    title = said.index("身份证丢了补办")
    assert title < said.index("2楼今天进水") < said.index("请到3楼办") < said.index("到这里办")
    assert Words("0990-8000000", Role.CALL) in slip.blocks


def test_staff_of_the_hall_can_post_one_as_well() -> None:
    assert "2楼今天进水" in lines_of(make_slip(local=Local(bulletins=(CLOSED,))))


def test_a_bulletin_about_something_else_or_of_yesterday_is_not_printed() -> None:
    other = replace(CLOSED, services=("passport",))
    over = replace(CLOSED, valid_to=NOW.isoformat())
    said = lines_of(make_slip(catalog=SmallCity(posted=(other, over))))
    assert "2楼今天进水" not in said


def test_a_counter_that_staff_have_closed_says_so() -> None:
    closed = Local(today=(CounterToday("city-police", is_closed=True),))
    assert "今天这个窗口不开" in lines_of(make_slip(local=closed))
    noted = Local(today=(CounterToday("city-police", is_closed=True, note="下午再来"),))
    assert "下午再来" in lines_of(make_slip(local=noted))
    assert "今天这个窗口不开" not in lines_of(make_slip())


def test_the_code_that_goes_on_stands_apart_from_that_of_the_phone() -> None:
    resume = make_code("https://zwfw.yc.example/c/" + "1" * 150)
    slip = make_slip(resume=resume)
    codes = [block.modules for block in slip.blocks if isinstance(block, Code)]
    assert len(codes) == 2
    assert codes[1] == resume.modules
    said = lines_of(slip)
    assert (
        said.index("手机接着办，家人也能扫")
        < said.index("下次接着办")
        < said.index("没有手机？打电话办")
    )


def test_a_test_page_has_a_ruler_a_code_and_every_size() -> None:
    code = make_code()
    slip = compose_trial("zwfw.yc.example", code.modules, make_occasion(local=Local(kiosk=7)))
    assert lines_of(slip)[:3] == ("云川市政务服务大厅", "测试页", "7号机器")
    assert Ruler(10) in slip.blocks
    assert Code(code.modules) in slip.blocks
    sizes = {block.role for block in slip.blocks if isinstance(block, Words)}
    assert {Role.BODY, Role.HEADING, Role.PLACE, Role.CALL, Role.TITLE, Role.EXACT} <= sizes
