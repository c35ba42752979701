"""The register of enrolled kiosks: an adapter over its table.

Knows rows. Does not know which keys are good (`hub.fleet.enrolment`) or what is written on a
kiosk (`hub.fleet.installation`).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, RowMapping, Select, delete, insert, select, update

from db.fleet import kiosk, kiosk_clock
from db.token import Place
from hub.fleet.enrolment import Enrolment, written
from hub.fleet.errors import FleetError


def packed(place: Place) -> int:
    """The place as one number, the key of its row."""
    return int.from_bytes(place.to_bytes())


def find(connection: Connection, place: Place) -> Enrolment | None:
    """The kiosk at a place, or None where none was ever enrolled."""
    wanted = _with_clocks().where(kiosk.c.place == packed(place))
    row = connection.execute(wanted).mappings().first()
    return None if row is None else _enrolment(row)


def all_kiosks(connection: Connection) -> list[Enrolment]:
    """Every kiosk that was ever enrolled."""
    rows = connection.execute(_with_clocks().order_by(kiosk.c.place)).mappings()
    return [_enrolment(row) for row in rows]


def enrol(connection: Connection, place: Place, name: str, now: datetime) -> Enrolment:
    """Register a kiosk, or give a known one its next epoch.

    Raises:
        FleetError: the place has used up its epochs.
    """
    before = find(connection, place)
    after = before.again(name) if before else Enrolment(place, name)
    values = {
        "name": after.name,
        "epoch": after.epoch,
        "oldest_epoch": after.oldest_epoch,
        "enrolled": now,
        "revoked_at": None,
    }
    if before is not None:
        connection.execute(update(kiosk).where(kiosk.c.place == packed(place)).values(**values))
        # it may be another machine now, with a clock of its own
        connection.execute(delete(kiosk_clock).where(kiosk_clock.c.place == packed(place)))
        return after
    row = {
        "place": packed(place),
        "region": place.region,
        "hall": place.hall,
        "kiosk": place.kiosk,
        "created": now,
    }
    connection.execute(insert(kiosk).values(**row, **values))
    return after


def revoke(engine: Engine, place: Place, now: datetime) -> Enrolment:
    """Refuse every code of a kiosk from now on; again is no mistake.

    Raises:
        FleetError: there is no such kiosk.
    """
    with engine.begin() as connection:
        found = find(connection, place)
        if found is None:
            known = connection.scalars(select(kiosk.c.place).order_by(kiosk.c.place)).all()
            names = ", ".join(written(Place.from_bytes(number.to_bytes(5))) for number in known)
            raise FleetError(f"no kiosk {written(place)} is enrolled; these are: {names or 'none'}")
        if found.revoked_at is None:
            found = replace(found, revoked_at=now)
            connection.execute(
                update(kiosk).where(kiosk.c.place == packed(place)).values(revoked_at=now)
            )
    return found


def _with_clocks() -> Select[tuple[object, ...]]:
    clocks = kiosk.outerjoin(kiosk_clock, kiosk.c.place == kiosk_clock.c.place)
    return select(kiosk, kiosk_clock.c.offset_s).select_from(clocks)


def _enrolment(row: RowMapping) -> Enrolment:
    return Enrolment(
        Place(row["region"], row["hall"], row["kiosk"]),
        row["name"],
        row["epoch"],
        row["oldest_epoch"],
        row["revoked_at"],
        timedelta(seconds=row["offset_s"] or 0),
    )
