"""What python-tuf has accepted, read back from its files: the version and keys of every role.

Knows its folder. Does not know which versions are too old (`kiosk.sync.verify`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from securesystemslib.exceptions import StorageError
from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, Root, Snapshot, Targets

from kiosk.store.state import Floor

_TOP = ("root", "timestamp", "snapshot", "targets")


def accepted(metadata_dir: Path, delegated: Iterable[str]) -> dict[str, Floor]:
    """Version and keys of the top roles and of the delegated ones that are named.

    Raises:
        tuf.api.exceptions.RepositoryError: a file is no metadata.
        securesystemslib.exceptions.StorageError: a file is missing.
    """
    root = Metadata[Root].from_file(str(metadata_dir / "root.json")).signed
    targets = Metadata[Targets].from_file(str(metadata_dir / "targets.json")).signed
    found = {role: _floor(metadata_dir, role, root.roles[role].keyids) for role in _TOP}
    for role in delegated:
        key_ids = targets.get_delegated_role(role).keyids
        found[role] = _floor(metadata_dir, role, key_ids)
    return found


@dataclass(frozen=True)
class Entry:
    """What a role that was accepted says about one file."""

    version: int  # of the role
    sha256: str | None  # None where the file is not offered


def listed(metadata_dir: Path, role: str) -> int | None:
    """The version of a delegated role in the snapshot that was accepted last.

    0 where there is no such role; None where nothing was accepted yet, or cannot be read.
    """
    try:
        snapshot = Metadata[Snapshot].from_file(str(metadata_dir / "snapshot.json")).signed
    except (StorageError, RepositoryError):
        return None
    found = snapshot.meta.get(f"{role}.json")
    return found.version if found else 0


def entry(metadata_dir: Path, role: str, path: str) -> Entry | None:
    """What a role said about a file when it was accepted; None where it never was."""
    try:
        targets = Metadata[Targets].from_file(str(metadata_dir / f"{role}.json")).signed
    except (StorageError, RepositoryError):
        return None
    found = targets.targets.get(path)
    return Entry(targets.version, found.hashes.get("sha256") if found else None)


def _floor(metadata_dir: Path, role: str, key_ids: Iterable[str]) -> Floor:
    version = Metadata.from_file(str(metadata_dir / f"{role}.json")).signed.version
    keys = hashlib.sha256("\n".join(sorted(key_ids)).encode()).hexdigest()
    return Floor(version, keys)
