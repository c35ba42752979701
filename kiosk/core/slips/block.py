"""A slip as a document: blocks in reading order.

Knows what a block says and what it is for. Does not know where the words come from
(`kiosk.core.slips.service`) or how large they are (`kiosk.printing.layout`).
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, auto
from typing import TypeAlias

from kiosk.core.value import Value


class Role(Enum):
    """What a line is for; the layout gives each its size."""

    HALL = auto()
    TITLE = auto()
    OFFICIAL = auto()
    HEADING = auto()
    PLACE = auto()
    STRONG = auto()
    BODY = auto()
    CALL = auto()  # the number to call, never broken
    EXACT = auto()  # a number or an address, never broken


class Words(Value, frozen=True):
    """A paragraph."""

    text: str
    role: Role = Role.BODY


class Tick(Value, frozen=True):
    """A paper to bring, with a box to tick."""

    text: str
    count: str = ""
    details: tuple[str, ...] = ()


class Numbered(Value, frozen=True):
    """A step."""

    number: int
    text: str
    details: tuple[str, ...] = ()


class Fact(Value, frozen=True):
    """A short question and its answer."""

    label: str
    text: str
    details: tuple[str, ...] = ()


class Rule(Value, frozen=True):
    """The end of a part that has no heading after it."""


class Code(Value, frozen=True):
    """The QR code; everything it leads to is said in words beside it."""

    modules: tuple[tuple[bool, ...], ...]


class Ruler(Value, frozen=True):
    """A line of a known length, to be measured."""

    mm: int


Block: TypeAlias = Words | Tick | Numbered | Fact | Rule | Code | Ruler


class Slip(Value, frozen=True):
    """A slip in reading order."""

    number: int
    copy_number: int
    language: str
    blocks: tuple[Block, ...]


def lines_of(slip: Slip) -> tuple[str, ...]:
    """Everything the slip says, in reading order; complete without any picture."""
    return tuple(line for block in slip.blocks for line in words_of(block))


def words_of(block: Block) -> tuple[str, ...]:
    """What one block says, paragraph by paragraph; a code and a rule say nothing."""
    return tuple(_lines(block))


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Words(text):
            yield text
        case Tick(text, count, details):
            yield f"{text} {count}".rstrip()
            yield from details
        case Numbered(number, text, details):
            yield f"{number}. {text}"
            yield from details
        case Fact(label, text, details):
            yield f"{label} {text}"
            yield from details
