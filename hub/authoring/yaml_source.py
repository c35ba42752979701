"""Reads the source files that editors keep: YAML, one service a file, with every line known.

Knows the notation (which keys a file may hold, `中文 | English | ئۇيغۇرچە` for a text in several
languages) and turns it into strict records. Does not know whether the records make sense together
(`hub.authoring.checks`).
"""

from __future__ import annotations

import re
import types
import typing
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import yaml

from db import records
from hub.authoring import aliases
from hub.authoring.aliases import AliasNotes, Mention
from hub.authoring.findings import Finding, Place, SourceError

_LISTS: dict[str, type[records.Record]] = {
    "groups": records.Group,
    "categories": records.Category,
    "providers": records.Provider,
    "halls": records.Hall,
    "counters": records.Counter,
    "materials": records.Material,
    "events": records.Event,
    "services": records.Service,
    "bulletins": records.Bulletin,
    "picks": records.Pick,
}
_SINGLES: dict[str, type[records.Record]] = {"city": records.City, "service": records.Service}
_TEXT_SEPARATOR = "|"
_UNKNOWN_FIELD = re.compile(r"unknown field `(?P<name>[^`]+)`")
_AT = re.compile(r" - at `(?P<path>[^`]+)`$")


class _TextError(ValueError):
    """A text in more languages than there are."""

    def __init__(self, path: str, parts: int) -> None:
        languages = ", ".join(records.Text.__struct_fields__)
        super().__init__(f"has {parts} parts between bars, more than {languages}; write it in full")
        self.path = path


class _CoreLoader(yaml.CSafeLoader):
    """YAML with the scalars of version 1.2: `no` is a word, 08:30 is text, dates are text."""


_CoreLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag in ("tag:yaml.org,2002:null",)]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
_CoreLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf")
)
_CoreLoader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9]\d*)$"), list("-0123456789")
)


@dataclass(frozen=True)
class Entry:
    """A record with the place of each of its fields."""

    record: records.Record
    places: dict[str, Place]  # by path as msgspec writes it: "$", "$.steps[0].text"

    def place(self, path: str = "$") -> Place:
        """Where the field stands, or the nearest thing around it."""
        while path not in self.places:
            path = re.sub(r"(\.[^.\[\]]+|\[[^\]]*\])$", "", path)
        return self.places[path]


@dataclass
class Source:
    """Everything that a source folder says."""

    entries: list[Entry] = field(default_factory=list)
    link_hosts: tuple[str, ...] = ()
    mentions: list[Mention] = field(default_factory=list)  # of the words that aliases were made of

    @property
    def records(self) -> list[records.Record]:
        """The records alone."""
        return [entry.record for entry in self.entries]


def read_folder(folder: Path) -> Source:
    """All YAML files below the folder, as records.

    Raises:
        SourceError: something in a file is not as the notation or the record kinds ask; all
            files are read first, so that the editor sees everything at once.
    """
    source, findings = Source(), list[Finding]()
    files = sorted(folder.rglob("*.yaml"))
    if not files:
        raise SourceError([Finding(Place(folder, 1), "folder", "holds no .yaml file")])
    for file in files:
        try:
            _read_file(file, source)
        except SourceError as error:
            findings += error.findings
    if findings:
        raise SourceError(findings)
    for same in aliases.by_words(source.mentions):
        source.entries.append(Entry(aliases.record_of(same), {"$": same[0].place}))
    return source


