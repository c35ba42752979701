"""Keeps the newest published catalog at hand, read again when the repository has moved on.

Knows when to read: `timestamp.json` is written last, so its change is the publish. Does not know
how a repository is read (`hub.publish.repository`) or what a page shows of it (`hub.phone`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from threading import Lock

import msgspec

from hub.event import Event
from hub.phone.catalog import Publication, PublishedCatalog
from hub.publish.errors import PublishError
from hub.publish.repository import Repository

logger = logging.getLogger(__name__)


class RepositorySource:
    """The catalog of a repository on this machine's disk; safe to ask from many threads."""

    def __init__(self, timestamp: Path, read: Callable[[], Publication | None]) -> None:
        self._timestamp = timestamp
        self._read = read
        self._lock = Lock()
        self._seen: tuple[int, int] | None = None
        self._catalog: PublishedCatalog | None = None

    def current(self) -> PublishedCatalog | None:
        """The newest catalog. One that cannot be read is passed over: the last good one stays."""
        with self._lock:
            stamp = self._stamp()
            if stamp != self._seen:
                self._seen = stamp
                self._reload()
            return self._catalog

    def _stamp(self) -> tuple[int, int] | None:
        try:
            found = self._timestamp.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ino

    def _reload(self) -> None:
        try:
            publication = self._read()
            if publication is not None:
                self._catalog = PublishedCatalog(publication)
                logger.info("%s version=%d", Event.CATALOG_READ, publication.version)
        except (PublishError, OSError, ValueError, msgspec.MsgspecError) as error:
            logger.error("%s %s", Event.CATALOG_UNREADABLE, error)


def on_disk(data: Path) -> RepositorySource:
    """The source that reads the repository of a data folder."""
    repository = Repository(data)

    def read() -> Publication | None:
        found = repository.read_current()
        if found is None:
            return None
        head, bodies = found
        hosts = repository.link_hosts()
        return Publication(head.version, head.published, head.collection, hosts, bodies)

    return RepositorySource(repository.metadata_dir / "timestamp.json", read)
