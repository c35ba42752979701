"""When a visit ends by itself, and who is given more time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.choices import Choices, Contrast, Language, Speech, TextSize
from kiosk.core.idle import IdleLimits, Phase, needs_patience
from kiosk.core.session import Session

LIMITS = IdleLimits(ask_after_s=180, answer_within_s=45)


@pytest.mark.parametrize(
    ("quiet_s", "phase"),
    [
        (0, Phase.ACTIVE),
        (179.999, Phase.ACTIVE),
        (180, Phase.ASKING),
        (224.999, Phase.ASKING),
        (225, Phase.OVER),
        (1e9, Phase.OVER),
        (-5, Phase.ACTIVE),  # a clock that was set back ends no visit
    ],
)
def test_the_phase_changes_at_the_limits(quiet_s: float, phase: Phase) -> None:
    assert LIMITS.phase(quiet_s) is phase


@pytest.mark.parametrize(
    ("quiet_s", "phase"),
    [
        (225, Phase.ACTIVE),
        (299.999, Phase.ACTIVE),
        (300, Phase.ASKING),
        (344.999, Phase.ASKING),
        (345, Phase.OVER),
    ],
)
def test_whoever_needs_patience_is_asked_after_five_minutes(quiet_s: float, phase: Phase) -> None:
    assert LIMITS.phase(quiet_s, patient=True) is phase


def test_patience_never_shortens_what_a_hall_has_set() -> None:
    assert IdleLimits(ask_after_s=400).phase(399, patient=True) is Phase.ACTIVE


@given(st.floats(0, 1e6), st.floats(0, 1e6), st.booleans())
def test_silence_never_leads_back(shorter_s: float, longer_s: float, patient: bool) -> None:
    first, second = sorted((shorter_s, longer_s))
    assert LIMITS.phase(first, patient).value <= LIMITS.phase(second, patient).value


def test_the_defaults_leave_the_time_that_the_guideline_asks_for() -> None:
    limits = IdleLimits()
    assert 120 <= limits.ask_after_s < limits.ask_patiently_after_s <= 300
    assert 20 <= limits.answer_within_s <= 45


SLOW = (Choices(steady=True), Choices(switches=True), Choices(speech=Speech(on=True)))


@pytest.mark.parametrize("choices", SLOW)
def test_a_listener_switches_and_an_unsteady_hand_have_more_time(choices: Choices) -> None:
    assert needs_patience(Session(choices=choices))


def test_how_it_looks_needs_no_patience() -> None:
    looks = Choices(Language.UYGHUR, TextSize.LARGEST, Contrast.DARK, hold=True, low_reach=True)
    assert not needs_patience(Session(choices=looks))


@pytest.mark.parametrize("choices", SLOW)
def test_the_time_does_not_shrink_while_staff_help(choices: Choices) -> None:
    lent = Session(choices=choices).lend()
    assert lent.choices == Choices()
    assert needs_patience(lent)
