"""The QR code on the screen: large enough, black on white, and read by independent readers.

Knows the requirement UX-14. Does not know what the code leads to.
"""

from __future__ import annotations

import math
from functools import cache
from typing import TypeAlias

import numpy as np
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QTransform

from access import pixels, readers
from access.box import Box
from access.seen import Seen
from kiosk.ui import tokens
from kiosk.ui.page import QrCard

SIDE_MM = 60.0  # with the quiet zone
AWAY_MM = 800.0  # a phone before a wheelchair; nobody's is nearer than that by our doing
MODULES_AWAY = 400.0  # a cheap phone reads from no farther
TOP_MM = 1400.0  # above the floor: whoever sits holds a phone so high
QUIET_MODULES = 4  # ISO/IEC 18004
_SKEW = 10  # degrees
_DARK = 0.5
Modules: TypeAlias = tuple[tuple[bool, ...], ...]


class Codes:
    """Pictures of codes that were read before, whatever screen and look they stood on."""

    def __init__(self) -> None:
        self.read: set[tuple[Modules, bytes]] = set()


def measure(seen: Seen, codes: Codes) -> None:
    """Every code on one screen."""
    cards = [one for one in seen.page.blocks if isinstance(one, QrCard)]
    images = [one for one in seen.drawn.pictures if not one.is_icon]
    for card, image in zip(cards, images, strict=False):
        module = image.box.width / len(card.modules)
        quiet = _quiet(seen, image.box, module)
        side = seen.mm(image.box.width + 2 * quiet * module)
        seen.least("UX-14", side, SIDE_MM, "mm", "code", image.box)
        seen.least("UX-14", quiet, QUIET_MODULES, "modules", "quiet zone", image.box)
        away = max(AWAY_MM, seen.look.panel.distance_mm)
        seen.least("UX-14", seen.mm(module), away / MODULES_AWAY, "mm", "module", image.box)
        seen.most(
            "UX-14", _top_mm(seen, image.box), TOP_MM, "mm", "code above the floor", image.box
        )
        _judge_colours(seen, image.box, quiet * module)
        around = image.box.grown(math.ceil(tokens.QR_QUIET * module)).within(seen.shot.box)
        picture = card.modules, seen.shot.part(around).tobytes()
        if picture in codes.read:
            continue
        codes.read.add(picture)
        said = _said(card.modules)
        for name, seen_so in _as_phones_see_it(_cut(seen.shot.image, around)).items():
            grey = readers.grey_of(seen_so)
            for reader, read in readers.READERS.items():
                found = read(grey)
                if said is not None and found == [said]:
                    seen.fine("UX-14")
                else:
                    seen.fault("UX-14", f"{reader} reads {name}: {found}", "code", image.box)


def _top_mm(seen: Seen, code: Box) -> float:
    panel = seen.look.panel
    return panel.bottom_mm + seen.mm(panel.height_px - code.top)


def _judge_colours(seen: Seen, code: Box, quiet_px: float) -> None:
    """Whatever the look, nothing but black and white."""
    part = seen.shot.part(code.grown(math.floor(min(quiet_px, QUIET_MODULES)))) & 0xFFFFFF
    other = int(np.count_nonzero((part != 0) & (part != 0xFFFFFF)))
    seen.most("UX-14", other, 0, "px", "neither black nor white", code)


@cache
def _said(modules: Modules) -> str | None:
    """What a code says that nobody has drawn yet: its modules, four pixels wide on pure white."""
    light = ~np.pad(np.array(modules), 4)
    grey = np.kron(light, np.full((4, 4), 255)).astype(np.uint8)
    found = readers.zxing(grey)
    return found[0] if len(found) == 1 else None


def _quiet(seen: Seen, code: Box, module: float) -> float:
    """How many modules of white surround the code, on the side that has least."""
    widest = math.ceil((QUIET_MODULES + 1) * module)
    for wide in range(widest):
        part = seen.shot.part(code.grown(wide + 1))
        rim = np.concatenate([part[0], part[-1], part[:, 0], part[:, -1]])
        is_cut = part.shape[0] < code.height + 2 * (wide + 1)
        if is_cut or bool((pixels.luminance(rim) < _DARK).any()):
            return wide / module
    return widest / module


def _cut(image: QImage, box: Box) -> QImage:
    return image.copy(QRect(box.left, box.top, box.width, box.height))


def _as_phones_see_it(image: QImage) -> dict[str, QImage]:
    smooth = Qt.TransformationMode.SmoothTransformation
    small = image.scaledToWidth(image.width() // 2, smooth)
    turned = image.transformed(QTransform().rotate(_SKEW), smooth)
    return {
        "as it is": image,
        "from twice as far": small.scaledToWidth(image.width(), smooth),
        "askew": turned,
    }
