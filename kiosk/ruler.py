"""Measures a panel: a bank card's outline and a ruler, to be compared with real ones.

Knows ISO/IEC 7810 ID-1 and how far an outline is from it. Does not know citizens: this is for
whoever sets up the machine, once, so its words are in one language.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TextIO

from PySide6.QtCore import QEventLoop, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from typing_extensions import override

from kiosk import app, assets, config
from kiosk.config import Config, Device, Measurement
from kiosk.core.choices import Choices
from kiosk.core.errors import ConfigError
from kiosk.core.value import Value, replace
from kiosk.shell import only_one
from kiosk.sync.disk import sync_file, sync_folder
from kiosk.ui.icons import Icons
from kiosk.ui.look import Look, Panel
from kiosk.ui.page import Tile
from kiosk.ui.widgets.touchable import Room, Touchable
from kiosk.ui.words import Words

CARD_MM, CARD_HEIGHT_MM = 85.60, 53.98  # ISO/IEC 7810:2019 ID-1: bank cards, identity cards
_CORNER_MM = 3.18
_RULER_MM = 200
_DOUBTFUL = 0.2  # further off than this it is the wrong profile, not the wrong inch

_MARGIN_MM, _GAP_MM, _FRAME_MM = 8.0, 4.0, 1.0
_CONTROL_MM = 30.0  # of height; 20 mm is what every control has (VVSG 2.0 asks for 12.7)
_BELOW_MM = 24.0  # the card: the ruler and its numbers
_WIDE_MM = 400.0  # a picture in which all controls stand in one row


class Outline(Value, frozen=True):
    """How wide the card's outline is drawn: tenths of a millimetre, as the settings have them."""

    nominal: float  # mm per pixel of the settings
    tenths: int = round(CARD_MM * 10)

    @classmethod
    def of(cls, nominal: float, mm_per_px: float) -> Outline:
        """The outline that a measured panel needs."""
        return cls(nominal).wider(round(CARD_MM * 10 * (nominal / mm_per_px - 1)))

    def wider(self, tenths: int) -> Outline:
        """So many tenths wider, narrower where negative; between half a card and two."""
        card = round(CARD_MM * 10)
        return replace(self, tenths=min(max(self.tenths + tenths, card // 2), card * 2))

    @property
    def card_px(self) -> float:
        """Pixels of its width."""
        return self.tenths / 10 / self.nominal

    @property
    def mm_per_px(self) -> float:
        """How large a pixel is if a card fits into it."""
        found = CARD_MM / self.card_px
        return round(min(max(found, config.LEAST_MM_PER_PX), config.MOST_MM_PER_PX), 5)

    @property
    def off(self) -> float:
        """By which part pixels are larger than the settings say."""
        return self.mm_per_px / self.nominal - 1

    @property
    def is_doubtful(self) -> bool:
        """So far off that the profile is of another panel."""
        return abs(self.off) > _DOUBTFUL


class Ruler(Room):
    """The outline, the ruler and what changes them.

    Signals:
        answered(object): the `Outline` that a card fits into; None where nothing is to change.
    """

    answered = Signal(object)

    def __init__(self, device: Device, profile: str, outline: Outline) -> None:
        super().__init__()
        self.outline = outline
        self._device, self._profile = device, profile
        self._was_doubted = False
        panel = Panel(device.width_px, device.height_px, outline.nominal, device.bottom_mm)
        self._look = Look(panel, Choices(), str, Icons(assets.ICONS))
        self.setObjectName("ruler")
        self._controls: list[Touchable] = []
        self.resize(device.width_px, device.height_px)
        self._build_controls()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = _KEYS.get(Qt.Key(event.key()))
        if act is not None:
            act(self)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place_controls()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.answered.emit(None)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), self._look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), look.colour("page"))
        margin = look.px(_MARGIN_MM)
        y = margin
        for words in self._words():
            words.draw(painter, margin, y)
            y += words.height() + look.px(1)
        room = QRect(QPoint(0, y), QPoint(self.width(), self._controls_top()))
        card, below = round(CARD_HEIGHT_MM / self.outline.mm_per_px), look.px(_BELOW_MM)
        top = room.top() + (room.height() - card - below) // 2
        self._draw_card(painter, QPoint(self.card_left(), top))
        self._draw_ruler(painter, QPoint(self.ruler_left(), top + card + below // 2))

    # measures ---------------------------------------------------------------------------------

    def card_left(self) -> int:
        """Where the card's left edge is drawn."""
        return round((self.width() - self.outline.card_px) / 2)

    def ruler_left(self) -> int:
        """Where the ruler begins."""
        return round((self.width() - self.ruler_mm() / self.outline.mm_per_px) / 2)

    def ruler_mm(self) -> int:
        """How long the ruler is: 200 mm, or whole centimetres that fit."""
        fits = self.width() * self.outline.mm_per_px - 2 * _MARGIN_MM
        return min(_RULER_MM, int(fits // 10) * 10)

    # what can be done -------------------------------------------------------------------------

    def change(self, tenths: int) -> None:
        """Draw the card wider or narrower."""
        self.outline = self.outline.wider(tenths)
        self._was_doubted = False
        self.update()

    def accept(self) -> None:
        """The card fits; said twice where that is hard to believe."""
        if self.outline.is_doubtful and not self._was_doubted:
            self._was_doubted = True
            self.update()
            return
        self.answered.emit(self.outline)

    def leave(self) -> None:
        """Nothing is to change."""
        self.answered.emit(None)

    # drawing ----------------------------------------------------------------------------------

    def _words(self) -> list[Words]:
        look = self._look
        width = self.width() - 2 * look.px(_MARGIN_MM)
        lines = [
            look.words("量一量屏幕", "title", "ink", width, bold=True),
            look.words(
                "银行卡、身份证都是 85.6 毫米宽。贴在白框上比，改到一样大。", "small", "ink", width
            ),
            look.words(self.said(), "small", "ink", width, bold=True),
        ]
        for warning in self._warnings():
            lines.append(look.words(warning, "small", "ink", width, bold=True))
        return lines

    def said(self) -> str:
        """What the outline says of the panel."""
        one = self.outline
        return f"一个像素 {one.mm_per_px:.4f} 毫米，{in_words(one.off, self._profile)}。"

    def _warnings(self) -> list[str]:
        found = []
        wide, high = self._device.width_px, self._device.height_px
        if (self.width(), self.height()) != (wide, high):
            found.append(
                f"注意：屏幕是 {self.width()} × {self.height()} 像素，{self._profile} "
                f"说的是 {wide} × {high}。"
            )
        if self._was_doubted:
            found.append("注意：差得太多，多半是选错了档案。真是这样，再按一次“一样大”。")
        return found

    def _draw_card(self, painter: QPainter, corner: QPoint) -> None:
        """A frame round a white card: its inner edge is the card's."""
        look, scale = self._look, self.outline.mm_per_px
        card = QRectF(corner.x(), corner.y(), self.outline.card_px, CARD_HEIGHT_MM / scale)
        frame, radius = look.px(_FRAME_MM), _CORNER_MM / scale
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("ink"))
        outer = card.adjusted(-frame, -frame, frame, frame)
        painter.drawRoundedRect(outer, radius + frame, radius + frame)
        painter.setBrush(look.colour("card"))
        painter.drawRoundedRect(card, radius, radius)

    def _draw_ruler(self, painter: QPainter, corner: QPoint) -> None:
        """Lines a millimetre apart, each on the pixel that is nearest."""
        look, scale = self._look, self.outline.mm_per_px
        for mm in range(self.ruler_mm() + 1):
            high = look.px(9 if mm % 10 == 0 else 6 if mm % 5 == 0 else 4)
            x = corner.x() + round(mm / scale)
            painter.fillRect(x, corner.y(), 1, high, look.colour("ink"))
            if mm % 50 == 0:
                number = look.words(str(mm), "small", "ink", look.px(30), centred=True)
                number.draw(painter, x - look.px(15), corner.y() + high)

    # controls ---------------------------------------------------------------------------------

    def _build_controls(self) -> None:
        for name, title, text, act in _CONTROLS:
            tile = Tile(f"ruler:{name}", title, text, act=act, shape="button")
            if act is Ruler.accept:
                tile = replace(tile, tone="primary")
            control = Touchable(tile, self._look, self)
            control.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # every control has a key of its own
            control.acted.connect(lambda act, _name: act(self))
            self._controls.append(control)
        self._place_controls()

    def _place_controls(self) -> None:
        look, high = self._look, self._look.px(_CONTROL_MM)
        margin, gap = look.px(_MARGIN_MM), look.px(_GAP_MM)
        is_wide = self.width() * self.outline.nominal >= _WIDE_MM
        sizes, answers = self._controls[:4], self._controls[4:]
        rows = [self._controls] if is_wide else [sizes, answers]
        y = self.height() - margin - len(rows) * (high + gap) + gap
        for row in rows:
            cell = (self.width() - 2 * margin - (len(row) - 1) * gap) // len(row)
            for n, control in enumerate(row):
                control.setGeometry(margin + n * (cell + gap), y, cell, high)
            y += high + gap

    def _controls_top(self) -> int:
        return min(control.y() for control in self._controls)


_CONTROLS: tuple[tuple[str, str, str, Callable[[Ruler], None]], ...] = (
    ("narrower-much", "小很多", "↓", lambda one: one.change(-10)),
    ("narrower", "小一点", "←", lambda one: one.change(-1)),
    ("wider", "大一点", "→", lambda one: one.change(1)),
    ("wider-much", "大很多", "↑", lambda one: one.change(10)),
    ("leave", "不改", "Esc", Ruler.leave),
    ("accept", "对，一样大", "Enter", Ruler.accept),
)
_KEYS: dict[Qt.Key, Callable[[Ruler], None]] = {
    Qt.Key.Key_Down: _CONTROLS[0][3],
    Qt.Key.Key_Left: _CONTROLS[1][3],
    Qt.Key.Key_Right: _CONTROLS[2][3],
    Qt.Key.Key_Up: _CONTROLS[3][3],
    Qt.Key.Key_Escape: Ruler.leave,
    Qt.Key.Key_Return: Ruler.accept,
    Qt.Key.Key_Enter: Ruler.accept,
}


def in_words(off: float, profile: str) -> str:
    """How a measured panel differs from the one that the settings describe."""
    percent = round(abs(off) * 100, 1)
    if not percent:
        return f"和 {profile} 一样"
    return f"比 {profile} {'大' if off > 0 else '小'} {percent} %"


# the command ----------------------------------------------------------------------------------


def main(data_dir: Path, out: TextIO, *, check: bool = False) -> int:
    """`kiosk ruler`: measure the panel, or only say what is known of it.

    Raises:
        ConfigError: the settings name no panel, or what was found cannot be kept.
    """
    file = data_dir / config.SETTINGS
    settings = config.nominal(file, assets.PROFILES)
    device = config.require_device(settings, file, assets.PROFILES)
    found = _measured(data_dir, device)
    outline = Outline.of(device.mm_per_px, found.mm_per_px) if found else Outline(device.mm_per_px)
    if check:
        out.write(f"{described(settings, found)}\n")
        return 0
    answer = _ask(lambda: Ruler(device, name_of(settings), outline), data_dir)
    if answer is None:
        out.write("nothing was changed\n")
        return 1
    kept = Measurement(answer.mm_per_px, device.mm_per_px, date.today())
    keep(data_dir, kept)
    out.write(f"{described(settings, kept)}\n")
    return 0


def described(settings: Config, found: Measurement | None) -> str:
    """The panel in one line: name, millimetres, a card in pixels, and what was measured."""
    device = settings.device
    mm_per_px = found.mm_per_px if found else device.mm_per_px
    wide, high = device.width_px * mm_per_px, device.height_px * mm_per_px
    if found is None:
        measured = "not measured"
    else:
        measured = f"measured on {found.measured}, {found.off:+.1%} from the profile"
    return (
        f"{name_of(settings)}: {device.width_px} × {device.height_px} px, {mm_per_px:.4f} mm/px, "
        f"{wide:.0f} × {high:.0f} mm, a card is {CARD_MM / mm_per_px:.1f} px wide; {measured}"
    )


def name_of(settings: Config) -> str:
    """What the panel is called."""
    return settings.profile or config.SETTINGS


def keep(data_dir: Path, found: Measurement) -> None:
    """Write what was measured, whole or not at all.

    Raises:
        ConfigError: the folder cannot be written.
    """
    target = data_dir / config.PANEL
    draft = target.with_suffix(".new")
    lines = (
        f"mm_per_px = {found.mm_per_px!r}",
        f"instead_of = {found.instead_of!r}",
        f"measured = {found.measured.isoformat()}",
    )
    try:
        draft.write_text("\n".join(lines) + "\n", "utf-8")
        sync_file(draft)
        draft.replace(target)
        sync_folder(data_dir)
    except OSError as error:
        raise ConfigError(f"{target}: cannot be written: {error.strerror}") from error


def _measured(data_dir: Path, device: Device) -> Measurement | None:
    """What was measured before; a damaged file or another panel's begins anew."""
    try:
        found = config.measurement(data_dir)
    except ConfigError:
        return None
    return found if found and found.fits(device) else None


def _ask(build: Callable[[], Ruler], data_dir: Path) -> Outline | None:
    """Show the ruler until it is answered."""
    application = app.application()
    app.require_font()
    lock = only_one(data_dir / "kiosk.lock")  # a running kiosk would go on with the old size
    window = build()
    answers: list[Outline | None] = []
    loop = QEventLoop()
    window.answered.connect(answers.append)
    window.answered.connect(loop.quit)
    window.showFullScreen()
    loop.exec()
    window.deleteLater()
    application.processEvents()
    lock.unlock()
    return answers[0]
