"""Recorded sound said slower or faster, at the same pitch.

Knows WSOLA (Verhelst and Roelands, ICASSP 1993): the sound is cut into short overlapping pieces,
laid closer together or further apart, each shifted a little to where it joins best. Does not know
what is recorded.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from operator import sub

from kiosk.voice.sound import RATE_HZ

_HOP = round(0.015 * RATE_HZ)  # a piece is two of them; longer than the period of a low voice
_REACH = round(0.0075 * RATE_HZ)  # how far a piece may be shifted: half a period of 67 Hz
_COARSE = 6  # every so many samples are compared at first
_HOPS_A_CHUNK = 8
_FADE = [n / _HOP for n in range(_HOP)]


def stretched(samples: array[int], percent: int) -> Iterator[array[int]]:
    """The sound at so many percent of its speed."""
    if percent == 100 or len(samples) < 4 * _HOP:
        yield samples
        return
    yield samples[:_HOP]
    at, target, chunk = 0, 0.0, array("h")
    while True:
        target += _HOP * percent / 100
        following = samples[at + _HOP : at + 2 * _HOP]  # what would come by itself
        found = _best(samples, following, round(target))
        if found + 2 * _HOP > len(samples):
            break
        chunk += _faded(following, samples[found : found + _HOP])
        at = found
        if len(chunk) >= _HOPS_A_CHUNK * _HOP:
            yield chunk
            chunk = array("h")
    yield chunk + samples[at + _HOP :]


def _faded(going: array[int], coming: array[int]) -> array[int]:
    """From the one into the other."""
    pairs = zip(going, coming, _FADE, strict=True)
    return array("h", [round(old + (new - old) * part) for old, new, part in pairs])


def _best(samples: array[int], following: array[int], target: int) -> int:
    """Where near a place the sound is most like what should follow."""
    first = max(0, target - _REACH)
    last = max(first, min(target + _REACH, len(samples) - 2 * _HOP))
    coarse = following[::_COARSE]
    near = min(
        range(first, last + 1, _COARSE),
        key=lambda at: _unlike(samples[at : at + _HOP : _COARSE], coarse),
    )
    fine = range(max(first, near - _COARSE + 1), min(last, near + _COARSE - 1) + 1)
    return min(fine, key=lambda at: _unlike(samples[at : at + _HOP], following))


def _unlike(one: array[int], other: array[int]) -> int:
    return sum(map(abs, map(sub, one, other)))
