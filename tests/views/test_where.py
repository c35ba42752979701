"""Can it be done here and now? The answer first, then the way there and the other ways."""

from __future__ import annotations

from datetime import datetime

import pytest

from kiosk.core import routes
from kiosk.core.catalog import Channel, Counter, PlanArea, PlanFloor, ProxyRule, Service, Text
from kiosk.core.local import CounterToday, Local
from kiosk.core.session import Session
from kiosk.ui.page import Heading, Notice, Page, Panel, Plan, PlanMark, Tile, Tiles
from kiosk.views import floors, where
from kiosk.views.factory import page_for
from kiosk.views.scene import Scene
from tests.builders import MONDAY_MORNING, TableCatalog, make_hall, make_service, table_of

EVENING = MONDAY_MORNING.replace(hour=20)
WEB = Channel("web", Text("网上办"))
PLAN = (
    PlanFloor(
        Text("1楼"),
        10,
        8,
        (
            PlanArea("door", 4, 7, 2),
            PlanArea("kiosk", 8, 6, kiosk=3),
            PlanArea("lift", 9, 2),
            PlanArea("counter", 0, 0, 3, 1, counter="low"),
            PlanArea("seats", 4, 3, 2, 2),
        ),
    ),
    PlanFloor(
        Text("2楼"),
        10,
        8,
        (PlanArea("lift", 9, 2), PlanArea("counter", 0, 0, 3, 1, counter="desk")),
    ),
)


def city(*services: Service) -> TableCatalog:
    halls = make_hall(plan=PLAN), make_hall("near", order=2, short=Text("东湖大厅"))
    counters = (
        Counter("desk", "here", Text("2楼"), Text("3号窗口"), Text("护照")),
        Counter("low", "here", Text("1楼"), Text("1号窗口"), Text("")),
        Counter("near-desk", "near", Text("1楼"), Text("5号窗口"), Text("")),
    )
    return table_of(
        *services,
        all_halls={one.id: one for one in halls},
        counters={one.id: one for one in counters},
    )


def scene(
    route: routes.Route,
    *services: Service,
    now: datetime = MONDAY_MORNING,
    today: tuple[CounterToday, ...] = (),
) -> Scene:
    session = Session(trail=(routes.Welcome(), routes.Home(), route))
    local = Local(kiosk=3, today=today)
    return Scene(session, city(*services), lambda words: words, "here", now, local=local)


def page_of(service: Service, now: datetime = MONDAY_MORNING, *today: CounterToday) -> Page:
    route = routes.WherePage(service=service.id)
    return page_for(scene(route, service, now=now, today=today))


def notice_of(service: Service, now: datetime = MONDAY_MORNING, *today: CounterToday) -> Notice:
    found = scene(routes.ServicePage(service=service.id), service, now=now, today=today)
    return where.notice(found, service)


def words_of(page: Page) -> str:
    words = [f"{one.title} {one.text}" for one in page.blocks if isinstance(one, Notice)]
    words += [one.text for one in page.blocks if isinstance(one, Heading)]
    for panel in (one for one in page.blocks if isinstance(one, Panel)):
        words += [f"{line.title} {line.text}" for line in panel.lines]
    return "\n".join(words)


# the short answer -------------------------------------------------------------------------------


def test_open_here_names_the_counter_and_until_when() -> None:
    found = notice_of(make_service())
    assert found.title == "在这里就能办：2楼 3号窗口"
    assert (found.text, found.tone) == ("现在开着，到下午 5:00", "yes")


@pytest.mark.parametrize(
    ("waiting", "words"),
    [("short", "现在人少"), ("some", "现在有人在等"), ("long", "现在人多，要多等一会儿")],
)
def test_how_many_wait_is_said_as_staff_see_it(waiting: str, words: str) -> None:
    today = CounterToday("desk", waiting=waiting, note="照相机在修")  # type: ignore[arg-type]
    found = notice_of(make_service(), MONDAY_MORNING, today)
    assert found.text.splitlines()[1:] == [words, "照相机在修"]


def test_shut_today_gives_the_reason_of_staff() -> None:
    today = CounterToday("desk", is_closed=True, note="今天停电")
    found = notice_of(make_service(), MONDAY_MORNING, today)
    assert (found.title, found.text) == ("今天这里不办：2楼 3号窗口", "今天停电")
    assert found.tone == "warning"


def test_closed_says_when_it_opens() -> None:
    found = notice_of(make_service(), EVENING)
    assert (found.text, found.tone) == ("现在没开，明天上午 9:00开", "warning")


def test_elsewhere_names_hall_counter_and_bus() -> None:
    found = notice_of(make_service(counters=("near-desk",)))
    assert found.title == "这里办不了，请到东湖大厅"
    assert found.text.splitlines() == ["1楼 5号窗口", "公交 6 路到市民中心"]


