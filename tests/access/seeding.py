"""A small page that is as it must be, and the looks and widgets that break it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel
from typing_extensions import override

from access import walk
from access.measure.pages import Pages
from access.seen import Host
from access.sights import Sight, icons
from access.tally import Tally
from kiosk.core.routes import Back, Go, GoHome, HelpPage
from kiosk.core.value import replace
from kiosk.ui.look import Look
from kiosk.ui.page import Heading, Line, Notice, Page, Panel, Tile, Tiles
from kiosk.ui.screen import Screen
from kiosk.ui.widgets.touchable import Touchable

WORDS = "请到二楼三号窗口，带身份证和户口簿，工作人员陪您一起办，不收费，也不用排队"
TILES = (
    Tile("seed:one", "身份证", "补办或者换领", "id", Go(HelpPage())),
    Tile("seed:two", "户口簿", "迁入或者分户", "home", GoHome()),
)
PAGE = Page(
    name="seeded",
    title="办一件事",
    path="首页",
    clock="上午 9:42",
    blocks=(
        Notice("在这里就能办", WORDS, "map-pin"),
        Heading("要带的东西"),
        Panel((Line("身份证", "原件一份", "box"), Line("户口簿", "原件一份", "box"))),
        Tiles(TILES, most_columns=2),
    ),
    bar=(
        Tile("bar:back", "返回", icon="arrow-left", act=Back(), shape="bar"),
        Tile("bar:help", "找人帮忙", icon="bell-ringing", act=Go(HelpPage()), shape="bar"),
    ),
)


class Bench:
    """Builds a screen, lets a test break it, and says which requirements fail."""

    def __init__(self, window: Host) -> None:
        self.window = window
        self.tally = Tally()
        self.known = walk.Known()

    def failing(
        self,
        breaking: Callable[[Screen], object] | None = None,
        page: Page = PAGE,
        look: Look | None = None,
        seen_as: Look | None = None,
        told: Page | None = None,
    ) -> set[str]:
        """The requirements that fail on all pages together.

        Args:
            breaking: what is done to each screen before it is measured.
            page: what is drawn.
            look: how it is drawn.
            seen_as: the look that the measures are told, where it is another one.
            told: the page that the measures are told, where it is another one.
        """
        drawn_in = look or Sight().look()
        book = Pages()
        for seen in self.window.drawn("seeded", page, drawn_in, self.tally, Sight()):
            if breaking is not None:
                breaking(seen.screen)
            seen.look = seen_as or drawn_in
            if told is not None:
                seen.page = replace(told, index=seen.index)
            walk.measure(seen, self.known)
            book.add(seen)
        book.judge()
        return self.tally.failing()

    def noted(self, id: str) -> str:
        """What was written down about a requirement."""
        return "\n".join(f"{case.note} {case.where}" for case in self.tally.score(id).failed)


def look_of(kind: type[Look] = Look, **choices: Any) -> Look:
    """A look of some kind, as somebody chose it."""
    plain = Sight(**choices).look()
    return kind(plain.panel, plain.choices, plain.gettext, icons())


def with_ems(**ems_mm: float) -> type[Look]:
    """A kind of look whose text roles have other sizes."""

    class Other(Look):
        @override
        def em_px(self, role: str) -> int:
            return self.px(ems_mm[role]) if role in ems_mm else super().em_px(role)

    return Other


def with_colours(look: Look, **colours: str) -> Look:
    """A look with other colours."""
    look.__dict__["roles"] = replace(look.roles, **colours)  # it is kept there when first asked
    return look


def touchable(screen: Screen, name: str) -> Touchable:
    """A control by its name."""
    return next(one for one in screen.touchables() if one.objectName() == name)


def label(screen: Screen, words: str, font: QFont, x: int = 40, y: int = 1200) -> QLabel:
    """Words that somebody put onto a screen beside its page, where nothing else stands."""
    one = Lines((words,), font, 0, screen)
    one.move(x, y)
    one.show()
    return one


class Lines(QLabel):
    """Words painted line by line at a distance."""

    def __init__(self, lines: tuple[str, ...], font: QFont, step: int, screen: Screen) -> None:
        super().__init__(screen)
        self._lines, self._font, self._step = lines, font, step
        self.setText("".join(lines))
        em = font.pixelSize()
        self.resize(em * (max(map(len, lines)) + 2), em * 2 + step * len(lines))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._font)
        painter.setPen("#000000")
        for n, line in enumerate(self._lines):
            y = round(self._font.pixelSize() * 1.2) + n * self._step
            painter.drawText(QPointF(self._font.pixelSize(), y), line)


class Framed(Lines):
    """Words that go over the frame around them."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(QColor("#000000"), 3))
        across = self._font.pixelSize() * 2
        painter.drawRoundedRect(2, 2, across, self.height() - 4, 4, 4)
        painter.end()
        super().paintEvent(event)
