"""The words of the slip of a list: the order, all papers once, and a way without a phone."""

from __future__ import annotations

from typing import Any

from kiosk.core.case import Acting, Case, Whom
from kiosk.core.catalog import (
    Bulletin,
    Channel,
    Counter,
    Hours,
    Material,
    NeededMaterial,
    ProxyRule,
    Relation,
    Service,
    Text,
)
from kiosk.core.local import CounterToday, Local
from kiosk.core.slips.block import Code, Fact, Numbered, Role, Slip, Tick, Words, lines_of
from kiosk.core.slips.errands import compose_list
from kiosk.core.slips.occasion import Occasion
from kiosk.core.value import replace
from tests.builders import MONDAY_MORNING, TableCatalog, make_code, make_hall, make_service

WHEN = Text("系统里查不到您的信息时")
PARENT = Acting(Whom.PARENT)
CARD = make_service(
    "card",
    number=13003,
    plain_name=Text("身份证补办"),
    materials=(
        NeededMaterial("id-card", originals=1, copies=1),
        NeededMaterial("book", originals=1, need="sometimes", when=WHEN),
    ),
    handling="promised",
    visits=1,
    consult="12389",
)
BANK = make_service(
    "bank",
    number=14001,
    plain_name=Text("办社保卡"),
    counters=("cards",),
    materials=(NeededMaterial("id-card", originals=1, copies=2), NeededMaterial("form", 1)),
    handling="at-once",
    visits=1,
)
LAKE = make_service("lake", plain_name=Text("医保报销"), counters=("lake-1",), materials=())
COUNTERS = (
    Counter("desk", "here", Text("2楼"), Text("12 号窗口"), Text("身份证")),
    Counter(
        "cards", "here", Text("1楼"), Text("3 号窗口"), Text("卡"), (Hours((1,), "09:00", "12:00"),)
    ),
    Counter("lake-1", "donghu", Text("3楼"), Text("1 号窗口"), Text("医保")),
)
MATERIALS = (
    Material("id-card", Text("身份证"), "document", Text("公安"), Text("正反面")),
    Material("book", Text("户口簿"), "document", Text("公安")),
    Material("form", Text("申请表"), "form", Text("窗口免费拿")),
    Material(
        "id-card-proxy",
        Text("代办人的身份证"),
        "document",
        Text("公安"),
        holder="helper",
        stands_for="id-card",
    ),
)


def catalog(*services: Service) -> TableCatalog:
    donghu = make_hall("donghu", order=2, short=Text("东湖大厅"), address=Text("湖滨路 66 号"))
    return TableCatalog(
        services={one.id: one for one in services},
        counters={one.id: one for one in COUNTERS},
        materials={one.id: one for one in MATERIALS},
        all_halls={"here": make_hall(phone="0990-1"), "donghu": donghu},
    )


def occasion(*services: Service, **changes: Any) -> Occasion:
    values = {"language": "zh", "now": MONDAY_MORNING, "slip_number": 27, **changes}
    return Occasion(
        catalog=catalog(*services), hall=make_hall(phone="0990-1"), gettext=str, **values
    )


def slip(*services: Service, **changes: Any) -> Slip:
    return compose_list(services, make_code(), occasion(*services, **changes), "no. {}".format)


def words(*services: Service, **changes: Any) -> tuple[str, ...]:
    return lines_of(slip(*services, **changes))


def ticks(*services: Service, **changes: Any) -> dict[str, Tick]:
    return {one.text: one for one in slip(*services, **changes).blocks if isinstance(one, Tick)}


def test_a_list_reads_from_the_way_to_the_papers_and_the_phone() -> None:
    assert words(CARD, BANK) == (
        "市政务服务大厅",
        "我的清单，2 件",
        "在这个大厅，照这个顺序办",
        "1. 办社保卡",
        "1楼 3 号窗口",
        "周一 上午 9:00 到中午 12:00",
        "2. 身份证补办",
        "2楼 12 号窗口",
        "要带的东西",
        "身份证 原件 1 份，复印件 3 份",
        "每件都要用",
        "正反面",
        "申请表 原件 1 份",
        "办这些要用：办社保卡",
        "窗口免费拿",
        "户口簿 原件 1 份",
        "这种情况才带：系统里查不到您的信息时",
        "办这些要用：身份证补办",
        "手机上看清单，家人也能扫",
        "用微信、支付宝或相机扫，打开的是",
        "zwfw.example.cn",
        "核对码 5643",
        "核对码不同，就不要继续",
        "扫码不收费，不会要银行卡和验证码",
        "有效到 11月23日 上午 9:57",
        "下次在机器上扫这个，接着办",
        "没有手机？打电话办",
        "12345",
        "接通后报短号",
        "no. 14001 办社保卡",
        "no. 13003 身份证补办",
        "专门问这件事 12389",
        "大厅电话 0990-1",
        "要人帮忙：1楼导服台",
        "纸会褪色，可以拍照留着",
        "小票号 27，11月23日 上午 9:42",
    )


def test_there_is_one_code_and_its_address_is_whole() -> None:
    blocks = slip(CARD, BANK).blocks
    assert sum(isinstance(one, Code) for one in blocks) == 1
    assert Words("zwfw.example.cn", Role.EXACT) in blocks


def test_what_waits_for_another_one_says_so_and_comes_another_day() -> None:
    bank = replace(BANK, relations=(Relation("card", "before"),), visits=2)
    blocks = slip(bank, CARD, LAKE).blocks
    numbered = {one.text: one for one in blocks if isinstance(one, Numbered)}
    assert "先办第 1 件，才能办" in numbered["办社保卡"].details
    assert "要来 2 次" in numbered["办社保卡"].details
    said = words(bank, CARD, LAKE)
    assert "一共要跑 4 趟" in said
    assert said.index("到东湖大厅") < said.index("改天再来这个大厅")


