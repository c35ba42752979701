"""What it means to be enrolled: a place, and which of its keys are good. No I/O.

Knows epochs: every enrolment gives a kiosk a new key, the one before stays good until the next
(a machine may be switched over days later), and after a revocation none of the old ones is.
Does not know how kiosks are stored (`hub.fleet.register`) or how keys are made (`db.token`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from db.token import Place
from hub.fleet.errors import FleetError

EPOCHS = 16  # four bits of the token

DRIFT_MAX = timedelta(hours=26)  # the wrong day and two hours; what is further off must be mended


@dataclass(frozen=True)
class Enrolment:
    """What the hub knows of one kiosk."""

    place: Place
    name: str
    epoch: int = 0
    oldest_epoch: int = 0
    revoked_at: datetime | None = None
    clock_offset: timedelta = timedelta(0)  # by how much its clock was ahead of ours last

    def again(self, name: str) -> Enrolment:
        """The same place with its next key.

        Raises:
            FleetError: it has had as many keys as a code can count.
        """
        epoch = self.epoch + 1
        if epoch == EPOCHS:
            raise FleetError(
                f"kiosk {written(self.place)} was enrolled {EPOCHS} times, which is all a code can "
                "count; enrol the machine under another --kiosk number and revoke this one"
            )
        oldest = self.epoch if self.revoked_at is None else epoch
        return Enrolment(self.place, name, epoch, oldest)


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
