"""Watches how a kiosk was operated: which keys, how many fingers, how far they slid."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QTouchEvent, QWindow
from typing_extensions import override


class Witness(QObject):
    """Remembers every input that the platform's window got.

    Attributes:
        keys: the keys that were pressed.
        held: the keys that were held down with another one.
        fingers: the most fingers that were on the glass at once; 0 where nobody touched it.
        slid_px: the farthest that a finger moved between coming down and leaving.
    """

    def __init__(self) -> None:
        super().__init__()
        self.keys: set[Qt.Key] = set()
        self.held: set[Qt.KeyboardModifier] = set()
        self.fingers = 0
        self.slid_px = 0.0

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QWindow):
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                self._key(event)
            elif isinstance(event, QTouchEvent):
                self._touch(event)
        return False

    def _key(self, event: QKeyEvent) -> None:
        self.keys.add(Qt.Key(event.key()))
        if event.modifiers() != Qt.KeyboardModifier.NoModifier:
            self.held.add(event.modifiers())

    def _touch(self, event: QTouchEvent) -> None:
        self.fingers = max(self.fingers, len(event.points()))
        for point in event.points():
            slid = point.globalPosition() - point.globalPressPosition()
            self.slid_px = max(self.slid_px, slid.manhattanLength())
