"""What the documents say is true: links, commands, settings, events, fields, versions."""

from __future__ import annotations

import dataclasses
import pkgutil
import re
import shlex
import tomllib
import typing
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
import typer.main
from sqlalchemy import create_engine

import hub.config
import hub.event
import kiosk
import kiosk.config
import kiosk.logs
from db import records, short_number
from hub.app import create_app
from hub.authoring.yaml_source import read_folder
from hub.cli import app as hub_app
from hub.phone.catalog import PublishedCatalog
from hub.phone.notices import REFUSALS
from kiosk import assets
from kiosk import cli as kiosk_cli
from tests.docs.reading import (
    DOCS,
    PAGES,
    ROOT,
    anchors,
    fences,
    links,
    prose,
    rows,
    section,
    spans,
    text_of,
)

ARCHITECTURE = DOCS / "architecture.md"
UNITS = sorted((DOCS / "systemd").glob("*.service"))

_TARGET = re.compile(r"^([a-z-]+):", re.MULTILINE)
_FILES = ("kiosk.toml", "kiosk.lock", "kiosk.spec", "kiosk.po", "hub.toml", "hub.sqlite")
_OURS = re.compile(r"(?:\S*/)?python -m (kiosk|hub)(?: (.*))?")

pages = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


# links ------------------------------------------------------------------------------------------


@pages
def test_every_relative_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    broken = []
    for link in links(page):
        path, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", path):
            continue
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


@pages
def test_every_source_file_that_is_named_exists(page: Path) -> None:
    """Named in full, or without the program it belongs to."""
    named = re.findall(r"`([\w./-]+/[\w.-]+\.(?:py|yaml|toml|svg|txt|css))`", prose(page))
    homes = (ROOT, ROOT / "kiosk", ROOT / "hub", ROOT / "resources" / "catalog", page.parent)
    assert [one for one in named if not any((home / one).is_file() for home in homes)] == []


@pages
def test_every_module_and_name_in_it_that_is_named_exists(page: Path) -> None:
    for span in spans(prose(page)):
        if re.fullmatch(r"(kiosk|hub|db)(\.[A-Za-z_]\w*)+", span) and span not in _FILES:
            pkgutil.resolve_name(span)


def test_the_index_of_decisions_names_each_of_them_once() -> None:
    listed = re.findall(r"\((\d{4}-[a-z0-9-]+\.md)\)", text_of(DOCS / "decisions" / "README.md"))
    assert listed == sorted(path.name for path in (DOCS / "decisions").glob("0*.md"))
    assert [int(name[:4]) for name in listed] == list(range(1, len(listed) + 1))


# commands ---------------------------------------------------------------------------------------


def commands(page: Path) -> Iterator[str]:
    for body in fences(page, "console"):
        yield from (line[2:] for line in body.splitlines() if line.startswith("$ "))
    for body in fences(page, "sh"):
        yield from body.splitlines()


def make_targets() -> set[str]:
    return set(_TARGET.findall((ROOT / "Makefile").read_text("utf-8")))


def parse(program: str, arguments: list[str]) -> None:
    """Read arguments as the program would, without doing anything."""
    if program == "kiosk":
        kiosk_cli._parser().parse_args(arguments)
        return
    group = typer.main.get_command(hub_app)
    command = group.commands[arguments[0]]  # type: ignore[attr-defined]
    with command.make_context(arguments[0], arguments[1:]):
        pass


@pages
def test_every_command_is_understood_by_its_program(page: Path) -> None:
    for command in commands(page):
        words = shlex.split(command, comments=True)
        if words[:1] == ["make"]:
            goals = {word for word in words[1:] if "=" not in word}
            assert goals <= make_targets(), command
        elif ours := _OURS.fullmatch(command):
            parse(ours[1], shlex.split(ours[2] or ""))


