"""The searcher of the edition that is open now, on the thread that searches.

Knows when to open another file. Does not know how anything is found (`kiosk.search.searcher`).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kiosk.core.entry import Draft, Reading
from kiosk.core.results import Results
from kiosk.search.drafts import DraftReader
from kiosk.search.searcher import Searcher


class Finder:
    """Finds services; follows the catalog from edition to edition."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._searcher = Searcher(file)
        self._opened = file
        self._drafts: DraftReader | None = None

    def use(self, file: Path) -> None:
        """Search another edition from the next keystroke on; on any thread."""
        self._file = file
        self._searcher.interrupt()

    def find(self, query: str, language: str, also_heard: Sequence[str] = ()) -> Results:
        """The results of a query, which may have been heard as something else as well.

        Raises:
            SearchCancelledError: `interrupt` was called meanwhile.
        """
        self._follow()
        return self._searcher.find(query, language, also_heard=also_heard)

    def read(self, draft: Draft) -> Reading:
        """What a draft may be, by hand or by strokes.

        Raises:
            CatalogMissingError, CatalogDamagedError: the edition cannot be read.
            SearchCancelledError: `interrupt` was called meanwhile.
        """
        self._follow()
        if self._drafts is None:
            self._drafts = DraftReader(self._searcher.spoken_keys)
        return self._drafts.read(draft)

    def _follow(self) -> None:
        if self._opened != self._file:
            self._searcher.close()
            self._opened = self._file
            self._searcher = Searcher(self._opened)
            self._drafts = None

    def interrupt(self) -> None:
        """Cancel a running search; on any thread."""
        self._searcher.interrupt()

    def close(self) -> None:
        """Let go of the file."""
        self._searcher.close()
