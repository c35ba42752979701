"""The searcher of the edition that is open now, on the thread that searches.

Knows when to open another file. Does not know how anything is found (`kiosk.search.searcher`).
"""

from __future__ import annotations

from pathlib import Path

from kiosk.core.results import Results
from kiosk.search.searcher import Searcher


class Finder:
    """Finds services; follows the catalog from edition to edition."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._searcher = Searcher(file)
        self._opened = file

    def use(self, file: Path) -> None:
        """Search another edition from the next keystroke on; on any thread."""
        self._file = file
        self._searcher.interrupt()

    def find(self, query: str, language: str) -> Results:
        """The results of a query.

        Raises:
            SearchCancelledError: `interrupt` was called meanwhile.
        """
        if self._opened != self._file:
            self._searcher.close()
            self._opened = self._file
            self._searcher = Searcher(self._opened)
        return self._searcher.find(query, language)

    def interrupt(self) -> None:
        """Cancel a running search; on any thread."""
        self._searcher.interrupt()

    def close(self) -> None:
        """Let go of the file."""
        self._searcher.close()