@pages
def test_every_command_named_in_a_sentence_exists(page: Path) -> None:
    hub_commands = typer.main.get_command(hub_app).commands  # type: ignore[attr-defined]
    kiosk_help = kiosk_cli._parser().format_help()
    for span in spans(prose(page)):
        words = span.split()
        if len(words) < 2 or not re.fullmatch(r"[a-z-]+", words[1]):
            continue
        if words[0] == "make":
            assert words[1] in make_targets(), span
        elif words[0] == "hub":
            assert words[1] in hub_commands, span
            known = {name for one in hub_commands[words[1]].params for name in one.opts}
            assert {word for word in words if word.startswith("--")} <= known, span
        elif words[0] == "kiosk":
            assert re.search(rf"^    {words[1]} ", kiosk_help, re.MULTILINE), span


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_every_unit_starts_a_command_that_its_program_understands(unit: Path) -> None:
    started = re.findall(r"^ExecStart=(.*)$", unit.read_text("utf-8"), re.MULTILINE)
    assert len(started) == 1
    ours = _OURS.fullmatch(started[0])
    assert ours
    parse(ours[1], shlex.split(ours[2]))


def test_a_wrong_option_in_a_document_would_be_found() -> None:
    with pytest.raises(SystemExit):
        parse("kiosk", ["sync", "--dta", "x"])
    with pytest.raises(Exception, match="No such option"):
        parse("hub", ["serve", "--data", "x", "--prot", "1"])


# settings ---------------------------------------------------------------------------------------

NEEDED, TABLE = object(), object()


def kiosk_settings(of: object, prefix: str = "") -> Iterator[tuple[str, object]]:
    if dataclasses.is_dataclass(of):
        names = [one.name for one in dataclasses.fields(of)]
    elif isinstance(of, msgspec.Struct):
        names = list(of.__struct_fields__)
    else:
        yield prefix, of
        return
    for name in names:
        yield from kiosk_settings(getattr(of, name), f"{prefix}.{name}" if prefix else name)


def hub_settings(kind: type[msgspec.Struct], prefix: str = "") -> Iterator[tuple[str, object]]:
    hints = typing.get_type_hints(kind)
    for one in msgspec.structs.fields(kind):
        key, hint = f"{prefix}{one.name}", hints[one.name]
        tables = [
            option
            for option in (hint, *typing.get_args(hint))
            if isinstance(option, type) and issubclass(option, msgspec.Struct)
        ]
        if one.default is None:
            yield key, TABLE
        elif not tables:
            yield key, NEEDED if one.required else one.default
        for table in tables:
            yield from hub_settings(table, f"{key}.")


def documented_settings(title: str) -> dict[str, object]:
    special = {"none": TABLE, "needed in the table": NEEDED}
    found: dict[str, object] = {}
    for row in rows(section(DOCS / "config.md", title)):
        written = row["default"]
        value = special.get(written) or tomllib.loads(f"x = {written.strip('`')}")["x"]
        found[row["key"].strip("`")] = tuple(value) if isinstance(value, list) else value
    return found


def test_every_setting_of_the_kiosk_is_documented_with_its_default() -> None:
    settings = dict(kiosk_settings(kiosk.config.Config()))
    assert documented_settings("The kiosk: `kiosk.toml`") == settings


def test_every_setting_of_the_hub_is_documented_with_its_default() -> None:
    settings = dict(hub_settings(hub.config.Settings))
    assert documented_settings("The hub: `hub.toml`") == settings


@pages
def test_every_example_of_settings_is_accepted(page: Path, tmp_path: Path) -> None:
    for example in fences(page, "toml"):
        if "proxies" in example or "doors" in example:
            (tmp_path / hub.config.FILE_NAME).write_text(example, "utf-8")
            hub.config.read(tmp_path)
        else:
            file = tmp_path / "kiosk.toml"
            file.write_text(example, "utf-8")
            kiosk.config.load(file, assets.PROFILES)


