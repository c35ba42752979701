"""Which bulletins hold, in which order, and what they say of a service."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.bulletins import about, current, foremost, hides, holds_until, unread
from kiosk.core.catalog import Bulletin, Text
from kiosk.core.value import replace
from tests.builders import make_service

CHINA = timezone(timedelta(hours=8))
NOON = datetime(2026, 11, 23, 12, tzinfo=CHINA)
HERE = "here"

moments = st.one_of(
    st.datetimes(timezones=st.sampled_from([UTC, CHINA])).map(
        lambda one: one.isoformat(timespec="minutes")
    ),
    st.text(max_size=20),
)
bulletins = st.lists(
    st.builds(
        Bulletin,
        id=st.sampled_from("abcdef"),
        title=st.just(Text("通知")),
        text=st.just(Text("")),
        valid_from=moments,
        valid_to=moments,
        must_read=st.booleans(),
        halls=st.sampled_from([(), (HERE,), ("there",), ("there", HERE)]),
    ),
    max_size=8,
)
times = st.datetimes(
    min_value=datetime(1971, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(CHINA)
)


def bulletin(id: str = "one", **changes: object) -> Bulletin:
    values: dict[str, object] = {
        "id": id,
        "title": Text("今天停电"),
        "text": Text("请到导服台"),
        "valid_from": "2026-11-23T08:00+08:00",
        "valid_to": "2026-11-23T17:00+08:00",
    }
    return Bulletin(**{**values, **changes})  # type: ignore[arg-type]


def ids(found: tuple[Bulletin, ...]) -> list[str]:
    return [one.id for one in found]


@pytest.mark.parametrize(
    ("clock", "holds"),
    [("07:59", False), ("08:00", True), ("12:00", True), ("16:59", True), ("17:00", False)],
)
def test_a_bulletin_holds_from_its_first_minute_to_the_one_before_its_end(
    clock: str, holds: bool
) -> None:
    now = datetime.fromisoformat(f"2026-11-23T{clock}+08:00")

    assert bool(current([bulletin()], now, HERE)) is holds


@pytest.mark.parametrize(
    ("now", "holds"),
    [("2026-11-22T23:59+00:00", False), ("2026-11-23T00:00+00:00", True)],
)
def test_moments_of_other_time_zones_are_compared_as_moments(now: str, holds: bool) -> None:
    assert bool(current([bulletin()], datetime.fromisoformat(now), HERE)) is holds


def test_a_bulletin_for_other_halls_does_not_hold_here() -> None:
    own, other = bulletin("own", halls=("there", HERE)), bulletin("other", halls=("there",))

    assert ids(current([own, other, bulletin("all")], NOON, HERE)) == ["own", "all"]


def test_what_must_be_read_comes_first_and_then_the_newest() -> None:
    old = bulletin("old", valid_from="2026-11-01T08:00+08:00")
    new = bulletin("new", valid_from="2026-11-23T01:00+00:00")  # later than 08:00 in China
    must = bulletin("must", valid_from="2026-01-01T08:00+08:00", must_read=True)

    assert ids(current([old, bulletin("middle"), must, new], NOON, HERE)) == [
        "must",
        "new",
        "middle",
        "old",
    ]


@pytest.mark.parametrize(
    "wrong", ["", "soon", "2026-02-30T08:00+08:00", "0001-01-01T00:00+14:00", "2026-11-23T25:00Z"]
)
@pytest.mark.parametrize("moment", ["valid_from", "valid_to"])
def test_a_bulletin_with_a_moment_that_no_clock_shows_does_not_hold(
    moment: str, wrong: str
) -> None:
    assert ids(current([bulletin(**{moment: wrong}), bulletin("good")], NOON, HERE)) == ["good"]


@given(bulletins, times)
def test_whatever_an_edition_says_there_is_an_answer(found: list[Bulletin], now: datetime) -> None:
    valid = current(found, now, HERE)

    assert len(set(ids(valid))) == len(valid)
    assert all(one in found for one in valid)
    assert all(not one.halls or HERE in one.halls for one in valid)
    musts = [one.must_read for one in valid]
    assert musts == sorted(musts, reverse=True)


@given(bulletins, times)
def test_the_order_in_which_they_are_kept_decides_nothing(
    found: list[Bulletin], now: datetime
) -> None:
    each = list({one.id: one for one in found}.values())

    assert current(each, now, HERE) == current(each[::-1], now, HERE)


@given(bulletins, times, st.sets(st.sampled_from("abcdef")))
def test_whatever_is_acknowledged_is_not_asked_for_again(
    found: list[Bulletin], now: datetime, seen: set[str]
) -> None:
    valid = current(found, now, HERE)
    left = unread(valid, seen)

    assert [one for one in valid if one.must_read and one.id not in seen] == list(left)


def test_only_what_must_be_read_is_asked_for() -> None:
    assert unread(current([bulletin()], NOON, HERE), ()) == ()


def test_what_was_acknowledged_stands_behind_what_was_not() -> None:
    valid = current([bulletin("must", must_read=True), bulletin("other")], NOON, HERE)

    first, then = foremost(valid, ()), foremost(valid, ("must",))

    assert first is not None
    assert first.id == "must"
    assert then is not None
    assert then.id == "other"


def test_what_was_acknowledged_stands_there_where_there_is_nothing_else() -> None:
    must = bulletin("must", must_read=True)

    assert foremost((must,), ("must",)) == must
    assert foremost((), ("must",)) is None


def test_a_service_is_concerned_by_what_names_it_and_by_what_hides_it() -> None:
    named, hiding = bulletin("named", services=("passport",)), bulletin("h", hides=("passport",))
    every = (bulletin("other", services=("bus",)), named, hiding)

    assert about(make_service(), every) == (named, hiding)
    assert hides(make_service(), every) == hiding
    assert hides(make_service(), (named,)) is None


def test_the_end_is_a_moment_and_a_wrong_one_is_none() -> None:
    assert holds_until(bulletin()) == datetime(2026, 11, 23, 17, tzinfo=CHINA)
    assert holds_until(replace(bulletin(), valid_to="soon")) is None
