"""IPP messages as bytes (RFC 8010), as much of them as one small client needs. No I/O.

Knows tags, lengths and groups. Does not know what an attribute means (`kiosk.printing.ipp.status`)
or who sends it (`kiosk.printing.ipp.client`). Collections are read over: everything that is asked
here has a keyword of its own.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias

from kiosk.core.errors import PrinterError

Resolution: TypeAlias = tuple[int, int, int]  # across, along, unit: 3 is dots per inch
Value: TypeAlias = str | int | bool | bytes | Resolution
Attributes: TypeAlias = Mapping[str, tuple[Value, ...]]

_VERSION = b"\x02\x00"
_HEAD = struct.Struct(">2sHI")
_LENGTH = struct.Struct(">H")
_INTEGER = struct.Struct(">i")
_RESOLUTION = struct.Struct(">iib")
_FIRST_VALUE_TAG = 0x10  # smaller ones begin a group
_BEGIN, _END = 0x34, 0x37  # of a collection


class Group(IntEnum):
    """What attributes are about; `END` ends a message."""

    OPERATION = 1
    JOB = 2
    END = 3
    PRINTER = 4
    UNSUPPORTED = 5


class Tag(IntEnum):
    """Of a value."""

    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    RESOLUTION = 0x32
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME_TYPE = 0x49


@dataclass(frozen=True, slots=True)
class Given:
    """An attribute that is sent; several values are a list."""

    name: str
    tag: Tag
    values: tuple[str | int | bool, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: a status, and attributes by what they are about."""

    status: int
    groups: tuple[tuple[int, Attributes], ...]

    @property
    def is_ok(self) -> bool:
        """The request was carried out, perhaps with remarks."""
        return self.status < 0x100  # RFC 8011, 4.1.8

    def about(self, group: Group) -> tuple[Attributes, ...]:
        """All that is said about printers, or about jobs: one each."""
        return tuple(attributes for tag, attributes in self.groups if tag == group)


def written(
    operation: int, number: int, about: tuple[Given, ...], job: tuple[Given, ...] = ()
) -> bytes:
    """A request; a document follows right behind it."""
    parts = [_HEAD.pack(_VERSION, operation, number), bytes([Group.OPERATION])]
    parts += map(_given, about)
    if job:
        parts.append(bytes([Group.JOB]))
        parts += map(_given, job)
    return b"".join((*parts, bytes([Group.END])))


def read(message: bytes) -> Answer:
    """An answer.

    Raises:
        PrinterError: these bytes are none.
    """
    try:
        _version, status, _number = _HEAD.unpack_from(message)
        return Answer(status, tuple(_groups(_Reader(message, _HEAD.size))))
    except (struct.error, IndexError, ValueError) as error:
        raise PrinterError("the printer's answer is no IPP") from error


def _given(attribute: Given) -> bytes:
    names = (attribute.name, *[""] * (len(attribute.values) - 1))
    return b"".join(
        bytes([attribute.tag]) + _sized(name.encode()) + _sized(_packed(value))
        for name, value in zip(names, attribute.values, strict=True)
    )


def _packed(value: str | int | bool) -> bytes:
    if isinstance(value, bool):
        return bytes([value])
    return _INTEGER.pack(value) if isinstance(value, int) else value.encode()


def _sized(data: bytes) -> bytes:
    return _LENGTH.pack(len(data)) + data


class _Reader:
    """Walks through a message."""

    def __init__(self, message: bytes, at: int) -> None:
        self._message, self._at = message, at

    def tag(self) -> int:
        self._at += 1
        return self._message[self._at - 1]

    def sized(self) -> bytes:
        (length,) = _LENGTH.unpack_from(self._message, self._at)
        start, self._at = self._at + _LENGTH.size, self._at + _LENGTH.size + length
        if self._at > len(self._message):
            raise IndexError
        return self._message[start : self._at]


def _groups(reader: _Reader) -> Iterator[tuple[int, Attributes]]:
    tag = reader.tag()
    while tag != Group.END:
        group, found, name = tag, dict[str, tuple[Value, ...]](), ""
        while (tag := reader.tag()) >= _FIRST_VALUE_TAG:
            name = reader.sized().decode() or name
            data = reader.sized()
            if tag == _BEGIN:
                _pass_over(reader)
            else:
                found[name] = (*found.get(name, ()), _value(tag, data))
        yield group, found


def _pass_over(reader: _Reader) -> None:
    """To behind the end of a collection, which may hold others."""
    depth = 1
    while depth:
        tag = reader.tag()
        reader.sized()
        reader.sized()
        depth += (tag == _BEGIN) - (tag == _END)


def _value(tag: int, data: bytes) -> Value:
    return _READERS.get(tag, _text)(data)


def _integer(data: bytes) -> int:
    return int(_INTEGER.unpack(data)[0])


def _resolution(data: bytes) -> Resolution:
    across, along, unit = _RESOLUTION.unpack(data)
    return across, along, unit


def _text(data: bytes) -> str:
    return data.decode(errors="replace")


_READERS: dict[int, Callable[[bytes], Value]] = {
    Tag.INTEGER: _integer,
    Tag.ENUM: _integer,
    Tag.BOOLEAN: lambda data: data == b"\x01",
    Tag.RESOLUTION: _resolution,
    0x30: bytes,  # octetString
    0x31: bytes,  # dateTime
    0x33: bytes,  # rangeOfInteger
    0x35: bytes,  # textWithLanguage
    0x36: bytes,  # nameWithLanguage
}
