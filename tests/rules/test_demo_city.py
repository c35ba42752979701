"""The demo city is a whole catalog and not a sample."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlsplit

import pytest

from db import records
from hub.authoring.yaml_source import Source

GROUPS = 11


@pytest.fixture(scope="module")
def services(demo_source: Source) -> list[records.Service]:
    return [record for record in demo_source.records if isinstance(record, records.Service)]


def test_there_are_services_in_every_group(
    services: list[records.Service], demo_source: Source
) -> None:
    groups = {one.id for one in demo_source.records if isinstance(one, records.Group)}
    per_group = Counter(service.group for service in services)
    assert len(services) >= 150
    assert len(groups) == GROUPS
    assert set(per_group) == groups
    assert min(per_group.values()) >= 8


def test_every_service_has_five_everyday_names(
    services: list[records.Service], demo_source: Source
) -> None:
    names = Counter(
        slug
        for record in demo_source.records
        if isinstance(record, records.Alias)
        for slug in record.services
    )
    assert {one.id: names[one.id] for one in services if names[one.id] < 5} == {}


def test_every_service_is_there_in_english(services: list[records.Service]) -> None:
    bare = [
        one.id for one in services if not (one.name.en and one.plain_name.en and one.summary.en)
    ]
    assert bare == []


def test_every_service_says_how_and_where(services: list[records.Service]) -> None:
    lacking = [one.id for one in services if not one.steps or not (one.counters or one.channels)]
    assert lacking == []


def test_there_are_ten_life_events_of_several_steps(demo_source: Source) -> None:
    events = [record for record in demo_source.records if isinstance(record, records.Event)]
    assert len(events) >= 10
    assert all(len(event.steps) >= 3 for event in events)


def test_every_doubt_says_why(services: list[records.Service]) -> None:
    doubts = [doubt for service in services for doubt in service.doubts]
    assert len(doubts) >= 10
    assert all(len(doubt.why) >= 6 for doubt in doubts)


def test_most_services_have_a_door_that_a_phone_can_open(
    services: list[records.Service],
) -> None:
    doors = [one for one in services if any(channel.url for channel in one.channels)]
    assert len(doors) >= 0.8 * len(services)


def test_every_door_leads_to_the_list_of_the_policy(
    services: list[records.Service], demo_source: Source
) -> None:
    hosts = {
        urlsplit(channel.url).hostname
        for service in services
        for channel in service.channels
        if channel.url
    }
    assert hosts <= set(demo_source.link_hosts)


def test_numbers_fit_a_slip_and_are_never_shared(services: list[records.Service]) -> None:
    numbers = [service.number for service in services]
    assert len(set(numbers)) == len(numbers)
    assert max(numbers) < 100_000


def test_no_other_city_is_named_in_the_demo(services: list[records.Service]) -> None:
    real = ("北京", "上海", "广州", "深圳", "杭州", "成都")
    named = {
        text.zh
        for service in services
        for text in records.texts_of(service)
        if any(city in text.zh for city in real)
    }
    assert named == set()
