"""A small catalog and a whole hub around it, for tests; nothing is shared between two calls."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Engine
from starlette.exceptions import StarletteDeprecationWarning

from db import engine as engines
from db import fleet, records, token
from db.records import Text
from db.token import Algorithm, Handoff, Lifetime, Medium, Place
from hub.app import create_app
from hub.config import Alarms, HubConfig, Settings
from hub.fleet import master_key, register
from hub.phone.catalog import Publication, PublishedCatalog

with warnings.catch_warnings():
    # the announced successor of httpx is not among our dependencies yet
    warnings.filterwarnings("ignore", "Using `httpx` with", StarletteDeprecationWarning)
    from starlette.testclient import TestClient

HOST = "zwfw.yunchuan.example"
DOOR = f"https://{HOST}/passport"
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # a Monday, twelve o'clock in the city
HERE = Place(990100, 1, 7)
NO_ALARMS = Alarms(forged=0, unknown_kiosk=0, revoked=0, from_the_future=0, used=0)


def t(zh: str, en: str = "-") -> Text:
    return Text(zh, en)


def make_city() -> records.City:
    return records.City("yunchuan", t("云川市"), "990100", "12345", t("云川市政务服务", "Yunchuan"))


def make_group() -> records.Group:
    return records.Group("identity", 1, t("户口身份证", "Identity"), t("身份证、户口本"), "id")


def make_category() -> records.Category:
    return records.Category("cards", "identity", 1, t("身份证件", "Cards"), "id")


def make_hall(id: str = "city-hall", number: int = 1, **changes: Any) -> records.Hall:
    hall = records.Hall(
        id=id,
        order=number,
        number=number,
        name=t(f"{id}大厅", f"Hall {id}"),
        short=t(id),
        address=t("市民路 1 号", "1 Shimin Road"),
        transport=t("公交 6 路", "Bus 6"),
        hours=(records.Hours((1, 2, 3, 4, 5), "09:00", "17:00"),),
        phone="12345",
        help_desk=t("1楼导服台", "Desk, floor 1"),
    )
    return replace_record(hall, **changes)


def make_counter(id: str = "police", hall: str = "city-hall") -> records.Counter:
    return records.Counter(id, hall, t("2楼", "Floor 2"), t("12号窗口", "Counter 12"), t("户籍"))


def make_material(id: str = "id-card", **changes: Any) -> records.Material:
    material = records.Material(id, t(f"证件{id}", f"Paper {id}"), "document", t("公安", "Police"))
    return replace_record(material, **changes)


def make_service(id: str = "passport", number: int = 13003, **changes: Any) -> records.Service:
    """A service with a door, unless `channels` says otherwise."""
    service = records.Service(
        id=id,
        number=number,
        group="identity",
        category="cards",
        name=t(f"办理{id}签发", f"Issue of {id}"),
        plain_name=t(f"办{id}", f"Get {id}"),
        summary=t("在大厅办", "At the hall"),
        provider="police",
        materials=(records.NeededMaterial("id-card", originals=1, copies=2),),
        steps=(records.Step(t("到窗口", "Go to the counter")),),
        counters=("police",),
        channels=(records.Channel("web", t("网上大厅", "Online hall"), url=DOOR),),
    )
    return replace_record(service, **changes)


def replace_record(record: Any, **changes: Any) -> Any:
    return type(record)(
        **{name: getattr(record, name) for name in record.__struct_fields__} | changes
    )


def make_records(*services: records.Service) -> list[records.Record]:
    return [
        make_city(),
        make_group(),
        make_category(),
        records.Provider("police", t("公安局", "Police"), t("公安", "Police")),
        make_hall(),
        make_counter(),
        make_material(),
        make_material("proxy-letter"),
        *(services or (make_service(),)),
    ]


def make_publication(
    *services: records.Service, version: int = 7, more: tuple[records.Record, ...] = ()
) -> Publication:
    published = [*make_records(*services), *more]
    bodies = {records.key_of(record): records.encode(record) for record in published}
    return Publication(version, "2026-11-20T01:02:03Z", "990100", (HOST,), bodies)


def make_catalog(
    *services: records.Service, more: tuple[records.Record, ...] = ()
) -> PublishedCatalog:
    return PublishedCatalog(make_publication(*services, more=more))


@dataclass
class Clock:
    """Stands until it is moved."""

    moment: datetime = NOON

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, span: timedelta) -> None:
        self.moment += span


@dataclass
class FixedSource:
    """A source whose catalog a test can change."""

    catalog: PublishedCatalog | None

    def current(self) -> PublishedCatalog | None:
        return self.catalog


@cache
def empty_database() -> bytes:
    """The file of a hub that knows nobody; made once, since every table waits for the disk."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "hub.sqlite"
        engine = engines.durable(file)
        fleet.metadata.create_all(engine)  # the same as the migrations make; that has its test
        engine.dispose()
        return file.read_bytes()


@dataclass
class Hub:
    """A hub with one enrolled kiosk, on a real database file."""

    data: Path
    source: FixedSource = field(default_factory=lambda: FixedSource(make_catalog()))
    settings: Settings = field(default_factory=lambda: Settings(alarms=NO_ALARMS))
    clock: Clock = field(default_factory=Clock)
    database: Callable[[Path], Engine] = engines.durable
    engine: Engine = field(init=False)
    master: bytes = field(init=False)

    def __post_init__(self) -> None:
        self.config = HubConfig(self.data, self.settings)
        if self.database is engines.durable and not self.config.database.exists():
            self.config.database.write_bytes(empty_database())
        self.engine = self.database(self.config.database)
        if self.database is not engines.durable:
            fleet.metadata.create_all(self.engine)
        self.master = master_key.read_or_make(self.config.handoff_key)
        self.enrol(HERE)
        self.app = create_app(self.config, self.engine, self.source, self.clock)
        self.phone = self.another_phone()

    def another_phone(self) -> TestClient:
        return TestClient(self.app, base_url="https://zw.gov.test", follow_redirects=False)

    def enrol(self, place: Place) -> int:
        with self.engine.begin() as connection:
            return register.enrol(connection, place, "机器", self.clock()).epoch

    def close(self) -> None:
        self.engine.dispose()

    def sealed(self, handoff: Handoff, master: bytes | None = None) -> bytes:
        key = token.derive_key(
            master or self.master, handoff.place, handoff.epoch, handoff.algorithm
        )
        return token.seal(handoff, key)

    def digits(self, handoff: Handoff | None = None, **changes: Any) -> str:
        """A genuine code of the enrolled kiosk, made now for the screen."""
        return token.to_digits(self.sealed(replace(handoff or make_handoff(), **changes)))


def make_handoff(**changes: Any) -> Handoff:
    handoff = Handoff(HERE, 13003, 7, NOON, b"\x01\x02\x03\x04", algorithm=Algorithm.SHA256)
    return replace(handoff, **changes)


PAPER: dict[str, Any] = {"medium": Medium.PAPER, "lifetime": Lifetime.DAYS_7}
