"""Chooses where a hand-off leads: to addresses of a fixed list, to a telephone, to a hall.

Knows the doors of a service and of the phone programs that scan, and their order. What a phone
calls itself picks between doors and is trusted for nothing else; nothing in a request can name a
target. No I/O.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, urlsplit

from db import short_number
from db.records import Counter, Hall, Service, Text
from hub.door_settings import Doors, DoorSettings
from hub.phone import wording
from hub.phone.catalog import PublishedCatalog

Kind = Literal["wechat", "alipay", "web", "phone", "hall"]
Interaction = Literal["apply", "pay", "book", "ask", "complain", "look-up"]

ALIPAY_HOST = "ds.alipay.com"  # Alipay's own page, which opens one of its programs
HALL_PLACE = "#where"  # on the page itself; the catalog has no coordinates to lead a map to
_KINDS: dict[str, Kind] = {
    "wechat-page": "wechat",
    "wechat-program": "wechat",
    "alipay-program": "alipay",
    "web": "web",
}
_ONLINE: frozenset[Kind] = frozenset({"wechat", "alipay", "web"})


@dataclass(frozen=True)
class Door:
    """A way on that opens with one touch."""

    kind: Kind
    name: Text
    url: str  # https:, weixin:, tel:, or a place on the page itself
    interaction: Interaction = "apply"
    lines: tuple[Text, ...] = ()  # of a hall: where it is, in words

    @property
    def is_online(self) -> bool:
        """Whether a hand-off's use is taken for it; a telephone and a hall need none."""
        return self.kind in _ONLINE

    @property
    def key(self) -> str:
        """Its name in an address of this hub: of what is offered, never of anything else."""
        return hashlib.sha256(self.url.encode()).hexdigest()[:8]

    @property
    def host(self) -> str:
        """The address in the words that a browser will show; empty where it shows none."""
        return urlsplit(self.url).netloc if self.url.startswith("https:") else ""

    @property
    def origin(self) -> str:
        """What a content security policy calls it."""
        return f"https://{self.host}" if self.host else f"{urlsplit(self.url).scheme}:"


def doors_of(
    service: Service,
    catalog: PublishedCatalog,
    doors: Doors,
    user_agent: str,
    *,
    hall: int | None = None,
    digits: str = "",
    is_hidden: bool = False,
) -> tuple[Door, ...]:
    """Every way on, the first one first: nobody is left without any.

    Args:
        service: what somebody wants.
        catalog: the catalog it stands in.
        doors: the settings' own doors.
        user_agent: what the phone calls itself.
        hall: number of the hall where the hand-off was made.
        digits: of the hand-off; without, doors that pass it on are left out.
        is_hidden: it cannot be done now, so only asking is left.
    """
    calls = list(_calls(service, catalog))
    if is_hidden:
        return tuple(calls)
    filled = [
        (settings.is_particular, door)
        for settings in doors
        if _serves(settings, service, catalog) and settings.leads(user_agent)
        for door in _built(settings, service, catalog, digits)
    ]
    online = [
        *(door for particular, door in filled if particular),
        *_named(service, catalog),
        *(door for particular, door in filled if not particular),
    ]
    return (*_once(online), *calls, *_halls(service, catalog, hall))


def _serves(settings: DoorSettings, service: Service, catalog: PublishedCatalog) -> bool:
    """Whether a door of the settings is for this service."""
    if settings.services:
        return service.number in settings.services
    return any(
        channel.via in settings.channels
        and channel.url is not None
        and catalog.may_link(channel.url)
        for channel in service.channels
    )


def _named(service: Service, catalog: PublishedCatalog) -> Iterator[Door]:
    """The doors that the catalog itself names, as far as their hosts are signed."""
    for channel in service.channels:
        if channel.url is not None and catalog.may_link(channel.url):
            yield Door("web", channel.title, channel.url, channel.interaction)


def _built(
    settings: DoorSettings, service: Service, catalog: PublishedCatalog, digits: str
) -> Iterator[Door]:
    """The door that settings describe; none where its host is not signed, or no code is known."""
    blanks = {"item": str(service.number), "number": short_number.written(service.number)}
    if digits:
        blanks |= {"digits": digits, "address": f"{settings.rule}{digits}"}
    url = _address(settings, blanks)
    is_page = settings.kind in ("wechat-page", "web")
    if url is None or (is_page and not catalog.may_link(url)):
        return
    first = next(_named(service, catalog), None)
    yield Door(
        _KINDS[settings.kind],
        Text(settings.name, settings.name),
        url,
        first.interaction if first else "apply",
    )


def _address(settings: DoorSettings, blanks: Mapping[str, str]) -> str | None:
    """Where a door of the settings leads; None where a blank cannot be filled."""
    if settings.kind in ("wechat-page", "web"):
        return _filled(settings.url, blanks)
    query = _filled(settings.query, blanks)
    if query is None:
        return None
    page, query = quote(settings.page), quote(query, safe="")
    if settings.kind == "wechat-program":
        return f"weixin://dl/business/?appid={settings.app_id}&path={page}&query={query}"
    target = f"alipays://platformapi/startapp?appId={settings.app_id}&page={page}&query={query}"
    return f"https://{ALIPAY_HOST}/?scheme={quote(target, safe='')}"


def _filled(template: str, blanks: Mapping[str, str]) -> str | None:
    names = set(re.findall(r"\{(\w+)\}", template))
    if names - blanks.keys():
        return None
    return re.sub(r"\{(\w+)\}", lambda blank: quote(blanks[blank[1]], safe=""), template)


def _once(doors: list[Door]) -> Iterator[Door]:
    """Each address once, where it comes first."""
    seen: set[str] = set()
    for door in doors:
        if door.url not in seen:
            seen.add(door.url)
            yield door


def _calls(service: Service, catalog: PublishedCatalog) -> Iterator[Door]:
    """Who can be called: about this first, the city's hotline last, each number once."""
    hotline = Text("市民热线", "City hotline")
    ways = [
        (channel.phone, channel.title, channel.interaction)
        for channel in service.channels
        if channel.phone is not None
    ]
    numbers: list[tuple[str, Text, Interaction]] = [*ways]
    if service.consult is not None:
        numbers.append((service.consult, Text("问这件事", "About this service"), "ask"))
    numbers.append((catalog.city.hotline, hotline, "ask"))
    seen: set[str] = set()
    for number, name, interaction in numbers:
        if number not in seen:
            seen.add(number)
            yield Door("phone", name, f"tel:{number}", interaction)


def _halls(service: Service, catalog: PublishedCatalog, number: int | None) -> Iterator[Door]:
    """The hall to go to: the one of the machine where it can be done there, else the first."""
    counters = [found for name in service.counters if (found := catalog.counter(name)) is not None]
    here = catalog.hall_by_number(number) if number is not None else None
    homes = [hall for one in counters if (hall := catalog.hall(one.hall)) is not None]
    hall = here if here and (here in homes or not homes) else next(iter(homes), here)
    hall = hall or next(iter(catalog.halls()), None)
    if hall is not None:
        yield Door("hall", hall.name, HALL_PLACE, "apply", tuple(_way_to(hall, counters)))


def _way_to(hall: Hall, counters: list[Counter]) -> Iterator[Text]:
    """Address, how to come, floor and window: what a map would show, in words."""
    yield hall.address
    yield hall.transport
    inside = [
        wording.joined([one.floor, one.label], " ", " ") for one in counters if one.hall == hall.id
    ]
    yield from inside or [hall.help_desk]
