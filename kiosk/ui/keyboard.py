"""Signs from a keyboard: what a hand types one by one, and what a code reader types at once.

Knows how fast signs follow each other. Does not know what a key is for (`kiosk.core.keys`) or what
a code says (`kiosk.core.scan`).
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from kiosk.core.scan import BETWEEN_S, MOST_SIGNS, Scan


class Keyboard(QObject):
    """Holds signs back until it is known that no code reader types them.

    Signals:
        typed(str): signs that no Enter has followed at once.

    Attributes:
        is_typing: the last key was a sign, so a space is one too.
    """

    typed = Signal(str)

    def __init__(self, clock: Callable[[], float], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock, self._scan = clock, Scan()
        self._waiting, self._last_s = "", clock()
        self.is_typing = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(round(BETWEEN_S * 1000))
        self._timer.timeout.connect(self._hand_on)

    @property
    def is_waiting(self) -> bool:
        """Signs have come of which it is not known yet who types them."""
        return bool(self._waiting)

    def take(self, signs: str) -> None:
        """A key with these signs, or none: Shift."""
        now_s = self._clock()
        if now_s - self._last_s >= BETWEEN_S:
            self._hand_on()
        self._last_s = now_s
        self._scan = self._scan.typed(signs, now_s)
        if signs.isprintable() and signs:
            self.is_typing = True
            self._waiting = (self._waiting + signs)[: MOST_SIGNS + 1]
            self._timer.start()

    def enter(self) -> str | None:
        """Enter comes: all that a code reader has read, which is not typed; None after a hand."""
        read, self._scan = self._scan.ended(self._clock()), Scan()
        if read is None:
            self.rest()
        self._waiting = ""
        self._timer.stop()
        return read

    def rest(self) -> None:
        """Somebody goes on in another way."""
        self._hand_on()
        self._scan, self.is_typing = Scan(), False

    def close_down(self) -> None:
        """Nothing is typed any more."""
        self._waiting = ""
        self._timer.stop()

    def _hand_on(self) -> None:
        signs, self._waiting = self._waiting, ""
        self._timer.stop()
        if signs:
            self.typed.emit(signs)
