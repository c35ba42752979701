"""The QR code on the screen: large enough, with its quiet zone, and read by an independent reader.

Knows the requirement UX-14. Does not know what the code leads to.
"""

from __future__ import annotations

import math
from functools import cache
from typing import TypeAlias

import numpy as np
import zxingcpp
from numpy.typing import NDArray
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QTransform

from access import pixels
from access.box import Box
from access.seen import Seen
from kiosk.ui import tokens
from kiosk.ui.page import QrCard

SIDE_MM = 60.0  # with the quiet zone
QUIET_MODULES = 4  # ISO/IEC 18004
_SKEW = 10  # degrees
_DARK = 0.5
Modules: TypeAlias = tuple[tuple[bool, ...], ...]


class Codes:
    """Codes that were read before in this sight: the same code in the same place has its pixels."""

    def __init__(self) -> None:
        self.read: set[tuple[Box, Modules]] = set()


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
        if (image.box, card.modules) in codes.read:
            continue
        codes.read.add((image.box, card.modules))
        said = _said(card.modules)
        around = image.box.grown(math.ceil(tokens.QR_QUIET * module)).within(seen.shot.box)
        for name, picture in _as_phones_see_it(_cut(seen.shot.image, around)).items():
            found = [one.text for one in zxingcpp.read_barcodes(_grey(picture))]
            if said is not None and found == [said]:
                seen.fine("UX-14")
            else:
                seen.fault("UX-14", f"is not read {name}: {found}", "code", image.box)


@cache
def _said(modules: Modules) -> str | None:
    """What a code says that nobody has drawn yet: its modules, four pixels wide on pure white."""
    light = ~np.pad(np.array(modules), 4)
    grey = np.kron(light, np.full((4, 4), 255)).astype(np.uint8)
    found = zxingcpp.read_barcodes(grey)
    return found[0].text if len(found) == 1 else None


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


def _grey(image: QImage) -> NDArray[np.uint8]:
    shot = pixels.Shot(image.convertToFormat(QImage.Format.Format_RGB32))
    return np.ascontiguousarray(shot.colours >> 8 & 0xFF).astype(np.uint8)
