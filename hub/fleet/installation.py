"""Enrols a kiosk: registers it and writes the folder that is carried to the machine.

Knows what is in an installation kit: `enrol.json` (who the kiosk is, and its key), `root.json`
(the root of trust), `repository/` (the catalog, so that it works before its first contact). Does
not know how the kiosk reads it.
"""

from __future__ import annotations

import secrets
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
from sqlalchemy import Engine

from db import records, token
from db.records import City, Hall
from db.token import Algorithm, Place
from hub.fleet import master_key, register
from hub.fleet.errors import FleetError
from hub.publish import disk, kit
from hub.publish.repository import Repository

KIOSKS = 255  # eight bits of the token, and no machine is number 0
_KINDS = ("city/", "hall/")
_GOOD_FOR = timedelta(days=90)  # the kit's catalog: as long as its publishers' own signatures
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Order:
    """What an administrator asks for."""

    hall: str  # its name in the catalog
    kiosk: int  # the machine's number in the hall
    base_url: str  # where phones and kiosks find this hub
    folder: Path  # the kit, which must not be there yet


@dataclass(frozen=True)
class Installation:
    """A kit that was written."""

    folder: Path
    place: Place
    epoch: int
    warnings: tuple[str, ...]


def enrol(
    order: Order, repository: Repository, engine: Engine, master_key_file: Path, now: datetime
) -> Installation:
    """Register a kiosk and write its kit: both, or neither.

    Raises:
        FleetError: what is asked for cannot be.
        PublishError: the repository cannot be read or signed.
        OSError: the folder cannot be written.
    """
    base, warnings = check_base_url(order.base_url)
    if not 1 <= order.kiosk <= KIOSKS:
        raise FleetError(f"--kiosk {order.kiosk}: a hall's machines are numbered 1 to {KIOSKS}")
    if order.folder.exists():
        raise FleetError(f"{order.folder} is there already; name a new folder, or delete this one")
    collection, region, hall = _published(repository, order.hall)
    place = Place(region, hall.number, order.kiosk)
    master = master_key.read_or_make(master_key_file)
    draft = order.folder.with_name(f".{order.folder.name}.{secrets.token_hex(4)}")
    try:
        kit.export(repository, draft / "repository", _GOOD_FOR)
        disk.write_durably(draft / "root.json", repository.first_root)
        with engine.begin() as connection:
            epoch = register.enrol(connection, place, f"{hall.name.zh} {place.kiosk}", now).epoch
            identity = {
                "repository": f"{base}/",
                "handoff_prefix": f"{base}/k/",
                "collection": collection,
                "hall": hall.id,
                **_identity(place, epoch, master),
            }
            disk.write_secret(draft / "enrol.json", _pretty(identity))
            draft.rename(order.folder)  # a kit that is there is whole
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return Installation(order.folder, place, epoch, warnings)


def hall_number(repository: Repository, hall_id: str) -> int:
    """The number of a hall, as it is published.

    Raises:
        FleetError: the catalog has no such hall.
        PublishError: the repository cannot be read.
    """
    return _published(repository, hall_id)[2].number


def check_base_url(text: str) -> tuple[str, tuple[str, ...]]:
    """The hub's address without its last slash, and what to think about.

    Raises:
        FleetError: it is no address of a web server.
    """
    wrong = f"--base-url {text!r}: write https://<host>, for example https://zwfw.example"
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise FleetError(wrong) from error
    if parts.scheme not in ("http", "https") or not host or parts.query or parts.fragment:
        raise FleetError(wrong)
    if parts.netloc != parts.netloc.lower() or parts.username is not None:
        raise FleetError(f"--base-url {text!r}: the host must be in lower case, without a name")
    base = text.rstrip("/")
    warnings = []
    if parts.scheme == "http" and host not in _LOOPBACK:
        warnings.append(f"{base} is not https: good for a trial, not for citizens")
    return base, (*warnings, *token.prefix_warnings(f"{base}/k/"))


def _identity(place: Place, epoch: int, master: bytes) -> dict[str, object]:
    """Who the machine is, and the key that proves it."""
    return {
        "place": {"region": place.region, "hall": place.hall, "kiosk": place.kiosk},
        "epoch": epoch,
        "key": token.derive_key(master, place, epoch, Algorithm.SHA256).hex(),
    }


def _pretty(content: dict[str, object]) -> bytes:
    return msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n"


def _published(repository: Repository, hall_id: str) -> tuple[str, int, Hall]:
    """Collection, region and hall as they are published."""
    current = repository.read_current()
    if current is None:
        where = repository.metadata_dir.parent
        raise FleetError(f"{where} holds no catalog yet; run `hub publish` first")
    head, bodies = current
    published = [records.decode(body) for key, body in bodies.items() if key.startswith(_KINDS)]
    halls = {record.id: record for record in published if isinstance(record, Hall)}
    regions = [int(record.region) for record in published if isinstance(record, City)]
    if hall_id not in halls:
        known = ", ".join(sorted(halls)) or "none"
        raise FleetError(f"--hall {hall_id}: the catalog has no such hall; it has: {known}")
    if not regions:
        raise FleetError(f"version {head.version} of {head.collection} names no city")
    return head.collection, regions[0], halls[hall_id]
