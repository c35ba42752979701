"""When a visit ends by itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.idle import IdleLimits, Phase

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


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_silence_never_leads_back(shorter_s: float, longer_s: float) -> None:
    first, second = sorted((shorter_s, longer_s))
    assert LIMITS.phase(first).value <= LIMITS.phase(second).value


def test_the_defaults_leave_the_time_that_the_guideline_asks_for() -> None:
    limits = IdleLimits()
    assert 120 <= limits.ask_after_s <= 300
    assert 20 <= limits.answer_within_s <= 45
