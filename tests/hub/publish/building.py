"""Small valid sources and repositories for tests; nothing is shared between two calls."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from db import records
from db.records import Text
from hub.authoring.findings import Place
from hub.authoring.yaml_source import Entry, Source
from hub.publish import publication
from hub.publish.repository import Repository

COLLECTION = "990100"
HOST = "zwfw.yunchuan.example"
PLACE = Place(Path("source.yaml"), 1)


@dataclass
class Clock:
    """A clock that stands until it is moved; python-tuf itself looks at the machine's."""

    moment: datetime

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, span: timedelta) -> None:
        self.moment += span


def make_clock() -> Clock:
    return Clock(datetime.now(UTC).replace(microsecond=0))


def make_service(
    id: str = "passport", number: int = 13001, url: str | None = None, summary: str = "在大厅办"
) -> records.Service:
    channels = ()
    if url is not None:
        channels = (records.Channel("web", Text("网上办", "Online"), url=url),)
    return records.Service(
        id=id,
        number=number,
        group="papers",
        category="identity",
        name=Text(f"办理{id}", f"Service {id}"),
        plain_name=Text("办证件", "Papers"),
        summary=Text(summary, "At the hall"),
        provider="police",
        steps=(records.Step(Text("到窗口", "Go to the counter")),),
        counters=("desk",),
        channels=channels,
    )


def make_services(count: int, summary: str = "在大厅办") -> list[records.Service]:
    return [make_service(f"service-{n}", 14000 + n, summary=summary) for n in range(count)]


def make_source(
    services: Iterable[records.Service] = (), link_hosts: tuple[str, ...] = (HOST,)
) -> Source:
    name = Text("云川", "Yunchuan")
    hours = records.Hours((1, 2, 3, 4, 5), "09:00", "17:00")
    fixed: list[records.Record] = [
        records.City(id="yunchuan", name=name, region=COLLECTION, hotline="12345", platform=name),
        records.Group("papers", 1, name, name, "id"),
        records.Category("identity", "papers", 1, name, "id"),
        records.Provider("police", name, name),
        records.Hall("hall", 1, 1, name, name, name, name, (hours,), "12345", name),
        records.Counter("desk", "hall", name, name, name),
    ]
    chosen = list(services) or [make_service()]
    return Source([Entry(record, {"$": PLACE}) for record in [*fixed, *chosen]], link_hosts)


def make_next_source() -> Source:
    """What `make_source` says, and two services more."""
    return make_source([make_service(), *make_services(2)])


def make_repository(data_dir: Path, clock: Clock | None = None) -> Repository:
    repository = Repository(data_dir, clock or make_clock())
    repository.create(COLLECTION)
    return repository


def make_published(data_dir: Path, source: Source | None = None) -> Repository:
    repository = make_repository(data_dir)
    publication.publish(repository, source or make_source())
    return repository


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its content."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}
