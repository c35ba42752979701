"""The demo city says enough to show everything that the machine can do."""

from __future__ import annotations

from itertools import combinations

import pytest

from db import records
from db.records import Bulletin, Counter, Event, Hall, Material, Pick, Service
from hub.authoring.sequence import dependencies, reached
from hub.authoring.yaml_source import Source
from kiosk import assets

KIOSKS = {"city-hall": [1, 2], "donghu-hall": [1], "xishan-hall": [1]}


@pytest.fixture(scope="module")
def services(demo_source: Source) -> dict[str, Service]:
    return {one.id: one for one in demo_source.records if isinstance(one, Service)}


@pytest.fixture(scope="module")
def events(demo_source: Source) -> list[Event]:
    return [one for one in demo_source.records if isinstance(one, Event)]


@pytest.fixture(scope="module")
def halls(demo_source: Source) -> list[Hall]:
    return [one for one in demo_source.records if isinstance(one, Hall)]


# life events --------------------------------------------------------------------------------------


def test_ten_life_events_lead_to_sixty_services(events: list[Event]) -> None:
    assert len(events) >= 10
    assert len({step.service for event in events for step in event.steps}) >= 60


def test_the_answers_decide_about_every_step_that_is_not_for_everybody(
    events: list[Event],
) -> None:
    for event in events:
        options = [one for question in event.questions for one in question.options]
        assert options, event.id
        needed = {service for one in options for service in one.needs}
        spared = {service for one in options for service in one.spares}
        conditional = {step.service for step in event.steps if step.when}
        assert conditional <= needed & spared, event.id
        for question in event.questions:
            assert len(question.options) == len({one.label.zh for one in question.options})


def test_a_step_hangs_on_one_question_only(events: list[Event]) -> None:
    """Two answers can then never say both that it is needed and that it is not."""
    for event in events:
        asked = [
            {service for one in question.options for service in (*one.needs, *one.spares)}
            for question in event.questions
        ]
        for one, other in combinations(asked, 2):
            assert not one & other, event.id


def test_no_answer_needs_two_services_of_which_one_is_enough(
    events: list[Event], services: dict[str, Service]
) -> None:
    instead = {
        frozenset((service.id, relation.service))
        for service in services.values()
        for relation in service.relations
        if relation.why == "instead"
    }
    for event in events:
        options = [one for question in event.questions for one in question.options]
        for one in options:
            for pair in combinations(one.needs, 2):
                assert frozenset(pair) not in instead, (event.id, pair)


def test_the_order_of_life_events_is_one_that_must_be_kept(
    events: list[Event], services: dict[str, Service]
) -> None:
    needs = dependencies(services.values())
    assert not [one for one in needs if one in reached(needs, one)]
    within = [
        (first, step.service)
        for event in events
        for step in event.steps
        for first in needs[step.service] & {other.service for other in event.steps}
    ]
    assert len(within) >= 25
    assert ("newborn-household", "medical-insurance-resident") in within


# services -----------------------------------------------------------------------------------------


def test_every_service_says_whether_somebody_else_may_come(services: dict[str, Service]) -> None:
    rules = [one.proxy for one in services.values() if one.proxy]
    assert len(rules) == len(services) >= 100
    assert {one.allowed for one in rules} == {"yes", "partly", "no"}
    assert sum(bool(one.helpers) for one in rules) >= 100
    cases = {exception.case for one in rules for exception in one.exceptions}
    assert cases == {"under-16", "minor", "incapable", "frail", "away"}
    assert any(one.collect for one in rules)
    assert any(one.forbidden for one in rules)


def test_where_nobody_may_act_the_rule_asks_for_no_paper_of_a_helper(
    services: dict[str, Service],
) -> None:
    strict = [one for one in services.values() if one.proxy and one.proxy.allowed == "no"]
    assert strict
    assert [one.id for one in strict if one.proxy and (one.proxy.papers or one.proxy.helpers)] == []


