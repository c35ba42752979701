"""The word lists that ship with the program: scripts made equal, readings put right.

Knows the notation of the files in `resources/lexicon`. Does not know what they are used for.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kiosk import assets


def read_simplified(file: Path = assets.LEXICON / "simplified.txt") -> Mapping[int, str]:
    """Code point of a traditional character → the simplified one."""
    return {ord(pair[0]): pair[1] for pair in file.read_text("utf-8").split()}


def read_readings(file: Path = assets.LEXICON / "readings.txt") -> Mapping[str, tuple[str, ...]]:
    """Phrase → its syllables, where a dictionary of the language gets it wrong."""
    lines = (line.split() for line in file.read_text("utf-8").splitlines() if line)
    return {phrase: tuple(syllables) for phrase, *syllables in lines}
