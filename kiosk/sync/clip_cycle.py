"""Brings recorded sentences to this machine, a few at a time and after the catalog.

Knows the order of things and how much may come at once. Does not know what a clip says, and never
touches a catalog: whatever fails here, the catalog and the clips of before stay.

It asks the hub nothing as long as the metadata that the catalog's own sync has accepted says that
everything is here already.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

from db import clips
from kiosk.core.errors import SyncError
from kiosk.store.state import State
from kiosk.sync import trust
from kiosk.sync.clip_shelf import ClipShelf
from kiosk.sync.fetcher import Source
from kiosk.sync.lock import only_one
from kiosk.sync.translation import in_our_words
from kiosk.sync.visit import SPEECH, ClipOffer, Terms, Visit

_FIRST_RETRY_S = 60.0  # the wait doubles with every failure in a row
_LONGEST_RETRY_S = 21_600.0


@dataclass(frozen=True)
class Allowance:
    """How much may come in one go: the next question about the catalog is behind it."""

    bytes: int = 8 << 20  # more than the longest clip, or that one would never come
    seconds: float = 20.0
    reserve: int = 256 << 20  # of the disk, for catalogs


WITHOUT_LIMIT = Allowance(bytes=1 << 60, seconds=float("inf"))
"""For a stick, behind which nobody waits."""


@dataclass(frozen=True)
class ClipOutcome:
    """What one go came to; after `some` there is more to fetch."""

    result: Literal["unchanged", "some", "updated", "refused"]
    error: SyncError | None = None


@dataclass(frozen=True)
class _Failure:
    """What went wrong last."""

    version: int  # of the role that was wanted
    count: int
    until: float


class ClipCycle:
    """Keeps the clips of one kiosk as they are published."""

    def __init__(
        self,
        terms: Terms,
        source: Source,
        state: State,
        allowance: Allowance | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._terms = terms
        self._source = source
        self._state = state
        self._allowance = allowance or Allowance()
        self._clock = clock
        self._shelf = ClipShelf(terms.data_dir)
        self._tuf_dir = terms.data_dir / "tuf"
        self._is_proved = False
        self._settled: int | None = None  # the version of the role that is here as a whole
        self._failure: _Failure | None = None

    def run(self, is_over: Callable[[], bool] = lambda: False) -> ClipOutcome:
        """Fetch what is allowed at once; a failure is in the outcome, what is raised is a bug.

        Args:
            is_over: asked between two clips; nothing more is begun where it says so.
        """
        wanted = trust.listed(self._tuf_dir, SPEECH)
        if wanted is None or wanted == self._settled or self._is_waiting(wanted):
            return ClipOutcome("unchanged")
        try:
            with in_our_words(), only_one(self._terms.data_dir / "sync.lock"):
                before = self._shelf.changes
                self._prove()
                is_all = self._bring(wanted, is_over)
                is_other = self._shelf.changes > before
        except SyncError as error:
            error.__cause__ = error.__context__ = None  # as in a sync of the catalog
            self._remember(wanted)
            return ClipOutcome("refused", error.with_traceback(None))
        self._failure = None
        return ClipOutcome("some" if not is_all else "updated" if is_other else "unchanged")

    def _prove(self) -> None:
        """Once in the life of a process, as the catalog is."""
        if not self._is_proved:
            self._shelf.prove()
            self._is_proved = True

    def _bring(self, wanted: int, is_over: Callable[[], bool]) -> bool:
        """Make what is here what is published; whether that was all of it."""
        if wanted == 0:
            self._shelf.clear()
            self._settled = wanted
        elif self._is_here(wanted):
            self._shelf.tidy()
            self._settled = wanted
        else:
            visit = Visit(self._terms, self._source)
            offer = visit.clip_offer(self._state.floors())
            self._keep(visit, offer)
            if offer.list is None:
                self._shelf.clear()
            elif not self._fetch(visit, offer.list, is_over):
                return False
            elif offer.list != self._shelf.content:
                self._shelf.switch(offer.list)
            self._settled = offer.version
        return True

    def _is_here(self, wanted: int) -> bool:
        """Whether the list in use is the one that this version of the role signs."""
        found = trust.entry(self._tuf_dir, SPEECH, clips.PATH)
        if found is None or found.version != wanted:
            return False
        content = self._shelf.content
        here = hashlib.sha256(content).hexdigest() if content else None
        return found.sha256 == here

    def _keep(self, visit: Visit, offer: ClipOffer) -> None:
        """What was accepted outlasts a power cut, as in a sync of the catalog."""
        visit.keep()
        contact = self._state.contact(self._source.base_url)
        if contact is not None:
            self._state.confirm(offer.floors, contact)

    def _fetch(self, visit: Visit, listed: bytes, is_over: Callable[[], bool]) -> bool:
        """Fetch the sounds that are not here, as many as are allowed; whether that was all."""
        spent, end = 0, self._clock() + self._allowance.seconds
        for name in self._shelf.lacking(clips.decode_published(listed)):
            target = visit.clip(name)
            over = spent + target.length > self._allowance.bytes or self._clock() > end
            if (spent and over) or is_over():
                return False
            self._shelf.require_room(target.length, self._allowance.reserve)
            visit.fetch_clip(target, partial(self._shelf.put, name))
            spent += target.length
        return True

    def _is_waiting(self, wanted: int) -> bool:
        """Whether it is too early to try again what failed; another version is tried at once."""
        failure = self._failure
        return failure is not None and failure.version == wanted and self._clock() < failure.until

    def _remember(self, wanted: int) -> None:
        before = self._failure
        count = before.count + 1 if before and before.version == wanted else 1
        wait_s = min(_LONGEST_RETRY_S, _FIRST_RETRY_S * 2.0 ** min(count - 1, 30))
        wait_s = max(wait_s, self._source.retry_after_s or 0.0)
        self._failure = _Failure(wanted, count, self._clock() + wait_s)
