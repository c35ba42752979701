"""How soon somebody answered, as counts. No I/O.

Knows how seconds are rounded and what a percentile of counts is. Does not know calls.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

_STEPS = ((60, 1), (300, 5), (1800, 30))  # up to so many seconds, in steps of so many
LONGEST = 3600  # everything above the last step


def rounded(seconds: float) -> int:
    """The least bound that is not below, so that a day has few of them."""
    for most, step in _STEPS:
        if seconds <= most:
            return max(1, math.ceil(seconds / step)) * step
    return LONGEST


def within(counts: Mapping[int, int], share: float) -> int | None:
    """Seconds within which so large a share was answered (nearest rank); None without answers."""
    needed = math.ceil(share * sum(counts.values()))
    for seconds in sorted(counts):
        needed -= counts[seconds]
        if needed <= 0:
            return seconds
    return None
