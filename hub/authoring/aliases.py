"""Everyday words as they are written at services, and the records that they become. No I/O.

Knows what may be said about a word and how the words of several services are brought together.
Does not know whether the services agree about a word (`hub.authoring.checks`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

import msgspec
from msgspec import Meta

from db import records
from hub.authoring.findings import Place


class AliasNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one service says about a word that leads to it."""

    text: records.Words
    sort: records.AliasSort = "spoken"
    source: records.AliasSource = "editor"
    state: records.AliasState = "accepted"
    # among the services of the same words; "place" is what editors call it
    rank: Annotated[int, Meta(ge=1)] | None = msgspec.field(default=None, name="place")


class AliasNotes(msgspec.Struct, frozen=True):
    """The list at a service, with the path that a message about it names."""

    aliases: tuple[AliasNote, ...]


@dataclass(frozen=True)
class Mention:
    """A word at a service, and where it is written."""

    note: AliasNote
    service: str
    place: Place
    path: str  # "aliases[0]"


def by_words(mentions: Iterable[Mention]) -> list[list[Mention]]:
    """The mentions of the same words together, in the order of reading."""
    found: dict[str, list[Mention]] = {}
    for mention in mentions:
        found.setdefault(mention.note.text, []).append(mention)
    return list(found.values())


def record_of(mentions: list[Mention]) -> records.Alias:
    """The one record of the same words; where services disagree, the first is followed."""
    note = mentions[0].note
    return records.Alias(
        id="a" + hashlib.sha256(note.text.encode()).hexdigest()[:16],
        text=note.text,
        services=_ordered(mentions),
        sort=note.sort,
        source=note.source,
        state=note.state,
    )


def _ordered(mentions: list[Mention]) -> tuple[str, ...]:
    """Services with a rank stand where it says; the others fill up in the order of reading."""
    ranks: dict[str, int | None] = {}
    for mention in mentions:
        ranks.setdefault(mention.service, mention.note.rank)
    order = [service for service, rank in ranks.items() if rank is None]
    ranked = [(rank, service) for service, rank in ranks.items() if rank is not None]
    for rank, service in sorted(ranked):  # upwards: no later one moves an earlier one
        order.insert(rank - 1, service)
    return tuple(order)
