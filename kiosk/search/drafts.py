"""Reads ink or strokes against one catalog: only its characters, best those that stand together.

Knows the names in a catalog file's index. Does not know how ink or strokes are compared.
Everything is read when the first draft comes, away from the GUI thread: few people ever write, and
numpy alone takes longer to load than the first picture may.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk import assets
from kiosk.core.entry import Draft, Reading
from kiosk.core.errors import CatalogDamagedError, CatalogMissingError
from kiosk.search.handwriting.lattice import decode
from kiosk.search.strokes import StrokeReader

if TYPE_CHECKING:
    from kiosk.search.handwriting.recogniser import Recogniser

TABLE = assets.HANDWRITING / "table.npz"
_RUN = re.compile(r"[\u4e00-\u9fff]+")


class CatalogSigns:
    """The characters of a catalog's Chinese names, and which stand side by side how often."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._counts: Counter[str] = Counter()
        for run in (run for key in keys for run in _RUN.findall(key)):
            self._counts.update(run)
            self._counts.update(run[at : at + 2] for at in range(len(run) - 1))
        self.characters = "".join(sorted(sign for sign in self._counts if len(sign) == 1))

    @property
    def counts(self) -> Mapping[str, int]:
        """Characters, and pairs of them side by side, with how often they stand in the names."""
        return self._counts

    def count(self, signs: str) -> int:
        """How often a character, or two side by side, stand in the names."""
        return self._counts[signs]


class DraftReader:
    """Reads drafts against the catalog in one file; one at a time.

    Raises (`read`): CatalogMissingError, CatalogDamagedError.
    """

    def __init__(self, file: Path, table: Path = TABLE) -> None:
        self._file, self._table = file, table
        self._signs: CatalogSigns | None = None
        self._recogniser: Recogniser | None = None
        self._strokes: StrokeReader | None = None

    def read(self, draft: Draft) -> Reading:
        """What a draft may be; no words where nothing was written."""
        if draft.is_empty:
            return Reading(draft)
        if self._signs is None:
            self._signs = CatalogSigns(_keys(self._file))
        read = self._read_strokes if draft.strokes else self._read_ink
        return read(draft, self._signs)

    def _read_strokes(self, draft: Draft, signs: CatalogSigns) -> Reading:
        if self._strokes is None:
            characters = {sign: signs.count(sign) for sign in signs.characters}
            self._strokes = StrokeReader(characters, signs.counts)
        return self._strokes.read(draft)

    def _read_ink(self, draft: Draft, signs: CatalogSigns) -> Reading:
        # see the module's docstring
        from kiosk.search.handwriting.recogniser import Recogniser  # noqa: PLC0415

        if self._recogniser is None:
            self._recogniser = Recogniser(self._table)
        cells = [self._recogniser.read(ink, signs.characters) for ink in draft.cells]
        return Reading(draft, words=decode(cells, signs.count, draft.settled))


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
