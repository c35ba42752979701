"""The window: swaps in the screen of the visit, and hands fingers, keys and ink on to it.

Knows how to rebuild a screen and keep the focus, and since when a control has been under a finger.
Does not know what any act does.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QKeyCombination, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from kiosk.core.asking import ASKING
from kiosk.core.brought import Brought
from kiosk.core.catalog import Catalog
from kiosk.core.choices import Language
from kiosk.core.entry import Line
from kiosk.core.errors import CatalogError
from kiosk.core.input_guard import InputGuard
from kiosk.core.keys import KEYS, Key, Steer, composed, meaning, scanned, typed
from kiosk.core.routes import (
    Act,
    Choose,
    Draw,
    Erase,
    ErasePin,
    PressLonger,
    SignInPage,
    Stay,
)
from kiosk.core.scan import case_digits, choices_in
from kiosk.core.session import Session
from kiosk.core.value import Value, field
from kiosk.stage import Stage
from kiosk.ui.fingers import Fingers
from kiosk.ui.icons import Icons
from kiosk.ui.keyboard import Keyboard
from kiosk.ui.look import Look, Panel
from kiosk.ui.page import Page
from kiosk.ui.screen import Screen
from kiosk.ui.widgets.ink import InkCell
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
_KEYS = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
_HELD = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
# what is typed is a citizen's: an input method must not learn from it
_HINTS = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoAutoUppercase


class Surroundings(Value, frozen=True):
    """What a screen is a function of, besides the visit and the catalog."""

    panel: Panel
    icons: Icons
    hall: str
    gettext: Callable[[Language], Callable[[str], str]]
    now: Callable[[], datetime]
    monotonic_s: Callable[[], float]
    guard: InputGuard = field(default_factory=InputGuard)
    dictation_works: bool = False
    bring_back: Callable[[str, Catalog], Brought | None] = lambda _digits, _catalog: None


class Window(QWidget):
    """Shows the stage.

    Signals:
        damaged(object): a record could not be proved; the error.
        swapped(object): another screen is shown; the screen.
        focused(object): keys brought the focus to this control of the screen.
        touched(): a finger came down, on a control or beside.
        steered(object): a key asked for something that changes nothing to see, a `Steer`.
    """

    damaged = Signal(object)
    swapped = Signal(object)
    focused = Signal(object)
    touched = Signal()
    steered = Signal(object)

    def __init__(self, stage: Stage, surroundings: Surroundings) -> None:
        super().__init__()
        self._stage, self._around = stage, surroundings
        self._out_of_order = False
        self._by_keys = self._is_composing = False
        self._screen: Screen | None = None
        self._shown: tuple[Page, object] | None = None
        self._is_asking = False
        self._drawn_for: Session | None = None
        self._is_late = False  # the screen is not what it would be if no finger were on it
        self._before_question = "", ""  # a page, and the control that had the focus
        self._since_s: dict[object, float] = {}  # a control in its place: when it came there
        self._last_s, self._last_name = surroundings.monotonic_s(), ""
        self.fingers = Fingers(self, surroundings.monotonic_s)
        self.fingers.pressed.connect(self._press)
        self.fingers.wrote.connect(self._draw)
        self.fingers.too_short.connect(lambda: stage.perform(PressLonger()))
        self._keyboard = Keyboard(surroundings.monotonic_s, self)
        self._keyboard.typed.connect(self._typed)
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
        """Build the screen of the current visit and replace the old one; not under a pen.

        What is news to the machine and not to the visit waits until a finger has let go.
        """
        session = self._stage.session
        self._is_late = self.fingers.is_pressing and session == self._drawn_for
        if self.fingers.is_writing or self._is_late:
            return
        self._drawn_for, choices = session, session.choices
        gettext = self._around.gettext(choices.language)
        page = self._page(gettext)
        if self._shown == (page, choices):
            return
        look = Look(self._around.panel, choices, gettext, self._around.icons)
        old, focus = self._screen, self._focus_after(page)
        is_other_place = self._shown is None or self._shown[0].name != page.name
        if is_other_place and page.banner is not None and focus == page.banner.name:
            focus = ""  # it is on every screen, and was passed on the one before
        if self._shown is None or self._shown[1] != choices:
            self.setPalette(look.palette())
        self._screen = Screen(page, look, self)
        self._screen.keys_in_use = self._by_keys
        self._screen.acted.connect(self._act)
        self._screen.show()
        self.fingers.use(self._screen, look)
        if old is not None:
            old.hide()
            old.deleteLater()
        self._shown = (page, choices)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, self._takes_text)
        self._note_since({} if is_other_place else self._since_s)
        self._restore_focus(focus)
        self.swapped.emit(self._screen)

    def close_down(self) -> None:
        """Stop the clock and let go of the application's events."""
        self._timer.stop()
        self._keyboard.close_down()
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def press_key(self, key: Key) -> None:
        """A key of the table was pressed, or a plug put in."""
        meant = meaning(key, self._stage.session)
        self._by_keys = self._by_keys or meant not in (Steer.PLUG_IN, Steer.PLUG_OUT)
        if not isinstance(meant, Steer):
            self._stage.perform(meant)
        elif meant in (Steer.PLUG_IN, Steer.PLUG_OUT):
            self._stage.plug(meant is Steer.PLUG_IN)
        elif self._stage.session.asked_still_there and meant is not Steer.PRESS:
            self._stage.perform(Stay())  # any key is an answer
        elif meant in (Steer.PREVIOUS, Steer.NEXT):
            self._move_focus(meant is Steer.NEXT)
        elif meant is Steer.PRESS:
            self._press_focused()
        elif meant in (Steer.PAGE_BACK, Steer.PAGE_ON):
            self._turn(meant)
        else:
            self.steered.emit(meant)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(watched, QWidget) or watched.window() is not self:
            return False
        if event.type() in _TOUCHES:
            self._by_keys = event.type() == QEvent.Type.KeyPress
            self._stage.touch()
            if not self._by_keys:
                self._end_writing()
        if isinstance(event, QKeyEvent) and event.type() in _KEYS:
            self._key(event)
            return True  # no control sees keys, or one would come to each of its parents as well
        taken = self.fingers.take(event)
        if self._is_late and not self.fingers.is_pressing:
            self.refresh()
        if event.type() in _TOUCHES:
            self.touched.emit()
            if not self.fingers.is_pressing:
                self._answer_if_asked()  # a touch beside the buttons says it as well
        return taken

    def _key(self, event: QKeyEvent) -> None:
        """A key goes down; held, it counts once (EN 301 549 5.7)."""
        if event.type() != QEvent.Type.KeyPress or event.isAutoRepeat():
            return
        key = KEYS.get(_name_of(event))
        if key is None or (event.text() == " " and self._writes_spaces()):
            self._write(event)
        elif key is not Key.SELECT or event.text() == " " or not self._scanned():
            self._end_writing()
            self.screen_shown.keys_in_use = True
            self.press_key(key)

    def _scanned(self) -> bool:
        """Whether Enter ends what a code reader typed; it never presses anything."""
        found = self._keyboard.enter()
        if found is None:
            return False
        choices = choices_in(found, self._stage.session.choices)
        if choices is not None and self._stage.session.held is None:  # staff keep the plain look
            self._stage.perform(Choose(choices))
        for act in scanned(found, self._brought(found), self._stage.session):
            self._stage.perform(act)
        return True

    def _brought(self, found: str) -> Brought | None:
        """What a scanned case code brings back, in the catalog that is shown."""
        digits, catalog = case_digits(found), self._stage.catalog
        if digits is None or catalog is None or self._out_of_order:
            return None
        try:
            return self._around.bring_back(digits, catalog)
        except CatalogError as error:
            damage = error
            QTimer.singleShot(0, self, lambda: self.damaged.emit(damage))
            return None

    # writing ------------------------------------------------------------------------------------

    @property
    def _takes_text(self) -> bool:
        """What is typed is searched for here."""
        return self.screen_shown.field() is not None

    def _writes_spaces(self) -> bool:
        """A space presses, unless somebody is writing."""
        keyboard = self._keyboard
        return keyboard.is_waiting or (keyboard.is_typing and self._takes_text)

    def _write(self, event: QKeyEvent) -> None:
        """A key that is none of the table."""
        self._by_keys = False  # whoever types looks at the field, and needs no ring
        if event.modifiers() & _HELD:
            return
        if event.key() == Qt.Key.Key_Backspace:
            self._keyboard.rest()
            self._keyboard.is_typing = True
            if isinstance(self._stage.session.route, ASKING):
                self._stage.perform(Erase())
            elif isinstance(self._stage.session.route, SignInPage):
                self._stage.perform(ErasePin())
            return
        self._keyboard.take(event.text())

    def _end_writing(self) -> None:
        """Somebody goes on by finger or by the table's keys: nothing is left half composed."""
        self._keyboard.rest()
        if self._is_composing:
            self._is_composing = False
            QGuiApplication.inputMethod().reset()

    def _typed(self, signs: str) -> None:
        for act in typed(signs, self._stage.session):
            self._stage.perform(act)

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._stage.touch()
        self._by_keys, self._is_composing = False, bool(event.preeditString())
        for act in composed(event.commitString(), event.preeditString(), self._stage.session):
            self._stage.perform(act)
        event.accept()

    @override
    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        if query == Qt.InputMethodQuery.ImHints:
            return _HINTS
        field = self.screen_shown.field()
        if query == Qt.InputMethodQuery.ImCursorRectangle and field is not None:
            end = field.end()
            return QRect(field.mapTo(self, end.topLeft()), end.size())
        return super().inputMethodQuery(query)

    def _draw(self, cell: InkCell, line: Line, touched_s: float) -> None:
        """A line was written, unless the cell came under a finger that was on its way already."""
        since_s = self._since_s.get(_place(cell), touched_s)
        if touched_s - since_s >= self._around.guard.after_screen_s:
            self._stage.perform(Draw(cell.number, line))
        else:
            cell.show_line(())
        self.refresh()  # what came meanwhile has waited

    # steering -----------------------------------------------------------------------------------

    def _move_focus(self, following: bool) -> None:
        self.screen_shown.focusNextPrevChild(following)
        focus = self.screen_shown.focusWidget()
        if isinstance(focus, Touchable):
            self.focused.emit(focus)

    def _press_focused(self) -> None:
        focus = self.screen_shown.focusWidget()
        if isinstance(focus, Touchable):
            focus.click()

    def _turn(self, steer: Steer) -> None:
        name = "page:following" if steer is Steer.PAGE_ON else "page:previous"
        for one in self.screen_shown.touchables():
            if one.objectName() == name and one.isEnabled():
                one.click()
                return
        self.steered.emit(steer)  # there is no such page: nothing to see, but something to say

    def _answer_if_asked(self) -> None:
        if self._stage.session.asked_still_there:
            self._stage.perform(Stay())

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
            voice_works=self._stage.voice_works,
            dictation_works=self._around.dictation_works,
            local=self._stage.local,
        )
        try:
            return page_for(scene)
        except CatalogError as error:
            damage = error  # `error` itself is gone when the timer fires
            # the composition root looks for an older edition, after this call has returned
            QTimer.singleShot(0, self, lambda: self.damaged.emit(damage))
            return out_of_order.page(gettext)

    def _press(self, control: Touchable, touched_s: float) -> None:
        """A finger has let go of a control."""
        name, steady = control.objectName(), self._stage.session.choices.steady
        since_s = self._since_s.get(_place(control), touched_s)
        same = name == self._last_name
        if self._around.guard.accepts(touched_s, since_s, self._last_s, same, steady):
            self._last_s, self._last_name = touched_s, name
            control.click()

    def _act(self, act: Act, _name: str) -> None:
        self._stage.perform(act)

    def _note_since(self, before: dict[object, float]) -> None:
        """A control that stands where it stood has been there all the time."""
        now_s = self._around.monotonic_s()
        screen = self.screen_shown
        places = (_place(one) for one in (*screen.touchables(), *screen.cells()))
        self._since_s = {place: before.get(place, now_s) for place in places}

    def _tick(self) -> None:
        self._stage.tick()
        self.refresh()

    def _focus_name(self) -> str:
        focus = self._screen.focusWidget() if self._screen else None
        return focus.objectName() if focus else ""

    def _focus_after(self, page: Page) -> str:
        """The control to stand on next: the same, or after a question the one of before it."""
        shown, focus = self._shown[0].name if self._shown else "", self._focus_name()
        was_asking, self._is_asking = self._is_asking, self._stage.session.asked_still_there
        if self._is_asking and not was_asking:
            self._before_question = shown, focus
            return ""  # the question takes it
        if was_asking and self._before_question[0] == page.name:
            return self._before_question[1]
        return focus

    def _restore_focus(self, name: str) -> None:
        screen = self.screen_shown
        if self._takes_text and not self._by_keys:
            self.setFocus()  # an input method that is at work must not lose what it works on
            return
        touchables = [one for one in screen.touchables() if one.isEnabled()]
        same = [one for one in touchables if one.objectName() == name]
        own = [one for one in touchables if one.tile != screen.page.banner]  # what one came for
        for one in (*same, *own)[:1]:
            one.setFocus()


def _place(control: QWidget) -> object:
    return control.objectName(), control.geometry().getRect()


def _name_of(event: QKeyEvent) -> str:
    """Qt's name of a key, without the keys that are held with it."""
    return QKeySequence(QKeyCombination(Qt.Key(event.key()))).toString(
        QKeySequence.SequenceFormat.PortableText
    )
