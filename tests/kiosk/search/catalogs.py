"""Catalogs to search in: small ones of a few names, and the 608 names that developers share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from benchmarks import search_catalogs
from benchmarks.search_catalogs import SHARED, SHARED_NAMES
from db import records
from db.records import Text
from kiosk.store.lexicon import Rule
from tests.builders import Bodies, bodies_of

__all__ = ["SHARED", "indexed", "make_service", "of_services", "of_shared_names", "of_titles"]


def indexed(file: Path, bodies: Mapping[str, bytes], rules: Sequence[Rule] | None = ()) -> Path:
    """A catalog file with its search index; without the general lexicon, or with it at None."""
    return search_catalogs.index(file, bodies, rules)


def make_service(id: str, title: str, **changes: object) -> records.Service:
    values = {
        "id": id,
        "number": int.from_bytes(id.encode()[-3:], "big"),
        "group": "g",
        "category": "c",
        "name": Text(title),
        "plain_name": Text(title),
        "summary": Text(title),
        "provider": "p",
        "popularity": 50,
    }
    return records.Service(**{**values, **changes})  # type: ignore[arg-type]


def of_services(*services: records.Service, aliases: Mapping[str, str] | None = None) -> Bodies:
    """Services of one group; `aliases` leads from everyday words to the id of a service."""
    categories = dict.fromkeys(service.category for service in services)
    return bodies_of(
        [
            *services,
            records.Group(id="g", order=1, name=Text("群"), hint=Text("群"), icon="group"),
            *(
                records.Category(id=one, group="g", order=1, name=Text("类"), icon="sort")
                for one in categories
            ),
            *(
                records.Alias(id=f"a{n}", text=text, services=(service,))
                for n, (text, service) in enumerate((aliases or {}).items())
            ),
        ]
    )


def of_titles(titles: Iterable[str]) -> Bodies:
    """A service for each title, `s0`, `s1` …"""
    return of_services(
        *(make_service(f"s{n}", title, number=n + 1) for n, title in enumerate(titles))
    )


def of_shared_names() -> Bodies:
    """The 608 names of the shared list, without a single everyday word."""
    return Bodies(search_catalogs.read(str(SHARED_NAMES)))
