"""One sync, from the question whether anything is new to the switch to a new edition.

Knows the order of things. Does not know how files arrive (`kiosk.sync.fetcher`), what is
acceptable (`kiosk.sync.verify`), or when to ask (`kiosk.worker`). Whatever fails, the edition in
use stays.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal

from db import head as heads
from kiosk.core.errors import CatalogDamagedError, DiskError, NotTrustedError, SyncError
from kiosk.store.state import CatalogFile, Contact, State
from kiosk.sync import apply, deep_check, verify
from kiosk.sync.apply import Edition, SearchIndex
from kiosk.sync.fetcher import Source
from kiosk.sync.lock import only_one
from kiosk.sync.translation import in_our_words
from kiosk.sync.visit import Offer, Terms, Visit

_WHOLE_CHECK_AFTER = timedelta(hours=6)  # a source that says "nothing new" is not believed longer
_REMEMBER_AFTER = timedelta(minutes=10)  # a write a minute would wear the disk for nothing


@dataclass(frozen=True)
class SyncOutcome:
    """What a sync came to. `version` is the edition in use afterwards."""

    result: Literal["unchanged", "updated", "refused"]
    version: int | None
    error: SyncError | None = None
    requests: int = 0
    bytes_received: int = 0
    retry_after_s: float | None = None


def _without_memory(error: SyncError) -> SyncError:
    """The error without its trace, which would hold a whole catalog until the next sync."""
    error.__cause__ = error.__context__ = None
    return error.with_traceback(None)


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Cycle:
    """Syncs one collection from one source."""

    def __init__(
        self,
        terms: Terms,
        source: Source,
        state: State,
        index: SearchIndex,
        now: Callable[[], datetime] = _utc_now,
    ) -> None:
        self._terms = terms
        self._source = source
        self._state = state
        self._index = index
        self._now = now

    def run(self) -> SyncOutcome:
        """Sync once. A failure is in the outcome; what is raised is a bug."""
        requests, received = self._source.requests_made, self._source.bytes_received
        error: SyncError | None = None
        updated = False
        try:
            with in_our_words(), only_one(self._terms.data_dir / "sync.lock"):
                updated = self._sync()
        except SyncError as failure:
            error = _without_memory(failure)
        return SyncOutcome(
            result="refused" if error else "updated" if updated else "unchanged",
            version=self._version(),
            error=error,
            requests=self._source.requests_made - requests,
            bytes_received=self._source.bytes_received - received,
            retry_after_s=self._source.retry_after_s if error else None,
        )

    def recover(self) -> SyncOutcome:
        """Prove the edition in use, or go back; "updated" where another file is in use than before.

        A file that another version of the program has built is built again from its own records:
        else a machine that was updated far from its hub would find nothing until the hub answers.
        """
        error, before = None, self._active()
        try:
            with in_our_words(), only_one(self._terms.data_dir / "sync.lock"):
                found = deep_check.recover(
                    self._state, self._terms.data_dir, self._terms.collection
                )
                if found is not None and not self._is_current(found):
                    self._renew(found)
        except SyncError as failure:
            error = _without_memory(failure)
        after = self._active()
        result: Literal["unchanged", "updated"] = "unchanged" if before == after else "updated"
        return SyncOutcome("refused" if error else result, after.version if after else None, error)

    def _renew(self, found: CatalogFile) -> None:
        """Build the file in use anew from its own records, which were proved just now.

        Raises:
            SyncError: the file stays; the next check tries again, with what the hub says.
        """
        folder = self._terms.data_dir
        try:
            bodies = deep_check.read_bodies(folder / found.file)
            hosts = deep_check.read_link_hosts(folder / found.file)
        except CatalogDamagedError as error:
            raise DiskError(f"{found.file} cannot be built anew: {error}") from error
        edition = Edition(heads.decode(found.head), bodies, hosts)
        file = apply.build(folder, edition, self._index)
        self._state.renew(self._terms.collection, replace(found, file=file.name))
        apply.sweep(folder, self._state.files())

    def _version(self) -> int | None:
        active = self._active()
        return active.version if active else None

    def _active(self) -> CatalogFile | None:
        try:
            return self._state.active(self._terms.collection)
        except SyncError:
            return None

    def _sync(self) -> bool:
        """Whether another file is in use than before."""
        active = self._state.active(self._terms.collection)
        contact = self._state.contact(self._source.base_url)
        answer = self._source.poll(self._etag(active, contact))
        if contact is not None and not answer.changed:
            self._hear(contact)
            return False
        visit = Visit(self._terms, self._source)
        offer = visit.offer(self._state.floors())
        edition = self._wanted(visit, offer, active)
        file = apply.build(self._terms.data_dir, edition, self._index) if edition else None
        visit.keep()
        now = self._now()
        heard = Contact(self._source.base_url, answer.etag, refreshed=now, heard=now)
        if file is None:
            self._state.confirm(offer.floors, heard)
            return False
        row = CatalogFile(file.name, offer.head.version, offer.head_bytes, offer.policy)
        self._state.switch(self._terms.collection, row, offer.floors, heard)
        apply.sweep(self._terms.data_dir, self._state.files())
        return True

    def _etag(self, active: CatalogFile | None, contact: Contact | None) -> str | None:
        """The etag to ask with; None where everything is to be looked at."""
        if active is None or contact is None or not self._is_current(active):
            return None
        age = self._now() - contact.refreshed
        return contact.etag if timedelta(0) <= age < _WHOLE_CHECK_AFTER else None

    def _hear(self, contact: Contact) -> None:
        now = self._now()
        if not timedelta(0) <= now - contact.heard < _REMEMBER_AFTER:
            self._state.confirm({}, replace(contact, heard=now))

    def _wanted(self, visit: Visit, offer: Offer, active: CatalogFile | None) -> Edition | None:
        """The edition to build; None where the one in use is the one that is offered."""
        if active is not None:
            verify.require_newer(offer.head, offer.head_bytes, active.version, active.head)
            if offer.head.version == active.version:
                if offer.policy == active.policy and self._is_current(active):
                    return None
                bodies = self._own_records(offer, active)
                if bodies is not None:
                    return Edition(offer.head, bodies, offer.link_hosts)
        return Edition(offer.head, visit.records(offer), offer.link_hosts)

    def _own_records(self, offer: Offer, active: CatalogFile) -> dict[str, bytes] | None:
        """The records of the file in use, where they can be proved: nothing need be fetched."""
        try:
            bodies = deep_check.read_bodies(self._terms.data_dir / active.file)
            verify.require_content(offer.head, bodies)
        except (CatalogDamagedError, NotTrustedError):
            return None
        return bodies

    def _is_current(self, active: CatalogFile) -> bool:
        return deep_check.is_current(self._terms.data_dir / active.file, self._index.version)
