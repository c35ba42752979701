"""Reads ink or strokes against one catalog: only its characters, best those that stand together.

Knows which characters stand in names. Does not know how ink or strokes are compared, nor any table.
Everything is read when the first draft comes, away from the GUI thread: few people ever write, and
numpy alone takes longer to load than the first picture may.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk import assets
from kiosk.core.entry import Draft, Reading
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
    """Reads drafts against one catalog; one at a time.

    Raises (`read`): what asking for the keys raises.
    """

    def __init__(self, keys: Callable[[], Iterable[str]], table: Path = TABLE) -> None:
        """Prepare.

        Args:
            keys: asks the catalog for its Chinese names, as they are compared; once.
            table: of the recogniser.
        """
        self._keys, self._table = keys, table
        self._signs: CatalogSigns | None = None
        self._recogniser: Recogniser | None = None
        self._strokes: StrokeReader | None = None

    def read(self, draft: Draft) -> Reading:
        """What a draft may be; no words where nothing was written."""
        if draft.is_empty:
            return Reading(draft)
        if self._signs is None:
            self._signs = CatalogSigns(self._keys())
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
