"""Keeps the newest report of each machine: an adapter over its table.

Knows rows. Does not know what is wrong with a machine (`hub.hall.machine`).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, RowMapping, select

from db.fleet import kiosk, kiosk_clock, kiosk_state
from db.token import Place
from db.upsert import upsert
from hub.fleet.register import packed
from hub.hall.machine import Heard, Machine, Report


class MachineBook:
    """The machines of all halls."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(self, place: Place, report: Report, now: datetime) -> Heard | None:
        """Keep a report in place of the one before, which is the answer."""
        with self._engine.begin() as connection:
            before = _find(connection, place)
            heard = before.followed_by(report, now) if before else _first(report, now)
            row = _row(heard)
            added = upsert(connection, kiosk_state).values(place=packed(place), **row)
            connection.execute(added.on_conflict_do_update(index_elements=["place"], set_=row))
        return before

    def machines(self, hall: int) -> tuple[Machine, ...]:
        """Every machine that is enrolled in a hall, whether it ever said anything or not."""
        places = kiosk.outerjoin(kiosk_state, kiosk.c.place == kiosk_state.c.place).outerjoin(
            kiosk_clock, kiosk.c.place == kiosk_clock.c.place
        )
        wanted = (
            select(kiosk.c.kiosk.label("number"), kiosk_clock.c.offset_s, kiosk_state)
            .select_from(places)
            .where(kiosk.c.hall == hall, kiosk.c.revoked_at.is_(None))
            .order_by(kiosk.c.kiosk)
        )
        with self._engine.connect() as connection:
            rows = connection.execute(wanted).mappings().all()
        return tuple(
            Machine(row["number"], timedelta(seconds=row["offset_s"] or 0), _heard(row))
            for row in rows
        )


def _first(report: Report, now: datetime) -> Heard:
    return Heard(report, now, now if report.troubles else None)


def _find(connection: Connection, place: Place) -> Heard | None:
    wanted = select(kiosk_state).where(kiosk_state.c.place == packed(place))
    row = connection.execute(wanted).mappings().first()
    return None if row is None else _heard(row)


def _heard(row: RowMapping) -> Heard | None:
    if row["heard"] is None:
        return None
    names = ("fault", "withdrawn", "low_paper", "slip", "catalog", "program")
    return Heard(Report(*(row[name] for name in names)), row["heard"], row["since"])


def _row(heard: Heard) -> dict[str, object]:
    report = heard.report
    return {
        "heard": heard.at,
        "since": heard.since,
        "fault": report.fault,
        "withdrawn": report.withdrawn,
        "low_paper": report.low_paper,
        "slip": report.slip,
        "catalog": report.catalog,
        "program": report.program,
    }