def test_many_services_ask_name_neighbours_and_have_a_season(
    services: dict[str, Service],
) -> None:
    assert sum(bool(one.situations) for one in services.values()) >= 20
    with_company = [
        one for one in services.values() if any(two.why == "together" for two in one.relations)
    ]
    assert len(with_company) >= 60
    assert sum(bool(one.peak_months) for one in services.values()) >= 15


# papers -------------------------------------------------------------------------------------------


def test_every_paper_has_a_picture_that_is_there(demo_source: Source) -> None:
    papers = [one for one in demo_source.records if isinstance(one, Material)]
    missing = [
        one.id for one in papers if not one.icon or not (assets.ICONS / f"{one.icon}.svg").is_file()
    ]
    assert missing == []


def test_a_document_leads_to_the_service_that_gives_it(demo_source: Source) -> None:
    papers = {one.id: one for one in demo_source.records if isinstance(one, Material)}
    assert papers["social-card"].service == "social-card"
    assert papers["id-card"].service == "id-card-lost"
    assert papers["id-card-proxy"].stands_for == "id-card"
    assert sum(bool(one.service) for one in papers.values()) >= 20


# halls --------------------------------------------------------------------------------------------


def test_every_counter_stands_on_the_plan_of_its_floor(
    demo_source: Source, halls: list[Hall]
) -> None:
    counters = {
        (one.hall, one.floor.zh, one.id) for one in demo_source.records if isinstance(one, Counter)
    }
    drawn = {
        (hall.id, floor.floor.zh, area.counter)
        for hall in halls
        for floor in hall.plan
        for area in floor.areas
        if area.counter
    }
    assert drawn == counters


def test_every_plan_has_what_people_look_for(halls: list[Hall]) -> None:
    for hall in halls:
        ground, *others = hall.plan
        kinds = {area.kind for area in ground.areas}
        assert kinds >= {"door", "desk", "counter", "kiosk", "seats", "toilet", "stairs"}
        entrance = next(area for area in ground.areas if area.kind == "door")
        assert entrance.y + entrance.height == ground.height
        kiosks = [area.kiosk for area in ground.areas if area.kiosk is not None]
        assert sorted(kiosks) == KIOSKS[hall.id]
        for floor in others:
            assert {area.kind for area in floor.areas} >= {"lift", "stairs", "counter", "toilet"}


def test_nothing_on_a_plan_covers_anything_else(halls: list[Hall]) -> None:
    for hall in halls:
        for floor in hall.plan:
            squares = [
                (x, y)
                for area in floor.areas
                for x in range(area.x, area.x + area.width)
                for y in range(area.y, area.y + area.height)
            ]
            assert len(squares) == len(set(squares)), (hall.id, floor.floor.zh)


# editors ------------------------------------------------------------------------------------------


def test_editors_recommend_by_season_and_by_hall(demo_source: Source) -> None:
    picks = [one for one in demo_source.records if isinstance(one, Pick)]
    assert len(picks) == len({one.service for one in picks}) == 8
    assert any(one.months for one in picks)
    assert any(one.halls for one in picks)
    assert sum(not one.months and not one.halls for one in picks) >= 3


def test_one_bulletin_must_be_read_and_one_hides_a_service(demo_source: Source) -> None:
    bulletins = [one for one in demo_source.records if isinstance(one, Bulletin)]
    assert sum(one.must_read for one in bulletins) == 1
    assert any(one.services and one.halls for one in bulletins)
    assert all(one.phone for one in bulletins if one.hides)
    assert any(one.hides for one in bulletins)


def test_everything_is_said_in_english_and_bulletins_in_uyghur_too(demo_source: Source) -> None:
    for record in demo_source.records:
        if isinstance(record, records.Alias):
            continue
        for text in records.texts_of(record):
            assert text.en, (records.key_of(record), text.zh)
            assert bool(text.ug) == isinstance(record, Bulletin), records.key_of(record)
