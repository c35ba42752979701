"""Catalogs to search in, read from whatever there is, and indexed as a kiosk's worker does it.

Knows the notations: a folder of YAML source, a kiosk's catalog file, the worked services, a
portal's JSON list, plain text. Does not know what is searched for in them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec
import yaml

from db import catalog as tables
from db import engine, records
from db.head import Head
from db.records import Text
from hub.authoring import exchange_list, yaml_source
from hub.authoring.findings import SourceError
from kiosk.store import lexicon, search_index

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
"""The developers' lists, which are no part of the project."""
SHARED_NAMES = SHARED / "service_names.txt"

_Why = Literal["before", "after", "instead", "urgent", "together", "similar"]
_KINSHIPS: Mapping[str, _Why] = {  # as the worked services call it → as a record does
    "previous": "before",
    "precondition": "before",
    "next": "after",
    "later": "after",
    "blocks": "after",
    "alternative": "instead",
    "parent_situation": "instead",
    "urgent": "urgent",
    "with": "together",
    "similar": "similar",
}
_CITY = records.City(
    id="city",
    name=Text("本市"),
    region="990100",
    hotline="12345",
    platform=Text("政务服务网"),
)
_UNSORTED = "服务"  # theme and category of a name that comes without


class CatalogError(ValueError):
    """Something cannot be read as a catalog; the message names file and place."""


class Line(NamedTuple):
    """A service of which only the name is known, and where it belongs."""

    theme: str
    category: str
    name: str
    popularity: int = 0
    base: str = ""  # the name that it was made of, where it was made up


class _Link(msgspec.Struct, frozen=True):
    id: str
    kind: str


class _Worked(msgspec.Struct, frozen=True):
    """One of the worked services: what of it a search may know."""

    id: records.Slug
    name: records.Words
    plain_name: records.Words
    aliases: tuple[records.Words, ...] = ()
    related: tuple[_Link, ...] = ()
    themes: tuple[str, ...] = ()


class _WorkedFile(msgspec.Struct, frozen=True):
    services: tuple[_Worked, ...]


class Shelf:
    """Services of several sources side by side, each theme and category once."""

    def __init__(self) -> None:
        self._sources: dict[str, str] = {}  # key of a record → where it came from
        self._records: dict[str, records.Record] = {}
        self._groups: dict[str, str] = {}
        self._categories: dict[tuple[str, str], str] = {}
        self._lines = 0

    def add(self, record: records.Record, source: str) -> None:
        """Put in a record.

        Raises:
            CatalogError: another source has brought one of the same name.
        """
        key = records.key_of(record)
        before = self._sources.setdefault(key, source)
        if key in self._records:
            raise CatalogError(f"{source}: {key} stands in {before} as well")
        self._records[key] = record

    def add_line(self, line: Line, source: str) -> None:
        """Put in a service of which only the name is known."""
        plain, summary = Text(line.name), Text(line.base or line.name)
        self.add(self._service(f"s{self._lines}", line, plain, summary, ()), source)
        self._lines += 1

    def add_worked(self, worked: Sequence[_Worked], source: str) -> None:
        """Put in worked services and what people call them."""
        called: dict[str, list[str]] = {}
        for one in worked:
            theme = one.themes[0] if one.themes else _UNSORTED
            line = Line(theme, theme, one.name)
            self.add(
                self._service(one.id, line, Text(one.plain_name), Text(one.name), one.related),
                source,
            )
            for words in one.aliases:
                called.setdefault(words, []).append(one.id)
        for number, (words, ids) in enumerate(called.items()):
            self.add(records.Alias(f"worked-{number}", words, tuple(dict.fromkeys(ids))), source)

    def bodies(self) -> dict[str, bytes]:
        """The published bytes of everything; each service has a number of its own."""
        taken = [one.number for one in self._records.values() if isinstance(one, records.Service)]
        keep = len(set(taken)) == len(taken)
        if not keep:
            services = [key for key in self._records if key.startswith("service/")]
            for number, key in enumerate(services, 1):
                self._records[key] = msgspec.structs.replace(self._records[key], number=number)
        found = {key: records.encode(record) for key, record in self._records.items()}
        if not any(key.startswith("city/") for key in found):
            found[records.key_of(_CITY)] = records.encode(_CITY)
        return found

    def _service(
        self, id: str, line: Line, plain: Text, summary: Text, related: Sequence[_Link]
    ) -> records.Service:
        group, category = self._place(line.theme, line.category)
        return records.Service(
            id=id,
            number=len(self._records) + 1,
            group=group,
            category=category,
            name=Text(line.name),
            plain_name=plain,
            summary=summary,
            provider="city",
            popularity=line.popularity,
            relations=tuple(records.Relation(one.id, _KINSHIPS[one.kind]) for one in related),
        )

    def _place(self, theme: str, category: str) -> tuple[str, str]:
        """Ids of a theme and its category, which are made when first asked for."""
        if theme not in self._groups:
            group = self._groups[theme] = f"g{len(self._groups)}"
            name = Text(theme)
            self.add(records.Group(group, len(self._groups), name, name, "x"), theme)
        pair = theme, category
        if pair not in self._categories:
            made_id = self._categories[pair] = f"c{len(self._categories)}"
            order, named = len(self._categories), Text(category)
            self.add(records.Category(made_id, self._groups[theme], order, named, "x"), theme)
        return self._groups[theme], self._categories[pair]


