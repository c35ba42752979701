"""The demo city as a kiosk has it: a catalog file, built as the sync worker builds one.

Knows how to make the file. Does not know who reads it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from hub.authoring.yaml_source import Source, read_folder
from hub.publish import edition
from kiosk import assets
from kiosk.store.search_index import INDEX_VERSION
from kiosk.sync import apply

_PUBLISHED = datetime(2026, 11, 20, tzinfo=UTC)
_NO_INDEX = apply.SearchIndex(INDEX_VERSION, lambda _connection, _bodies: None)  # nobody searches


def source() -> Source:
    """What the editors of the demo city wrote."""
    return read_folder(assets.RESOURCES / "catalog")


def build(folder: Path) -> Path:
    """Write the catalog file of the demo city into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    written = source()
    bodies = edition.bodies_of(written.records)
    built = edition.build(bodies, "990100", 1, _PUBLISHED)
    for old in folder.glob("catalog-*.sqlite*"):
        old.unlink()
    return apply.build(folder, apply.Edition(built.head, bodies, written.link_hosts), _NO_INDEX)
