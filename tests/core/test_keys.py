"""What every key means at every moment of a visit."""

from __future__ import annotations

import re
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core import routes
from kiosk.core.choices import Choices, Language, Speech, Speed
from kiosk.core.keys import KEYS, Key, Steer, meaning
from kiosk.core.routes import Choose, Go, Learn, Practise
from kiosk.core.session import Session, after
from tests.core.acts import visits

AT_HOME = Session().go(routes.Home())
PRACTISING = AT_HOME.go(routes.PracticePage())
LEARNING = AT_HOME.go(routes.SwitchesPage())
PLUGS = (Key.HEADPHONES_IN, Key.HEADPHONES_OUT)
keys = st.sampled_from(Key)


def press(session: Session, *pressed: Key) -> Session:
    """The visit after keys that change it."""

    def one(before: Session, key: Key) -> Session:
        meant = meaning(key, before)
        return before if isinstance(meant, Steer) else after(before, meant)

    return reduce(one, pressed, session)


# the table ----------------------------------------------------------------------------------


def test_every_key_that_means_something_is_on_a_keyboard() -> None:
    assert set(KEYS.values()) == set(Key)


def test_no_letter_digit_or_sign_is_taken_from_whoever_types() -> None:
    assert [name for name in KEYS if len(name) == 1] == []


def test_no_key_needs_a_second_one_held_down() -> None:
    assert [name for name in KEYS if re.search(r"[+,]", name)] == []


@given(visits, keys)
def test_every_key_means_something_everywhere(visit: Session, key: Key) -> None:
    meant = meaning(key, visit)
    if not isinstance(meant, Steer):
        after(visit, meant)


# choices ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "speech"),
    [
        (Key.VOICE, Speech(on=True)),
        (Key.SLOWER, Speech(speed=Speed.SLOW)),
        (Key.FASTER, Speech(speed=Speed.FAST)),
        (Key.QUIETER, Speech(volume=5)),
        (Key.LOUDER, Speech(volume=7)),
    ],
)
def test_a_key_of_the_voice_changes_the_voice_alone(key: Key, speech: Speech) -> None:
    assert press(AT_HOME, key).choices == Choices(speech=speech)


def test_where_nothing_is_read_the_picture_comes_back() -> None:
    hidden = after(AT_HOME, Choose(Choices(speech=Speech(on=True, curtain=True))))
    assert press(hidden, Key.VOICE).choices.speech == Speech()


def test_the_voice_key_works_before_anybody_has_begun() -> None:
    assert press(Session(), Key.VOICE).choices.speech.on


@given(visits)
def test_a_plug_is_told_to_the_machine_everywhere(visit: Session) -> None:
    assert meaning(Key.HEADPHONES_IN, visit) is Steer.PLUG_IN
    assert meaning(Key.HEADPHONES_OUT, visit) is Steer.PLUG_OUT


def test_reach_and_language_have_keys() -> None:
    assert press(AT_HOME, Key.LOW_REACH).choices.low_reach
    assert press(AT_HOME, Key.LOW_REACH, Key.LOW_REACH) == AT_HOME
    assert press(AT_HOME, Key.LANGUAGE).choices.language is Language.ENGLISH


@given(visits, st.sampled_from([key for key in Key if key not in PLUGS]))
def test_no_key_but_the_plug_begins_or_ends_a_voice_by_the_way(visit: Session, key: Key) -> None:
    begins = press(visit, key).choices.speech.on is not visit.choices.speech.on
    ends = press(visit, key) == Session()
    assert not begins or key is Key.VOICE or ends


# practice -----------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [key for key in Key if key not in PLUGS])
def test_a_key_that_is_tried_only_says_its_name(key: Key) -> None:
    assert meaning(key, PRACTISING) == Practise(key)
    tried = press(PRACTISING, key)
    assert tried.route == routes.PracticePage(key=key)
    assert (tried.choices, len(tried.trail)) == (PRACTISING.choices, len(PRACTISING.trail))


@pytest.mark.parametrize("key", PLUGS)
def test_a_plug_is_a_plug_while_keys_are_tried(key: Key) -> None:
    assert meaning(key, PRACTISING) == meaning(key, AT_HOME)


def test_help_leads_to_the_practice_and_twice_in_a_row_back() -> None:
    assert press(AT_HOME, Key.HELP) == PRACTISING
    assert press(PRACTISING, Key.HELP, Key.HELP) == AT_HOME
    assert press(PRACTISING, Key.HELP, Key.NEXT, Key.HELP).route == routes.PracticePage(key="help")


# switches -----------------------------------------------------------------------------------


@pytest.mark.parametrize("switch", [Key.FIRST_SWITCH, Key.SECOND_SWITCH])
def test_a_switch_that_nobody_has_learnt_leads_to_its_lesson(switch: Key) -> None:
    assert meaning(switch, AT_HOME) == Go(routes.SwitchesPage())
    assert meaning(switch, Session()) == Go(routes.SwitchesPage())


@pytest.mark.parametrize(
    ("first", "second"),
    [(Key.FIRST_SWITCH, Key.SECOND_SWITCH), (Key.SECOND_SWITCH, Key.FIRST_SWITCH)],
)
def test_the_switch_that_was_pressed_first_moves_and_the_other_selects(
    first: Key, second: Key
) -> None:
    assert meaning(first, LEARNING) == Learn(first)
    learnt = press(LEARNING, first, first, second)
    assert learnt.choices.switches
    assert meaning(first, learnt) is Steer.NEXT
    assert meaning(second, learnt) is Steer.PRESS


def test_a_lesson_that_is_taken_again_begins_anew() -> None:
    learnt = press(LEARNING, Key.FIRST_SWITCH, Key.SECOND_SWITCH)
    again = after(learnt, Go(routes.SwitchesPage()))
    assert meaning(Key.SECOND_SWITCH, again) == Learn(Key.SECOND_SWITCH)
    other = press(again, Key.SECOND_SWITCH, Key.FIRST_SWITCH)
    assert meaning(Key.SECOND_SWITCH, other) is Steer.NEXT


def test_with_two_switches_the_other_keys_still_work() -> None:
    learnt = press(LEARNING, Key.FIRST_SWITCH, Key.SECOND_SWITCH)
    assert meaning(Key.NEXT, learnt) is Steer.NEXT
    assert meaning(Key.BACK, learnt) == routes.Back()
