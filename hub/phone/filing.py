"""Says what the doors of the settings need from WeChat and Alipay, and what is still missing.

Knows their limits and where they look for a check file. Does not know how a door is chosen
(`hub.phone.door`) or printed (`hub.cli`). No I/O.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from hub.door_settings import Doors, DoorSettings
from hub.phone.catalog import PublishedCatalog
from hub.phone.door import doors_of

RULES_MAX = {"wechat-program": 100, "alipay-program": 20}
_NAMES = {"wechat-program": "WeChat", "alipay-program": "Alipay"}
_CODES = "/k/"


@dataclass(frozen=True)
class Report:
    """What is to be read by whoever sets the doors up."""

    lines: tuple[str, ...]
    faults: tuple[str, ...]


def report(doors: Doors, catalog: PublishedCatalog, check_files: Iterable[str]) -> Report:
    """What every door leads to and what is filed for it.

    Args:
        doors: of the settings.
        catalog: what is published.
        check_files: names of the files that are served.
    """
    there = set(check_files)
    lines: list[str] = []
    faults: list[str] = []
    for door in doors:
        served = _served(door, catalog)
        led = " ".join(door.led) or "everybody"
        lines.append(f"{door.name} ({door.kind}): {served} services, for {led}")
        lines += [f"  {line}" for line in _filed(door)]
        faults += [f"{door.name}: {fault}" for fault in _faults(door, catalog, served, there)]
    for kind, most in RULES_MAX.items():
        rules = {(door.app_id, door.rule) for door in doors if door.kind == kind}
        for program in sorted({app_id for app_id, _ in rules}):
            count = sum(app_id == program for app_id, _ in rules)
            lines.append(f"{_NAMES[kind]} {program}: {count} of {most} rules")
            if count > most:
                faults.append(f"{_NAMES[kind]} {program}: {count} rules, but {most} at most")
    return Report(tuple(lines), tuple(faults))


def _filed(door: DoorSettings) -> Iterator[str]:
    """What has to be done outside of this program."""
    if door.kind == "wechat-program":
        yield f"file at WeChat ({door.original_id}, {door.app_id}): {door.rule} opens {door.page}"
        yield f"declare {door.page} for plain URL schemes"
    elif door.kind == "alipay-program":
        yield f"file at Alipay ({door.app_id}): {door.rule}, by its beginning, opens {door.page}"
    if door.check_file:
        # WeChat looks in the last folder of the rule
        place = door.rule if door.kind == "wechat-program" else _root(door.rule or door.url)
        yield f"check file: {place}{door.check_file}"


def _faults(
    door: DoorSettings, catalog: PublishedCatalog, served: int, there: set[str]
) -> Iterator[str]:
    if door.check_file and door.check_file not in there:
        yield f"checks/{door.check_file} is missing"
    if door.kind in ("web", "wechat-page") and not catalog.may_link(_example(door.url)):
        yield f"the link policy does not have the host of {door.url}, so it is never opened"
    elif not served:
        yield "no published service is led there"
    if door.rule and not door.rule.endswith(_CODES):
        yield f"rule {door.rule} should end with {_CODES}, where codes are"
    unknown = [one for one in door.services if catalog.service_by_number(one) is None]
    if unknown:
        yield f"no such services: {', '.join(str(one) for one in unknown)}"


def _served(door: DoorSettings, catalog: PublishedCatalog) -> int:
    """How many services have it among their doors, for somebody whom it is for."""
    agent = " ".join(word for word in door.led if not word.startswith("!"))
    return sum(
        any(
            one.name.zh == door.name
            for one in doors_of(service, catalog, (door,), agent, digits="0" * 78)
        )
        for service in catalog.services()
    )


def _example(url: str) -> str:
    return url.replace("{", "").replace("}", "")


def _root(url: str) -> str:
    return f"https://{urlsplit(url).netloc}/"
