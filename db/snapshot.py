"""The whole catalog as one file, `full.jsonl.zst`: a record a line, by key, in one zstd frame.

Knows the notation and its limits. Does not know whether the records are the ones that were signed
(`db.digest`, `kiosk.sync.verify`), nor what they mean.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import BinaryIO

import msgspec

from db import records

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

WINDOW_LOG_MAX = 27  # 128 MiB: what the smallest kiosk can spare
CONTENT_MAX_BYTES = 1 << 30
LINE_MAX_BYTES = 1 << 20
_LEVEL = 12  # the knee: 1.25 times the size of level 19 in a fortieth of its time
_CHUNK_BYTES = 1 << 18
_FRAME_HEADER_BYTES = 18  # RFC 8878, 3.1.1.1: at most


class SnapshotError(ValueError):
    """The bytes are no snapshot, or one beyond the limits."""


def path_of(collection: str) -> str:
    """Where a collection's snapshot stands in a repository."""
    return f"catalog/{collection}/full.jsonl.zst"


def encode(bodies: Mapping[str, bytes]) -> bytes:
    """The snapshot of a catalog given as key → exact bytes."""
    content = b"".join(bodies[key] + b"\n" for key in sorted(bodies))
    options: dict[int, int] = {
        zstd.CompressionParameter.compression_level: _LEVEL,
        zstd.CompressionParameter.window_log: WINDOW_LOG_MAX,
        zstd.CompressionParameter.enable_long_distance_matching: 1,
        zstd.CompressionParameter.checksum_flag: 1,
        zstd.CompressionParameter.content_size_flag: 1,
    }
    return zstd.compress(content, options=options)


def read(file: BinaryIO, content_max_bytes: int = CONTENT_MAX_BYTES) -> dict[str, bytes]:
    """The records of a snapshot as key → exact bytes, in order.

    Args:
        file: open for reading, at the start of the snapshot.
        content_max_bytes: what the records may come to; more is refused before any is unpacked.

    Raises:
        SnapshotError: no zstd frame, a window or content above the limits, a damaged or cut
            frame, a line that is no record, or records out of order or named twice.
        OSError: the file cannot be read.
    """
    bodies: dict[str, bytes] = {}
    last = ""
    for number, line in enumerate(_lines(file, content_max_bytes), start=1):
        try:
            key = records.name_of(line).key
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise SnapshotError(f"line {number} is no record: {error}") from error
        if key in bodies:
            raise SnapshotError(f"line {number}: {key} stands twice")
        if key < last:
            raise SnapshotError(f"line {number}: {key} stands after {last}")
        bodies[key] = line
        last = key
    return bodies


def _lines(file: BinaryIO, content_max_bytes: int) -> Iterator[bytes]:
    rest = b""
    for chunk in _content(file, content_max_bytes):
        *lines, rest = (rest + chunk).split(b"\n")
        if len(rest) > LINE_MAX_BYTES:
            raise SnapshotError(f"a line is longer than {LINE_MAX_BYTES} bytes")
        yield from lines
    if rest:
        raise SnapshotError("the last line does not end")


def _content(file: BinaryIO, content_max_bytes: int) -> Iterator[bytes]:
    """The unpacked frame in pieces; nothing is unpacked before its size is known to be allowed."""
    start = file.read(_FRAME_HEADER_BYTES)
    try:
        size = zstd.get_frame_info(start).decompressed_size
    except zstd.ZstdError as error:
        raise SnapshotError(f"no zstd frame: {error}") from error
    if size is None or size > content_max_bytes:
        raise SnapshotError(f"content of {size} bytes, at most {content_max_bytes} are allowed")
    options: dict[int, int] = {zstd.DecompressionParameter.window_log_max: WINDOW_LOG_MAX}
    unpacker = zstd.ZstdDecompressor(options=options)
    packed = start
    while not unpacker.eof:
        if unpacker.needs_input and not packed:
            raise SnapshotError("the frame is cut off")
        try:
            yield unpacker.decompress(packed, max_length=_CHUNK_BYTES)
        except zstd.ZstdError as error:
            raise SnapshotError(f"damaged frame: {error}") from error
        packed = file.read(_CHUNK_BYTES) if unpacker.needs_input and not unpacker.eof else b""
    if unpacker.unused_data or file.read(1):
        raise SnapshotError("something stands after the frame")
