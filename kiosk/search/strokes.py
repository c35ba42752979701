"""Reads the five strokes 横竖撇捺折 as the characters that may be meant.

Knows how every character is written and which of them stand in the catalog, beside which others.
Does not know a screen, nor how a service is found.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from pathlib import Path

from kiosk import assets
from kiosk.core.entry import Draft, Reading

SHOWN_MAX = 9
_AFTER_ALL = "6"  # sorts after every stroke


def read_strokes(file: Path = assets.LEXICON / "strokes.txt") -> Mapping[str, str]:
    """Character → its strokes, the digits 1 to 5."""
    lines = (line.split(" ") for line in file.read_text("utf-8").splitlines())
    return {sign: strokes for strokes, signs in lines for sign in signs}


class StrokeReader:
    """The characters of one catalog by their strokes."""

    def __init__(
        self,
        characters: Mapping[str, int],
        pairs: Mapping[str, int],
        strokes: Mapping[str, str] | None = None,
    ) -> None:
        """Prepare.

        Args:
            characters: those of the catalog's names, with how often they stand there.
            pairs: two characters side by side in a name, with how often.
            strokes: how characters are written; None for what ships with the program.
        """
        known = read_strokes() if strokes is None else strokes
        self._characters, self._pairs = characters, pairs
        self._written = sorted((known[sign], sign) for sign in characters if sign in known)

    def read(self, draft: Draft) -> Reading:
        """The characters that begin with these strokes, and the strokes that may follow.

        One that is complete comes first, then those that the catalog has after the last settled
        character, then by how often the catalog has them.
        """
        begun = self._beginning_with(draft.strokes)
        last = draft.settled[-1:]

        def place(written: tuple[str, str]) -> tuple[bool, int, int, str]:
            strokes, sign = written
            is_open = strokes != draft.strokes
            after = self._pairs.get(last + sign, 0) if last else 0
            return is_open, -after, -self._characters[sign], strokes

        end = len(draft.strokes)
        return Reading(
            draft,
            words=tuple(sign for _, sign in sorted(begun, key=place)[:SHOWN_MAX]),
            keys=frozenset(strokes[end] for strokes, _ in begun if len(strokes) > end),
        )

    def _beginning_with(self, strokes: str) -> list[tuple[str, str]]:
        first = bisect_left(self._written, (strokes,))
        return self._written[first : bisect_left(self._written, (strokes + _AFTER_ALL,))]
