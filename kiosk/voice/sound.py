"""Sound as it goes from an engine to a player: 16-bit samples of one channel, 22,050 a second.

Knows how it is cut, trimmed, made of tones. Does not know where it comes from or goes.
"""

from __future__ import annotations

import math
import sys
from array import array
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

RATE_HZ: Final = 22050
BYTES_A_SAMPLE: Final = 2

_QUIET = 96  # of 32767: below it a voice makes no sound
_KEPT_BEFORE_S = 0.01  # a consonant begins softly
_KEPT_AFTER_S = 0.02
_LOUDEST = 32767
_CHUNK_SAMPLES = 2048


def samples_of(data: bytes) -> array[int]:
    """The samples of whole bytes, little-endian as players take them."""
    samples = array("h", data)
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def bytes_of(samples: array[int]) -> bytes:
    """The bytes of samples."""
    if sys.byteorder == "big":
        samples = samples[:]
        samples.byteswap()
    return samples.tobytes()


def whole(chunks: Iterable[bytes]) -> Iterator[array[int]]:
    """Chunks as samples, none cut in two between chunks."""
    rest = b""
    for chunk in chunks:
        data = rest + chunk
        end = len(data) - len(data) % BYTES_A_SAMPLE
        rest = data[end:]
        if end:
            yield samples_of(data[:end])


def silence(duration_s: float) -> array[int]:
    """Nothing, for so long."""
    return array("h", bytes(BYTES_A_SAMPLE * round(duration_s * RATE_HZ)))


def trimmed(chunks: Iterable[array[int]]) -> Iterator[array[int]]:
    """The sound without the silence that an engine puts before and after it."""
    held = array("h")  # quiet, until something louder comes
    begun = False
    for chunk in chunks:
        held += chunk
        last = _last_loud(held)
        if last is None:
            if not begun:
                held = held[-_count(_KEPT_BEFORE_S) :]
            continue
        if not begun:
            held, last = _from_first_loud(held, last)
            begun = True
        yield held[: last + 1]
        held = held[last + 1 :]
    if begun and held:
        yield held[: _count(_KEPT_AFTER_S)]


def resampled(samples: array[int], rate_hz: int) -> array[int]:
    """A sound of another rate at ours: means where it has more, straight lines where fewer."""
    if rate_hz == RATE_HZ:
        return samples
    count, step = len(samples) * RATE_HZ // rate_hz, rate_hz / RATE_HZ
    if step > 1:
        edges = [round(n * step) for n in range(count + 1)]
        spans = (samples[start:end] for start, end in pairwise(edges))
        return array("h", [sum(span) // len(span) for span in spans])
    places = ((int(n * step), n * step % 1) for n in range(count))
    ends = samples + samples[-1:]
    return array("h", [round(ends[at] + (ends[at + 1] - ends[at]) * off) for at, off in places])


def chime(low_hz: float = 659.26, high_hz: float = 880.0, loudness: float = 0.25) -> array[int]:
    """Two soft tones, the second higher: somebody is asked something."""
    return _tone(low_hz, 0.18, loudness) + _tone(high_hz, 0.36, loudness)


def in_chunks(samples: array[int]) -> Iterator[array[int]]:
    """A long sound in pieces, so that it can be cut off."""
    for start in range(0, len(samples), _CHUNK_SAMPLES):
        yield samples[start : start + _CHUNK_SAMPLES]


def duration_s(samples: array[int]) -> float:
    """How long it sounds."""
    return len(samples) / RATE_HZ


def _tone(pitch_hz: float, length_s: float, loudness: float) -> array[int]:
    """A tone that swells fast and dies away, with a little of its octave, as a bell has."""
    count, turn = _count(length_s), 2 * math.pi * pitch_hz / RATE_HZ
    swell = _count(0.008)
    return array(
        "h",
        (
            round(
                _LOUDEST
                * loudness
                * min(1.0, n / swell)
                * (1 - n / count) ** 2
                * (0.85 * math.sin(turn * n) + 0.15 * math.sin(2 * turn * n))
            )
            for n in range(count)
        ),
    )


def _count(length_s: float) -> int:
    return round(length_s * RATE_HZ)


def _last_loud(samples: array[int]) -> int | None:
    return next(
        (at for at in range(len(samples) - 1, -1, -1) if not -_QUIET < samples[at] < _QUIET), None
    )


def _from_first_loud(samples: array[int], last: int) -> tuple[array[int], int]:
    first = next(at for at, one in enumerate(samples) if not -_QUIET < one < _QUIET)
    start = max(0, first - _count(_KEPT_BEFORE_S))
    return samples[start:], last - start
