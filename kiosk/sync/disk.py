"""Makes sure that files are on the disk and not only on their way. Knows no content."""

from __future__ import annotations

import os
from pathlib import Path


def sync_file(path: Path) -> None:
    """Wait until a file is on the disk.

    Raises:
        OSError: it cannot be opened or written.
    """
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk. Windows keeps no such promise.

    Raises:
        OSError: it cannot be opened.
    """
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(folder: Path) -> None:
    """Wait until everything below a folder is on the disk.

    Raises:
        OSError: something cannot be opened or written.
    """
    folders = [folder]
    for path in folder.rglob("*"):
        if path.is_dir():
            folders.append(path)
        elif path.is_file() and not path.is_symlink():
            sync_file(path)
    for one in folders:
        sync_folder(one)