def _read_file(file: Path, source: Source) -> None:
    root = _compose(file)
    findings: list[Finding] = []
    for key_node, node in root.value:
        if not isinstance(key_node, yaml.ScalarNode):
            place = Place(file, key_node.start_mark.line + 1)
            findings.append(Finding(place, "file", "has a key that is no word"))
            continue
        key, place = str(key_node.value), Place(file, key_node.start_mark.line + 1)
        if key == "policy":
            source.link_hosts = _link_hosts(node, file)
            continue
        if key in _SINGLES:
            drafts = [(node, _SINGLES[key])]
        elif key in _LISTS and isinstance(node, yaml.SequenceNode):
            drafts = [(item, _LISTS[key]) for item in node.value]
        else:
            known = ", ".join([*_SINGLES, *_LISTS, "policy"])
            findings.append(Finding(place, key, f"is not one of {known}"))
            continue
        for draft, record_type in drafts:
            try:
                entry, mentions = _record(draft, record_type, file)
            except SourceError as error:
                findings += error.findings
            else:
                source.entries.append(entry)
                source.mentions += mentions
    if findings:
        raise SourceError(findings)


def _link_hosts(node: yaml.Node, file: Path) -> tuple[str, ...]:
    policy, places = _plain(node, file)
    hosts = policy.get("link_hosts") if isinstance(policy, dict) else None
    if not isinstance(hosts, list) or not all(isinstance(host, str) for host in hosts):
        place = places.get("$.link_hosts", places["$"])
        raise SourceError([Finding(place, "policy.link_hosts", "must be a list of host names")])
    return tuple(hosts)


def _compose(file: Path) -> yaml.MappingNode:
    try:
        root = yaml.compose(file.read_text("utf-8"), Loader=_CoreLoader)
    except UnicodeDecodeError as error:
        raise SourceError([Finding(Place(file, 1), "file", f"is not UTF-8: {error}")]) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        problem = f"is not readable YAML: {error.problem}"
        raise SourceError([Finding(Place(file, line), "file", problem)]) from error
    except yaml.YAMLError as error:
        message = f"is not readable YAML: {error}"
        raise SourceError([Finding(Place(file, 1), "file", message)]) from error
    if not isinstance(root, yaml.MappingNode):
        raise SourceError([Finding(Place(file, 1), "file", "must hold `key: value` at the top")])
    return root


def _record(
    node: yaml.Node, record_type: type[records.Record], file: Path
) -> tuple[Entry, list[Mention]]:
    value, places = _plain(node, file)
    if not isinstance(value, dict):
        raise SourceError([Finding(places["$"], "record", "must be `key: value` pairs")])
    spoken = value.pop("aliases", []) if record_type is records.Service else []
    try:
        value = _expand(value, record_type, "$")
        # `kind` belongs to the published bytes, not to the source
        record = msgspec.convert({"kind": records.kind_of(record_type), **value}, record_type)
    except msgspec.ValidationError as error:
        raise SourceError([_finding(str(error), places)]) from error
    except _TextError as error:
        raise SourceError([_finding(f"{error} - at `{error.path}`", places)]) from error
    return Entry(record, places), _mentions(spoken, record.id, places)


def _mentions(spoken: typing.Any, service: str, places: dict[str, Place]) -> list[Mention]:
    """The words of a service: each a word alone, or a mapping with its `text`."""
    if not isinstance(spoken, list) or not all(isinstance(one, str | dict) for one in spoken):
        message = "must be a list of words, or of mappings with `text`"
        raise SourceError([Finding(places["$.aliases"], "aliases", message)])
    written = [{"text": one} if isinstance(one, str) else one for one in spoken]
    try:
        notes = msgspec.convert({"aliases": written}, AliasNotes).aliases
    except msgspec.ValidationError as error:
        raise SourceError([_finding(str(error), places)]) from error
    paths = [f"aliases[{n}]" for n in range(len(notes))]
    return [
        Mention(note, service, places[f"$.{path}"], path)
        for note, path in zip(notes, paths, strict=True)
    ]


