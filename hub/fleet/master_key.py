"""The master key file, from which the key of every kiosk is derived.

Knows how the file is made and who may read it. Does not know how keys are derived (`db.token`).
"""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from pathlib import Path

from hub.fleet.errors import FleetError
from hub.publish import disk

LENGTH = 32


def read(file: Path) -> bytes | None:
    """The key, or None where no kiosk was ever enrolled.

    Raises:
        FleetError: the file is damaged, or others than its owner may read it.
    """
    try:
        with file.open("rb") as opened:
            mode = stat.S_IMODE(os.fstat(opened.fileno()).st_mode)
            key = opened.read()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise FleetError(f"{file}: {error.strerror}; run as the owner of this file") from error
    if mode & 0o077:
        raise FleetError(f"{file}: others may read it (mode {mode:o}); run `chmod 600 {file}`")
    if len(key) != LENGTH:
        raise FleetError(
            f"{file}: {len(key)} bytes, not {LENGTH}; put back the copy from your backup, "
            "or delete it and enrol every kiosk again"
        )
    return key


def read_or_make(file: Path) -> bytes:
    """The key; a new one where there is none.

    Raises:
        FleetError: as `read`, or the file could not be written.
    """
    key = read(file)
    if key is not None:
        return key
    try:
        _make(file)
    except OSError as error:
        raise FleetError(f"{file}: could not be written: {error.strerror}") from error
    return read_or_make(file)


def _make(file: Path) -> None:
    """Whole or not at all, and never over a key that another command has just made."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    try:
        disk.write_secret(draft, secrets.token_bytes(LENGTH))
        with contextlib.suppress(FileExistsError):
            file.hardlink_to(draft)
    finally:
        draft.unlink(missing_ok=True)
    _sync_folder(file.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
