"""Can it be done here and now, and where else?"""

from __future__ import annotations

from datetime import datetime

import pytest

from kiosk.core.catalog import Channel, Counter, Hours, ProxyRule, Service, Text
from kiosk.core.here import Here, Verdict, judge
from kiosk.core.local import CounterToday, Local
from tests.builders import MONDAY_MORNING, TableCatalog, make_hall, make_service, table_of

EVENING = MONDAY_MORNING.replace(hour=20)
EARLY = MONDAY_MORNING.replace(hour=7)
WEB = Channel("web", Text("网上办"))
PHONE = Channel("phone", Text("打电话"), phone="12345")
AT_COUNTER = Channel("counter", Text("窗口"))
HOSPITAL = Channel("counter", Text("出生的那家医院"))
VISIT = Channel("home-visit", Text("上门办"))


def city(service: Service) -> TableCatalog:
    halls = make_hall(), make_hall("near", order=2), make_hall("far", order=3)
    counters = (
        Counter("desk", "here", Text("2楼"), Text("3号窗口"), Text("")),
        Counter("second", "here", Text("3楼"), Text("9号窗口"), Text("")),
        Counter("morning", "here", Text("1楼"), Text("1号窗口"), Text(""), (_until("09:30"),)),
        Counter("near-desk", "near", Text("1楼"), Text("5号窗口"), Text("")),
        Counter("far-desk", "far", Text("1楼"), Text("6号窗口"), Text("")),
    )
    return table_of(
        service,
        all_halls={one.id: one for one in halls},
        counters={one.id: one for one in counters},
    )


def _until(closes: str) -> Hours:
    return Hours((1, 2, 3, 4, 5), "09:00", closes)


def answer(
    *counters: str,
    today: tuple[CounterToday, ...] = (),
    now: datetime = MONDAY_MORNING,
    **changes: object,
) -> Here:
    service = make_service(counters=counters, **changes)
    return judge(service, city(service), "here", Local(today=today), now)


def test_open_counters_of_this_hall_are_the_best_answer() -> None:
    found = answer("far-desk", "desk")
    assert found.verdict is Verdict.OPEN
    assert found.place is not None
    assert found.place.counter.id == "desk"
    assert [one.counter.id for one in found.others] == ["far-desk"]


def test_what_staff_say_of_waiting_comes_with_it() -> None:
    found = answer("desk", today=(CounterToday("desk", waiting="long", note="照相机在修"),))
    assert found.verdict is Verdict.OPEN
    assert found.place is not None
    assert (found.place.today.waiting, found.place.today.note) == ("long", "照相机在修")


def test_counters_that_staff_closed_are_shut_today() -> None:
    assert answer("desk", today=(CounterToday("desk", is_closed=True),)).verdict is Verdict.SHUT


def test_counters_that_staff_closed_before_they_open_are_shut_today() -> None:
    today = (CounterToday("desk", is_closed=True),)
    assert answer("desk", today=today, now=EARLY).verdict is Verdict.SHUT


def test_after_hours_what_staff_said_of_the_day_is_over() -> None:
    today = (CounterToday("desk", is_closed=True),)
    assert answer("desk", today=today, now=EVENING).verdict is Verdict.CLOSED


def test_another_counter_of_this_hall_is_named_where_one_is_shut() -> None:
    found = answer("desk", "second", today=(CounterToday("desk", is_closed=True),))
    assert found.verdict is Verdict.OPEN
    assert found.place is not None
    assert found.place.counter.id == "second"


def test_of_two_counters_the_one_that_is_open_now_is_named() -> None:
    found = answer("morning", "desk")
    assert found.place is not None
    assert found.place.counter.id == "desk"


def test_closed_says_when_it_opens() -> None:
    found = answer("desk", now=EVENING)
    assert found.verdict is Verdict.CLOSED
    assert found.place is not None
    assert (found.place.opening.next_time, found.place.opening.days_ahead) == ("09:00", 1)


def test_another_hall_is_the_nearest_in_their_order() -> None:
    found = answer("far-desk", "near-desk")
    assert found.verdict is Verdict.ELSEWHERE
    assert [one.counter.id for one in found.places] == ["near-desk", "far-desk"]


@pytest.mark.parametrize(
    ("channels", "verdict"),
    [
        ((WEB,), Verdict.ONLINE),
        ((PHONE,), Verdict.PHONE),
        ((PHONE, WEB), Verdict.PHONE),
        ((HOSPITAL, WEB), Verdict.OUTSIDE),
        ((VISIT,), Verdict.HOME),
        ((), Verdict.UNKNOWN),
    ],
)
def test_what_no_hall_does_is_done_in_the_first_way(
    channels: tuple[Channel, ...], verdict: Verdict
) -> None:
    found = answer(channels=channels)
    assert (found.verdict, found.ways) == (verdict, channels)


def test_a_way_of_every_kind_has_a_verdict() -> None:
    for via in ("web", "app", "mini-program", "phone", "counter", "terminal", "post", "home-visit"):
        assert answer(channels=(Channel(via, Text("去")),)).verdict is not Verdict.UNKNOWN


def test_counters_that_left_the_catalog_are_no_place() -> None:
    assert answer("gone").verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(("channels", "is_only"), [((AT_COUNTER,), True), ((WEB,), False)])
def test_only_in_person_is_what_has_no_other_way(
    channels: tuple[Channel, ...], is_only: bool
) -> None:
    assert answer("desk", channels=channels).is_only_in_person is is_only


def test_somebody_may_come_home() -> None:
    rule = ProxyRule("yes", Text("可以"), home_visit=Text("走不动的可以上门"))
    assert answer("desk", proxy=rule).home_visit == Text("走不动的可以上门")
