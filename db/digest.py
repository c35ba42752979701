"""The content digest of a catalog: one hash over every record's exact bytes, in buckets.

Knows sha256 and order. Does not know what a record means or who signed the digest.

Two levels, so that one changed record re-hashes one bucket of 1,024 and one record is proved at
display time without reading the others:

    record  = sha256(body)
    bucket  = sha256(for each record of the bucket by key: key 0x00 record)
    root    = sha256("ks1" count:u64be bucket_0 … bucket_1023)
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

BUCKETS = 1024
_BUCKET_BITS = 10


def record_digest(body: bytes) -> bytes:
    """The digest of a record's exact published bytes; 32 bytes."""
    return hashlib.sha256(body).digest()


def bucket_of(key: str) -> int:
    """The bucket of a record's key, 0 … 1023: the top ten bits of its hash."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:2]) >> (16 - _BUCKET_BITS)


def bucket_digest(members: Iterable[tuple[str, bytes]]) -> bytes:
    """The digest of one bucket from (key, record digest) pairs in any order."""
    sha = hashlib.sha256()
    for key, digest in sorted(members):
        sha.update(key.encode() + b"\x00" + digest)
    return sha.digest()


def root(count: int, buckets: Sequence[bytes]) -> bytes:
    """The digest of the whole catalog.

    Raises:
        ValueError: there are not exactly 1,024 buckets.
    """
    if len(buckets) != BUCKETS:
        raise ValueError(f"{len(buckets)} buckets, not {BUCKETS}")
    return hashlib.sha256(b"ks1" + count.to_bytes(8) + b"".join(buckets)).digest()


def buckets_of(bodies: Mapping[str, bytes]) -> list[bytes]:
    """All 1,024 bucket digests of a catalog given as key → exact bytes."""
    members: list[list[tuple[str, bytes]]] = [[] for _ in range(BUCKETS)]
    for key, body in bodies.items():
        members[bucket_of(key)].append((key, record_digest(body)))
    return [bucket_digest(bucket) for bucket in members]


def digest_of(bodies: Mapping[str, bytes]) -> bytes:
    """The content digest of a catalog given as key → exact bytes; 32 bytes."""
    return root(len(bodies), buckets_of(bodies))
