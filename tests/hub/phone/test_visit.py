"""The next open days, and such a day in a phone's calendar as another program reads it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from db.records import Bulletin, Hours, NeededMaterial
from hub.phone.guide import Venue, guide_to
from hub.phone.visit import DAYS, calendar_of, open_days, visits_of
from tests.hub.phone.building import (
    HOST,
    NOON,
    Hub,
    make_catalog,
    make_counter,
    make_hall,
    make_material,
    make_service,
    t,
)
from tests.hub.phone.markup import read

WEEK = (1, 2, 3, 4, 5)


def venue(*hours: Hours) -> Venue:
    catalog = make_catalog(more=(make_hall(hours=hours),))
    return guide_to(make_service(), catalog, NOON).venues[0]


def days(now: datetime, *hours: Hours) -> list[str]:
    return [one.day.isoformat() for one in open_days(venue(*hours), now)]


def test_the_next_five_open_days_leave_out_the_weekend() -> None:
    assert days(NOON, Hours(WEEK, "09:00", "17:00")) == [
        *(f"2026-11-{day}" for day in range(23, 28)),
    ]
    friday = NOON + timedelta(days=4)
    assert days(friday, Hours(WEEK, "09:00", "17:00"))[:2] == ["2026-11-27", "2026-11-30"]


def test_today_counts_until_its_last_counter_closes() -> None:
    hours = (Hours(WEEK, "09:00", "12:00"), Hours(WEEK, "13:00", "17:00"))
    before_five = datetime(2026, 11, 23, 8, 59, tzinfo=UTC)  # the city is eight hours ahead
    assert days(before_five, *hours)[0] == "2026-11-23"
    assert days(before_five + timedelta(minutes=1), *hours)[0] == "2026-11-24"


def test_a_day_says_all_its_hours() -> None:
    (first, *_) = open_days(
        venue(Hours(WEEK, "13:00", "17:00"), Hours((1,), "09:00", "12:00")), NOON
    )
    words = first.hours.zh.replace("\N{NO-BREAK SPACE}", " ")
    assert (first.name.zh, words) == ("11月23日 周一", "上午 9:00—12:00，下午 1:00—5:00")


@given(st.datetimes(datetime(2025, 1, 1), datetime(2056, 1, 1), timezones=st.just(UTC)))
def test_there_are_always_five_days_ahead(now: datetime) -> None:
    found = open_days(venue(Hours((3,), "09:00", "17:00")), now)
    assert len(found) == DAYS
    assert all(one.day.isoweekday() == 3 for one in found)


@pytest.fixture
def served(hub: Hub) -> Hub:
    papers = (NeededMaterial("id-card", originals=1), NeededMaterial("photo"))
    name = t("申请；很长的名字，" * 12, "A long; name, with \\ signs " * 6)
    hub.source.catalog = make_catalog(
        make_service(plain_name=name, materials=papers), more=(make_material("photo"),)
    )
    return hub


def event(hub: Hub, path: str, **headers: str) -> vobject.base.Component:
    answer = hub.phone.get(path, headers=headers)
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    lines = answer.content.split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75  # RFC 5545, 3.1
    return vobject.readOne(answer.content.decode("utf-8")).vevent


def test_another_program_reads_the_day_the_place_and_the_papers(served: Hub) -> None:
    found = event(served, "/s/13003/visit.ics")
    service = served.source.catalog.meant_by("13003")[0]
    assert (found.dtstart.value, found.dtend.value) == (date(2026, 11, 23), date(2026, 11, 24))
    assert found.summary.value == f"去办：{service.plain_name.zh}"
    assert found.location.value == "city-hall大厅，市民路 1 号"
    assert found.transp.value == "TRANSPARENT"  # the day stays free
    for words in ("2楼 12号窗口", "证件id-card，原件 1 份", "证件photo", "短号 13003-2", "12345"):
        assert words in found.description.value


def test_it_is_written_in_the_language_of_the_page(served: Hub) -> None:
    english = event(served, "/s/13003/visit.ics?lang=en")
    assert english.summary.value.startswith("Errand: A long; name, with \\ signs")
    assert "Short number 13003-2" in english.description.value
    assert "قىسقا نومۇر" in event(served, "/s/13003/visit.ics?lang=ug").description.value


def test_the_same_day_twice_is_one_entry_and_another_day_another(served: Hub) -> None:
    paths = ("visit.ics", "visit.ics?day=2026-11-23&hall=city-hall", "visit.ics?day=2026-11-24")
    names = [event(served, f"/s/13003/{path}").uid.value for path in paths]
    assert names[0] == names[1] != names[2]


def test_the_address_stands_in_it_only_where_the_policy_knows_the_host(served: Hub) -> None:
    known = event(served, "/s/13003/visit.ics", host=HOST)
    assert known.url.value == f"https://{HOST}/s/13003-2"
    assert "evil" not in event(served, "/s/13003/visit.ics", host="evil.example").serialize()


def test_every_day_of_the_page_opens_an_entry(served: Hub) -> None:
    page = read(served.phone.get("/s/13003/visit").text)
    links = [link for link in page.links if "visit.ics" in link]
    assert len(links) == DAYS
    for link in links:
        (asked,) = parse_qs(urlsplit(link).query)["day"]
        assert event(served, link).dtstart.value.isoformat() == asked


@pytest.mark.parametrize("query", ["?day=2026-11-22", "?day=2030-01-01", "?hall=none", "?day=x"])
def test_a_day_that_is_over_leads_to_the_days_that_are_left(served: Hub, query: str) -> None:
    answer = served.phone.get(f"/s/13003/visit.ics{query}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/s/13003-2/visit")


def closing(begins: str, ends: str, *halls: str) -> Bulletin:
    hides = ("passport",)
    return Bulletin("closing", t("12号窗口搬家"), t("别来"), begins, ends, halls=halls, hides=hides)


@pytest.mark.parametrize(
    ("begins", "ends", "first"),
    [
        ("2026-11-23T00:00+08:00", "2026-11-26T00:00+08:00", "2026-11-26"),  # now
        ("2026-11-24T10:00+08:00", "2026-11-24T11:00+08:00", "2026-11-23"),  # announced
        ("2026-11-23T17:00+08:00", "2026-11-24T09:00+08:00", "2026-11-23"),  # in the night
        ("2026-11-22T00:00+08:00", "2030-01-01T00:00+08:00", None),
    ],
)
def test_a_hall_that_a_bulletin_closes_has_no_day_until_it_ends(
    begins: str, ends: str, first: str | None
) -> None:
    second = make_hall("town", 2)
    catalog = make_catalog(
        make_service(counters=("police", "town-police")),
        more=(second, make_counter("town-police", "town"), closing(begins, ends, "city-hall")),
    )
    found = visits_of(guide_to(catalog.services()[0], catalog, NOON), NOON)
    days_of = {one.venue.hall: [day.day.isoformat() for day in one.days] for one in found}
    assert days_of["town"][0] == "2026-11-23"
    assert days_of.get("city-hall", [None])[0] == first
    assert ("2026-11-24" in days_of.get("city-hall", [])) == begins.startswith("2026-11-23T17")


def test_the_page_of_days_says_why_a_hall_is_closed(hub: Hub) -> None:
    shut = closing("2026-11-23T00:00+08:00", "2026-11-26T00:00+08:00", "city-hall")
    hub.source.catalog = make_catalog(more=(shut,))
    page = read(hub.phone.get("/s/13003/visit").text)
    assert page.faults == []
    assert "12号窗口搬家" in page.text
    answer = hub.phone.get("/s/13003/visit.ics?day=2026-11-24")
    assert (answer.status_code, answer.headers["location"]) == (303, "/s/13003-2/visit")


def test_what_cannot_be_done_now_has_no_day(hub: Hub) -> None:
    paused = Bulletin(
        "paused",
        t("停办"),
        t("升级"),
        "2026-01-01T00:00+08:00",
        "2027-12-31T00:00+08:00",
        hides=("passport",),
    )
    hub.source.catalog = make_catalog(more=(paused,))
    page = read(hub.phone.get("/s/13003/visit").text)
    assert page.faults == []
    assert "先打电话问" in page.text
    assert "tel:12345" in page.links
    assert "/s/13003-2/visit" not in read(hub.phone.get("/s/13003").text).links


def test_a_hall_without_a_counter_for_it_is_no_visit() -> None:
    catalog = make_catalog(make_service(counters=("gone",)), more=(make_counter("other"),))
    assert visits_of(guide_to(catalog.services()[0], catalog, NOON, hall=1), NOON) == ()


def test_nothing_but_the_errand_is_in_the_entry() -> None:
    guide = guide_to(make_service(), make_catalog(), NOON)
    (visit,) = visits_of(guide, NOON)
    content = calendar_of(guide, visit.venue, visit.days[0], NOON, hotline="12345").decode()
    assert "ATTENDEE" not in content
    assert "ORGANIZER" not in content
