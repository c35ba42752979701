"""The hub's settings: one TOML file in its data folder, frozen values after that.

Knows the keys, their defaults and the layout of the data folder. Does not know who uses them.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import timedelta, timezone
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

FILE_NAME = "hub.toml"
CITY_TIME = timezone(timedelta(hours=8))  # one zone for the whole country, no daylight saving


class HubConfigError(Exception):
    """A setting is wrong; the text names file and key."""


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the file: a mistyped key must not be a setting that is silently off."""


class PlatformDoor(_Table, frozen=True):
    """Where a phone program's own scanner is led instead of the web page.

    `{item}` in the address stands for the short number of the service. The door is used only
    where the signed catalog allows its host.
    """

    name: Annotated[str, Meta(min_length=1, max_length=40)]
    url: Annotated[str, Meta(pattern=r"^https://[a-z0-9.-]+/\S*$", max_length=1000)]


class Doors(_Table, frozen=True):
    """One door a phone program; none is the plain web page."""

    wechat: PlatformDoor | None = None
    alipay: PlatformDoor | None = None


class Limits(_Table, frozen=True):
    """What one address may ask for, and how many addresses are counted at once."""

    handoffs_per_minute: Annotated[int, Meta(ge=1)] = 60
    addresses_counted: Annotated[int, Meta(ge=1)] = 20_000


class HallSettings(_Table, frozen=True):
    """Who comes when somebody calls in a hall."""

    number: Annotated[int, Meta(ge=1, le=4095)]  # as in the catalog
    desks: Annotated[
        tuple[Annotated[str, Meta(min_length=1, max_length=40)], ...], Meta(max_length=12)
    ] = ()


class Settings(_Table, frozen=True):
    """What stands in the file."""

    fraud_phone: Annotated[str, Meta(pattern=r"^\d[\d-]{2,18}$")] = "96110"
    proxies: tuple[str, ...] = ("127.0.0.1",)  # whose X-Forwarded-For is believed
    doors: Doors = Doors()
    limits: Limits = Limits()
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
