"""The register of enrolled kiosks: an adapter over its table.

Knows epochs: every enrolment gives a kiosk a new key, the one before stays good until the next
(a machine may be switched over days later), and after a revocation none of the old ones is.
Does not know how keys are made or what is written on a kiosk (`hub.fleet.kit`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, RowMapping, insert, select, update

from db.fleet import kiosk
from db.token import Place
from hub.fleet.errors import FleetError

EPOCHS = 16  # four bits of the token


@dataclass(frozen=True)
class Enrolment:
    """What the hub knows of one kiosk."""

    place: Place
    name: str
    epoch: int
    oldest_epoch: int
    revoked_at: datetime | None = None


def packed(place: Place) -> int:
    """The place as one number, the key of its row."""
    return int.from_bytes(place.to_bytes())


def written(place: Place) -> str:
    """The place as people write it: `990100/1/7`."""
    return f"{place.region}/{place.hall}/{place.kiosk}"


def parse(text: str) -> Place:
    """The place that was meant.

    Raises:
        FleetError: it is not `region/hall/kiosk` in numbers that fit.
    """
    parts = text.split("/")
    if len(parts) == 3 and all(part.isascii() and part.isdigit() for part in parts):
        place = Place(*(int(part) for part in parts))
        if place.region < 1 << 20 and place.hall < 1 << 12 and place.kiosk < 1 << 8:
            return place
    raise FleetError(f"{text!r} is no kiosk; write region/hall/kiosk, for example 990100/1/7")


def find(connection: Connection, place: Place) -> Enrolment | None:
    """The kiosk at a place, or None where none was ever enrolled."""
    row = connection.execute(select(kiosk).where(kiosk.c.place == packed(place))).mappings().first()
    return None if row is None else _enrolment(row)


def enrol(connection: Connection, place: Place, name: str, now: datetime) -> Enrolment:
    """Register a kiosk, or give a known one its next epoch.

    Raises:
        FleetError: the place has used up its epochs.
    """
    before = find(connection, place)
    after = _next(before, place, name)
    values = {
        "name": after.name,
        "epoch": after.epoch,
        "oldest_epoch": after.oldest_epoch,
        "enrolled": now,
        "revoked_at": None,
    }
    if before is None:
        row = {
            "place": packed(place),
            "region": place.region,
            "hall": place.hall,
            "kiosk": place.kiosk,
            "created": now,
        }
        connection.execute(insert(kiosk).values(**row, **values))
    else:
        connection.execute(update(kiosk).where(kiosk.c.place == packed(place)).values(**values))
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
        connection.execute(
            update(kiosk)
            .where(kiosk.c.place == packed(place), kiosk.c.revoked_at.is_(None))
            .values(revoked_at=now)
        )
        return Enrolment(
            place, found.name, found.epoch, found.oldest_epoch, found.revoked_at or now
        )


def _next(before: Enrolment | None, place: Place, name: str) -> Enrolment:
    if before is None:
        return Enrolment(place, name, epoch=0, oldest_epoch=0)
    epoch = before.epoch + 1
    if epoch == EPOCHS:
        raise FleetError(
            f"kiosk {written(place)} was enrolled {EPOCHS} times, which is all a code can count; "
            "enrol the machine under another --kiosk number and revoke this one"
        )
    return Enrolment(place, name, epoch, oldest_epoch=epoch if before.revoked_at else before.epoch)


def _enrolment(row: RowMapping) -> Enrolment:
    return Enrolment(
        Place(row["region"], row["hall"], row["kiosk"]),
        row["name"],
        row["epoch"],
        row["oldest_epoch"],
        row["revoked_at"],
    )
