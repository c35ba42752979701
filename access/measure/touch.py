"""What is touched: how large, how far apart, how high above the floor, always in its place.

Knows the requirements TCH-01 to TCH-03, TCH-10, TCH-11, PHY-02, PHY-03, UX-01, UX-09. Does not know
what touching does.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import QAbstractAnimation, QTimer
from PySide6.QtGui import QMovie
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from access.box import Box, gaps
from access.seen import Control, Seen

TARGET_MM, STEADY_MM = 20.0, 30.0
KEY_MM = 17.0  # of the letter pad; VVSG 2.0 asks for 12.7
GAP_MM, STEADY_GAP_MM = 4.0, 8.0
KEY_GAP_MM = 2.54  # VVSG 2.0
REACH_MM = 1220.0  # EN 301 549 8.3, ADA 308
LOWEST_MM = 380.0
CLOSE_MM = 44 * 25.4 / 160  # 44 dp, MIIT annex 2 section 2.4
CHOICES_MOST = 6
HELP = "bar:help"


class Places:
    """Where things were on the screens before, that must be at the same place on all."""

    def __init__(self) -> None:
        self.seen: dict[str, tuple[Box, str]] = {}


def measure(seen: Seen, places: Places) -> None:
    """Everything about the controls of one screen."""
    _sizes(seen)
    _gaps(seen)
    _heights(seen)
    _help_in_its_place(seen, places)
    _nothing_moves(seen)
    _few_choices(seen)


# TCH-01 to TCH-03 ---------------------------------------------------------------------------------


def _sizes(seen: Seen) -> None:
    for control in seen.controls:
        side = seen.mm(min(control.box.width, control.box.height))
        if seen.look.choices.steady:
            seen.least("TCH-03", side, STEADY_MM, "mm", control, control.box)
        else:
            least = KEY_MM if control.shape == "key" else TARGET_MM
            seen.least("TCH-01", side, least, "mm", control, control.box)


def _gaps(seen: Seen) -> None:
    controls = seen.controls
    if len(controls) < 2:
        return
    between = gaps([control.box for control in controls])
    np.fill_diagonal(between, np.iinfo(np.int64).max)
    nearest = between.argmin(axis=1)
    for n, control in enumerate(controls):
        gap = seen.mm(int(between[n, nearest[n]]))
        _gap(seen, control, controls[nearest[n]], gap)


def _gap(seen: Seen, control: Control, other: Control, gap: float) -> None:
    if seen.look.choices.steady:
        seen.least("TCH-03", gap, STEADY_GAP_MM, "mm apart", control, control.box)
        return
    both_keys = control.shape == other.shape == "key"
    least = KEY_GAP_MM if both_keys else GAP_MM
    seen.least("TCH-02", gap, least, "mm", control, control.box)


# PHY-02, PHY-03 -----------------------------------------------------------------------------------


def _heights(seen: Seen) -> None:
    panel = seen.look.panel
    for control in seen.controls:
        top = panel.bottom_mm + seen.mm(panel.height_px - control.box.top)
        bottom = panel.bottom_mm + seen.mm(panel.height_px - control.box.bottom)
        seen.least("PHY-02", bottom, LOWEST_MM, "mm", control, control.box)
        if seen.look.choices.low_reach:
            seen.most("PHY-03", top, REACH_MM, "mm", control, control.box)


# UX-01 --------------------------------------------------------------------------------------------


def _help_in_its_place(seen: Seen, places: Places) -> None:
    """Everything of the bar stands where it stands on every other screen; help is among it."""
    for control in seen.controls:
        if not control.id.startswith("bar:"):
            continue
        before = places.seen.setdefault(control.id, (control.box, control.name))
        if before[0] != control.box:
            seen.fault("UX-01", f"was at {tuple(before[0])}", control, control.box)
        elif control.id == HELP and not _is_help(control, before[1]):
            seen.fault("UX-01", f"was called {before[1]!r}", control, control.box)
        else:
            seen.fine("UX-01")
    is_open = seen.page.curtain is None
    if seen.page.bar and is_open and not _has(seen.controls, HELP):
        seen.fault("UX-01", "there is no help", seen.screen)


def _is_help(control: Control, before: str) -> bool:
    """By the same name; or by one of those that it gets while somebody comes."""
    return control.name == before or (control.tile is not None and before in control.tile.others)


def _has(controls: Iterable[Control], id: str) -> bool:
    return any(control.id == id and control.is_enabled for control in controls)


# TCH-10, TCH-11, VIS-14 ---------------------------------------------------------------------------


def _nothing_moves(seen: Seen) -> None:
    """Nothing scrolls, pops up or moves by itself."""
    screen = seen.screen
    for area in screen.findChildren(QAbstractScrollArea):
        seen.fault("TCH-10", "scrolls", area)
    for kind in (QAbstractAnimation, QTimer, QMovie):
        for one in screen.findChildren(kind):
            seen.fault("VIS-14", f"a {type(one).__name__} runs on the screen", type(one).__name__)
    for widget in screen.findChildren(QWidget):
        if widget.isWindow():
            seen.fault("TCH-11", "is a window of its own", widget)
    for need in ("TCH-10", "TCH-11", "VIS-14"):
        seen.fine(need)
    if seen.name == "still-there":
        for control in seen.controls:
            side = seen.mm(min(control.box.width, control.box.height))
            seen.least("TCH-11", side, CLOSE_MM, "mm", control, control.box)


# UX-09 --------------------------------------------------------------------------------------------


def _few_choices(seen: Seen) -> None:
    tiles = [one for one in seen.controls if one.shape in ("tile", "row", "hero")]
    seen.figure("UX-09", len(tiles), CHOICES_MOST, "tiles", seen.screen)
