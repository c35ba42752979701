"""What a screen paints, and where: every text, picture and frame, from Qt's own painting.

Knows how to listen to a painter, whatever widget holds it. Does not know what may stand where.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QPaintDevice,
    QPaintEngine,
    QPaintEngineState,
    QPainterPath,
    QRegion,
    QTextItem,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from access import ink
from access.box import Box, box_of
from kiosk.ui.widgets.curtain import Curtain

_SCALE_OF_ONE = 65536  # as Qt says it to devices with many pixels
_Point: TypeAlias = QPointF | QPoint | QPainterPath.Element
_Rect: TypeAlias = QRectF | QRect


@dataclass(frozen=True, slots=True)
class Text:
    """A run of words in one line."""

    owner: QWidget
    is_enabled: bool
    words: str
    font: QFont
    base_y: int
    ink: Box
    place: Box  # of its owner

    @property
    def has_letters(self) -> bool:
        """It is more than punctuation, which takes its shape from the letters around it."""
        return any(sign.isalnum() for sign in self.words)


@dataclass(frozen=True, slots=True)
class Picture:
    """An icon, or an image such as a QR code."""

    owner: QWidget
    is_enabled: bool
    box: Box
    is_icon: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """A shape with an outline."""

    owner: QWidget
    box: Box
    line_px: float


@dataclass
class Drawn:
    """All that a screen paints; owners are only as long as the screen itself."""

    texts: list[Text] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)


class _Listener(QPaintEngine):
    """Writes down what one widget after the other paints."""

    def __init__(self) -> None:
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)
        self.drawn = Drawn()
        self.owner: QWidget | None = None
        self.corner = QPoint()

    @override
    def begin(self, _device: QPaintDevice) -> bool:
        return True

    @override
    def end(self) -> bool:
        return True

    @override
    def type(self) -> QPaintEngine.Type:
        return QPaintEngine.Type.User

    @override
    def updateState(self, _state: QPaintEngineState) -> None:
        """Colours are read off the picture."""

    @override
    def drawTextItem(self, at: _Point, item: QTextItem) -> None:
        end = self.painter().transform().map(_point(at))
        is_from_right = bool(item.renderFlags() & QTextItem.RenderFlag.RightToLeft)
        box = ink.of(item.text(), item.font(), is_from_right)
        if box is not None and self.owner is not None:
            x, y = round(end.x()) + self.corner.x(), round(end.y()) + self.corner.y()
            on = self.owner.isEnabled()
            place = box_of(self.owner.rect().translated(self.corner))
            text = Text(self.owner, on, item.text(), item.font(), y, box.moved(x, y), place)
            self.drawn.texts.append(text)

    @override
    def drawPixmap(self, rect: _Rect, *_rest: object) -> None:
        self._picture(rect, is_icon=True)

    @override
    def drawImage(self, rect: _Rect, *_rest: object) -> None:
        self._picture(rect, is_icon=False)

    @override
    def drawPath(self, path: QPainterPath) -> None:
        pen = self.painter().pen()
        if self.owner is not None and pen.style() != Qt.PenStyle.NoPen:
            box = self._on_screen(path.boundingRect())
            self.drawn.frames.append(Frame(self.owner, box, max(1.0, pen.widthF())))

    @override
    def drawPolygon(self, *_arguments: object) -> None:
        """Lines are not listened to."""

    @override
    def drawRects(self, *_arguments: object) -> None:
        """Grounds are not listened to."""

    @override
    def drawLines(self, *_arguments: object) -> None:
        """Lines are not listened to."""

    def _picture(self, rect: _Rect, is_icon: bool) -> None:
        if self.owner is not None:
            box, on = self._on_screen(rect), self.owner.isEnabled()
            self.drawn.pictures.append(Picture(self.owner, on, box, is_icon))

    def _on_screen(self, rect: _Rect) -> Box:
        mapped = self.painter().transform().mapRect(QRectF(rect)).toAlignedRect()
        return box_of(mapped.translated(self.corner))


def _point(place: _Point) -> QPointF:
    """As Qt has it for fractions of pixels."""
    if isinstance(place, QPainterPath.Element):
        return QPointF(place.x, place.y)
    return QPointF(place)


class _Paper(QPaintDevice):
    """Something to paint on that keeps no pixels."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__()
        self.listener = _Listener()
        self._size = width, height

    @override
    def paintEngine(self) -> QPaintEngine:
        return self.listener

    @override
    def metric(self, metric: QPaintDevice.PaintDeviceMetric) -> int:
        kinds = QPaintDevice.PaintDeviceMetric
        known = {
            kinds.PdmWidth: self._size[0],
            kinds.PdmHeight: self._size[1],
            kinds.PdmDepth: 32,
            kinds.PdmDevicePixelRatio: 1,
            kinds.PdmDevicePixelRatioScaled: _SCALE_OF_ONE,
        }
        return known.get(metric, 96)


def drawn_by(screen: QWidget) -> Drawn:
    """Everything that a screen and the widgets on it paint."""
    paper = _Paper(screen.width(), screen.height())
    listener = paper.listener
    for widget in widgets_of(screen):
        listener.owner, listener.corner = widget, widget.mapTo(screen, QPoint())
        widget.render(paper, QPoint(), QRegion(), QWidget.RenderFlag(0))
    return listener.drawn


def widgets_of(screen: QWidget) -> Iterator[QWidget]:
    """The screen and every widget on it that is neither hidden nor covered."""
    cover = cover_of(screen)
    yield cover or screen
    for widget in (cover or screen).findChildren(QWidget):
        if widget.isVisibleTo(screen):
            yield widget


def cover_of(screen: QWidget) -> QWidget | None:
    """What lies over the whole screen, if anything does: the picture is off."""
    covers = screen.findChildren(Curtain, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return covers[0] if covers else None


def place_of(widget: QWidget, screen: QWidget) -> Box:
    """Where a widget stands on the screen."""
    return box_of(widget.rect().translated(widget.mapTo(screen, QPoint())))
