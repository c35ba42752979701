"""The head of a published catalog: the few facts that its publishers sign.

Knows the fields and their exact bytes. Does not know the signatures (`hub.publish`) or whether a
kiosk accepts them (`kiosk.sync.verify`).
"""

from __future__ import annotations

from typing import Annotated, TypeAlias

import msgspec
from msgspec import Meta

Collection: TypeAlias = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
"""A catalog's name in its repository: the administrative code (GB/T 2260), perhaps with a part."""


class HeadError(ValueError):
    """The bytes are no head."""


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What two publishers put their names to."""

    schema: Annotated[int, Meta(ge=1)]
    collection: Collection
    version: Annotated[int, Meta(ge=1, le=2**53)]
    count: Annotated[int, Meta(ge=0)]
    digest: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
    published: Annotated[str, Meta(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")]
    min_app: Annotated[str, Meta(pattern=r"^\d+(\.\d+){1,2}$")]


_decoder = msgspec.json.Decoder(Head)


def path_of(collection: str) -> str:
    """Where a collection's head stands in a repository."""
    return f"catalog/{collection}/head.json"


def encode(head: Head) -> bytes:
    """The head's exact bytes: one line of JSON."""
    return msgspec.json.encode(head)


def decode(content: bytes) -> Head:
    """The head that these bytes are.

    Raises:
        HeadError: a field is unknown, missing or of the wrong shape.
    """
    try:
        return _decoder.decode(content)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise HeadError(f"no head: {error}") from error