@pytest.mark.parametrize(
    ("via", "title"),
    [
        ("web", "不用到大厅窗口：办法"),
        ("phone", "不用到大厅窗口：办法"),
        ("home-visit", "不用到大厅窗口：办法"),
        ("counter", "不在大厅办，请到：办法"),
    ],
)
def test_what_no_hall_does_names_the_first_way(via: str, title: str) -> None:
    way = Channel(via, Text("办法"))  # type: ignore[arg-type]
    assert notice_of(make_service(counters=(), channels=(way,))).title == title


def test_what_nobody_knows_leads_to_the_help_desk() -> None:
    found = notice_of(make_service(counters=()))
    assert (found.title, found.text) == ("请先问导服台", "1楼导服台")


# the whole answer -------------------------------------------------------------------------------


def test_the_answer_stands_first_and_the_way_out_is_docked() -> None:
    service = make_service()
    page = page_of(service)
    assert page.blocks[0] == notice_of(service)
    docked = [tile for block in page.dock if isinstance(block, Tiles) for tile in block.tiles]
    assert [tile.name for tile in docked] == ["where:service", "where:take"]
    assert all(isinstance(tile, Tile) and tile.act for tile in docked)


def test_a_service_that_is_gone_leads_to_people() -> None:
    page = page_for(scene(routes.WherePage(service="gone")))
    assert page.name == "where:gone"
    assert "12345" in words_of(page)


def test_the_way_to_another_floor_is_said_and_drawn_floor_by_floor() -> None:
    page = page_of(make_service())
    assert "您在1楼，进大门右手边 坐电梯到2楼" in words_of(page)
    assert "窗口在2楼，出电梯往前 坐电梯到2楼" in words_of(page)
    first, second = (block for block in page.blocks if isinstance(block, Plan))
    assert mark(first, "您在这里") == PlanMark(8, 6, 1, 1, "您在这里", floors.HERE, "tint")
    assert mark(second, "3号窗口") == PlanMark(0, 0, 3, 1, "3号窗口", floors.GOAL, "yes")


def test_on_the_same_floor_one_plan_shows_both() -> None:
    page = page_of(make_service(counters=("low",)))
    (plan,) = (block for block in page.blocks if isinstance(block, Plan))
    assert {one.icon for one in plan.marks if one.tone != "plain"} == {floors.HERE, floors.GOAL}
    assert "背对大门，往左走" in words_of(page)


def test_what_leads_nowhere_is_only_a_shape_on_the_way() -> None:
    page = page_of(make_service(counters=("low",)))
    (plan,) = (block for block in page.blocks if isinstance(block, Plan))
    assert PlanMark(4, 3, 2, 2) in plan.marks  # seats


def test_the_sign_in_the_picture_is_the_one_beside_its_words() -> None:
    page = page_of(make_service())
    told = {one.icon: one.tone for one in page.blocks if isinstance(one, Notice)}
    for plan in (block for block in page.blocks if isinstance(block, Plan)):
        for one in plan.marks:
            if one.tone != "plain":
                assert told[one.icon] == one.tone


def test_a_hall_without_a_plan_has_words_alone() -> None:
    service = make_service(counters=("near-desk",))
    assert not any(isinstance(block, Plan) for block in page_of(service).blocks)


def test_other_halls_are_named_with_their_counters_and_buses() -> None:
    page = page_of(make_service(counters=("desk", "near-desk")))
    assert Heading("别的大厅也能办") in page.blocks
    assert "东湖大厅：1楼 5号窗口" in words_of(page)
    assert "市民路 1 号" in words_of(page)


def test_other_ways_and_visits_at_home_come_after() -> None:
    rule = ProxyRule("yes", Text("可以"), home_visit=Text("可请民警上门"))
    page = page_of(make_service(channels=(WEB,), proxy=rule))
    assert Heading("不来大厅也能办") in page.blocks
    assert "可请民警上门" in words_of(page)
    assert "网上办不了" not in words_of(page)


def test_what_can_only_be_done_in_person_says_so() -> None:
    assert "要到窗口办，网上办不了" in words_of(page_of(make_service()))


def test_the_page_of_halls_shows_the_floors_of_this_one() -> None:
    page = page_for(scene(routes.HallsPage(), make_service()))
    plans = [block for block in page.blocks if isinstance(block, Plan)]
    assert [plan.said for plan in plans] == ["1楼的图", "2楼的图"]
    assert mark(plans[0], "座位").icon
    assert "3号窗口 护照" in words_of(page)
    assert mark(plans[1], "3号窗口").tone == "plain"


def mark(plan: Plan, label: str) -> PlanMark:
    return next(one for one in plan.marks if one.label == label)
