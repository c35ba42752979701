"""The list of hosts that links may lead to, as it is published beside a catalog.

Knows the file's notation. Does not know which links a catalog has (`hub.authoring.checks`,
`kiosk.sync.verify`) or who signed the list.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, TypeAlias

import msgspec
from msgspec import Meta

Host: TypeAlias = Annotated[str, Meta(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$", max_length=253)]


PATH = "policy/links.json"
"""Where the list stands in a repository."""


class LinkPolicyError(ValueError):
    """The bytes are no list of link hosts."""


class LinkPolicy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Hosts in order, each once."""

    link_hosts: tuple[Host, ...]
    schema: Annotated[int, Meta(ge=1, le=1)] = 1


_decoder = msgspec.json.Decoder(LinkPolicy)


def encode(hosts: Iterable[str]) -> bytes:
    """The exact bytes of a list of hosts."""
    return msgspec.json.encode(LinkPolicy(tuple(sorted(set(hosts)))))


def decode(content: bytes) -> tuple[str, ...]:
    """The hosts that these bytes list.

    Raises:
        LinkPolicyError: a field is unknown, missing or of the wrong shape.
    """
    try:
        return _decoder.decode(content).link_hosts
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise LinkPolicyError(f"no list of link hosts: {error}") from error
