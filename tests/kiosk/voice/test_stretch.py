"""Recordings at other speeds."""

from __future__ import annotations

import math
from array import array

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.core.choices import Speed
from kiosk.voice.sound import RATE_HZ
from kiosk.voice.stretch import stretched
from tests.kiosk.voice.hearing import joined, loudness, peak, pitch_hz, seconds

# a voice in small: a buzz whose pitch and loudness wander
VOICE = array(
    "h",
    (
        round(
            6000
            * (1 + 0.5 * math.sin(n / 2500))
            * sum(math.sin(k * (n * 0.034 + 8 * math.sin(n / 4000))) / k for k in range(1, 6))
            / 2
        )
        for n in range(2 * RATE_HZ)
    ),
)


@pytest.mark.parametrize("speed", Speed)
def test_it_takes_as_long_as_the_speed_says_at_the_same_pitch(speed: Speed) -> None:
    found = joined(stretched(VOICE, speed))
    assert seconds(found) == pytest.approx(seconds(VOICE) * 100 / speed, rel=0.03)
    assert pitch_hz(found) == pytest.approx(pitch_hz(VOICE), rel=0.05)
    assert loudness(found) == pytest.approx(loudness(VOICE), rel=0.1)
    assert peak(found) <= peak(VOICE)


def test_at_the_standard_speed_nothing_is_touched() -> None:
    assert joined(stretched(VOICE, 100)) == VOICE


def test_the_first_of_it_comes_at_once() -> None:
    first = next(iter(stretched(VOICE, 50)))
    assert seconds(first) < 0.05


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(-32768, 32767), max_size=3000),
    st.sampled_from([int(speed) for speed in Speed]),
)
def test_any_sound_can_be_stretched(samples: list[int], percent: int) -> None:
    found = joined(stretched(array("h", samples), percent))
    assert abs(len(found) - len(samples) * 100 / percent) < 2500
