"""The hub's settings: one TOML file in its data folder, frozen values after that.

Knows the keys, their defaults and the layout of the data folder. Does not know who uses them.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import timedelta, timezone
from pathlib import Path
from typing import Annotated, TypeAlias

import msgspec
from msgspec import Meta

from hub.door_settings import Doors

FILE_NAME = "hub.toml"
CITY_TIME = timezone(timedelta(hours=8))  # one zone for the whole country, no daylight saving


class HubConfigError(Exception):
    """A setting is wrong; the text names file and key."""


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the file: a mistyped key must not be a setting that is silently off."""


class Limits(_Table, frozen=True):
    """What one address may ask for, how many are counted at once, and what is written down."""

    handoffs_per_minute: Annotated[int, Meta(ge=1)] = 60
    # a hall full of phones is one address; with less than ten nobody would see a picture
    pages_per_minute: Annotated[int, Meta(ge=10)] = 600
    addresses_counted: Annotated[int, Meta(ge=1)] = 20_000
    refusals_per_minute: Annotated[int, Meta(ge=1)] = 60  # of one place, one by one


_Threshold: TypeAlias = Annotated[int, Meta(ge=0)]


class Alarms(_Table, frozen=True):
    """So many refusals of a reason, at one place within one hour, raise an alarm; 0 never does."""

    forged: _Threshold = 5
    unknown_kiosk: _Threshold = 1
    revoked: _Threshold = 5
    from_the_future: _Threshold = 3
    used: _Threshold = 20
    old_key: _Threshold = 0
    expired: _Threshold = 0
    malformed: _Threshold = 0

    def threshold(self, reason: str) -> int:
        """Of a refusal's reason, as it is counted."""
        known: int = getattr(self, reason.replace("-", "_"), 0)
        return known


class HallSettings(_Table, frozen=True):
    """Who comes when somebody calls in a hall."""

    number: Annotated[int, Meta(ge=1, le=4095)]  # as in the catalog
    desks: Annotated[
        tuple[Annotated[str, Meta(min_length=1, max_length=40)], ...], Meta(max_length=12)
    ] = ()


class Settings(_Table, frozen=True):
    """What stands in the file."""

    fraud_phone: Annotated[str, Meta(pattern=r"^\d[\d-]{2,18}$")] = "96110"
    # SQLAlchemy's address of a PostgreSQL server; empty is `hub.sqlite` in the data folder
    database: Annotated[str, Meta(pattern=r"^(postgresql\+psycopg://\S*)?$")] = ""
    proxies: tuple[str, ...] = ("127.0.0.1",)  # whose X-Forwarded-For is believed
    doors: Doors = ()
    limits: Limits = Limits()
    alarms: Alarms = Alarms()
    halls: tuple[HallSettings, ...] = ()


@dataclass(frozen=True)
class HubConfig:
    """The data folder and the settings in it."""

    data: Path
    settings: Settings = field(default_factory=Settings)

    @property
    def database(self) -> Path:
        """The hub's own tables."""
        return self.data / "hub.sqlite"

    @property
    def repository(self) -> Path:
        """The signed files that kiosks fetch."""
        return self.data / "repository"

    @property
    def check_files(self) -> Path:
        """The files by which phone programs see whose domain it is."""
        return self.data / "checks"

    @property
    def handoff_key(self) -> Path:
        """The key from which every kiosk's key is derived."""
        return self.data / "keys" / "handoff-master.key"


def read(data: Path) -> HubConfig:
    """The settings of a data folder; the defaults where it has no file.

    Raises:
        HubConfigError: the file is not TOML, or a key is unknown or of the wrong shape.
    """
    file = data / FILE_NAME
    try:
        return HubConfig(data, msgspec.convert(tomllib.loads(file.read_text("utf-8")), Settings))
    except FileNotFoundError:
        return HubConfig(data)
    except (OSError, ValueError, msgspec.ValidationError) as error:
        raise HubConfigError(f"{file}: {error}") from error
