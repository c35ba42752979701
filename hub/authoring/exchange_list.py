"""Reads the JSON list of services that a provincial portal hands out, with every line known.

Knows the notation: department → main item → sub item with name and link. Does not know what
becomes of it in a catalog (`hub.authoring.exchange`).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec

from db import records
from hub.authoring import exchange_words as words
from hub.authoring.findings import Finding, Place, SourceError

_UNSORTED = "未分类"
_CODE = re.compile(r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$")
_CODE_MAX = 60  # it becomes the slug
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|\{|\n')
_AT = re.compile(r" - at `(?P<path>[^`]+)`$")


class _SubItem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One service."""

    name: records.Words
    link: str
    qrcode: str = ""


class _MainItem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Services that the portal keeps together."""

    main_item: str
    sub_items: list[_SubItem]


class _Department(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An office."""

    department: records.Words
    items: list[_MainItem]


@dataclass(frozen=True)
class Item:
    """One service of the list."""

    place: Place
    path: str
    name: str
    department: str
    main_item: str  # empty where the list has none
    siblings: int  # how many services the main item has
    link: str

    @property
    def code(self) -> str:
        """The portal's own code of the service; empty where the link has none."""
        return parse_qs(urlsplit(self.link).query).get("itemCode", [""])[0]

    @property
    def region(self) -> str:
        """GB/T 2260 code of the place; empty where the link has none."""
        return parse_qs(urlsplit(self.link).query).get("areaCode", [""])[0][:6]


def read(file: Path) -> list[Item]:
    """All services of the list, by code.

    Raises:
        SourceError: the file is not readable, not as the notation asks, or holds no service.
    """
    departments, places = _departments(_text(file), file)
    items = list(_items(departments, places))
    findings = [
        Finding(item.place, f"{item.path}.link", f"has no usable itemCode: {item.code!r}")
        for item in items
        if not _CODE.match(item.code) or len(item.code) > _CODE_MAX
    ]
    if not items:
        findings.append(Finding(Place(file, 1), "$", "holds no service"))
    if findings:
        raise SourceError(findings)
    return sorted(items, key=lambda item: item.code)


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError([Finding(Place(file, 1), "file", f"cannot be read: {error}")]) from error


def _departments(text: str, file: Path) -> tuple[list[_Department], dict[str, Place]]:
    try:
        value = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        finding = Finding(Place(file, line), "file", f"is not readable JSON: {error}")
        raise SourceError([finding]) from error
    lines = zip(_objects(value), _lines(text), strict=True)
    places = {path: Place(file, line) for path, line in lines}
    try:
        return msgspec.convert(value, list[_Department]), places
    except msgspec.ValidationError as error:
        raise SourceError([_finding(str(error), places, file)]) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    for key, count in Counter(key for key, _ in pairs).items():
        if count > 1:
            raise ValueError(f"{key!r} stands {count} times in one object")
    return dict(pairs)


def _objects(value: Any, path: str = "$") -> Iterator[str]:
    """The paths of all objects, in the order in which they begin in the text."""
    if isinstance(value, dict):
        yield path
        for key, part in value.items():
            yield from _objects(part, f"{path}.{key}")
    elif isinstance(value, list):
        for n, part in enumerate(value):
            yield from _objects(part, f"{path}[{n}]")


def _lines(text: str) -> Iterator[int]:
    """The lines on which objects begin, in order."""
    line = 1
    for token in _TOKEN.finditer(text):
        if token[0] == "\n":
            line += 1
        elif token[0] == "{":
            yield line


def _finding(message: str, places: dict[str, Place], file: Path) -> Finding:
    """A msgspec message with its path turned into a place."""
    at = _AT.search(message)
    near = path = at["path"] if at else "$"
    while near not in places and near != "$":
        near = re.sub(r"(\.[^.\[\]]+|\[[^\]]*\])$", "", near)
    text = message[: at.start()] if at else message
    return Finding(places.get(near, Place(file, 1)), path, text)


def _items(departments: list[_Department], places: dict[str, Place]) -> Iterator[Item]:
    for d, department in enumerate(departments):
        for m, main in enumerate(department.items):
            label = words.clean(main.main_item)
            for s, sub in enumerate(main.sub_items):
                path = f"$[{d}].items[{m}].sub_items[{s}]"
                yield Item(
                    place=places[path],
                    path=path,
                    name=words.clean(sub.name),
                    department=words.clean(department.department),
                    main_item="" if label == _UNSORTED else label,
                    siblings=len(main.sub_items),
                    link=sub.link,
                )
