"""Values for tests: valid by default, changed by keyword, never shared between two calls."""

from __future__ import annotations

from collections import Counter as Counted
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import msgspec

from db import catalog as tables
from db import engine, records
from db.head import Head
from kiosk import assets
from kiosk.core.asking import Asking
from kiosk.core.catalog import (
    Bulletin,
    Category,
    City,
    Counter,
    Edition,
    Event,
    EventStep,
    Group,
    Hall,
    Hours,
    Material,
    NeededMaterial,
    Pick,
    Provider,
    Service,
    Step,
    Text,
)
from kiosk.core.choices import Choices
from kiosk.core.doable import Doable, Possible
from kiosk.core.handoff import Handoff, HandoffCode
from kiosk.core.results import Hit, Results
from kiosk.core.routes import Route
from kiosk.core.session import Session
from kiosk.core.standing import Standing
from kiosk.core.taking import Taking
from kiosk.ui.icons import Icons
from kiosk.ui.look import Look, Panel

DEMO_CATALOG = assets.RESOURCES / "catalog"
CHINA = timezone(timedelta(hours=8))
MONDAY_MORNING = datetime(2026, 11, 23, 9, 42, tzinfo=CHINA)
PORTRAIT = Panel(1080, 1920, 0.311)
LANDSCAPE = Panel(1920, 1080, 0.311)
ICONS = Icons(assets.ICONS)


# records -------------------------------------------------------------------------------------


def make_service(id: str = "passport", **changes: Any) -> Service:
    values: dict[str, Any] = {
        "id": id,
        "number": 13001,
        "group": "papers",
        "category": "identity",
        "name": Text("普通护照签发", "Passport"),
        "plain_name": Text("办护照", "Get a passport"),
        "summary": Text("第一次办护照", "Your first passport"),
        "provider": "police",
        "counters": ("desk",),
        "materials": (NeededMaterial("id-card", originals=1),),
        "steps": (Step(Text("到窗口说“办护照”", "Say it at the counter")),),
    }
    return Service(**{**values, **changes})


def make_hall(id: str = "here", **changes: Any) -> Hall:
    values: dict[str, Any] = {
        "id": id,
        "order": 1,
        "number": 1,
        "name": Text("市政务服务大厅", "City Service Hall"),
        "short": Text("市大厅", "City hall"),
        "address": Text("市民路 1 号", "1 Shimin Road"),
        "transport": Text("公交 6 路到市民中心", "Bus 6"),
        "hours": (Hours((1, 2, 3, 4, 5), "09:00", "17:00"),),
        "phone": "12345",
        "help_desk": Text("1楼导服台", "Help desk, floor 1"),
    }
    return Hall(**{**values, **changes})


@dataclass(frozen=True)
class TableCatalog:
    """A catalog held in memory."""

    services: Mapping[str, Service] = field(default_factory=lambda: _by_id(make_service()))
    all_groups: Mapping[str, Group] = field(
        default_factory=lambda: _by_id(Group("papers", 1, Text("证件"), Text("护照"), "id"))
    )
    all_categories: Mapping[str, Category] = field(
        default_factory=lambda: _by_id(Category("identity", "papers", 1, Text("护照"), "id"))
    )
    all_halls: Mapping[str, Hall] = field(default_factory=lambda: _by_id(make_hall()))
    counters: Mapping[str, Counter] = field(
        default_factory=lambda: _by_id(
            Counter("desk", "here", Text("2楼"), Text("3号窗口"), Text("护照"))
        )
    )
    materials: Mapping[str, Material] = field(
        default_factory=lambda: _by_id(
            Material("id-card", Text("身份证"), "document", Text("公安"))
        )
    )
    all_events: Mapping[str, Event] = field(
        default_factory=lambda: _by_id(
            Event("travel", 1, Text("出国"), Text("先办护照"), "id", (EventStep("passport"),))
        )
    )
    all_bulletins: tuple[Bulletin, ...] = ()
    all_picks: tuple[Pick, ...] = ()
    version: int = 1

    @property
    def edition(self) -> Edition:
        return Edition("990100", self.version, "2026-11-20T00:00:00Z", len(self.services))

    def city(self) -> City:
        return City("yunchuan", Text("云川市"), "990100", "12345", Text("云川市政务服务"))

    def groups(self) -> tuple[Group, ...]:
        return tuple(self.all_groups.values())

    def categories(self, group: str) -> tuple[Category, ...]:
        return tuple(one for one in self.all_categories.values() if one.group == group)

    def services_of(self, group: str) -> tuple[Service, ...]:
        return tuple(one for one in self.services.values() if one.group == group)

    def popular(self, count: int) -> tuple[Service, ...]:
        return tuple(self.services.values())[:count]

    def most_used(self, count: int) -> tuple[Service, ...]:
        order = sorted(self.services.values(), key=lambda one: (-one.popularity, one.id))
        return tuple(order)[:count]

    def standings(self, count: int) -> tuple[Standing, ...]:
        return tuple(
            Standing(one.id, one.group, one.popularity, one.peak_months)
            for one in self.most_used(count)
        )

    def count_of(self, group: str) -> int:
        return len(self.services_of(group))

    def service(self, id: str) -> Service | None:
        return self.services.get(id)

    def service_by_number(self, number: int) -> Service | None:
        return next((one for one in self.services.values() if one.number == number), None)

    def category(self, id: str) -> Category | None:
        return self.all_categories.get(id)

    def group(self, id: str) -> Group | None:
        return self.all_groups.get(id)

    def provider(self, id: str) -> Provider | None:
        return Provider(id, Text("公安局"), Text("公安"))

    def material(self, id: str) -> Material | None:
        return self.materials.get(id)

    def halls(self) -> tuple[Hall, ...]:
        return tuple(self.all_halls.values())

    def hall(self, id: str) -> Hall | None:
        return self.all_halls.get(id)

    def counter(self, id: str) -> Counter | None:
        return self.counters.get(id)

    def counters_of(self, hall: str) -> tuple[Counter, ...]:
        return tuple(one for one in self.counters.values() if one.hall == hall)

    def events(self) -> tuple[Event, ...]:
        return tuple(self.all_events.values())

    def event(self, id: str) -> Event | None:
        return self.all_events.get(id)

    def papers(self, count: int) -> tuple[Material, ...]:
        asked = Counted(paper for one in self.services.values() for paper in self._needs(one))
        order = sorted(asked, key=lambda paper: (-asked[paper], paper))
        return tuple(self.materials[paper] for paper in order[:count])

    def doable(self, in_hand: tuple[str, ...]) -> Doable:
        kinds: tuple[list[Possible], ...] = ([], [], [])
        for service in self.most_used(len(self.services)):
            needs = self._needs(service)
            missing = tuple(sorted(set(needs) - set(in_hand)))
            if len(missing) < len(needs):
                kinds[min(len(missing), 2)].append(Possible(service.id, missing))
        now, one, more = map(tuple, kinds)
        return Doable(in_hand, now, one, more, (len(now), len(one), len(more)))

    def _needs(self, service: Service) -> list[str]:
        always = [one.material for one in service.materials if one.need == "always"]
        return [
            paper
            for paper in dict.fromkeys(always)
            if paper in self.materials
            and self.materials[paper].form != "form"
            and self.materials[paper].holder == "person"
        ]

    def bulletins(self) -> tuple[Bulletin, ...]:
        return self.all_bulletins

    def picks(self) -> tuple[Pick, ...]:
        return self.all_picks


