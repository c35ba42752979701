"""The focus: keys bring it to every control in the order of reading, and it is seen there.

Knows the requirements KEY-02, KEY-04 and KEY-05. Does not know what a key means to a visit
(`kiosk.core.keys`).
"""

from __future__ import annotations

import itertools

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from access import pixels
from access.box import Box
from access.measure.colour import SIGN_LEAST
from access.seen import Control, Seen, whole

RING_MM = 1.2  # WCAG 2.4.13 asks for 2 px of CSS, 0.5 mm
_AROUND_MM = 4.0  # a ring may lie outside of its control, in the gap to the next one


class Rings:
    """Styles of controls whose ring was measured before in this sight."""

    def __init__(self) -> None:
        self.seen: set[tuple[object, ...]] = set()


def measure(seen: Seen, rings: Rings) -> None:
    """Walk once around the screen by a real key, and look at the ring of each kind of control."""
    shot = seen.shot  # before any key: nothing has the focus
    expected = [one for one in seen.controls if one.is_enabled]
    visited: list[QWidget | None] = []
    # behind a curtain keys go on working, so they come by more than what is seen
    for _ in range(max(len(expected), sum(one.isEnabled() for one in seen.screen.touchables()))):
        visited.append(_step(seen.screen))
        focused = _control(seen, visited[-1])
        if focused is not None and _style(focused) not in rings.seen:
            rings.seen.add(_style(focused))
            _ring(seen, focused, shot)
    _order(seen, expected, visited)


def rings(seen: Seen, known: Rings) -> None:
    """Only the rings that were not measured before; the way was walked in another look."""
    new = {_style(one) for one in seen.controls if one.is_enabled} - known.seen
    if new:
        measure(seen, known)


def bring_to(seen: Seen, id: str) -> None:
    """Press the key that leads on until a control has the focus."""
    for _ in seen.controls:
        focused = _step(seen.screen)
        if focused is not None and focused.objectName() == id:
            return


def _step(screen: QWidget) -> QWidget | None:
    """Press the key that leads on; who has the focus then."""
    focus = screen.focusWidget() or screen
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier)
        QCoreApplication.sendEvent(focus, event)
    return screen.focusWidget()


def _control(seen: Seen, widget: QWidget | None) -> Control | None:
    return next((one for one in seen.controls if one.widget is widget), None)


# KEY-02 -------------------------------------------------------------------------------------------


def _order(seen: Seen, expected: list[Control], visited: list[QWidget | None]) -> None:
    if not expected:
        return
    reached = [one for one in visited if one is not None]
    for control in expected:
        if reached.count(control.widget) != 1:
            times = reached.count(control.widget)
            seen.fault("KEY-02", f"the focus comes {times} times", control, control.box)
    if _step(seen.screen) is not visited[0]:
        seen.fault("KEY-02", "the focus does not come back to the first", seen.screen)
    walked = [control for control in (_control(seen, one) for one in reached) if control]
    for first, second in itertools.pairwise(walked):
        # the alphabet runs from left to right wherever lines begin
        is_pad = first.shape == second.shape == "key"
        is_mirrored = seen.look.language.is_right_to_left and not is_pad
        if first is not second and not _follows(first.box, second.box, is_mirrored):
            seen.fault("KEY-02", f"comes after {first.id}", second, second.box)
    seen.fine("KEY-02", 2 * len(expected))


def _follows(first: Box, second: Box, is_mirrored: bool) -> bool:
    """Below, or beside it in the direction of reading."""
    if second.top >= first.bottom - 1:
        return True
    return second.right <= first.left + 1 if is_mirrored else second.left >= first.right - 1


# KEY-04, KEY-05 -----------------------------------------------------------------------------------


def _style(control: Control) -> tuple[object, ...]:
    """What decides how a ring is drawn."""
    tile = control.tile
    return (control.id,) if tile is None else (tile.shape, tile.tone, tile.chosen)


def _ring(seen: Seen, control: Control, before: pixels.Shot) -> None:
    """How wide a solid ring around the control would be that changes as many pixels as it does."""
    room = seen.mm(control.box.room_in(whole(seen.screen)))
    seen.least("KEY-05", room, 0, "mm", control, control.box)
    around = control.box.grown(seen.look.px(_AROUND_MM)).within(before.box)
    if not (around.width and around.height):
        return
    after = pixels.shot_of(seen.screen, around)
    changed = pixels.changed(before.part(around), after.colours, SIGN_LEAST)
    width = ring_width(changed, control.box) * seen.mm_per_px
    seen.least("KEY-04", width, RING_MM, "mm", control, control.box)


def ring_width(area: int, box: Box) -> float:
    """The width of a ring just inside of a box that has this many pixels."""
    half = (box.width + box.height) / 2  # area = 2 (w + h) t - 4 t²
    inner = half**2 - area
    return half / 2 - (inner**0.5) / 2 if inner > 0 else half / 2