def test_another_hall_is_said_with_the_way_there() -> None:
    said = words(LAKE)
    start = said.index("到东湖大厅")
    assert said[start + 1 : start + 5] == (
        "湖滨路 66 号",
        "公交 6 路到市民中心",
        "1. 医保报销",
        "3楼 1 号窗口",
    )
    assert "周一到周五 上午 9:00 到下午 5:00" in said


def test_what_needs_no_hall_says_how_or_whom_to_ask() -> None:
    web = make_service("web", counters=(), channels=(Channel("web", Text("手机上办")),))
    nobody = make_service("nobody", counters=(), channels=())
    outside = make_service("out", counters=(), channels=(Channel("counter", Text("医院1楼")),))
    said = words(web, nobody, outside)
    assert {"不用到大厅", "手机上办", "在别的地方", "先问导服台", "医院1楼"} <= set(said)


def test_a_counter_that_is_closed_says_what_staff_say_and_when_it_opens() -> None:
    note = Local(today=(CounterToday("desk", is_closed=True, note="下午再来"),))
    said = words(CARD, local=note)
    assert "下午再来" in said
    assert "周一到周五 上午 9:00 到下午 5:00" in said
    silent = Local(today=(CounterToday("desk", is_closed=True),))
    assert "今天这个窗口不开" in words(CARD, local=silent)


def test_what_does_not_go_together_is_said_before_the_way() -> None:
    bank = replace(BANK, relations=(Relation("card", "instead"), Relation("lake", "before")))
    lake = replace(LAKE, relations=(Relation("bank", "before"),))
    said = words(bank, CARD, lake)
    start = said.index("这两件办一件就行，先问窗口")
    assert said[start + 1] == "办社保卡、身份证补办"
    assert said[said.index("先办哪件，请问窗口") + 1] == "办社保卡、医保报销"
    assert start < said.index("在这个大厅，照这个顺序办")


def test_what_is_in_hand_has_no_box_but_its_copies_are_not_forgotten() -> None:
    case = Case(in_hand=("id-card", "form"))
    assert set(ticks(CARD, BANK, case=case)) == {"户口簿"}
    said = words(CARD, BANK, case=case)
    start = said.index("您说已经有了")
    assert said[start + 1 : start + 3] == ("身份证，复印件 3 份", "申请表")


def test_whoever_acts_for_another_finds_the_papers_of_both_apart() -> None:
    case = Case(acting=PARENT)
    may = replace(CARD, proxy=ProxyRule("yes", Text("可以"), papers=("id-card-proxy",)))
    may_not = replace(BANK, proxy=ProxyRule("no", Text("要按指纹"), papers=("id-card-proxy",)))
    said = words(may, may_not, case=case)
    assert said.index("替爸妈办") < said.index("要带爸妈的") < said.index("要带您自己的")
    assert said[said.index("这些要爸妈自己来办") + 1] == "办社保卡"
    assert ticks(may, may_not, case=case)["代办人的身份证"].details == ("办这些要用：身份证补办",)


def test_conditions_of_several_errands_are_told_apart() -> None:
    other = replace(
        BANK, materials=(NeededMaterial("book", need="sometimes"), NeededMaterial("gone"))
    )
    found = ticks(CARD, other)
    assert found["户口簿"].details == (
        "“办社保卡”：不是人人都要，先打电话问",
        "“身份证补办”：这种情况才带：系统里查不到您的信息时",
    )
    assert "还有一样，先打电话问" in found


def test_what_can_follow_later_is_not_asked_for_today() -> None:
    later = replace(CARD, materials=(NeededMaterial("book", need="later", originals=1),))
    assert ticks(later)["户口簿"].details == ("今天没有也能办，以后补上",)


def test_a_paper_for_many_errands_names_only_their_number() -> None:
    services = [replace(CARD, id=f"s{n}") for n in range(5)]
    services.append(replace(CARD, id="none", materials=()))
    assert "办 5 件事要用" in ticks(*services)["身份证"].details


def test_a_bulletin_stands_once_above_the_way_however_many_errands_it_concerns() -> None:
    bulletin = Bulletin(
        "maintenance",
        Text("系统要修"),
        Text("下午再来"),
        "2026-01-01T00:00:00+08:00",
        "2027-12-31T00:00:00+08:00",
        services=("card", "bank"),
        phone="12345",
    )
    told = words(CARD, BANK, local=Local(bulletins=(bulletin,)))
    assert told.count("系统要修") == 1
    assert told.index("系统要修") < told.index("在这个大厅，照这个顺序办")


def test_the_number_of_a_bulletin_is_said_once() -> None:
    for text, count in (("急用打 12393。", 0), ("下午再来", 1)):
        bulletin = Bulletin(
            "maintenance",
            Text("系统要修"),
            Text(text),
            "2026-01-01T00:00:00+08:00",
            "2027-12-31T00:00:00+08:00",
            services=("card",),
            phone="12393",
        )
        assert words(CARD, local=Local(bulletins=(bulletin,))).count("12393") == count


def test_every_errand_and_every_paper_is_on_the_slip() -> None:
    services = (CARD, BANK, LAKE)
    blocks = slip(*services).blocks
    numbers = {one.text for one in blocks if isinstance(one, Numbered)}
    assert numbers == {one.plain_name.zh for one in services}
    assert {one.label for one in blocks if isinstance(one, Fact)} >= {"no. 13003", "no. 14001"}
    assert set(ticks(*services)) == {"身份证", "户口簿", "申请表"}
