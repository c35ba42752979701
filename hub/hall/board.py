"""The open calls of all halls, in memory, what is wrong with machines, and whoever waits for both.

Knows when somebody must be told. Does not know requests or pages. Everything here runs on the
server's one event loop: a page that waits costs a task, not a thread (docs/decisions/0012).
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.concurrency import run_in_threadpool

from db.token import Place
from hub.config import CITY_TIME
from hub.hall import call as calls
from hub.hall import times
from hub.hall.book import CallBook
from hub.hall.call import Call, Wish
from hub.hall.machine import SILENT_AFTER, Machine, Report, Seen
from hub.hall.machine_book import MachineBook

_STILL_THERE = timedelta(seconds=60)  # a page that is loaded again is away for a moment
_READ_AGAIN = timedelta(seconds=10)  # who is enrolled, and how its clock is; others change that


@dataclass(frozen=True)
class Times:
    """How soon somebody answered today."""

    count: int
    half_s: int | None  # within which half of them were answered
    most_s: int | None  # 95 %


@dataclass(frozen=True)
class Sight:
    """What a staff's page shows: open calls, the newest first, and every machine of the hall."""

    calls: tuple[Call, ...]
    times: Times
    machines: tuple[Seen, ...] = ()


class Board:
    """Calls, from placing to closing, and what machines say of themselves."""

    def __init__(
        self, book: CallBook, machines: MachineBook, clock: Callable[[], datetime]
    ) -> None:
        self._book, self._machine_book, self._clock = book, machines, clock
        self._machines: dict[int, tuple[datetime, tuple[Machine, ...]]] = {}
        self._calls: dict[int, Call] | None = None
        self._lock = asyncio.Lock()
        self._turn = asyncio.Event()
        self._watching: Counter[int] = Counter()
        self._watched: dict[int, datetime] = {}
        self._sights: dict[int, Sight] = {}
        self.is_closing = False

    @property
    def turn(self) -> asyncio.Event:
        """Set at the next change; take it before looking, wait for it after."""
        return self._turn

    def close(self) -> None:
        """Whoever waits waits no longer: the hub is being stopped. On the event loop."""
        self.is_closing = True
        self._turn.set()

    async def place(self, wish: Wish) -> Call:
        """A new call; a machine has one at a time, so an older one of it is over."""
        now = self._clock()
        async with self._lock:
            known = await self._known()
            for other in list(known.values()):
                same = (other.wish.hall, other.wish.kiosk) == (wish.hall, wish.kiosk)
                if same or other.is_forgotten(now):
                    await self._keep(calls.closed(other, now))
            call = await run_in_threadpool(self._book.add, wish, now)
            known[call.id] = call
            self._tell()
        return call

    async def change(self, id: int, hall: int, become: Callable[[Call], Call]) -> Call | None:
        """Change a call of a hall; None where it is not open there."""
        async with self._lock:
            call = (await self._known()).get(id)
            if call is None or call.wish.hall != hall:
                return None
            following = become(call)
            if following != call:
                await self._keep(following)
                await self._count(call, following)
                self._tell()
        return following

    async def report(self, place: Place, report: Report) -> None:
        """How a machine is; pages are told at once where something else is wrong with it."""
        now = self._clock()
        async with self._lock:
            before = await run_in_threadpool(self._machine_book.keep, place, report, now)
            self._machines.pop(place.hall, None)
            is_known = before is not None and now - before.at <= SILENT_AFTER
            if before is None or not is_known or not report.is_like(before.report):
                self._tell()

    async def find(self, id: int) -> Call | None:
        """An open call."""
        async with self._lock:
            return (await self._known()).get(id)

    async def sight(self, hall: int) -> Sight:
        """What is open in a hall now."""
        now = self._clock()
        async with self._lock:
            known = await self._known()
            if hall not in self._sights:
                self._sights[hall] = await self._look(hall, known, now)
            seen = self._sights[hall]
            machines = await self._machines_of(hall, now)
        kept = tuple(call for call in seen.calls if not call.is_forgotten(now))
        return Sight(kept, seen.times, tuple(one.seen(now) for one in machines))

    @contextmanager
    def watching(self, hall: int) -> Iterator[None]:
        """A page of staff is open while this lasts."""
        self._watching[hall] += 1
        try:
            yield
        finally:
            self._watching[hall] -= 1
            self._watched[hall] = self._clock()

    def is_watched(self, hall: int) -> bool:
        """Somebody would see a call: a page is open, or was until just now."""
        last = self._watched.get(hall)
        just_now = last is not None and self._clock() - last < _STILL_THERE
        return self._watching[hall] > 0 or just_now

    async def _known(self) -> dict[int, Call]:
        """Calls that were open when this hub began are read when they are first needed."""
        if self._calls is None:
            self._calls = {one.id: one for one in await run_in_threadpool(self._book.open_calls)}
        return self._calls

    async def _machines_of(self, hall: int, now: datetime) -> tuple[Machine, ...]:
        read, machines = self._machines.get(hall, (None, ()))
        if read is None or now - read > _READ_AGAIN:
            machines = await run_in_threadpool(self._machine_book.machines, hall)
            self._machines[hall] = now, machines
        return machines

    async def _keep(self, call: Call) -> None:
        known = await self._known()
        await run_in_threadpool(self._book.change, call)
        if call.is_open:
            known[call.id] = call
        else:
            known.pop(call.id, None)

    async def _count(self, before: Call, after: Call) -> None:
        if before.answered is None and after.answered is not None:
            seconds = times.rounded((after.answered - after.placed).total_seconds())
            day = after.answered.astimezone(CITY_TIME).date()
            await run_in_threadpool(self._book.count_answer, after.wish.hall, day, seconds)

    async def _look(self, hall: int, known: dict[int, Call], now: datetime) -> Sight:
        day = now.astimezone(CITY_TIME).date()
        counts = await run_in_threadpool(self._book.answers, hall, day)
        here = [call for call in known.values() if call.wish.hall == hall]
        newest = sorted(here, key=lambda call: -call.id)
        count = sum(counts.values())
        spent = Times(count, times.within(counts, 0.5), times.within(counts, 0.95))
        return Sight(tuple(newest), spent)

    def _tell(self) -> None:
        turn, self._turn = self._turn, asyncio.Event()
        self._sights.clear()
        turn.set()
