"""Samples: cut, trimmed, made."""

from __future__ import annotations

from array import array
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kiosk.voice.sound import (
    RATE_HZ,
    bytes_of,
    chime,
    duration_s,
    in_chunks,
    samples_of,
    silence,
    trimmed,
    whole,
)
from tests.kiosk.voice.hearing import joined, peak, pitch_hz, seconds

LOUD = array("h", [4000, -4000] * 500)


@given(st.binary(max_size=400), st.lists(st.integers(1, 50), max_size=20))
def test_no_sample_is_cut_in_two_between_chunks(data: bytes, sizes: list[int]) -> None:
    chunks, rest = [], data
    for size in sizes:
        chunks.append(rest[:size])
        rest = rest[size:]
    found = joined(whole([*chunks, rest]))
    assert bytes_of(found) == data[: len(data) // 2 * 2]


def test_samples_are_little_endian_on_every_machine() -> None:
    assert list(samples_of(b"\x01\x02\xff\xff")) == [0x0201, -1]


def test_silence_before_and_after_is_taken_away() -> None:
    quiet = array("h", [3, -5] * 5000)
    found = joined(trimmed([quiet, quiet, LOUD, quiet, LOUD, quiet, quiet]))
    kept_s = seconds(found) - seconds(LOUD + quiet + LOUD)
    assert 0 < kept_s <= 0.04
    assert max(map(abs, found[:300])) == 4000 or found[221] == 4000


def test_silence_in_the_middle_stays() -> None:
    gap = silence(0.5)
    assert seconds(joined(trimmed([LOUD, gap, gap, LOUD]))) == seconds(LOUD + gap + gap + LOUD)


def test_of_silence_alone_nothing_is_left() -> None:
    assert len(joined(trimmed([silence(2), silence(1)]))) == 0


@given(st.lists(st.lists(st.integers(-32768, 32767), max_size=600), max_size=8))
def test_trimming_does_not_depend_on_how_a_sound_is_cut(parts: list[list[int]]) -> None:
    chunks = [array("h", part) for part in parts]
    assert joined(trimmed(chunks)) == joined(trimmed([joined(chunks)]))


def test_a_long_sound_comes_in_pieces() -> None:
    samples = silence(1)
    pieces = list(in_chunks(samples))
    assert joined(pieces) == samples
    assert max(map(duration_s, pieces)) < 0.1


def test_the_chime_is_two_soft_tones_that_rise() -> None:
    sound = chime()
    assert 0.3 < duration_s(sound) < 1.0
    assert peak(sound) < 32767 / 3
    assert abs(sound[0]) < 50
    assert abs(sound[-1]) < 50
    quarter = RATE_HZ * 18 // 100
    # the tones lie above what `pitch_hz` looks for, so halve them
    low, high = (crossings(part) for part in (sound[:quarter], sound[quarter:]))
    assert 600 < low < 720
    assert 820 < high < 940


def crossings(samples: array[int]) -> float:
    """How often a second it crosses zero upwards."""
    count = sum(1 for one, other in pairwise(samples) if one < 0 <= other)
    return count / seconds(samples)


def test_the_tests_can_hear_pitch() -> None:
    wave = [(n * 150 % RATE_HZ) * 20000 // RATE_HZ - 10000 for n in range(RATE_HZ)]
    assert 145 < pitch_hz(array("h", wave)) < 155
