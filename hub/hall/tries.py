"""Bars whoever has tried too many PINs. Forgets them after five minutes.

Knows tries by address and hall in memory. Does not know PINs.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock

from hub.rate_limit import network

MOST = 5
WINDOW = timedelta(minutes=5)


class Tries:
    """So many wrong PINs an address, hall and five minutes."""

    def __init__(self, addresses: int, clock: Callable[[], datetime]) -> None:
        self._addresses, self._clock = addresses, clock
        self._lock = Lock()
        self._wrong: dict[tuple[str, int], list[datetime]] = {}

    def begin(self, address: str, hall: int) -> int:
        """Count a try as wrong until it is known to be right; else the seconds to wait.

        Counted first, so that tries at the same moment are counted as well.
        """
        now, key = self._clock(), (network(address), hall)
        with self._lock:
            recent = [one for one in self._wrong.get(key, ()) if now - one < WINDOW]
            if len(recent) >= MOST:
                return max(1, int((recent[0] + WINDOW - now).total_seconds()))
            self._wrong[key] = [*recent, now]
            while len(self._wrong) > self._addresses:  # the oldest give way
                del self._wrong[next(iter(self._wrong))]
            return 0

    def succeed(self, address: str, hall: int) -> None:
        """It was the right one."""
        with self._lock:
            self._wrong.pop((network(address), hall), None)
