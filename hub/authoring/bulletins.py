"""Judges bulletins. No I/O.

Knows that a bulletin holds from a moment to a later one. Does not know what time it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from db import records
from hub.authoring.findings import Finding
from hub.authoring.yaml_source import Source


def check(source: Source) -> Iterator[Finding]:
    """Bulletins that hold never, and moments that no clock shows."""
    for entry in source.entries:
        if isinstance(entry.record, records.Bulletin):
            for path, message in _wrong(entry.record):
                yield Finding(entry.place(f"$.{path}"), path, message)


def _wrong(bulletin: records.Bulletin) -> Iterator[tuple[str, str]]:
    begins, ends = _moment(bulletin.valid_from), _moment(bulletin.valid_to)
    if begins is None:
        yield "valid_from", f"no clock shows {bulletin.valid_from}"
    if ends is None:
        yield "valid_to", f"no clock shows {bulletin.valid_to}"
    if begins is not None and ends is not None and begins >= ends:
        yield "valid_to", f"is not later than valid_from, {bulletin.valid_from}"


def _moment(written: records.Moment) -> datetime | None:
    """None where the notation is right but the day or the hour is not."""
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return None
