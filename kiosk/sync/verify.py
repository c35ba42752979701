"""Whether what was fetched may be shown. No I/O, no clock: every judgement is a function of values.

Knows floors, the signed head, the content digest and the list of link hosts. Signatures and
expiry are python-tuf's part, which has passed before any of this is asked.

Raises (every judgement): NotTrustedError.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

import msgspec

from db import digest, records
from db.head import Head
from kiosk.core.errors import NotTrustedError
from kiosk.store.state import Floor

_ROOT = "root"
_SERVICE_PREFIX = "service/"


class _Channel(msgspec.Struct, frozen=True):
    """The part of a channel that could lead somewhere."""

    url: records.Url | None = None


class _Links(msgspec.Struct, frozen=True):
    """The part of a service that could lead somewhere."""

    channels: tuple[_Channel, ...] = ()


_links = msgspec.json.Decoder(_Links)


def require_floors(seen: Mapping[str, Floor], floors: Mapping[str, Floor]) -> None:
    """Nothing is older than what this machine has seen before.

    python-tuf remembers versions only in its own files, which it never fsyncs: a power cut can
    leave them empty, and then it would accept an old repository as new. A role whose keys were
    replaced by a newer root starts anew, so that a stolen key cannot block a kiosk with a version
    that nobody can reach; root itself never does.
    """
    for role, now in seen.items():
        before = floors.get(role)
        if before is None or (role != _ROOT and before.keys != now.keys):
            continue
        if now.version < before.version:
            message = f"{role} is version {now.version}, but {before.version} was seen before"
            raise NotTrustedError(message)


def require_head(head: Head, collection: str, app_version: str) -> None:
    """The head is of this collection, and this program can read what it names."""
    if head.collection != collection:
        raise NotTrustedError(f"the head is of {head.collection}, not of {collection}")
    if head.schema != records.SCHEMA_VERSION:
        raise NotTrustedError(f"schema {head.schema} is not {records.SCHEMA_VERSION}")
    if _numbers(app_version) < _numbers(head.min_app):
        raise NotTrustedError(f"the catalog asks for program {head.min_app}, this is {app_version}")


def require_newer(head: Head, head_bytes: bytes, version: int, active_head: bytes) -> None:
    """The head is not older than the one in use, nor another of the same version."""
    if head.version < version:
        raise NotTrustedError(f"version {head.version} is older than {version}, which is in use")
    if head.version == version and head_bytes != active_head:
        raise NotTrustedError(f"version {version} was published twice with different content")


def require_content(head: Head, bodies: Mapping[str, bytes]) -> None:
    """The records are exactly the ones that the publishers signed."""
    if len(bodies) != head.count:
        raise NotTrustedError(f"{len(bodies)} records, but {head.count} were signed")
    if digest.digest_of(bodies).hex() != head.digest:
        raise NotTrustedError("the records are not the ones that were signed")


def require_links(bodies: Mapping[str, bytes], link_hosts: tuple[str, ...]) -> None:
    """No link of any service leads to a host that is not on the list."""
    allowed = frozenset(link_hosts)
    for key, body in bodies.items():
        if not key.startswith(_SERVICE_PREFIX):
            continue
        try:
            channels = _links.decode(body).channels
        except msgspec.MsgspecError as error:
            raise NotTrustedError(f"{key} cannot be read: {error}") from error
        for channel in channels:
            if channel.url is not None and urlsplit(channel.url).hostname not in allowed:
                raise NotTrustedError(f"{key} leads to {channel.url}, which is not on the list")


def _numbers(version: str) -> tuple[int, ...]:
    """`0.1.0` as numbers; what follows them (`0.2.0rc1`) is not looked at."""
    parts = (part for part in version.split(".") if part.isdecimal())
    return tuple(int(part) for part in parts)
