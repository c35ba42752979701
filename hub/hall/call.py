"""What becomes of a call for a person. No I/O, no clock.

Knows the states and what leads from one to another. Does not know who may do so, nor where calls
are kept (`hub.hall.book`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

FORGOTTEN = timedelta(hours=2)  # by then whoever called is not there any more
DESK_MAX = 40


class State(StrEnum):
    """As the kiosk names them."""

    WAITING = "waiting"
    COMING = "coming"
    FORWARDED = "forwarded"
    CLOSED = "closed"


@dataclass(frozen=True)
class Wish:
    """What a kiosk says when somebody calls: never what was typed."""

    hall: int
    kiosk: int
    screen: str  # a kind of screen
    service: int | None  # its short number
    language: str


@dataclass(frozen=True)
class Call:
    """A call; `revision` counts its changes since this hub began."""

    id: int
    wish: Wish
    placed: datetime
    state: State = State.WAITING
    desk: str = ""  # that comes, or that is to come
    left: datetime | None = None  # the visit ended; perhaps nobody stands there
    answered: datetime | None = None  # for the first time
    forwarded: datetime | None = None
    closed: datetime | None = None
    revision: int = 0

    @property
    def is_open(self) -> bool:
        """Somebody may still have to come."""
        return self.state is not State.CLOSED

    def is_forgotten(self, now: datetime) -> bool:
        """It has been open for longer than anybody waits."""
        return self.is_open and now - self.placed > FORGOTTEN


def answered(call: Call, desk: str, now: datetime) -> Call:
    """Somebody is on the way."""
    if not call.is_open or (call.state is State.COMING and call.desk == desk):
        return call
    return _changed(call, state=State.COMING, desk=desk, answered=call.answered or now)


def forwarded(call: Call, desk: str, now: datetime) -> Call:
    """Somebody else is to come."""
    if not call.is_open:
        return call
    return _changed(call, state=State.FORWARDED, desk=desk, forwarded=now)


def closed(call: Call, now: datetime) -> Call:
    """Nobody need come any more."""
    return _changed(call, state=State.CLOSED, closed=now) if call.is_open else call


def left(call: Call, now: datetime) -> Call:
    """The visit has ended; whoever called may still stand there."""
    return _changed(call, left=now) if call.is_open and call.left is None else call


def _changed(call: Call, **changes: object) -> Call:
    return replace(call, revision=call.revision + 1, **changes)  # type: ignore[arg-type]
