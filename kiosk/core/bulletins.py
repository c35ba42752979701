"""Bulletins: which hold now, which must still be read, which services they concern.

Knows that a bulletin holds from a moment to a later one, in all halls or in some. Does not know
who wrote it (`hub.authoring`, `kiosk.core.sentences`), nor how it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from kiosk.core.catalog import Bulletin, Service


def current(bulletins: Iterable[Bulletin], now: datetime, hall: str) -> tuple[Bulletin, ...]:
    """Those that hold now in a hall, each once: what must be read first, then the newest.

    Args:
        bulletins: those of the catalog and those of the hall.
        now: the time; one without a zone is that of this machine.
        hall: the hall where the machine stands.
    """
    now = now.astimezone()
    found = {
        one.id: (begins, one)
        for one in bulletins
        if (not one.halls or hall in one.halls) and (begins := _begun(one, now)) is not None
    }
    newest = sorted(found.values(), key=lambda pair: (pair[0], pair[1].id), reverse=True)
    return tuple(one for _, one in sorted(newest, key=lambda pair: not pair[1].must_read))


def unread(current: Iterable[Bulletin], seen: Iterable[str]) -> tuple[Bulletin, ...]:
    """Those that must be read and were not yet, in this visit."""
    known = frozenset(seen)
    return tuple(one for one in current if one.must_read and one.id not in known)


def foremost(current: Iterable[Bulletin], seen: Iterable[str]) -> Bulletin | None:
    """What stands above every screen: what was not acknowledged yet before what was."""
    known = frozenset(seen)
    return min(current, key=lambda one: one.id in known, default=None)


def about(service: Service, current: Iterable[Bulletin]) -> tuple[Bulletin, ...]:
    """Those that concern a service, also by saying that it cannot be done."""
    return tuple(one for one in current if service.id in (*one.services, *one.hides))


def hides(service: Service, current: Iterable[Bulletin]) -> Bulletin | None:
    """What says that a service cannot be done now."""
    return next((one for one in current if service.id in one.hides), None)


def holds_until(bulletin: Bulletin) -> datetime | None:
    """The moment from which it does not hold any more; None where it cannot be read."""
    return _moment(bulletin.valid_to)


def _begun(bulletin: Bulletin, now: datetime) -> datetime | None:
    """Since when it holds; None where it does not, or where its moments cannot be read."""
    begins, ends = _moment(bulletin.valid_from), _moment(bulletin.valid_to)
    if begins is None or ends is None:
        return None
    return begins if begins <= now < ends else None


def _moment(written: str) -> datetime | None:
    """The publisher has checked it; a machine that shows it must not stop where it is wrong."""
    try:
        return datetime.fromisoformat(written).astimezone()
    except (ValueError, OverflowError):  # no such day; a day before time began
        return None