def _by_id(*values: Any) -> dict[str, Any]:
    return {value.id: value for value in values}


def table_of(*services: Service, **changes: Any) -> TableCatalog:
    """A catalog of these services."""
    return TableCatalog(services=_by_id(*services), **changes)


# catalog files -------------------------------------------------------------------------------


class Bodies(dict[str, bytes]):
    """Published bytes by key; too many to be written out when a test fails."""

    def __repr__(self) -> str:
        return f"<{len(self)} records>"


def bodies_of(published: Iterable[records.Record]) -> Bodies:
    return Bodies((records.key_of(record), records.encode(record)) for record in published)


def write_catalog(file: Path, bodies: Mapping[str, bytes], version: int = 1) -> Path:
    """A catalog file as the kiosk's sync leaves it, without the search index."""
    created = engine.scratch(file)
    tables.metadata.create_all(created)
    with created.begin() as connection:
        root = tables.fill(connection, bodies)
        head = Head(1, "990100", version, len(bodies), root.hex(), "2026-11-20T00:00:00Z", "0.1")
        row = {"name": "head", "value": msgspec.json.encode(head)}
        connection.execute(tables.meta.insert(), [row])
    created.dispose()
    return file


# a visit -------------------------------------------------------------------------------------


def make_code(**changes: Any) -> HandoffCode:
    """A code whose picture is a checkered square; a real one comes from the hand-off desk."""
    modules = tuple(tuple((x + y) % 2 == 0 for x in range(33)) for y in range(33))
    values: dict[str, Any] = {
        "url": "https://zwfw.example.cn/k/" + "7" * 78,
        "host": "zwfw.example.cn",
        "check_code": "5643",
        "short_number": "13001-1",
        "valid_until": MONDAY_MORNING + timedelta(minutes=15),
        "modules": modules,
    }
    return HandoffCode(**{**values, **changes})


def make_session(trail: tuple[Route, ...], **fields: object) -> Session:
    """A visit; what it asks for and takes along is named by their own fields."""
    rooms: dict[str, object] = {}
    for name, kind in (("asking", Asking), ("taking", Taking)):
        own = {one: fields.pop(one) for one in kind.__struct_fields__ if one in fields}
        rooms[name] = kind(**own)  # type: ignore[arg-type]
    return Session(trail=trail, **rooms, **fields)  # type: ignore[arg-type]


def make_handoff(service: str = "passport") -> Handoff:
    return Handoff(service, make_code(), make_code())


def make_results(query: str = "hz", **changes: Any) -> Results:
    values: dict[str, Any] = {
        "query": query,
        "literal": (Hit("passport", "办护照", "证件 › 护照", "id", ((1, 2),)),),
        "confident": True,
    }
    return Results(**{**values, **changes})


# machines ------------------------------------------------------------------------------------


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self, now_s: float = 1000.0) -> None:
        self.now_s = now_s

    def __call__(self) -> float:
        return self.now_s

    def advance(self, seconds: float) -> None:
        self.now_s += seconds


class ImmediateExecutor(Executor):
    """Does the work while it is handed in."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class PatientExecutor(Executor):
    """Keeps the work until a test has it done, in the order of the test's choice."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Future[Any], Callable[[], Any]]] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.waiting.append((future, lambda: fn(*args, **kwargs)))
        return future

    def do_next(self) -> None:
        future, work = self.waiting.pop(0)
        if future.set_running_or_notify_cancel():
            try:
                future.set_result(work())
            except Exception as error:
                future.set_exception(error)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        if cancel_futures:
            for future, _work in self.waiting:
                future.cancel()


# looks ---------------------------------------------------------------------------------------


def make_look(panel: Panel = PORTRAIT, **choices: Any) -> Look:
    return Look(panel, Choices(**choices), lambda words: words, ICONS)
