"""The order of several errands: what comes first, where, and how often one has to come."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.catalog import Channel, Counter, Hours, Relation, Service, Text
from kiosk.core.local import CounterToday, Local
from kiosk.core.plan import Plan, Surroundings, Where, planned
from tests.builders import MONDAY_MORNING, TableCatalog, make_hall, make_service

SHORT = (Hours((1, 2, 3, 4, 5), "09:00", "11:00"),)


def counter(slug: str, hall: str, floor: str, label: str, hours: Any = ()) -> Counter:
    return Counter(slug, hall, Text(*floor.split("|")), Text(label), Text("办事"), hours)


COUNTERS = {
    one.id: one
    for one in (
        counter("second-12", "here", "2楼", "12—15 号窗口"),
        counter("second-3", "here", "2楼", "3 号窗口"),
        counter("first-40", "here", "1楼", "40 号窗口"),
        counter("first-40-short", "here", "1楼", "40 号窗口", SHORT),
        counter("below", "here", "负1楼|B1", "90 号窗口"),
        counter("lake-1", "lake", "1楼", "1 号窗口"),
        counter("lake-2", "lake", "2楼", "2 号窗口"),
        counter("hill-1", "hill", "1楼", "1 号窗口"),
    )
}
CATALOG = TableCatalog(
    counters=COUNTERS,
    all_halls={
        "here": make_hall(),
        "lake": make_hall("lake", order=2),
        "hill": make_hall("hill", order=3),
    },
)


def errand(slug: str, *counters: str, **changes: Any) -> Service:
    values = {"counters": counters or ("second-12",), "handling": "at-once", "visits": 1}
    return make_service(slug, **{**values, **changes})


def after(slug: str, *before: str, **changes: Any) -> Service:
    relations = tuple(Relation(one, "before") for one in before)
    return errand(slug, relations=relations, **changes)


def plan(
    *services: Service,
    now: datetime = MONDAY_MORNING,
    local: Local | None = None,
    keeps_order: bool = False,
) -> Plan:
    around = Surroundings(CATALOG, "here", now, local or Local())
    return planned(services, around, keeps_order=keeps_order)


def order(*services: Service, **more: Any) -> list[str]:
    return [stop.service for stop in plan(*services, **more).stops]


def test_one_walks_from_floor_to_floor_and_from_counter_to_counter() -> None:
    services = (
        errand("twelve", "second-12"),
        errand("three", "second-3"),
        errand("forty", "first-40"),
        errand("cellar", "below"),
    )
    assert order(*services) == ["cellar", "forty", "three", "twelve"]
    assert order(*services, keeps_order=True) == ["twelve", "three", "forty", "cellar"]


def test_of_two_at_the_same_counter_the_one_that_closes_first_comes_first() -> None:
    assert order(errand("long", "first-40"), errand("short", "first-40-short")) == ["short", "long"]


def test_what_another_one_needs_comes_first_whoever_of_the_two_says_it() -> None:
    card = errand("card", "second-12")
    assert order(after("bank", "card", counters=("first-40",)), card) == ["card", "bank"]
    says_it = errand("card", "second-12", relations=(Relation("bank", "after"),))
    assert order(errand("bank", "first-40"), says_it) == ["card", "bank"]
    stops = plan(errand("bank", "first-40"), says_it).stops
    assert [stop.needs for stop in stops] == [(), ("card",)]


def test_relations_to_what_is_not_chosen_change_nothing() -> None:
    assert plan(after("bank", "gone", "bank")).stops[0].needs == ()


def test_a_ring_keeps_the_given_order_and_says_so() -> None:
    ring = (after("a", "c"), after("b", "a"), after("c", "b"), after("d", "a"))
    found = plan(*ring, keeps_order=True)
    assert [stop.service for stop in found.stops] == ["a", "b", "c", "d"]
    assert found.circular == ("a", "b", "c")


def test_an_errand_is_done_once_however_often_it_is_named() -> None:
    assert order(errand("a"), errand("a")) == ["a"]


# where ------------------------------------------------------------------------------------------


def test_this_hall_comes_before_others_and_those_before_what_needs_no_hall() -> None:
    found = plan(
        errand("nobody", counters=(), channels=()),
        errand("far", counters=(), channels=(Channel("web", Text("网上办")),)),
        errand("hospital", counters=(), channels=(Channel("counter", Text("医院")),)),
        errand("lake", "lake-1"),
        errand("here", "lake-1", "second-12"),
    )
    assert [(stop.service, stop.spot.where) for stop in found.stops] == [
        ("here", Where.HERE),
        ("lake", Where.HALL),
        ("hospital", Where.OUTSIDE),
        ("far", Where.REMOTE),
        ("nobody", Where.UNKNOWN),
    ]
    assert [stop.service for stop in found.at(Where.REMOTE, Where.UNKNOWN)] == ["far", "nobody"]


def test_a_phone_that_only_answers_questions_does_not_save_the_way() -> None:
    ask = Channel("phone", Text("打电话问"), "ask", phone="12345")
    stop = plan(errand("a", counters=(), channels=(Channel("counter", Text("医院")), ask))).stops[0]
    assert stop.spot.where is Where.OUTSIDE


def test_other_halls_are_as_few_as_will_do() -> None:
    found = plan(errand("both", "lake-1", "hill-1"), errand("hill", "hill-1"))
    assert {stop.spot.hall.id for stop in found.stops if stop.spot.hall} == {"hill"}
    assert found.trips == 1


def test_a_counter_that_is_unknown_is_no_place() -> None:
    assert plan(errand("a", "gone", channels=())).stops[0].spot.where is Where.UNKNOWN


def test_an_open_counter_is_better_than_a_closed_one() -> None:
    service = errand("a", "second-12", "second-3")
    closed = Local(today=(CounterToday("second-12", is_closed=True),))
    spot = plan(service, local=closed).stops[0].spot
    assert spot.counter is COUNTERS["second-3"]


def test_counters_that_are_closed_now_are_named() -> None:
    services = (errand("open"), errand("short", "first-40-short"), errand("lake", "lake-1"))
    noon = MONDAY_MORNING.replace(hour=12)
    assert [stop.service for stop in plan(*services, now=noon).closed] == ["short"]
    assert plan(*services).closed == ()
    shut = Local(today=(CounterToday("second-12", is_closed=True),))
    assert [stop.service for stop in plan(*services, local=shut).closed] == ["open"]


def test_of_two_that_stand_for_each_other_one_is_enough() -> None:
    services = (
        errand("a", relations=(Relation("b", "instead"), Relation("gone", "instead"))),
        errand("b", relations=(Relation("a", "instead"),)),
        errand("c", relations=(Relation("c", "instead"),)),
    )
    assert plan(*services).conflicts == (("a", "b"),)


# trips ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("services", "trips"),
    [
        ((), 0),
        ((errand("a"), errand("b", "first-40")), 1),
        ((errand("a"), errand("b", "lake-1"), errand("c", "lake-2")), 2),
        ((errand("a", visits=2), errand("b")), 2),
        ((errand("a", visits=2), errand("b", visits=2)), 2),
        ((errand("a", visits=0), errand("b", visits=None)), 1),
        # at once: the second is done on the same way
        ((errand("a"), after("b", "a")), 1),
        # nobody hands out a result that is not there yet
        ((errand("a", handling="promised"), after("b", "a")), 2),
        ((errand("a", handling=None), after("b", "a")), 2),
        # whoever comes to fetch it goes on with it
        ((errand("a", handling="promised", visits=2), after("b", "a")), 2),
        ((errand("a", visits=2), after("b", "a")), 2),
        ((errand("a", handling="promised"), after("b", "a"), after("c", "b")), 2),
        ((errand("a", counters=(), channels=(Channel("web", Text("网上办")),)),), 0),
        ((errand("a", counters=(), channels=(Channel("counter", Text("医院")),)),), 1),
        (
            (
                errand(
                    "a",
                    counters=(),
                    channels=(Channel("web", Text("网上办")),),
                    handling="promised",
                ),
                after("b", "a"),
            ),
            1,
        ),
    ],
)
def test_trips_are_counted_by_hall_and_by_what_has_to_be_waited_for(
    services: tuple[Service, ...], trips: int
) -> None:
    assert plan(*services).trips == trips


def test_what_waits_for_a_result_comes_after_everything_of_the_first_trip() -> None:
    services = (
        after("second", "first", counters=("first-40",)),
        errand("first", "second-3", handling="promised"),
        errand("lake", "lake-1"),
    )
    found = plan(*services)
    assert [(stop.service, stop.trip) for stop in found.stops] == [
        ("first", 0),
        ("lake", 0),
        ("second", 1),
    ]
    assert found.trips == 3


# whatever is chosen -----------------------------------------------------------------------------

slugs = st.sampled_from("abcdef")
relations = st.builds(
    Relation, service=slugs, why=st.sampled_from(["before", "after", "instead", "similar"])
)
chosen = st.lists(
    st.builds(
        make_service,
        slugs,
        counters=st.lists(st.sampled_from([*COUNTERS, "gone"]), max_size=2).map(tuple),
        relations=st.lists(relations, max_size=4).map(tuple),
        visits=st.none() | st.integers(0, 3),
        handling=st.sampled_from([None, "at-once", "promised"]),
    ),
    max_size=6,
    unique_by=lambda one: one.id,
)


@given(chosen, st.booleans())
def test_every_errand_has_one_place_in_the_order(services: list[Service], keeps: bool) -> None:
    found = plan(*services, keeps_order=keeps)
    assert sorted(stop.service for stop in found.stops) == sorted(one.id for one in services)


@given(chosen, st.booleans())
def test_nothing_comes_before_what_it_needs(services: list[Service], keeps: bool) -> None:
    found = plan(*services, keeps_order=keeps)
    place = {stop.service: n for n, stop in enumerate(found.stops)}
    trip = {stop.service: stop.trip for stop in found.stops}
    for stop in found.stops:
        assert all(place[one] < place[stop.service] for one in stop.needs)
        assert all(trip[one] <= stop.trip for one in stop.needs)


@given(chosen)
def test_only_a_ring_breaks_a_dependency(services: list[Service]) -> None:
    found = plan(*services)
    place = {stop.service: n for n, stop in enumerate(found.stops)}
    for service in services:
        for relation in service.relations:
            pair = {service.id, relation.service}
            if len(pair) < 2 or relation.service not in place or pair & set(found.circular):
                continue
            if relation.why == "before":
                assert place[relation.service] < place[service.id]
            if relation.why == "after":
                assert place[service.id] < place[relation.service]


@given(chosen)
def test_one_comes_at_least_once_to_each_hall_and_never_oftener_than_for_each_by_itself(
    services: list[Service],
) -> None:
    found = plan(*services)
    halls = {stop.spot.hall.id for stop in found.stops if stop.spot.hall}
    alone = sum(stop.visits for stop in found.stops if stop.spot.hall)
    outside = sum(stop.visits for stop in found.at(Where.OUTSIDE))
    assert len(halls) + outside <= found.trips <= alone + outside
