from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from hub.hall import call as calls
from hub.hall import times, words
from hub.hall.call import Call, State, Wish
from kiosk.core import routes
from kiosk.core.choices import Language
from kiosk.core.help_call import CallState
from tests.hub.phone.building import NOON

CALL = Call(1, Wish(1, 7, "Home", None, "zh"), NOON)
LATER = NOON + timedelta(seconds=90)


def test_the_first_answer_is_the_one_that_counts() -> None:
    coming = calls.answered(CALL, "A", LATER)
    other = calls.answered(coming, "B", LATER + timedelta(minutes=1))
    assert (other.state, other.desk, other.answered) == (State.COMING, "B", LATER)


def test_a_call_that_is_closed_stays_closed() -> None:
    closed = calls.closed(CALL, LATER)
    for become in (
        calls.answered(closed, "A", LATER),
        calls.forwarded(closed, "A", LATER),
        calls.closed(closed, LATER),
        calls.left(closed, LATER),
    ):
        assert become == closed


def test_every_change_is_another_revision_and_the_same_again_is_none() -> None:
    coming = calls.answered(CALL, "A", LATER)
    assert coming.revision == 1
    assert calls.answered(coming, "A", LATER) == coming
    assert calls.left(calls.left(coming, LATER), LATER).revision == 2


def test_nobody_waits_for_two_hours() -> None:
    assert not CALL.is_forgotten(NOON + timedelta(hours=2))
    assert CALL.is_forgotten(NOON + timedelta(hours=2, seconds=1))


def test_hub_and_kiosk_name_states_screens_and_languages_alike() -> None:
    assert {one.value for one in State} <= {one.value for one in CallState}
    assert {one.value for one in Language} == set(words.LANGUAGES)
    places = {one.__name__ for one in routes.CitizenPlace.__args__} - {"HelpPage"}
    assert places == set(words.SCREENS)


@given(st.lists(st.floats(0.01, 3600), min_size=1, max_size=60))
def test_a_percentile_of_counts_is_never_too_good(spent: list[float]) -> None:
    counts: dict[int, int] = {}
    for one in spent:
        counts[times.rounded(one)] = counts.get(times.rounded(one), 0) + 1
    within = times.within(counts, 0.95)
    assert within is not None
    assert sum(one <= within for one in spent) >= 0.95 * len(spent)


def test_without_answers_there_is_no_time() -> None:
    assert times.within({}, 0.5) is None
