"""What everybody must know of a service stands on top of its page; what is hidden opens no door."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from db import short_number
from db.records import Bulletin
from hub.phone.bulletins import hides, told_of
from tests.hub.phone.building import (
    DOOR,
    NOON,
    Hub,
    make_catalog,
    make_hall,
    make_handoff,
    make_service,
    t,
)
from tests.hub.phone.markup import read

PAGE = f"/s/{short_number.written(13003)}"


def bulletin(id: str = "closed", **changes: Any) -> Bulletin:
    values: dict[str, Any] = {
        "id": id,
        "title": t(f"周六不办{id}", f"Closed on Saturday {id}"),
        "text": t("电脑要检修", "The computers are serviced"),
        "valid_from": "2026-11-01T00:00+08:00",
        "valid_to": "2026-12-01T00:00+08:00",
        "services": ("passport",),
    }
    return Bulletin(**{**values, **changes})


def hidden(**changes: Any) -> Bulletin:
    return bulletin(services=(), hides=("passport",), **changes)


def told(*bulletins: Bulletin, hall: int | None = None, days: int = 0) -> list[str]:
    catalog = make_catalog(more=(*bulletins, make_hall("far-hall", 2)))
    found = told_of(make_service(), catalog, NOON + timedelta(days=days), hall)
    return [one.title.zh.removeprefix("周六不办") for one in found]


@pytest.mark.parametrize(("days", "holds"), [(-23, False), (0, True), (7, True), (8, False)])
def test_a_bulletin_stands_there_while_it_holds(days: int, holds: bool) -> None:
    assert bool(told(bulletin(), days=days)) is holds


def test_only_what_concerns_the_service_stands_there() -> None:
    assert told(bulletin("mine"), bulletin("other", services=("permit",))) == ["mine"]


def test_what_hides_comes_first_and_then_the_newest() -> None:
    old, new = bulletin("old"), bulletin("new", valid_from="2026-11-22T00:00+08:00")

    assert told(old, hidden(id="hiding"), new) == ["hiding", "new", "old"]


def test_a_code_of_one_hall_is_not_told_of_another() -> None:
    far, near = bulletin("far", halls=("far-hall",)), bulletin("near", halls=("city-hall",))

    assert told(far, near, hall=1) == ["near"]
    assert set(told(far, near)) == {"far", "near"}


@pytest.mark.parametrize("moment", ["valid_from", "valid_to"])
def test_a_moment_that_no_clock_shows_breaks_no_page(moment: str) -> None:
    wrong = bulletin(**{moment: "2026-02-30T00:00+08:00"})

    assert told(wrong, bulletin("good")) == ["good"]


def test_what_one_hall_does_not_do_the_others_and_the_web_still_do() -> None:
    catalog = make_catalog(more=(hidden(halls=("city-hall",)),))

    assert not hides(make_service(), catalog, NOON)
    assert hides(make_service(), make_catalog(more=(hidden(),)), NOON)


def test_a_page_says_it_before_anything_else(hub: Hub) -> None:
    hub.source.catalog = make_catalog(more=(bulletin(halls=("city-hall",), phone="12393"),))

    page = read(hub.phone.get(PAGE).text)

    assert page.faults == []
    assert page.text.index("周六不办") < page.text.index("去哪里办")
    for words in ("电脑要检修", "2026年11月30日", "city-hall大厅"):
        assert words in page.text
    assert {"tel:12393", DOOR} <= set(page.links)


def test_a_hidden_service_opens_no_door(hub: Hub) -> None:
    hub.source.catalog = make_catalog(more=(hidden(),))

    page = read(hub.phone.get(PAGE).text)

    assert page.faults == []
    assert "这件事现在办不了" in page.text
    assert DOOR not in page.links
    assert "tel:12345" in page.links


def test_a_scanned_code_of_a_hidden_service_says_so_and_offers_nothing(hub: Hub) -> None:
    hub.source.catalog = make_catalog(more=(hidden(),))

    page = read(hub.phone.get(f"/k/{hub.digits()}").text)

    assert page.faults == []
    assert "这件事现在办不了" in page.text
    assert "继续" not in page.text.replace("就不要继续", "")


def test_whoever_goes_on_after_it_was_hidden_is_led_to_why_and_loses_no_use(hub: Hub) -> None:
    digits = hub.digits(make_handoff())
    hub.source.catalog = make_catalog(more=(hidden(),))
    for _ in range(3):
        answer = hub.phone.post(f"/k/{digits}/accept")
        assert answer.status_code == 303
        assert answer.headers["location"].startswith(PAGE)

    hub.source.catalog = make_catalog()

    assert hub.phone.post(f"/k/{digits}/accept").headers["location"] == DOOR
