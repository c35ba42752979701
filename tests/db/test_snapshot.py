"""The snapshot file: what goes in comes out byte by byte, and nothing else is ever accepted."""

from __future__ import annotations

from io import BytesIO

import pytest
from backports import zstd
from backports.zstd import CompressionParameter
from hypothesis import given
from hypothesis import strategies as st

from db import snapshot

_SLUG = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
_TEXT = st.text(st.characters(codec="utf-8", exclude_characters='"\\\n', exclude_categories=["Cc"]))


def body(id: str, text: str = "") -> bytes:
    return f'{{"kind":"alias","id":"{id}","text":"{text}"}}'.encode()


def bodies(*ids: str) -> dict[str, bytes]:
    return {f"alias/{slug}": body(slug) for slug in ids}


def packed(content: bytes, **options: int) -> bytes:
    chosen = {CompressionParameter[name]: value for name, value in options.items()}
    return zstd.compress(content, options=chosen)


def read(content: bytes, **limits: int) -> dict[str, bytes]:
    return snapshot.read(BytesIO(content), **limits)


@given(st.dictionaries(_SLUG, _TEXT, max_size=30))
def test_every_catalog_comes_back_byte_by_byte_in_the_order_of_its_keys(texts):
    catalog = {f"alias/{slug}": body(slug, text) for slug, text in texts.items()}
    found = read(snapshot.encode(catalog))
    assert found == catalog
    assert list(found) == sorted(catalog)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_with_one_error(content):
    for attempt in (content, packed(content)):
        try:
            read(attempt)
        except snapshot.SnapshotError:
            continue


def test_the_frame_says_its_size_and_carries_a_checksum():
    content = snapshot.encode(bodies("a", "b"))
    assert zstd.get_frame_info(content).decompressed_size == len(body("a")) * 2 + 2
    assert content[4] & 0b100  # RFC 8878, 3.1.1.1.1: Content_Checksum_flag


def test_one_flipped_bit_is_refused():
    content = bytearray(snapshot.encode(bodies("a", "b", "c")))
    content[-1] ^= 1
    with pytest.raises(snapshot.SnapshotError, match="damaged"):
        read(bytes(content))


def test_a_cut_file_is_refused_wherever_it_is_cut():
    content = snapshot.encode(bodies("a", "b", "c"))
    for length in range(len(content)):
        with pytest.raises(snapshot.SnapshotError):
            read(content[:length])


def test_more_content_than_allowed_is_refused_before_it_is_unpacked():
    bomb = packed(b"0" * 50_000_000, window_log=20)
    assert len(bomb) < 10_000
    with pytest.raises(snapshot.SnapshotError, match="at most 1000"):
        read(bomb, content_max_bytes=1000)


def test_a_frame_that_hides_its_size_is_refused():
    content = packed(body("a") + b"\n", content_size_flag=0)
    with pytest.raises(snapshot.SnapshotError, match="content of None"):
        read(content)


def test_a_window_above_the_limit_is_refused():
    magic, four_byte_size = bytes.fromhex("28b52ffd"), 0b1000_0000
    window_of_256_mib = (28 - 10) << 3
    header = (
        magic + bytes([four_byte_size, window_of_256_mib]) + (300_000_000).to_bytes(4, "little")
    )
    with pytest.raises(snapshot.SnapshotError, match="too much memory"):
        read(header + bytes([1, 0, 0]) + b"\n" * 20)


def test_a_record_named_twice_is_refused():
    content = packed(body("a") + b"\n" + body("a", "other") + b"\n")
    with pytest.raises(snapshot.SnapshotError, match="line 2: alias/a stands twice"):
        read(content)


def test_records_out_of_order_are_refused():
    content = packed(body("b") + b"\n" + body("a") + b"\n")
    with pytest.raises(snapshot.SnapshotError, match="line 2: alias/a stands after alias/b"):
        read(content)


@pytest.mark.parametrize("line", [b"", b"{}", b"[1]", b"<html>", b'{"kind":1,"id":2}', b"\xff\xfe"])
def test_a_line_that_is_no_record_is_refused_with_its_number(line):
    with pytest.raises(snapshot.SnapshotError, match="line 2 is no record"):
        read(packed(body("a") + b"\n" + line + b"\n"))


def test_a_last_line_without_its_end_is_refused():
    with pytest.raises(snapshot.SnapshotError, match="does not end"):
        read(packed(body("a")))


def test_a_line_without_end_is_refused_before_it_fills_the_memory():
    with pytest.raises(snapshot.SnapshotError, match="longer than"):
        read(packed(b"0" * 5_000_000))


def test_a_second_frame_is_refused():
    content = snapshot.encode(bodies("a"))
    with pytest.raises(snapshot.SnapshotError, match="after the frame"):
        read(content + content)
