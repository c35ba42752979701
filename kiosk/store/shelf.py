"""Which of this machine's catalogs can be shown: the active one, or the one before it.

Knows the order of trying. Does not repair anything: that is the sync worker's.
"""

from __future__ import annotations

import logging
from pathlib import Path

from kiosk.core.errors import CatalogError, CatalogMissingError
from kiosk.logs import Event, say
from kiosk.store import pointer
from kiosk.store.catalog_reader import CatalogReader

logger = logging.getLogger(__name__)

STATE_DB = "state.db"


def open_catalog(data_dir: Path, collection: str, but: Path | None = None) -> CatalogReader:
    """The newest edition that proves sound on opening, other than the file `but`.

    Raises:
        CatalogMissingError: there is none.
        CatalogDamagedError: there is one, and it is not what was signed.
    """
    active = pointer.read_active(data_dir / STATE_DB, collection)
    files = (active.file, active.previous) if active else ()
    failure: CatalogError = CatalogMissingError("no catalog yet: run `kiosk sync` once")
    for file in files:
        if file is None or file == but:
            continue
        try:
            return CatalogReader(file)
        except CatalogError as error:
            say(logger, Event.CATALOG_DAMAGED, logging.ERROR, error=str(error))
            failure = error
    raise failure
