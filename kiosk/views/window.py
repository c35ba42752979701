"""The window: swaps in the screen of the visit and hands touches on, once the guard lets them by.

Knows how to rebuild a screen and keep the focus. Does not know what any act does.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from kiosk.core.choices import Language
from kiosk.core.errors import CatalogError
from kiosk.core.input_guard import InputGuard
from kiosk.core.routes import Act, Stay
from kiosk.core.value import Value, field
from kiosk.stage import Stage
from kiosk.ui.icons import Icons
from kiosk.ui.look import Look, Panel
from kiosk.ui.page import Page
from kiosk.ui.screen import Screen
from kiosk.ui.widgets.touchable import Touchable
from kiosk.views import out_of_order
from kiosk.views.factory import page_for
from kiosk.views.scene import Scene

_TICK_MS = 1000
_TOUCHES = (
    QEvent.Type.TouchBegin,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.KeyPress,
)


class Surroundings(Value, frozen=True):
    """What a screen is a function of, besides the visit and the catalog."""

    panel: Panel
    icons: Icons
    hall: str
    gettext: Callable[[Language], Callable[[str], str]]
    now: Callable[[], datetime]
    monotonic_s: Callable[[], float]
    guard: InputGuard = field(default_factory=InputGuard)


class Window(QWidget):
    """Shows the stage.

    Signals:
        damaged(object): a record could not be proved; the error.
        swapped(object): another screen is shown; the screen.
    """

    damaged = Signal(object)
    swapped = Signal(object)

    def __init__(self, stage: Stage, surroundings: Surroundings) -> None:
        super().__init__()
        self._stage, self._around = stage, surroundings
        self._out_of_order = False
        self._by_keys = False
        self._screen: Screen | None = None
        self._shown: tuple[Page, object] | None = None
        self._since_s = self._last_s = surroundings.monotonic_s()
        self._last_name = ""
        self.resize(surroundings.panel.width_px, surroundings.panel.height_px)
        stage.changed.connect(self.refresh)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def start(self) -> None:
        """Build the first screen and look at the clock from now on."""
        self.refresh()
        self._timer.start()

    @property
    def screen_shown(self) -> Screen:
        """The screen that is on."""
        assert self._screen is not None  # noqa: S101 — set by the constructor
        return self._screen

    def out_of_order(self) -> None:
        """From now on the machine only says where to go instead."""
        self._out_of_order = True
        self.refresh()

    def back_in_order(self) -> None:
        """A catalog can be shown again."""
        self._out_of_order = False
        self.refresh()

    def refresh(self) -> None:
        """Build the screen of the current visit and replace the old one."""
        choices = self._stage.session.choices
        gettext = self._around.gettext(choices.language)
        page = self._page(gettext)
        if self._shown == (page, choices):
            return
        look = Look(self._around.panel, choices, gettext, self._around.icons)
        old, focus = self._screen, self._focus_name()
        is_other_place = self._shown is None or self._shown[0].name != page.name
        if self._shown is None or self._shown[1] != choices:
            self.setPalette(look.palette())
        self._screen = Screen(page, look, self)
        self._screen.keys_in_use = self._by_keys
        self._screen.acted.connect(self._act)
        self._screen.show()
        if old is not None:
            old.hide()
            old.deleteLater()
        self._shown = (page, choices)
        if is_other_place:
            self._since_s = self._around.monotonic_s()
        self._restore_focus(focus)
        self.swapped.emit(self._screen)

    def close_down(self) -> None:
        """Stop the clock and let go of the application's events."""
        self._timer.stop()
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._by_keys = event.type() == QEvent.Type.KeyPress
            self._stage.touch()
            beside = isinstance(watched, QWidget) and not isinstance(watched, Touchable)
            if self._stage.session.asked_still_there and beside:
                self._stage.perform(Stay())
        return False

    def _page(self, gettext: Callable[[str], str]) -> Page:
        catalog = self._stage.catalog
        if self._out_of_order or catalog is None:
            return out_of_order.page(gettext)
        scene = Scene(
            session=self._stage.session,
            catalog=catalog,
            gettext=gettext,
            hall=self._around.hall,
            now=self._around.now(),
        )
        try:
            return page_for(scene)
        except CatalogError as error:
            damage = error  # `error` itself is gone when the timer fires
            # the composition root looks for an older edition, after this call has returned
            QTimer.singleShot(0, self, lambda: self.damaged.emit(damage))
            return out_of_order.page(gettext)

    def _act(self, act: Act, name: str) -> None:
        now_s = self._around.monotonic_s()
        same = name == self._last_name
        if self._by_keys or self._around.guard.accepts(now_s, self._since_s, self._last_s, same):
            self._last_s, self._last_name = now_s, name
            self._stage.perform(act)

    def _tick(self) -> None:
        self._stage.tick()
        # a minute that passes must not take the button from under a finger
        if not any(one.isDown() for one in self.screen_shown.touchables()):
            self.refresh()

    def _focus_name(self) -> str:
        focus = self._screen.focusWidget() if self._screen else None
        return focus.objectName() if focus else ""

    def _restore_focus(self, name: str) -> None:
        screen = self.screen_shown
        touchables = [one for one in screen.touchables() if one.isEnabled()]
        same = [one for one in touchables if one.objectName() == name]
        for one in (*same, *touchables)[:1]:
            one.setFocus()
