"""What fingers on the glass mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.touch import HOLD_S, Contact, Pressed, TooShort, down, move, up


def test_a_finger_presses_what_it_is_let_go_on() -> None:
    contact = down(None, 0, "start", 5.0)
    contact, outcome = up(contact, 0, 5.1, must_hold=False)
    assert (contact, outcome) == (None, Pressed("start", 5.0))


def test_a_finger_that_slides_off_has_changed_its_mind() -> None:
    contact = move(down(None, 0, "start", 5.0), 0, is_on=False)
    assert up(contact, 0, 5.1, must_hold=False) == (None, None)


def test_a_finger_that_trembles_off_and_back_still_counts() -> None:
    contact = down(None, 0, "start", 5.0)
    for is_on in (False, True, False, True):
        contact = move(contact, 0, is_on)
    assert up(contact, 0, 5.1, must_hold=False)[1] == Pressed("start", 5.0)


def test_a_touch_beside_everything_blocks_nobody() -> None:
    contact = down(None, 0, None, 5.0)
    assert contact is None
    assert down(contact, 1, "start", 5.1) == Contact(1, "start", 5.1)


@pytest.mark.parametrize(("held_s", "outcome"), [(0.15, TooShort("start")), (0.31, None)])
def test_somebody_who_chose_to_hold_is_told_when_it_was_too_short(
    held_s: float, outcome: TooShort | None
) -> None:
    contact = down(None, 0, "start", 5.0)
    assert HOLD_S == 0.3
    assert up(contact, 0, 5.0 + held_s, must_hold=True)[1] == (outcome or Pressed("start", 5.0))


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["down", "move", "up"]),
            st.integers(1, 4),
            st.sampled_from(["other", "start", None]),
        )
    )
)
def test_no_other_finger_changes_what_the_first_one_does(
    others: list[tuple[str, int, str | None]],
) -> None:
    contact = down(None, 0, "start", 5.0)
    for what, finger, target in others:
        if what == "down":
            contact = down(contact, finger, target, 5.05)
        elif what == "move":
            contact = move(contact, finger, target is not None)
        else:
            contact, outcome = up(contact, finger, 5.06, must_hold=False)
            assert outcome is None
    assert up(contact, 0, 5.1, must_hold=False)[1] == Pressed("start", 5.0)
