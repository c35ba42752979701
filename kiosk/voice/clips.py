"""Recorded speech: WAV files found by the exact words that they say.

Knows folders, their lists (`db.clips`) and which sound it can play. Does not know engines: words
without a file, or with a broken one, are left to them. A folder may change while the program runs,
because clips come from the hub.
"""

from __future__ import annotations

import logging
import wave
from array import array
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from db.clips import CLIP_MAX_S, LIST, ClipsError, decode, words_of
from kiosk.core.choices import Language
from kiosk.logs import Event, say
from kiosk.voice.sound import BYTES_A_SAMPLE, resampled, samples_of

logger = logging.getLogger(__name__)

_RATES_HZ = range(8_000, 48_001)

_Stamp: TypeAlias = tuple[int, int] | None


class Clips:
    """The recordings of some folders; the first folder that has the words wins."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = [_Folder(folder) for folder in folders]

    def sound(self, text: str, language: Language) -> array[int] | None:
        """The recording of exactly these words; None where there is none that can be played."""
        words = words_of(text)
        for folder in self._folders:
            found = folder.sound(words, language)
            if found is not None:
                return found
        return None


class _Folder:
    """One folder with its list, read again when that changes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stamp: _Stamp = None
        self._files: dict[tuple[str, str], str] = {}
        self._refused: set[str] = set()

    def sound(self, words: str, language: Language) -> array[int] | None:
        self._look()
        name = self._files.get((language.value, words))
        if name is None or name in self._refused:
            return None
        try:
            return _read(self._folder, name)
        except (OSError, EOFError, ValueError, wave.Error) as error:
            self._refuse(name, str(error))
            return None

    def _look(self) -> None:
        """Read the list where it is new."""
        file = self._folder / LIST
        stamp = _stamp(file)
        if stamp == self._stamp:
            return
        self._stamp, self._files, self._refused = stamp, {}, set()
        if stamp is None:
            return
        try:
            clips = decode(file.read_bytes())
        except (OSError, ClipsError) as error:
            self._refuse(LIST, str(error))
            return
        self._files = {(clip.language, words_of(clip.text)): clip.file for clip in clips}

    def _refuse(self, name: str, reason: str) -> None:
        """Not tried again before the list changes, and logged once."""
        self._refused.add(name)
        say(logger, Event.CLIP_REFUSED, logging.WARNING, file=name, reason=reason)


def _stamp(file: Path) -> _Stamp:
    with suppress(OSError):
        found = file.stat()
        return found.st_mtime_ns, found.st_size
    return None


def _read(folder: Path, name: str) -> array[int]:
    """The samples of a file.

    Raises:
        ValueError: it is outside of the folder, too long, or in another format.
        OSError, EOFError, wave.Error: it cannot be read.
    """
    file = (folder / name).resolve()
    if not file.is_relative_to(folder.resolve()):
        raise ValueError("is not in the folder of its list")
    with wave.open(str(file), "rb") as clip:
        if (clip.getnchannels(), clip.getsampwidth()) != (1, BYTES_A_SAMPLE):
            raise ValueError("is not of 16 bits and one channel")
        rate_hz, count = clip.getframerate(), clip.getnframes()
        if rate_hz not in _RATES_HZ or not 0 < count <= CLIP_MAX_S * rate_hz:
            raise ValueError("is empty, too long, or of a rate that is not played")
        data = clip.readframes(count)
    return resampled(samples_of(data[: len(data) - len(data) % BYTES_A_SAMPLE]), rate_hz)
