"""Reads a draft by hand against one catalog: only its characters, best those that stand together.

Knows the names in a catalog file's index. Does not know strokes by name, nor how ink is compared.
Everything is read when the first draft comes, away from the GUI thread: few people ever write, and
numpy alone takes longer to load than the first picture may.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk import assets
from kiosk.core.entry import Draft, Reading
from kiosk.core.errors import CatalogDamagedError, CatalogMissingError
from kiosk.search.handwriting.lattice import decode

if TYPE_CHECKING:
    from kiosk.search.handwriting.recogniser import Recogniser

TABLE = assets.RESOURCES / "handwriting" / "table.npz"
_RUN = re.compile(r"[\u4e00-\u9fff]+")


class CatalogSigns:
    """The characters of a catalog's Chinese names, and which stand side by side how often."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._counts: Counter[str] = Counter()
        for run in (run for key in keys for run in _RUN.findall(key)):
            self._counts.update(run)
            self._counts.update(run[at : at + 2] for at in range(len(run) - 1))
        self.characters = "".join(sorted(sign for sign in self._counts if len(sign) == 1))

    def count(self, signs: str) -> int:
        """How often a character, or two side by side, stand in the names."""
        return self._counts[signs]


class DraftReader:
    """Reads drafts by hand against the catalog in one file; one at a time.

    Raises (`read`): CatalogMissingError, CatalogDamagedError.
    """

    def __init__(self, file: Path, table: Path = TABLE) -> None:
        self._file, self._table = file, table
        self._signs: CatalogSigns | None = None
        self._recogniser: Recogniser | None = None

    def read(self, draft: Draft) -> Reading:
        """What the ink of a draft may be; no words where nothing was drawn."""
        if not any(draft.cells):
            return Reading(draft)
        # see the module's docstring
        from kiosk.search.handwriting.recogniser import Recogniser  # noqa: PLC0415

        if self._signs is None:
            self._signs = CatalogSigns(_keys(self._file))
        if self._recogniser is None:
            self._recogniser = Recogniser(self._table)
        among = self._signs.characters
        cells = [self._recogniser.read(ink, among) for ink in draft.cells]
        return Reading(draft, words=decode(cells, self._signs.count, draft.settled))


def _keys(file: Path) -> list[str]:
    """The Chinese names of a catalog, as they are compared; only these have sounds."""
    if not file.is_file():
        raise CatalogMissingError(f"{file} is not there")
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
            rows = connection.execute("SELECT key FROM unit WHERE sy <> ''").fetchall()
    except sqlite3.Error as error:
        raise CatalogDamagedError(f"{file.name}: {error}") from error
    return [row[0] for row in rows]
