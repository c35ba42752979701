"""The recorded sentences on this machine: `speech/` below the data folder, list and sounds.

Knows what must be on the disk before the list may name it, and that a sound's name is the digest
of its content. Does not know where clips come from (`kiosk.sync.clip_cycle`) or who plays them
(`kiosk.voice`).

The list only ever names sounds that are there: they come first, then the list, and what it no
longer names goes last. Whoever reads list and sounds at any moment may find a sound gone that an
older list names, and never another one in its place.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from db import clips
from db.clips import Clip, ClipsError
from kiosk.core.errors import DiskError
from kiosk.sync import disk


class ClipShelf:
    """Keeps the clips of one kiosk; `changes` only ever grows, with every change of the list.

    Raises (every method): OSError where the disk refuses.
    """

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / clips.FOLDER
        self._list = self._folder / clips.LIST
        self.changes = 0

    @property
    def content(self) -> bytes:
        """The exact bytes of the list in use; none where there are no clips."""
        try:
            return self._list.read_bytes()
        except FileNotFoundError:
            return b""

    def lacking(self, wanted: Iterable[Clip]) -> list[str]:
        """The names of the sounds that are not here yet, in order, each once."""
        here = {path.name for path in self._sounds()}
        return [name for name in dict.fromkeys(clip.file for clip in wanted) if name not in here]

    def require_room(self, length: int, reserve: int) -> None:
        """There is room for a sound, and for catalogs after it.

        Raises:
            DiskError: there is not.
        """
        free = shutil.disk_usage(self._folder.parent).free
        if free - length < reserve:
            raise DiskError(f"{free:,} bytes are free, {reserve:,} are kept for catalogs")

    def put(self, name: str, file: Path) -> None:
        """Take a sound that was proved."""
        self._make_folder()
        disk.sync_file(file)
        file.replace(self._folder / name)
        disk.sync_folder(self._folder)

    def switch(self, content: bytes) -> None:
        """Use another list, all of whose sounds are here, and let go of what it does not name."""
        self._make_folder()
        self._write_list(content)
        self.tidy()

    def tidy(self) -> None:
        """Let go of what the list in use does not name."""
        self._sweep({clip.file for clip in _read(self.content)})

    def clear(self) -> None:
        """Let go of everything."""
        self._drop_list()
        self._sweep(set())

    def prove(self) -> None:
        """Hold every sound against its name, and the list against the sounds that are whole.

        What is whole goes on being used; the rest is missing and will be fetched again.
        """
        whole = {path.name for path in self._sounds() if _is_whole(path)}
        named = _read(self.content)
        kept = [clip for clip in named if clip.file in whole]
        if not kept:
            self._drop_list()
        elif len(kept) < len(named):
            self._write_list(clips.encode(kept))
        self._sweep(whole)

    def _drop_list(self) -> None:
        if self._list.exists():
            self._list.unlink()
            disk.sync_folder(self._folder)
            self.changes += 1

    def _write_list(self, content: bytes) -> None:
        disk.write_file(self._list, content)
        self.changes += 1

    def _make_folder(self) -> None:
        if not self._folder.is_dir():
            self._folder.mkdir()
            disk.sync_folder(self._folder.parent)

    def _sounds(self) -> list[Path]:
        return [path for path in self._folder.glob("*.wav") if clips.is_name(path.name)]

    def _sweep(self, kept: set[str]) -> None:
        """Remove all but the list and these; one that is being played may stay (Windows)."""
        if self._folder.is_dir():
            for path in self._folder.iterdir():
                if path.name not in kept and path != self._list:
                    with suppress(OSError):
                        path.unlink()


def _is_whole(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:  # a sector that cannot be read
        return False
    return found == path.stem


def _read(content: bytes) -> tuple[Clip, ...]:
    """The clips of a list on disk; one that cannot be read names none."""
    try:
        return clips.decode_published(content)
    except ClipsError:
        return ()
