"""One screen as somebody sees it, with everything that is measured on it.

Knows how to build a screen, take its picture and find its controls. Does not judge anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QWidget

from access import drawing, pixels
from access.box import Box, box_of
from access.kept import Kept, KeptScreen
from access.registry import Registered
from access.sights import Sight
from access.tally import Case, Kind, Score, Tally, Where, boxed, margin_of
from kiosk.core.value import replace
from kiosk.ui.look import Look
from kiosk.ui.page import Page
from kiosk.ui.screen import Screen
from kiosk.ui.widgets.touchable import Touchable

_PRESSES = {"Press", "Toggle"}
_BUTTONS = (QAccessible.Role.Button, QAccessible.Role.CheckBox, QAccessible.Role.RadioButton)
_LENGTHS = ("mm", "mm apart")
_TOLD = 24  # signs of a text in a report


class Control:
    """Something that can be pressed, whatever widget it is, as it was when it was seen."""

    def __init__(self, widget: QWidget, box: Box) -> None:
        self.widget, self.box = widget, box
        seen = QAccessible.queryAccessibleInterface(widget)
        self.name = seen.text(QAccessible.Text.Name).strip()
        self.role = seen.role()
        self.id = widget.objectName()
        self.is_enabled = widget.isEnabled()
        self.tile = widget.tile if isinstance(widget, Touchable) else None
        self.shape: str = self.tile.shape if self.tile else ""


class Seen:
    """One page of one screen in one sight, and the tally that its measures go to."""

    def __init__(
        self, name: str, page: Page, screen: Screen, look: Look, sight: str, tally: Tally
    ) -> None:
        self.name, self.page, self.screen = name, page, screen
        self.look, self.sight, self.tally = look, sight, tally
        self.paper: QImage | None = None  # an image of the screen's size that may be painted over

    @property
    def index(self) -> int:
        """Which of several pages it is, from 0."""
        return self.page.index

    @cached_property
    def drawn(self) -> drawing.Drawn:
        """All that is painted."""
        return drawing.drawn_by(self.screen)

    @cached_property
    def shot(self) -> pixels.Shot:
        """The picture, with the focus nowhere."""
        return pixels.shot_of(self.screen, paper=self.paper)

    @cached_property
    def controls(self) -> list[Control]:
        """All that can be pressed, in the order of the widgets."""
        return [
            Control(widget, drawing.place_of(widget, self.screen))
            for widget in drawing.widgets_of(self.screen)
            if can_be_pressed(widget)
        ]

    def shape(self) -> tuple[Box, ...]:
        """Where everything stands."""
        return tuple(drawing.place_of(one, self.screen) for one in self.things)

    @cached_property
    def things(self) -> list[QWidget]:
        """What stands on the screen side by side."""
        ground = drawing.cover_of(self.screen) or self.screen
        children = [one for one in ground.children() if isinstance(one, QWidget)]
        return [one for one in children if one.isVisibleTo(self.screen)]

    @property
    def mm_per_px(self) -> float:
        """The size of a pixel."""
        return self.look.panel.mm_per_px

    def mm(self, px: float) -> float:
        """Pixels as millimetres."""
        return px * self.look.panel.mm_per_px

    # judging ------------------------------------------------------------------------------------

    def least(
        self, id: str, value: float, bound: float, unit: str, thing: object, box: Box | None = None
    ) -> None:
        """The value must not be below the bound."""
        self._judge("least", id, value, bound, unit, thing, box)

    def most(
        self, id: str, value: float, bound: float, unit: str, thing: object, box: Box | None = None
    ) -> None:
        """The value must not be above the bound."""
        self._judge("most", id, value, bound, unit, thing, box)

    def fault(self, id: str, note: str, thing: object, box: Box | None = None) -> None:
        """Something that must never be was found."""
        case = Case(1, 0, "", "none", self._where(thing, box), note)
        self.tally.score(id).checks += 1
        self.tally.score(id).add(case)

    def fine(self, id: str, count: int = 1) -> None:
        """So many things were looked at and are as they must be."""
        self.tally.score(id).checks += count

    def figure(self, id: str, value: float, bound: float, unit: str, thing: object) -> None:
        """A number to report: a large one is no failure."""
        score = self.tally.figures.setdefault(id, Score())
        score.checks += 1
        score.add(Case(value, bound, unit, "most", self._where(thing, None)))

    def _judge(
        self,
        kind: Kind,
        id: str,
        value: float,
        bound: float,
        unit: str,
        thing: object,
        box: Box | None,
    ) -> None:
        slack = self.mm_per_px / 2 if unit in _LENGTHS else 0.0
        if self.tally.needs_note(id, margin_of(kind, value, bound, slack)):
            where = self._where(thing, box)
            self.tally.score(id).add(Case(round(value, 3), bound, unit, kind, where, "", slack))

    def _where(self, thing: object, box: Box | None) -> Where:
        return Where(self.sight, self.name, self.index, called(thing), boxed(box))


def called(thing: object) -> str:
    """What somebody would call a thing who reports it."""
    if isinstance(thing, Control):
        return thing.id or "a control without identity"
    if isinstance(thing, QWidget):
        words = (thing.accessibleName() or str(thing.property("text") or "")).replace("\n", " ")
        return thing.objectName() or f"{type(thing).__name__} “{words[:_TOLD]}”"
    if isinstance(thing, drawing.Text):
        return f"“{thing.words[:_TOLD]}”"
    if isinstance(thing, drawing.Picture):
        return f"icon at {tuple(thing.box)}"
    return str(thing)


def can_be_pressed(widget: QWidget) -> bool:
    """Whether the accessibility tree says so; what is disabled keeps its role, and no action."""
    seen = QAccessible.queryAccessibleInterface(widget)
    if seen is None or seen.role() in _BUTTONS:
        return seen is not None
    actions = seen.actionInterface()
    return actions is not None and bool(_PRESSES & set(actions.actionNames()))


class Host(QWidget):
    """An active window in which screens are built, so that keys and the focus work as in a hall."""

    def __init__(self, sight: Sight) -> None:
        super().__init__()
        panel = sight.look().panel
        self.resize(panel.width_px, panel.height_px)
        self._paper = QImage(self.size(), QImage.Format.Format_RGB32)
        self._kept = Kept()
        self.show()
        self.activateWindow()
        QCoreApplication.processEvents()

    def screens(
        self,
        name: str,
        one: Registered,
        sight: Sight,
        tally: Tally,
        only: Iterable[int] | None = None,
    ) -> Iterator[Seen]:
        """Every page of a screen, or only some, as it is seen in a sight."""
        look = self._kept.look(sight.look(one.choices))
        if only is None:
            yield from self.drawn(name, one.page, look, tally, sight, one.is_variant)
        for index in only or ():
            page = replace(one.page, index=index)
            yield from self.drawn(name, page, look, tally, sight, is_one_enough=True)

    def drawn(
        self,
        name: str,
        page: Page,
        look: Look,
        tally: Tally,
        sight: Sight,
        is_one_enough: bool = False,
    ) -> Iterator[Seen]:
        """A page of a screen and all that follow; each is gone when the next one comes."""
        index, count = page.index, page.index + 1
        while index < count:
            shown = replace(page, index=index)
            screen = KeptScreen(shown, look, self)
            count = count if is_one_enough else screen.page_count
            screen.show()
            seen = Seen(name, shown, screen, look, str(sight), tally)
            seen.paper = self._paper
            tally.screens += 1
            yield seen
            shiboken6.delete(screen)  # at once: later, Qt looks through all events of the walk
            index += 1

    def close_down(self) -> None:
        """Take the window away."""
        self._kept.forget()
        self.hide()
        self.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@contextmanager
def host(sight: Sight) -> Iterator[Host]:
    """A window as long as it is needed."""
    window = Host(sight)
    try:
        yield window
    finally:
        window.close_down()


def whole(screen: QWidget) -> Box:
    """The place of the screen itself."""
    return box_of(screen.rect())
