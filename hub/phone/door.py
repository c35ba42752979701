"""Chooses where a hand-off leads: an address that the signed catalog allows, or none.

Knows the doors of a service and of the phone programs that scan. What a phone calls itself picks
between doors and is trusted for nothing else; nothing in a request can name a target. No I/O.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from db.records import Channel, Service, Text
from hub.config import Doors, PlatformDoor
from hub.phone.catalog import PublishedCatalog

Interaction = Literal["apply", "pay", "book", "ask", "complain", "look-up"]


@dataclass(frozen=True)
class Door:
    """A way on that opens with one touch."""

    name: Text
    url: str
    interaction: Interaction

    @property
    def host(self) -> str:
        """The address in the words that a browser will show."""
        return urlsplit(self.url).netloc

    @property
    def origin(self) -> str:
        """What a content security policy calls it."""
        return f"https://{self.host}"


def door_of(
    service: Service, catalog: PublishedCatalog, doors: Doors, user_agent: str
) -> Door | None:
    """The door for this phone program, else the service's first one; None leads to people."""
    first = _first(service, catalog)
    if first is None:
        return None
    platform = _platform(doors, user_agent)
    if platform is not None:
        url = platform.url.replace("{item}", str(service.number))
        if catalog.may_link(url):
            return Door(Text(platform.name, platform.name), url, first.interaction)
    return first


def phone_channel(service: Service) -> Channel | None:
    """The first way to do it by telephone."""
    return next((channel for channel in service.channels if channel.phone is not None), None)


def _first(service: Service, catalog: PublishedCatalog) -> Door | None:
    for channel in service.channels:
        if channel.url is not None and catalog.may_link(channel.url):
            return Door(channel.title, channel.url, channel.interaction)
    return None


def _platform(doors: Doors, user_agent: str) -> PlatformDoor | None:
    if "MicroMessenger" in user_agent:
        return doors.wechat
    if "AlipayClient" in user_agent:
        return doors.alipay
    return None
