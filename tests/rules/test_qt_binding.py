"""The binding to Qt that is installed does not eat Python's constants.

PySide6 6.12.0 takes a reference off None with every painted widget and every call that returns
nothing on Python 3.11 and older, until the process aborts after an hour or so.
"""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QObject, Signal, Slot
from pytestqt.qtbot import QtBot

from kiosk.ui.page import Tile
from kiosk.ui.widgets.touchable import Room, Touchable
from tests.builders import make_look

LOST_AT_MOST = 40
CONSTANTS = (None, True, False)


def references() -> list[int]:
    return [sys.getrefcount(constant) for constant in CONSTANTS]


def lost(before: list[int]) -> int:
    return max(abs(now - then) for now, then in zip(references(), before, strict=True))


def test_fifty_repaints_lose_no_references(qtbot: QtBot) -> None:
    room = Room()
    qtbot.addWidget(room)
    tile = Touchable(Tile("tile:x", "办护照", icon="id", act=1), make_look(), room)
    tile.resize(300, 120)
    room.show()
    tile.repaint()
    before = references()
    for _ in range(50):
        tile.repaint()
    assert lost(before) < LOST_AT_MOST


class Bell(QObject):
    """Calls and signals that return nothing."""

    rung = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rung.connect(self._hear)

    @Slot()
    def _hear(self) -> None:
        return None


@pytest.mark.usefixtures("qapp")
def test_twenty_thousand_void_calls_lose_no_references() -> None:
    bell = Bell()
    bell.setObjectName("bell")
    before = references()
    for _ in range(10_000):
        bell.setObjectName("bell")
        bell.rung.emit()
    assert lost(before) < LOST_AT_MOST
