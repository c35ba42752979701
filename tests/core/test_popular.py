"""What stands first: the city, the season, this machine, and what editors say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.catalog import Event, EventStep, Pick, Relation, Text
from kiosk.core.popular import Uses, candidates, ranked, spread, together
from kiosk.core.standing import Standing
from tests.builders import make_service, table_of

NOVEMBER = 11
WHY = Text("放假前办")


def standing(id: str, popularity: int = 0, **changes: object) -> Standing:
    return Standing(id, popularity=popularity, **{"group": "x", **changes})  # type: ignore[arg-type]


def order(*services: Standing, uses: Uses = (), month: int = NOVEMBER) -> str:
    return "".join(one.service for one in ranked(services, (), uses, month, "here").services)


def test_what_the_city_uses_most_stands_first() -> None:
    assert order(standing("a", 10), standing("b", 90), standing("c", 50)) == "bca"


def test_in_its_months_a_service_counts_twice() -> None:
    services = standing("a", 60), standing("b", 40, peak_months=(8, 9))
    assert order(*services, month=9) == "ba"
    assert order(*services, month=10) == "ab"


def test_a_few_uses_of_a_new_machine_do_not_beat_the_city() -> None:
    assert order(standing("a", 60), standing("b", 50), uses=(("b", 3),)) == "ab"


def test_what_a_busy_machine_is_used_for_comes_up() -> None:
    uses = (("b", 900), ("c", 600))
    assert order(standing("a", 60), standing("b", 20), standing("c", 1), uses=uses) == "bca"


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 5000)), max_size=3))
def test_more_uses_never_move_a_service_down(uses: list[tuple[str, int]]) -> None:
    services = standing("a", 30), standing("b", 30), standing("c", 30)
    counts = dict(uses)
    before = order(*services, uses=tuple(counts.items()))
    counts["b"] = counts.get("b", 0) + 100
    assert order(*services, uses=tuple(counts.items())).index("b") <= before.index("b")


@pytest.mark.parametrize(
    ("pick", "holds"),
    [
        (Pick("p", 1, "a", WHY), True),
        (Pick("p", 1, "a", WHY, halls=("here",)), True),
        (Pick("p", 1, "a", WHY, halls=("there",)), False),
        (Pick("p", 1, "a", WHY, months=(10, 11)), True),
        (Pick("p", 1, "a", WHY, months=(3,)), False),
    ],
)
def test_a_recommendation_holds_in_its_halls_and_months(pick: Pick, holds: bool) -> None:
    found = ranked((standing("a"),), (pick,), (), NOVEMBER, "here").picks
    assert found == ((pick,) if holds else ())


def test_what_a_machine_is_used_for_is_ranked_although_the_city_hardly_uses_it() -> None:
    many = [make_service(f"s{n}", popularity=90) for n in range(250)]
    catalog = table_of(*many, make_service("seldom", group="rare", peak_months=(3,)))
    found = candidates(catalog, (("seldom", 4), ("gone", 9), ("s1", 2)))
    assert Standing("seldom", "rare", 0, (3,)) in found
    assert len(found) == len({one.service for one in found})
    assert "gone" not in {one.service for one in found}


def test_a_group_has_at_most_two_of_the_first() -> None:
    groups = zip("abcd", "xxxy", strict=True)
    services = [standing(one, group=group) for one, group in groups]
    assert [one.service for one in spread(services, 6)] == ["a", "b", "d"]
    assert [one.service for one in spread(services, 1)] == ["a"]


def test_what_is_done_together_is_never_itself_and_never_twice() -> None:
    moving = Event("moving", 1, Text("搬家"), Text("户口"), "home", _steps("b", "a", "c", "d"))
    child = Event("child", 2, Text("孩子"), Text("出生证"), "cake", _steps("e", "gone"))
    related = (Relation("c", "together"), Relation("e", "similar"))
    services = [make_service(one) for one in "bcde"]
    catalog = table_of(
        make_service("a", relations=related),
        *services,
        all_events={one.id: one for one in (moving, child)},
    )
    found = together(catalog, catalog.services["a"], 9)
    assert [one.id for one in found] == ["c", "b", "d"]
    assert len(together(catalog, catalog.services["a"], 2)) == 2


def _steps(*services: str) -> tuple[EventStep, ...]:
    return tuple(EventStep(one) for one in services)
