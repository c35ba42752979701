"""One version of the catalog as it would be published, and the last checks before it is. No I/O.

Knows what a version is made of and how far it may differ from the one before. Does not know
editors' notation (`hub.authoring`), signatures or files (`hub.publish.repository`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

from db import digest, records, snapshot
from db import head as heads
from db.head import Head
from hub.publish.errors import NotConfirmedError, NumberReusedError, PublishError

MIN_APP = "0.2.0"
"""The oldest kiosk program that reads what we publish; raised together with the schema."""

_REMOVALS_MAX = 0.05  # above it a person says yes once more: lists that lose half are mistakes


@dataclass(frozen=True)
class Edition:
    """A version, complete."""

    head: Head
    bodies: Mapping[str, bytes]
    full: bytes  # the snapshot file

    @property
    def head_bytes(self) -> bytes:
        """What the publishers sign."""
        return heads.encode(self.head)


def bodies_of(written: Iterable[records.Record]) -> dict[str, bytes]:
    """Key → exact bytes of every record, by key; aliases that are only proposed stay at home."""
    bodies = {records.key_of(one): records.encode(one) for one in written if _is_public(one)}
    return dict(sorted(bodies.items()))


def build(
    bodies: Mapping[str, bytes], collection: str, version: int, published: datetime
) -> Edition:
    """The version that these records make, read back and compared.

    Raises:
        PublishError: what was built does not read as what was meant.
    """
    root = digest.digest_of(bodies)
    head = Head(
        schema=records.SCHEMA_VERSION,
        collection=collection,
        version=version,
        count=len(bodies),
        digest=root.hex(),
        published=published.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        min_app=MIN_APP,
    )
    full = snapshot.encode(bodies)
    if digest.digest_of(snapshot.read(BytesIO(full))) != root:
        raise PublishError("the snapshot does not read as the records that went into it")
    return Edition(head, bodies, full)


def check_change(
    old: Mapping[str, bytes], new: Mapping[str, bytes], *, removals_confirmed: bool
) -> None:
    """Let a change from one version to the next pass, or not.

    Raises:
        NotConfirmedError: more than one record in twenty would go.
        NumberReusedError: a short number that is printed on slips would name another service.
    """
    gone = sorted(old.keys() - new.keys())
    if len(gone) > _REMOVALS_MAX * len(old) and not removals_confirmed:
        some = ", ".join(gone[:5])
        message = f"{len(gone)} of {len(old)} records would be removed ({some} …)"
        raise NotConfirmedError(message)
    before = numbers_of(old)
    owners = {number: key for key, number in before.items()}
    for key, number in numbers_of(new).items():
        owner = owners.get(number, key)
        if owner != key:
            raise NumberReusedError(f"{number} is the number of {owner}, not of {key}")


def numbers_of(bodies: Mapping[str, bytes]) -> dict[str, int]:
    """The short number of every service, by key."""
    services = {key: body for key, body in bodies.items() if key.startswith("service/")}
    return {key: _service_number(body) for key, body in services.items()}


def _is_public(record: records.Record) -> bool:
    return not (isinstance(record, records.Alias) and record.state == "proposed")


def _service_number(body: bytes) -> int:
    record = records.decode(body)
    if not isinstance(record, records.Service):
        raise PublishError("a record stands under the key of a service but is none")
    return record.number