def _finding(message: str, places: dict[str, Place]) -> Finding:
    """A msgspec message with its path turned into file, line and field."""
    at = _AT.search(message)
    path = at["path"] if at else "$"
    text = message[: at.start()] if at else message
    unknown = _UNKNOWN_FIELD.search(text)
    if unknown:
        path = f"{path}.{unknown['name']}"
    near = path
    while near not in places and near != "$":
        near = re.sub(r"(\.[^.\[\]]+|\[[^\]]*\])$", "", near)
    field_name = path.removeprefix("$").removeprefix(".")
    return Finding(places[near], field_name or "record", text)


def _plain(node: yaml.Node, file: Path) -> tuple[typing.Any, dict[str, Place]]:
    """A YAML node as plain values, and the place of every path in it."""
    reading = _Reading(file)
    return reading.value(node, "$", node.start_mark.line), reading.places


class _Reading:
    """Turns one node tree into plain values, and remembers where each of them stood."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._seen: set[int] = set()
        self.places: dict[str, Place] = {}

    def value(self, node: yaml.Node, path: str, line: int) -> typing.Any:
        """The plain value of a node.

        Raises:
            SourceError: an alias, a key that is no word or stands twice, or a broken scalar.
        """
        self.places[path] = Place(self._file, line + 1)
        if id(node) in self._seen:
            raise self._wrong(line, path, "is an anchor's alias; write it out")
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            items = enumerate(node.value)
            return [self.value(item, f"{path}[{n}]", item.start_mark.line) for n, item in items]
        try:
            return _scalar(node)
        except ValueError as error:
            kind = node.tag.rpartition(":")[2]
            raise self._wrong(line, path, f"is no {kind}: {node.value}") from error

    def _mapping(self, node: yaml.MappingNode, path: str) -> dict[str, typing.Any]:
        values: dict[str, typing.Any] = {}
        for key, item in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise self._wrong(key.start_mark.line, path, "has a key that is no word")
            line, item_path = key.start_mark.line, f"{path}.{key.value}"
            if key.value in values:
                raise self._wrong(line, item_path, "stands twice in the same place")
            values[key.value] = self.value(item, item_path, line)
        return values

    def _wrong(self, line: int, path: str, message: str) -> SourceError:
        place = Place(self._file, line + 1)
        name = path.removeprefix("$").removeprefix(".")
        return SourceError([Finding(place, name or "record", message)])


def _scalar(node: yaml.Node) -> str | int | bool | None:
    if node.tag.endswith(":int"):
        return int(node.value)
    if node.tag.endswith(":bool"):
        return bool(node.value == "true")
    return None if node.tag.endswith(":null") else str(node.value)


def _expand(value: typing.Any, expected: typing.Any, path: str) -> typing.Any:
    """The short notations written out, guided by the type that is expected.

    Raises:
        _TextError: a text has too many parts.
    """
    origin, arguments = typing.get_origin(expected), typing.get_args(expected)
    if origin is typing.Annotated:
        value = _expand(value, arguments[0], path)
    elif origin in (typing.Union, types.UnionType):
        for option in arguments:
            value = _expand(value, option, path)
    elif origin is tuple and isinstance(value, list):
        value = [_expand(item, arguments[0], f"{path}[{n}]") for n, item in enumerate(value)]
    elif isinstance(expected, type) and issubclass(expected, msgspec.Struct):
        value = _expand_part(value, expected, path)
    return value


def _expand_part(value: typing.Any, expected: type[msgspec.Struct], path: str) -> typing.Any:
    if isinstance(value, str) and expected is records.Text:
        words = [part.strip() for part in value.split(_TEXT_SEPARATOR)]
        if len(words) > len(records.Text.__struct_fields__):
            raise _TextError(path, len(words))
        return dict(zip(records.Text.__struct_fields__, words, strict=False))
    if isinstance(value, str) and expected is records.Step:
        return {"text": _expand(value, records.Text, path)}
    if isinstance(value, dict):
        hints = typing.get_type_hints(expected, include_extras=True)
        return {
            key: _expand(item, hints[key], f"{path}.{key}") if key in hints else item
            for key, item in value.items()
        }
    return value
