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


def write_file(path: Path, content: bytes) -> None:
    """Put content at a path in one step: after a power cut it is the old or the new.

    Raises:
        OSError: it cannot be written; the old content stays.
    """
    draft = path.with_name(f".{path.name}.new")
    draft.write_bytes(content)
    sync_file(draft)
    draft.replace(path)
    sync_folder(path.parent)


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
