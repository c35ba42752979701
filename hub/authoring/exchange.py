"""Turns a provincial portal's list of services into the same records as the editors' own files.

Knows what such a list leaves open: papers, counters, hours. What is not known is said to be asked
at the help desk, and never made up. Does not know the list's notation
(`hub.authoring.exchange_list`), and does not judge the result (`hub.authoring.checks`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from db import records
from db.records import Text
from hub.authoring import exchange_list
from hub.authoring import exchange_words as words
from hub.authoring.exchange_list import Item
from hub.authoring.findings import Finding, Place
from hub.authoring.yaml_source import Entry, Source

_FIRST_NUMBER = 50001
_OWN_CATEGORY_FROM = 3  # services; smaller main items stand under their department
_HALL, _DESK = "hall", "help-desk"
_HOTLINE = "12345"  # the same in every Chinese city
_OTHER_ICON = "building-community"
_UNKNOWN_PLACE, _UNKNOWN_REGION = "本地", "000000"


@dataclass(frozen=True)
class Imported:
    """A source, and what of the list could not be taken over."""

    source: Source
    findings: tuple[Finding, ...]


def read(file: Path, groups_file: Path, register: Mapping[str, int] | None = None) -> Imported:
    """The list as records.

    Args:
        file: the JSON list.
        groups_file: the YAML file with the groups that the home screen shows.
        register: service id → short number of services that had one before; the others get the
            next numbers in the order of their codes.

    Raises:
        SourceError: the list is not readable, or not as its notation asks.
    """
    items = exchange_list.read(file)
    top = Place(file, 1)
    shelf = _Shelf(_groups(groups_file))
    services = list(_services(items, shelf, register or {}))
    entries = [Entry(record, {"$": top}) for record in (*_place(items), *shelf.records())]
    source = Source(entries + services)
    return Imported(source, tuple(_losses(items, services, top)))


class _Shelf:
    """The groups, categories and providers that the services of the list need, made as met."""

    def __init__(self, groups: dict[str, records.Group]) -> None:
        self._groups = groups
        self._used: set[str] = set()
        self._categories: dict[tuple[str, str], records.Category] = {}
        self._providers: dict[str, records.Provider] = {}
        self._slugs: set[str] = set()
        self._provider_slugs: set[str] = set()

    def category(self, item: Item) -> records.Category:
        """Where a service stands."""
        own = item.main_item and item.siblings >= _OWN_CATEGORY_FROM
        label = item.main_item if own else item.department
        group = words.group_of(label if own else item.name, item.department)
        self._used.add(group)
        key = (group, label)
        if key not in self._categories:
            self._categories[key] = records.Category(
                id=words.slug_of(f"{group} {label}", self._slugs),
                group=group,
                order=len(self._categories) + 1,
                name=Text(next(words.plain_names(label))),
                icon=self._groups[group].icon,
            )
        return self._categories[key]

    def provider(self, name: str) -> records.Provider:
        """Whose service it is."""
        if name not in self._providers:
            slug = words.slug_of(name, self._provider_slugs)
            self._providers[name] = records.Provider(id=slug, name=Text(name), short=Text(name))
        return self._providers[name]

    def records(self) -> Iterator[records.Record]:
        """All that was needed; a group that nothing stands in is left out."""
        yield from (group for group in self._groups.values() if group.id in self._used)
        yield from self._categories.values()
        yield from self._providers.values()


def _groups(file: Path) -> dict[str, records.Group]:
    """The groups of the home screen and one for the rest."""
    groups: dict[str, records.Group] = {}
    for row in yaml.safe_load(file.read_text("utf-8"))["groups"]:
        name, hint = _text(row["name"]), _text(row["hint"])
        group = records.Group(row["id"], row["order"], name, hint, row["icon"])
        groups[group.id] = group
    rest = Text("其他", "Other"), Text("别的部门的事项", "Services of other departments")
    groups[words.OTHER] = records.Group(words.OTHER, len(groups) + 1, *rest, _OTHER_ICON)
    return groups


def _text(notation: str) -> Text:
    zh, _, en = notation.partition("|")
    return Text(zh.strip(), en.strip())


def _place(items: list[Item]) -> list[records.Record]:
    """City, hall and help desk: what a catalog must have and the list does not say."""
    name = words.place_name([item.department for item in items]) or _UNKNOWN_PLACE
    region = next((item.region for item in items if item.region.isdigit()), _UNKNOWN_REGION)
    hall = records.Hall(
        id=_HALL,
        order=1,
        number=1,
        name=Text(f"{name}政务服务大厅"),
        short=Text("大厅", "Hall"),
        address=Text("请打 12345 问地址", "Please call 12345 for the address"),
        transport=Text("请打 12345 问怎么走", "Please call 12345 for the way"),
        hours=(records.Hours(days=(1, 2, 3, 4, 5), opens="09:00", closes="17:00"),),
        phone=_HOTLINE,
        help_desk=Text("大厅导服台", "Help desk in the hall"),
    )
    desk = records.Counter(
        id=_DESK,
        hall=_HALL,
        floor=Text("大厅", "Hall"),
        label=Text("导服台", "Help desk"),
        name=Text("请到导服台问", "Please ask at the help desk"),
    )
    platform = Text(f"{name}政务服务")
    city = records.City(f"region-{region}", Text(name), region, _HOTLINE, platform)
    return [city, hall, desk]


def _services(items: list[Item], shelf: _Shelf, register: Mapping[str, int]) -> Iterator[Entry]:
    following = max([_FIRST_NUMBER - 1, *register.values()]) + 1
    plain_names: set[tuple[str, str]] = set()
    for item in items:
        slug = item.code.lower()
        number = register.get(slug)
        if number is None:
            number, following = following, following + 1
        category = shelf.category(item)
        plain_name = _plain_name(item.name, category.id, plain_names)
        record = records.Service(
            id=slug,
            number=number,
            group=category.group,
            category=category.id,
            name=Text(item.name),
            plain_name=Text(plain_name),
            summary=Text(f"{item.department}负责。要带什么，请到导服台问"),
            provider=shelf.provider(item.department).id,
            audience=("business",) if words.is_business(item.name) else ("person", "business"),
            counters=(_DESK,),
            doubts=(records.Doubt("counters", "来源里没有窗口和材料，请到导服台问"),),
        )
        yield Entry(record, {"$": item.place})


def _plain_name(name: str, category: str, taken: set[tuple[str, str]]) -> str:
    """The fullest name that fits a tile and is not on another tile of the same category."""
    choices = list(words.plain_names(name))
    free = [choice for choice in choices if (category, choice) not in taken]
    chosen = free[0] if free else choices[0]
    taken.add((category, chosen))
    return chosen


def _losses(items: list[Item], services: list[Entry], top: Place) -> Iterator[Finding]:
    hours = "are not in the list: 09:00 to 17:00 on working days stands in"
    yield Finding(top, "hall.hours", hours, "warning")
    for item in items:
        if item.link:
            why = "its host is on no list" if item.link.startswith("https:") else "it is not https"
            yield Finding(item.place, f"{item.path}.link", f"is dropped: {why}", "warning")
    seen: set[tuple[str, str]] = set()
    for entry in services:
        service = entry.record
        if isinstance(service, records.Service):
            tile = (service.category, service.plain_name.zh)
            if tile in seen:
                message = f"{tile[1]} stands on two tiles of {tile[0]}"
                yield Finding(entry.place(), "plain_name", message, "warning")
            seen.add(tile)
