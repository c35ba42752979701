"""How loud: ten steps in decibels, and samples made louder or softer without distortion.

Knows the curve and where it bends before a sample would be cut off. Does not know a device: what
one adds is measured when it is installed (docs/speech.md).
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from kiosk.core.choices import VOLUMES

# EN 301 549 8.2.1: a range of 18 dB or more and a step 12 dB above the lowest; 36 CFR 1194.25(f):
# increments. Steps of 3 dB are just clearly heard.
STEP_DB: Final = 3.0

_FULL = 32767
_KNEE = 0.7  # of full scale: below it nothing is bent


def gain_db(volume: int, offset_db: float = 0.0) -> float:
    """What a step of the volume means: the highest is the sound as it is.

    Args:
        volume: a step of `kiosk.core.choices.VOLUMES`; beyond its ends it is the nearest.
        offset_db: of the device, so that the first step of a session is 65 dBA at the ear.
    """
    step = min(max(volume, VOLUMES[0]), VOLUMES[-1])
    return (step - VOLUMES[-1]) * STEP_DB + offset_db


def leveled(chunks: Iterable[array[int]], db: float) -> Iterator[array[int]]:
    """The sound at another level; never cut off, however loud."""
    curve = _curve(round(db, 1))
    for chunk in chunks:
        yield array("h", [curve[sample] for sample in chunk])


@lru_cache(maxsize=4)
def _curve(db: float) -> array[int]:
    """What becomes of every sample; negative samples count from the end, as Python does."""
    factor = 10 ** (db / 20)
    rising = [_bent(factor * sample / _FULL) for sample in range(_FULL + 1)]
    return array("h", rising + [-one for one in (rising[-1], *rising[:0:-1])])


def _bent(level: float) -> int:
    """Straight up to the knee, then ever flatter towards full scale."""
    if level > _KNEE:
        room = 1 - _KNEE
        level = _KNEE + room * math.tanh((level - _KNEE) / room)
    return round(_FULL * level)