# events -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "vocabulary"), [("The kiosk", kiosk.logs.Event), ("The hub", hub.event.Event)]
)
def test_the_documented_events_are_those_of_the_code(
    title: str, vocabulary: type[kiosk.logs.Event | hub.event.Event]
) -> None:
    listed = [row["event"].strip("`") for row in rows(section(DOCS / "events.md", title))]
    assert sorted(listed) == sorted(event.value for event in vocabulary)


def test_every_reason_of_a_refusal_is_documented() -> None:
    reasons = {refusal.reason for refusal in REFUSALS.values()}
    table = section(DOCS / "protocol.md", "Hand-off token KQR1")
    assert reasons <= {row.get("judgement", "").strip("`") for row in rows(table)}
    assert reasons <= set(spans(section(DOCS / "events.md", "The hub")))


# the catalog ------------------------------------------------------------------------------------

PARTS = [
    part
    for part in vars(records).values()
    if isinstance(part, type)
    and issubclass(part, records.Part)
    and part not in (records.Part, records.Record)
]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_every_field_of_a_record_is_documented(part: type[records.Part]) -> None:
    table = rows(section(DOCS / "catalog-format.md", part.__name__))
    listed = {row["field"].strip("`"): row["needed"] == "yes" for row in table}
    assert listed == {one.name: one.required for one in msgspec.structs.fields(part)}


def test_the_shortest_service_of_the_document_is_accepted(tmp_path: Path) -> None:
    example = next(fences(DOCS / "catalog-format.md", "yaml"))
    (tmp_path / "service.yaml").write_text(example, "utf-8")
    assert isinstance(read_folder(tmp_path).records[0], records.Service)


@pages
def test_every_short_number_has_its_check_digit(page: Path) -> None:
    for written in re.findall(r"(?<![\d-])\d{5}-\d(?!\d|-)", text_of(page)):
        assert short_number.parse(written), written


# the protocol and the rest ----------------------------------------------------------------------


class NoCatalog:
    """A hub before its first publication."""

    def current(self) -> PublishedCatalog | None:
        return None


def paths_of(routes: typing.Iterable[typing.Any]) -> Iterator[str]:
    for route in routes:
        inner = getattr(route, "original_router", None)
        if inner is None:
            yield route.path
        else:
            yield from paths_of(inner.routes)


def test_every_address_of_the_hub_is_documented(tmp_path: Path) -> None:
    engine = create_engine("sqlite://")
    web = create_app(hub.config.HubConfig(tmp_path), engine, NoCatalog(), lambda: datetime.now(UTC))
    table = rows(section(DOCS / "protocol.md", "Addresses of the hub"))
    listed = [path for row in table for path in spans(row["path"])]
    assert sorted(listed) == sorted(set(paths_of(web.routes)))
    engine.dispose()


def test_every_layer_has_its_row() -> None:
    table = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = table["tool"]["importlinter"]["contracts"]
    layers = [
        name for one in contracts for layer in one.get("layers", ()) for name in layer.split(" | ")
    ]
    assert layers
    assert {f"kiosk.{name}" for name in layers} <= set(spans(section(ARCHITECTURE, "Layers")))


def project() -> dict[str, typing.Any]:
    table: dict[str, typing.Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return table["project"]


def test_the_newest_version_of_the_changelog_is_the_program_s() -> None:
    numbers = re.findall(r"^## \[(\d+\.\d+\.\d+)\]", text_of(ROOT / "CHANGELOG.md"), re.MULTILINE)
    assert numbers[0] == project()["version"] == kiosk.VERSION


def test_every_library_that_ships_has_its_reasons() -> None:
    shipped = project()["dependencies"] + project()["optional-dependencies"]["hub"]
    names = {re.split(r"[^A-Za-z0-9._-]", one)[0].lower() for one in shipped}
    listed = {row["library"] for row in rows(text_of(DOCS / "decisions" / "0013-libraries.md"))}
    assert names <= {name.lower() for name in listed}
