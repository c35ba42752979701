"""Under which words the services of a catalog can be found.

Knows which records have names and where each name leads. Does not know tables or queries.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from db import records
from db.phonetic import key_of
from kiosk.store.reading import Reader
from kiosk.store.search_unit import ALIAS, CATEGORY, GROUP, SERVICE, TITLE

_FOUND = (records.Service, records.Alias, records.Category, records.Group, records.Event)
_KINDS = frozenset(records.kind_of(record_type) for record_type in _FOUND)
_CATEGORY_SERVICES, _GROUP_SERVICES = 40, 8  # found by the name of all: only the most used


@dataclass(frozen=True, slots=True)
class Name:
    """Words that lead to services, best first."""

    kind: str
    text: str
    key: str
    sy: str  # sounds of the key, sign by sign; empty for English
    services: tuple[str, ...]
    pop: int

    @property
    def language(self) -> str:
        """`en` where there is no sound to it."""
        return "zh" if self.sy else "en"

    @property
    def order(self) -> tuple[int, int, str]:
        """The most used first, then the more general, which is the shorter one."""
        return -self.pop, len(self.key), self.key


class Shelf:
    """The records of a catalog that have names.

    Raises (constructor): msgspec.MsgspecError where a body is no record.
    """

    def __init__(self, bodies: Mapping[str, bytes]) -> None:
        found = [
            records.decode(body)
            for key, body in sorted(bodies.items())
            if key.partition("/")[0] in _KINDS
        ]
        self.services = sorted(
            (one for one in found if isinstance(one, records.Service)),
            key=lambda one: (-one.popularity, len(one.plain_name.zh), one.id),
        )
        self._aliases = [one for one in found if isinstance(one, records.Alias)]
        self._categories = [one for one in found if isinstance(one, records.Category)]
        self._groups = [one for one in found if isinstance(one, records.Group)]
        self._events = [one for one in found if isinstance(one, records.Event)]
        self._pop = {service.id: service.popularity for service in self.services}

    def names(self, reader: Reader, simplified: Mapping[int, str]) -> list[Name]:
        """Every name once, in the order in which the index keeps them."""
        found: dict[tuple[str, tuple[str, ...]], Name] = {}
        for kind, text, led_to in self._texts():
            services = tuple(one for one in led_to if one in self._pop)
            for words in (text.zh, text.en):
                key = key_of(words, simplified)
                if key and services:
                    pop = max(self._pop[one] for one in services)
                    name = Name(kind, words, key, _sounds(key, reader), services, pop)
                    found.setdefault((key, services), name)
        return sorted(found.values(), key=lambda name: name.order)

    def keys(self, simplified: Mapping[int, str]) -> list[tuple[str, str]]:
        """The Chinese names of every service, normalised, in the order of `services`."""
        return [
            (key_of(one.plain_name.zh, simplified), key_of(one.name.zh, simplified))
            for one in self.services
        ]

    def _texts(self) -> Iterator[tuple[str, records.Text, tuple[str, ...]]]:
        for service in self.services:
            yield TITLE, service.plain_name, (service.id,)
            yield SERVICE, service.name, (service.id,)
        for alias in self._aliases:
            yield ALIAS, records.Text(alias.text), alias.services
        for category in self._categories:
            members = tuple(one.id for one in self.services if one.category == category.id)
            yield CATEGORY, category.name, members[:_CATEGORY_SERVICES]
        for group in self._groups:
            members = tuple(one.id for one in self.services if one.group == group.id)
            yield GROUP, group.name, members[:_GROUP_SERVICES]
        for event in self._events:
            yield CATEGORY, event.name, tuple(step.service for step in event.steps)


def _sounds(key: str, reader: Reader) -> str:
    """The sounds of a name; none for English, which is found by its words alone."""
    return "" if key.isascii() and not key.isdigit() else reader.sounds(key)
