"""Says what state a kiosk is in, for the staff: identity, catalog, last sync, printer, slips.

Knows where to look. Repairs nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

from kiosk import assets, config
from kiosk.core.errors import CatalogError, ConfigError
from kiosk.store import enrolment, pointer
from kiosk.store.catalog_reader import CatalogReader
from kiosk.store.shelf import STATE_DB


def report(data_dir: Path, out: TextIO) -> int:
    """Write the report; 0 where the kiosk can serve citizens."""
    healthy = True
    for name, look in (
        ("settings", _settings),
        ("identity", _identity),
        ("catalog", _catalog),
    ):
        try:
            out.write(f"{name}: {look(data_dir)}\n")
        except (ConfigError, CatalogError) as error:
            healthy = False
            out.write(f"{name}: NOT WELL: {error}\n")
    return 0 if healthy else 1


def _settings(data_dir: Path) -> str:
    settings = config.load(data_dir / "kiosk.toml", assets.PROFILES)
    device, printer = settings.device, settings.printer
    where = f"{printer.host}:{printer.port}" if printer.kind == "tcp" else "PDF folder"
    panel = f"{device.width_px} × {device.height_px} px, {device.mm_per_px} mm/px"
    return f"{panel}; printer {where}"


def _identity(data_dir: Path) -> str:
    who = enrolment.read(data_dir)
    return f"{who.hall}, kiosk {who.place.kiosk}, hub {who.repository}"


def _catalog(data_dir: Path) -> str:
    who = enrolment.read(data_dir)
    active = pointer.read_active(data_dir / STATE_DB, who.collection)
    if active is None:
        raise ConfigError("none; run `kiosk sync`")
    reader = CatalogReader(active.file)
    try:
        edition = reader.edition
        return f"version {edition.version} of {edition.published}, {edition.services} services"
    finally:
        reader.close()
