"""Hands the touches of the glass, and of a mouse, to the controls and cells of the screen.

Knows where controls stand and how wide a finger is. Does not know what a touch means
(`kiosk.core.touch`, `kiosk.core.pen`) or whether it comes too soon (`kiosk.views.window`).
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QEventPoint, QMouseEvent, QTouchEvent
from PySide6.QtWidgets import QWidget

from kiosk.core import pen, touch
from kiosk.ui.look import Look
from kiosk.ui.screen import Screen
from kiosk.ui.widgets.ink import InkCell
from kiosk.ui.widgets.touchable import Touchable

_MOUSE = -1  # the finger's number of a mouse
_TOUCHES = (QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd)
_CLICKS = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.MouseMove,
    QEvent.Type.MouseButtonRelease,
)


class Fingers(QObject):
    """Follows every finger; one at a time presses, and one writes.

    Signals:
        pressed(object, float): the control that was let go, and when the finger came down.
        wrote(object, object, float): the cell, the line in it, and when the finger came down.
        too_short(): a touch that had to last did not.
    """

    pressed = Signal(object, float)
    wrote = Signal(object, object, float)
    too_short = Signal()

    def __init__(self, glass: QWidget, clock: Callable[[], float]) -> None:
        super().__init__(glass)
        glass.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self._glass, self._clock = glass, clock
        self._contact: touch.Contact | None = None
        self._pen: pen.Pen | None = None
        self._screen: Screen | None = None
        self._look: Look | None = None

    def use(self, screen: Screen, look: Look) -> None:
        """Another screen: whatever was being pressed is gone."""
        self._screen, self._look, self._contact, self._pen = screen, look, None, None

    @property
    def is_pressing(self) -> bool:
        """Whether a finger is on a control now."""
        return self._contact is not None

    @property
    def is_writing(self) -> bool:
        """Whether a finger is on its way in a cell; one that rests there is not."""
        return self._pen is not None and self._pen.is_writing(self._clock())

    def take(self, event: QEvent) -> bool:
        """Follow an event of the glass; whether it was one of a finger or a mouse."""
        if isinstance(event, QTouchEvent) and event.type() in _TOUCHES:
            for point in event.points():
                self._follow(point)
            event.accept()
            return True
        if event.type() == QEvent.Type.TouchCancel:
            self._show(None)
            self._show_pen(None)
            return True
        if isinstance(event, QMouseEvent) and event.type() in _CLICKS:
            self._click(event)
            return True
        return False

    def _follow(self, point: QEventPoint) -> None:
        where = self._glass.mapFromGlobal(point.globalPosition().toPoint())
        match point.state():
            case QEventPoint.State.Pressed:
                self._down(point.id(), where, self._is_palm(point))
            case QEventPoint.State.Updated:
                self._move(point.id(), where)
            case QEventPoint.State.Released:
                self._move(point.id(), where)
                self._up(point.id())

    def _click(self, event: QMouseEvent) -> None:
        where = self._glass.mapFromGlobal(event.globalPosition().toPoint())
        is_press = event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)
        if is_press and event.button() == Qt.MouseButton.LeftButton:
            self._down(_MOUSE, where, is_palm=False)
        elif event.type() == QEvent.Type.MouseMove:
            self._move(_MOUSE, where)
        elif event.button() == Qt.MouseButton.LeftButton:
            self._move(_MOUSE, where)
            self._up(_MOUSE)

    def _is_palm(self, point: QEventPoint) -> bool:
        size, mm_per_px = point.ellipseDiameters(), self._mm_per_px()
        return max(size.width(), size.height()) * mm_per_px >= touch.PALM_MM

    def _mm_per_px(self) -> float:
        return self._look.panel.mm_per_px if self._look else 1.0

    def _down(self, finger: int, where: QPoint, is_palm: bool) -> None:
        cell = None if is_palm else self._cell_at(where)
        if cell is not None:
            at = self._point_on(cell, where)
            self._show_pen(pen.down(self._pen, finger, cell.objectName(), at, self._clock()))
            return
        if self._pen is not None and self._pen.has_moved and self.is_writing:
            return  # the heel of a hand that writes presses nothing
        target = None if is_palm else self._control_at(where)
        name = target.objectName() if target else None
        self._show(touch.down(self._contact, finger, name, self._clock()))

    def _move(self, finger: int, where: QPoint) -> None:
        cell = self._writing()
        if cell is not None and self._pen is not None and self._pen.finger == finger:
            to = self._point_on(cell, where)
            self._show_pen(pen.move(self._pen, finger, to, self._clock()))
            return
        control = self._pressing()
        is_on = control is not None and self._beside_px(control, where) <= self._slop_px()
        self._show(touch.move(self._contact, finger, is_on))

    def _up(self, finger: int) -> None:
        if self._pen is not None and self._pen.finger == finger:
            self._lift(self._pen)
            return
        control = self._pressing()
        must_hold = self._look is not None and self._look.choices.hold
        contact, outcome = touch.up(self._contact, finger, self._clock(), must_hold)
        self._show(contact)
        if isinstance(outcome, touch.Pressed) and control is not None:
            self.pressed.emit(control, outcome.at_s)
        elif isinstance(outcome, touch.TooShort):
            self.too_short.emit()

    def _lift(self, writing: pen.Pen) -> None:
        """A line is done: it stays on its cell until the page has it."""
        cell = self._writing()
        self._pen, line = pen.up(writing, writing.finger, self._clock())
        if cell is None:
            return
        cell.show_line(line)
        if line:
            self.wrote.emit(cell, line, writing.since_s)

    def _show_pen(self, now: pen.Pen | None) -> None:
        """The line that is being written is seen at once."""
        before = self._writing()
        self._pen = now
        cell = self._writing()
        if before is not None and before is not cell:
            before.show_line(())
        if cell is not None and now is not None:
            cell.show_line(now.line)
            if now.has_moved:
                self._show(None)

    def _writing(self) -> InkCell | None:
        if self._pen is None:
            return None
        named = (one for one in self._cells() if one.objectName() == self._pen.cell)
        return next(named, None)

    def _cells(self) -> list[InkCell]:
        return self._screen.cells() if self._screen is not None else []

    def _cell_at(self, where: QPoint) -> InkCell | None:
        """The cell under a finger, or one that it has missed by a little."""
        slop = self._slop_px()
        return next((one for one in self._cells() if self._beside_px(one, where) <= slop), None)

    def _point_on(self, cell: InkCell, where: QPoint) -> tuple[int, int]:
        return cell.point_at(cell.mapFrom(self._glass, where))

    def _show(self, contact: touch.Contact | None) -> None:
        """A control looks pressed while a finger is on it."""
        before, self._contact = self._pressing(), contact
        now = self._pressing()
        if before is not None and before is not now:
            before.setDown(False)
        if now is not None and contact is not None:
            now.setDown(contact.is_on)

    def _pressing(self) -> Touchable | None:
        if self._contact is None or self._screen is None:
            return None
        named = (one for one in self._controls() if one.objectName() == self._contact.target)
        return next(named, None)

    def _controls(self) -> list[Touchable]:
        screen = self._screen
        touchables = screen.on_glass() if screen is not None else []
        return [one for one in touchables if one.isEnabled() and one.isVisible()]

    def _control_at(self, where: QPoint) -> Touchable | None:
        """The control under a finger, or the nearest one within the slop."""
        nearest = min(self._controls(), key=lambda one: self._beside_px(one, where), default=None)
        if nearest is None or self._beside_px(nearest, where) > self._slop_px():
            return None
        return nearest

    def _slop_px(self) -> float:
        return touch.SLOP_MM / self._mm_per_px()

    def _beside_px(self, control: QWidget, where: QPoint) -> int:
        """How far a place is from the edge of a control or a cell; 0 on it."""
        inside, rect = control.mapFrom(self._glass, where), control.rect()
        across = max(rect.left() - inside.x(), inside.x() - rect.right(), 0)
        down = max(rect.top() - inside.y(), inside.y() - rect.bottom(), 0)
        return max(across, down)