def read(places: str) -> dict[str, bytes]:
    """The records of one catalog, or of several joined by commas: key → published bytes.

    Raises:
        CatalogError: one of them is not there or cannot be read.
    """
    shelf = Shelf()
    for place in places.split(","):
        _read_one(Path(place.strip()), shelf)
    return shelf.bodies()


def of_lines(lines: Iterable[Line]) -> dict[str, bytes]:
    """The records of services of which only the names are known."""
    shelf = Shelf()
    for line in lines:
        shelf.add_line(line, "lines")
    return shelf.bodies()


def read_lines(file: Path) -> list[Line]:
    """Names from text: `theme<TAB>category<TAB>name`, or a name alone, one a line.

    Raises:
        CatalogError: a line has other fields, or the file is not there.
    """
    found = []
    for number, text in enumerate(_text(file).splitlines(), 1):
        fields = [field.strip() for field in text.split("\t")]
        if not text.strip():
            continue
        if len(fields) not in (1, 3) or not all(fields):
            raise CatalogError(f"{file}:{number}: expected a name, or theme, category and name")
        theme, category = fields[:2] if len(fields) == 3 else (_UNSORTED, _UNSORTED)
        found.append(Line(theme, category, fields[-1]))
    if not found:
        raise CatalogError(f"{file}: holds no name")
    return found


def without_aliases(bodies: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same catalog before anybody wrote down what people call its services."""
    return {key: body for key, body in bodies.items() if not key.startswith("alias/")}


def services_of(bodies: Mapping[str, bytes]) -> Iterator[records.Service]:
    """The services of a catalog."""
    for key, body in bodies.items():
        if key.startswith("service/"):
            record = records.decode(body)
            assert isinstance(record, records.Service)
            yield record


def index(
    file: Path, bodies: Mapping[str, bytes], rules: Sequence[lexicon.Rule] | None = None
) -> Path:
    """Write a catalog file as a kiosk keeps it, index and all; rules as `search_index.build`."""
    write(file, bodies)
    add_index(file, bodies, rules)
    return file


def write(file: Path, bodies: Mapping[str, bytes]) -> None:
    """Write a catalog file without its index, in the place of another."""
    file.unlink(missing_ok=True)
    opened = engine.scratch(file)
    with opened.begin() as connection:
        tables.metadata.create_all(connection)
        root = tables.fill(connection, bodies).hex()
        head = Head(1, "990100", 1, len(bodies), root, "2026-11-20T00:00:00Z", "0.1")
        row = {"name": "head", "value": msgspec.json.encode(head)}
        connection.execute(tables.meta.insert(), [row])
    opened.dispose()


def add_index(
    file: Path, bodies: Mapping[str, bytes], rules: Sequence[lexicon.Rule] | None = None
) -> None:
    """Put the index into a catalog file of these records."""
    opened = engine.scratch(file)
    with opened.begin() as connection:
        search_index.build(connection, bodies, rules)
    opened.dispose()


# the notations ------------------------------------------------------------------------------------


def _read_one(place: Path, shelf: Shelf) -> None:
    if place.is_dir():
        _read_source(place, shelf)
    elif place.suffix in (".sqlite", ".db"):
        _read_catalog_file(place, shelf)
    elif place.suffix in (".yaml", ".yml"):
        _read_worked(place, shelf)
    elif place.suffix == ".json":
        _read_portal_list(place, shelf)
    else:
        for line in read_lines(place):
            shelf.add_line(line, str(place))


def _read_source(folder: Path, shelf: Shelf) -> None:
    try:
        source = yaml_source.read_folder(folder)
    except SourceError as error:
        raise CatalogError(str(error)) from error
    for entry in source.entries:
        shelf.add(entry.record, str(entry.place()))


def _read_catalog_file(file: Path, shelf: Shelf) -> None:
    _text_is_there(file)
    try:
        with closing(sqlite3.connect(f"file:{file.resolve()}?mode=ro", uri=True)) as connection:
            rows = connection.execute("SELECT key, body FROM record").fetchall()
    except sqlite3.Error as error:
        raise CatalogError(f"{file}: no catalog file: {error}") from error
    for key, body in rows:
        try:
            shelf.add(records.decode(body), f"{file}: {key}")
        except msgspec.MsgspecError as error:
            raise CatalogError(f"{file}: {key}: {error}") from error


def _read_worked(file: Path, shelf: Shelf) -> None:
    try:
        read = msgspec.convert(yaml.safe_load(_text(file)), _WorkedFile)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{file}:{mark.line + 1}" if mark else str(file)
        raise CatalogError(f"{place}: no YAML: {error}") from error
    except msgspec.ValidationError as error:
        raise CatalogError(f"{file}: {error}") from error
    for n, service in enumerate(read.services):
        strange = [link.kind for link in service.related if link.kind not in _KINSHIPS]
        if strange:
            raise CatalogError(f"{file}: $.services[{n}].related: unknown kind {strange[0]!r}")
    shelf.add_worked(read.services, str(file))


def _read_portal_list(file: Path, shelf: Shelf) -> None:
    _text_is_there(file)
    try:
        items = exchange_list.read(file)
    except SourceError as error:
        raise CatalogError(str(error)) from error
    for item in items:
        category = item.main_item or item.department
        shelf.add_line(Line(item.department, category, item.name), str(item.place))


def _text(file: Path) -> str:
    _text_is_there(file)
    try:
        return file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogError(f"{file}: cannot be read: {error}") from error


def _text_is_there(file: Path) -> None:
    if not file.is_file():
        raise CatalogError(f"{file}: is not there")
