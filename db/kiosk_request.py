"""Requests that a kiosk signs with its own key: who asks, and that nobody else does.

Knows the notation of the header and the tag. Does not know which kiosks are enrolled, which nonce
was used before, or what the time is (`hub.hall.gate`).

    Authorization: KHR1 <region>/<hall>/<kiosk>;<epoch>;<seconds>;<nonce>;<tag>

`seconds` since 1970 in UTC, `nonce` 16 bytes and `tag` 32 bytes in hex. The tag is HMAC-SHA256 with
the kiosk's key (`db.token.derive_key`) over these lines, each ended by a line feed:

    KHR1
    <region>/<hall>/<kiosk>;<epoch>;<seconds>;<nonce>
    <method>
    <path, below the hub's own address>
    <sha256 of the body, hex>

A hand-off token made with the same key begins with other bytes, so neither can pass for the other.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass

from db.token import Place, TokenError

SCHEME = "KHR1"
NONCE_BYTES = 16
_HEADER = re.compile(
    rf"{SCHEME} (?P<signed>(?P<region>\d{{1,7}})/(?P<hall>\d{{1,4}})/(?P<kiosk>\d{{1,3}})"
    rf";(?P<epoch>\d{{1,2}});(?P<seconds>\d{{1,11}});(?P<nonce>[0-9a-f]{{{2 * NONCE_BYTES}}}))"
    r";(?P<tag>[0-9a-f]{64})",
    re.ASCII,
)


@dataclass(frozen=True)
class Request:
    """What is asked."""

    method: str
    path: str  # with its first slash, without query
    body: bytes = b""


@dataclass(frozen=True)
class Signature:
    """What a header says; nothing of it is believed before `is_genuine`."""

    place: Place
    epoch: int
    seconds: int
    nonce: bytes
    signed: str
    tag: bytes


def sign(request: Request, key: bytes, place: Place, epoch: int, seconds: int, nonce: bytes) -> str:
    """The header of a request."""
    signed = f"{place.region}/{place.hall}/{place.kiosk};{epoch};{seconds};{nonce.hex()}"
    return f"{SCHEME} {signed};{_tag(request, signed, key).hex()}"


def read(header: str) -> Signature | None:
    """What a header claims; None where it is none of ours."""
    found = _HEADER.fullmatch(header)
    if found is None:
        return None
    place = Place(int(found["region"]), int(found["hall"]), int(found["kiosk"]))
    try:
        place.to_bytes()
    except TokenError:
        return None
    nonce, tag = bytes.fromhex(found["nonce"]), bytes.fromhex(found["tag"])
    return Signature(place, int(found["epoch"]), int(found["seconds"]), nonce, found["signed"], tag)


def is_genuine(signature: Signature, request: Request, key: bytes) -> bool:
    """Whether exactly this was asked by a holder of the key; constant time."""
    return hmac.compare_digest(_tag(request, signature.signed, key), signature.tag)


def _tag(request: Request, signed: str, key: bytes) -> bytes:
    body = hashlib.sha256(request.body).hexdigest()
    lines = (SCHEME, signed, request.method, request.path, body)
    return hmac.digest(key, "".join(f"{line}\n" for line in lines).encode(), "sha256")
