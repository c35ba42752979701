"""Who this kiosk is: its place, its key and its hub, given once at enrolment.

Knows the enrolment file of an installation kit. Does not know how a kit is made (`hub`).
"""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec

from kiosk.core.errors import ConfigError

FILE = "enrol.json"
ROOT_FILE = "root.json"
_KEY_BYTES = 32


class PlaceNumbers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the kiosk stands, as the hand-off token says it."""

    region: int
    hall: int
    kiosk: int


class Enrolment(msgspec.Struct, frozen=True):
    """The content of the enrolment file; the key is secret."""

    repository: str
    handoff_prefix: str
    collection: str
    hall: str
    place: PlaceNumbers
    epoch: int
    key: str

    @property
    def key_bytes(self) -> bytes:
        """The hand-off key."""
        return bytes.fromhex(self.key)


def read(data_dir: Path) -> Enrolment:
    """The enrolment of this kiosk.

    Raises:
        ConfigError: the kiosk is not enrolled, or the file is damaged.
    """
    file = data_dir / FILE
    try:
        who = msgspec.json.decode(file.read_bytes(), type=Enrolment)
        if len(who.key_bytes) != _KEY_BYTES:
            raise ValueError(f"the key is not {_KEY_BYTES} bytes")
    except FileNotFoundError as error:
        raise ConfigError(f"{file} is missing: run `kiosk enrol KIT` first") from error
    except (OSError, msgspec.MsgspecError, ValueError) as error:
        raise ConfigError(f"{file} cannot be read: {error}") from error
    return who


def root_of_trust(data_dir: Path) -> bytes:
    """The bytes of the repository's first root metadata, brought by the kit.

    Raises:
        ConfigError: the file is missing.
    """
    try:
        return (data_dir / ROOT_FILE).read_bytes()
    except OSError as error:
        raise ConfigError(f"{data_dir / ROOT_FILE} is missing: enrol again") from error


def install(kit: Path, data_dir: Path) -> Enrolment:
    """Copy a kit's identity into the data folder.

    Raises:
        ConfigError: the kit is incomplete or this machine cannot be written.
    """
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        for name in (ROOT_FILE, FILE):
            target = data_dir / name
            shutil.copyfile(kit / name, target)
            target.chmod(0o600)  # the key must never be readable by others
    except OSError as error:
        raise ConfigError(f"{kit} cannot be installed: {error}") from error
    return read(data_dir)
