"""Catalogs to search in: small ones of a few names, and the 608 names that developers share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from db import engine, records
from db.records import Text
from kiosk.store import search_index
from tests.builders import Bodies, bodies_of, write_catalog

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"


def indexed(file: Path, bodies: Mapping[str, bytes]) -> Path:
    """A catalog file with its search index, built as the sync worker builds it."""
    write_catalog(file, bodies)
    opened = engine.scratch(file)
    with opened.begin() as connection:
        search_index.build(connection, bodies)
    opened.dispose()
    return file


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
    rows = [
        row.split("\t") for row in (SHARED / "service_names.txt").read_text("utf-8").split("\n")
    ]
    found: list[records.Record] = []
    groups: dict[str, str] = {}
    categories: dict[str, str] = {}
    for n, (theme, category, name) in enumerate(row for row in rows if len(row) == 3):
        group_id = groups.setdefault(theme, f"g{len(groups)}")
        if category not in categories:
            categories[category] = f"c{len(categories)}"
            found.append(
                records.Category(
                    id=categories[category], group=group_id, order=n, name=Text(category), icon="x"
                )
            )
        found.append(
            make_service(
                f"s{n}",
                name,
                number=n + 1,
                group=group_id,
                category=categories[category],
                popularity=0,
            )
        )
    found += [
        records.Group(id=group_id, order=1, name=Text(theme), hint=Text(theme), icon="x")
        for theme, group_id in groups.items()
    ]
    return bodies_of(found)
