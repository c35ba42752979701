"""The content digest against a second, naive implementation."""

from __future__ import annotations

import hashlib
import random
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import digest

catalogs = st.dictionaries(
    st.from_regex(r"[a-z]{1,6}/[a-z0-9]{1,8}", fullmatch=True), st.binary(max_size=40), max_size=30
)


def naive(bodies: dict[str, bytes]) -> bytes:
    """As the docstring of `db.digest` says it, bucket by bucket."""
    members = dict.fromkeys(range(1024), b"")
    for key in sorted(bodies):
        number = int(hashlib.sha256(key.encode()).hexdigest(), 16) >> 246
        members[number] += key.encode() + b"\0" + hashlib.sha256(bodies[key]).digest()
    buckets = [hashlib.sha256(members[number]).digest() for number in range(1024)]
    return hashlib.sha256(b"ks1" + struct.pack(">Q", len(bodies)) + b"".join(buckets)).digest()


@settings(max_examples=40)
@given(catalogs)
def test_it_is_what_its_description_says(bodies: dict[str, bytes]) -> None:
    assert digest.digest_of(bodies) == naive(bodies)


@settings(max_examples=40)
@given(catalogs, st.randoms())
def test_the_order_of_records_does_not_matter(
    bodies: dict[str, bytes], chance: random.Random
) -> None:
    keys = list(bodies)
    chance.shuffle(keys)
    assert digest.digest_of({key: bodies[key] for key in keys}) == digest.digest_of(bodies)


@settings(max_examples=40)
@given(catalogs.filter(lambda bodies: any(bodies.values())), st.data())
def test_one_bit_of_one_record_changes_the_root(
    bodies: dict[str, bytes], data: st.DataObject
) -> None:
    key = data.draw(st.sampled_from([key for key, body in bodies.items() if body]))
    bit = data.draw(st.integers(0, len(bodies[key]) * 8 - 1))
    changed = bytearray(bodies[key])
    changed[bit // 8] ^= 1 << bit % 8
    assert digest.digest_of({**bodies, key: bytes(changed)}) != digest.digest_of(bodies)


@settings(max_examples=40)
@given(catalogs.filter(bool), st.data())
def test_a_missing_an_added_and_a_renamed_record_change_the_root(
    bodies: dict[str, bytes], data: st.DataObject
) -> None:
    key = data.draw(st.sampled_from(sorted(bodies)))
    without = {name: body for name, body in bodies.items() if name != key}
    roots = {
        digest.digest_of(bodies),
        digest.digest_of(without),
        digest.digest_of({**without, f"{key}-x": bodies[key]}),
        digest.digest_of({**bodies, f"{key}-x": bodies[key]}),
    }
    assert len(roots) == 4


def test_an_empty_catalog_has_a_digest() -> None:
    assert digest.digest_of({}) == naive({})


def test_a_record_is_proved_by_its_bucket_alone() -> None:
    bodies = {f"service/s{n}": b"%d" % n for n in range(3000)}
    buckets = digest.buckets_of(bodies)
    members = [
        (key, digest.record_digest(body))
        for key, body in bodies.items()
        if digest.bucket_of(key) == digest.bucket_of("service/s7")
    ]
    assert len(members) > 1
    assert digest.bucket_digest(reversed(members)) == buckets[digest.bucket_of("service/s7")]


@pytest.mark.parametrize("count", [0, 1023, 1025])
def test_a_root_is_made_of_exactly_1024_buckets(count: int) -> None:
    with pytest.raises(ValueError, match="1024"):
        digest.root(0, [b""] * count)
