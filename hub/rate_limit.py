"""Slows down whoever asks too often. Forgets every address within a minute.

Knows counts by address in memory, and that a flood of requests is no flood of log lines. Does not
know what is asked for.
"""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock

from hub.event import Event

logger = logging.getLogger(__name__)

WINDOW = timedelta(minutes=1)


class RateLimit:
    """So many requests an address and minute; the counts of a minute end with it."""

    def __init__(self, limit: int, addresses: int, clock: Callable[[], datetime]) -> None:
        self._limit = limit
        self._addresses = addresses
        self._clock = clock
        self._lock = Lock()
        self._began = clock()
        self._counts: dict[str, int] = {}

    def wait_s(self, address: str, cost: int = 1) -> int:
        """Count a request; 0 where it may go on, else the seconds until the next may.

        Args:
            address: of whoever asks.
            cost: as how many requests this one counts.
        """
        now, key = self._clock(), network(address)
        with self._lock:
            if not self._began <= now < self._began + WINDOW:  # also when the clock was set back
                self._began = now
                self._counts.clear()
            # a flood from very many addresses costs memory no more than this
            if key not in self._counts and len(self._counts) >= self._addresses:
                return 0
            count = self._counts[key] = self._counts.get(key, 0) + cost
            left = max(1, int((self._began + WINDOW - now).total_seconds()))
        if count - cost <= self._limit < count:
            logger.info("%s", Event.HANDOFF_SLOWED)
        return left if count > self._limit else 0


def network(address: str) -> str:
    """One household is one IPv4 address or one IPv6 /64 (RFC 4291), however many it uses."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return address
