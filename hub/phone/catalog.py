"""The published catalog as the phone pages read it.

Knows how to find records in published bytes. Does not know where the bytes come from
(`hub.phone.source`) or how a page words them (`hub.phone.guide`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar
from urllib.parse import urlsplit

from db import records, short_number
from db.records import (
    AnyRecord,
    Bulletin,
    Category,
    City,
    Counter,
    Group,
    Hall,
    Material,
    Provider,
    Service,
)
from hub.phone import typed

_R = TypeVar("_R", bound=records.Record)


@dataclass(frozen=True)
class Publication:
    """What a repository has published last: signed facts and exact bytes."""

    version: int
    published: str
    collection: str
    link_hosts: tuple[str, ...]  # the signed policy's: nothing else is ever linked to
    bodies: Mapping[str, bytes]  # key (`kind/id`) → exact published bytes


class CatalogSource(Protocol):
    """Where the newest catalog is to be had."""

    def current(self) -> PublishedCatalog | None:
        """The newest published catalog; None before the first publish."""


class PublishedCatalog:
    """One version of the catalog, decoded once and only read after that.

    Raises:
        msgspec.MsgspecError: a body is no record.
        ValueError: there is no city among the records.
    """

    def __init__(self, publication: Publication) -> None:
        self.version = publication.version
        self.published = publication.published
        self.collection = publication.collection
        self._hosts = frozenset(publication.link_hosts)
        decoded = [records.decode(body) for body in publication.bodies.values()]
        self._cities = _by_id(decoded, City)
        self._groups = _by_id(decoded, Group)
        self._categories = _by_id(decoded, Category)
        self._providers = _by_id(decoded, Provider)
        self._halls = _by_id(decoded, Hall)
        self._counters = _by_id(decoded, Counter)
        self._materials = _by_id(decoded, Material)
        self._services = _by_id(decoded, Service)
        self._bulletins = _by_id(decoded, Bulletin)
        self._by_number = {service.number: service for service in self._services.values()}
        if not self._cities:
            raise ValueError(f"version {self.version} of {self.collection} holds no city")

    @property
    def city(self) -> City:
        """The city whose catalog this is."""
        return next(iter(self._cities.values()))

    def group(self, id: str) -> Group | None:
        """A first-level group."""
        return self._groups.get(id)

    def groups(self) -> list[Group]:
        """All groups in their order."""
        return sorted(self._groups.values(), key=lambda group: (group.order, group.id))

    def category(self, id: str) -> Category | None:
        """A second-level category."""
        return self._categories.get(id)

    def provider(self, id: str) -> Provider | None:
        """The body that owns a service."""
        return self._providers.get(id)

    def hall(self, id: str) -> Hall | None:
        """A hall by its name in the catalog."""
        return self._halls.get(id)

    def halls(self) -> list[Hall]:
        """All halls in their order."""
        return sorted(self._halls.values(), key=lambda hall: (hall.order, hall.id))

    def hall_by_number(self, number: int) -> Hall | None:
        """A hall by its number in a hand-off's place."""
        return next((hall for hall in self._halls.values() if hall.number == number), None)

    def counter(self, id: str) -> Counter | None:
        """A counter."""
        return self._counters.get(id)

    def material(self, id: str) -> Material | None:
        """A paper."""
        return self._materials.get(id)

    def bulletins(self) -> list[Bulletin]:
        """All bulletins, whenever and wherever they hold."""
        return list(self._bulletins.values())

    def service(self, id: str) -> Service | None:
        """A service by its name in the catalog."""
        return self._services.get(id)

    def services(self) -> list[Service]:
        """All services."""
        return list(self._services.values())

    def service_by_number(self, number: int) -> Service | None:
        """A service by its short number."""
        return self._by_number.get(number)

    def services_of(self, group: str) -> list[tuple[Category, list[Service]]]:
        """A group's services by category, the most wanted first; empty categories left out."""
        categories = sorted(
            (category for category in self._categories.values() if category.group == group),
            key=lambda category: (category.order, category.id),
        )
        members = [
            (category, [s for s in self._services.values() if s.category == category.id])
            for category in categories
        ]
        return [(c, sorted(s, key=lambda s: (-s.popularity, s.number))) for c, s in members if s]

    def meant_by(self, text: str) -> list[Service]:
        """The services that a typed name can mean: usually one.

        `13003`, `13003-5`, `130035`, `１３００３－５` and `id-card-lost` are all understood. Digits
        alone may be a number or a number with its check digit; where both exist, both are meant.
        A check code after it (`13003-2 5643`) is passed over.
        """
        return self.understood(text)[0]

    def understood(self, text: str) -> tuple[list[Service], str]:
        """The services that a typed name can mean, and the check code that was typed with it."""
        for reading in typed.readings(text):
            found = self._named(reading.number)
            if found:
                return found, reading.check_code
        return [], ""

    def _named(self, plain: str) -> list[Service]:
        known = self._services.get(plain)
        if known is not None:
            return [known]
        digits = plain.replace("-", "").replace(" ", "")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 9):
            return []
        numbers = [short_number.parse(digits)] + ([int(digits)] if "-" not in plain else [])
        found = [self._by_number.get(number) for number in numbers if number is not None]
        return [service for service in found if service is not None]

    def may_link(self, url: str) -> bool:
        """Whether the signed policy allows this address."""
        parts = urlsplit(url)
        return parts.scheme == "https" and parts.netloc in self._hosts


def _by_id(decoded: Iterable[AnyRecord], record_type: type[_R]) -> dict[str, _R]:
    return {record.id: record for record in decoded if isinstance(record, record_type)}
