"""Judges the floor plans of halls. No I/O.

Knows what fits into a floor, and which counter and which kiosk stands where. Does not know whether
a counter exists at all (`hub.authoring.checks`), nor how a plan is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator

from db import records
from hub.authoring.findings import Finding
from hub.authoring.yaml_source import Entry, Source

_WITH_COUNTER = ("counter", "desk")


def check(source: Source) -> Iterator[Finding]:
    """What does not fit in the plans of all halls."""
    counters = {one.id: one for one in source.records if isinstance(one, records.Counter)}
    for entry in source.entries:
        if isinstance(entry.record, records.Hall):
            for path, message in _of_hall(entry.record, counters):
                yield _finding(entry, path, message)


def _of_hall(hall: records.Hall, counters: dict[str, records.Counter]) -> Iterator[tuple[str, str]]:
    floors: set[str] = set()
    kiosks: set[int] = set()
    for n, floor in enumerate(hall.plan):
        if floor.floor.zh in floors:
            yield f"plan[{n}].floor", f"{floor.floor.zh} has a plan already"
        floors.add(floor.floor.zh)
        for m, area in enumerate(floor.areas):
            path = f"plan[{n}].areas[{m}]"
            yield from _fitting(area, floor, path)
            yield from _counter(area, floor, hall, counters, path)
            yield from _kiosk(area, kiosks, path)


def _fitting(
    area: records.PlanArea, floor: records.PlanFloor, path: str
) -> Iterator[tuple[str, str]]:
    if area.x + area.width > floor.width:
        yield f"{path}.x", f"ends at {area.x + area.width}, the floor at {floor.width}"
    if area.y + area.height > floor.height:
        yield f"{path}.y", f"ends at {area.y + area.height}, the floor at {floor.height}"


def _counter(
    area: records.PlanArea,
    floor: records.PlanFloor,
    hall: records.Hall,
    counters: dict[str, records.Counter],
    path: str,
) -> Iterator[tuple[str, str]]:
    if area.counter is None:
        return
    path = f"{path}.counter"
    if area.kind not in _WITH_COUNTER:
        yield path, f"stands at a `{area.kind}`; only {' and '.join(_WITH_COUNTER)} have one"
    counter = counters.get(area.counter)
    if counter is None:
        return
    if counter.hall != hall.id:
        yield path, f"{counter.id} is in {counter.hall}"
    elif counter.floor.zh != floor.floor.zh:
        yield path, f"{counter.id} is on {counter.floor.zh}"


def _kiosk(area: records.PlanArea, kiosks: set[int], path: str) -> Iterator[tuple[str, str]]:
    path = f"{path}.kiosk"
    if area.kind == "kiosk" and area.kiosk is None:
        yield path, "is missing: which kiosk of the hall stands here"
    if area.kiosk is None:
        return
    if area.kind != "kiosk":
        yield path, f"stands at a `{area.kind}`"
    if area.kiosk in kiosks:
        yield path, f"{area.kiosk} stands in this hall already"
    kiosks.add(area.kiosk)


def _finding(entry: Entry, path: str, message: str) -> Finding:
    return Finding(entry.place(f"$.{path}"), path, message)
