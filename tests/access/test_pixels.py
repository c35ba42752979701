"""Numbers that are read off pictures, against what is known of them."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from access import ink, pixels
from access.box import Box, gaps
from access.measure.focus import ring_width
from access.pixels import Colours, Shot
from kiosk.ui import tokens


def plain(colour: str, width: int = 40, height: int = 40) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return image


def with_spot(ground: str, spot: str, rect: QRect) -> Colours:
    image = plain(ground)
    painter = QPainter(image)
    painter.fillRect(rect, QColor(spot))
    painter.end()
    return Shot(image).colours.copy()


SPOT = QRect(10, 12, 8, 5)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    ("ground", "spot", "expected"),
    [("#FFFFFF", "#000000", 21.0), ("#FFFFFF", "#777777", 4.48), ("#0A3D6E", "#FFFFFF", 11.02)],
)
def test_contrast_is_that_of_the_guideline(ground: str, spot: str, expected: float) -> None:
    assert pixels.contrast(with_spot(ground, spot, SPOT)) == pytest.approx(expected, abs=0.01)
    assert pixels.contrast(with_spot(spot, ground, SPOT)) == pytest.approx(expected, abs=0.01)


@pytest.mark.usefixtures("qapp")
def test_a_single_pixel_is_found_where_coarse_looking_is_not_enough() -> None:
    large = np.full((200, 200), 0xFFFFFFFF, np.uint32)
    large[101, 101] = 0xFF000000
    assert pixels.contrasts([large], enough=1.0) == [1.0]
    assert pixels.contrasts([large], enough=10.0) == [pytest.approx(21.0)]
    assert pixels.contrasts([], enough=10.0) == []


@pytest.mark.usefixtures("qapp")
def test_ink_is_where_the_ground_is_not() -> None:
    assert pixels.ink(with_spot("#EEEEEE", "#101010", SPOT)) == Box(10, 12, 18, 17)
    assert pixels.ink(Shot(plain("#EEEEEE")).colours.copy()) is None
    assert pixels.ink(np.zeros((0, 0), np.uint32)) is None


@pytest.mark.usefixtures("qapp")
def test_changed_pixels_are_counted_by_their_contrast() -> None:
    before = with_spot("#FFFFFF", "#FFFFFF", SPOT)
    assert pixels.changed(before, with_spot("#FFFFFF", "#000000", SPOT)) == 8 * 5
    assert pixels.changed(before, with_spot("#FFFFFF", "#EEEEEE", SPOT)) == 0
    assert pixels.changed(before, before) == 0


@pytest.mark.usefixtures("qapp")
def test_hues_disappear_for_eyes_that_lack_them() -> None:
    red, green = (Shot(plain(colour)).colours.copy() for colour in ("#D00000", "#00A000"))
    seen_red, seen_green = pixels.without_hue(red), pixels.without_hue(green)
    assert set(seen_red) == {"grey", *pixels.DICHROMACIES}
    for matrix in pixels.DICHROMACIES.values():
        assert np.array(matrix).sum(axis=1) == pytest.approx([1, 1, 1], abs=1e-3)  # grey stays grey
    # red is much darker to a protanope than to others
    assert seen_red["protanopia"].mean() < 0.7 * seen_red["grey"].mean()
    assert seen_green["deuteranopia"].mean() == pytest.approx(seen_green["grey"].mean(), rel=0.2)


@pytest.mark.usefixtures("qapp")
def test_letters_are_as_high_as_they_are_drawn() -> None:
    font = QFont(tokens.FAMILY)
    font.setPixelSize(100)
    assert ink.height("国", font) == pytest.approx(100 * tokens.HANZI_INK, abs=2)
    assert ink.height("H", font) == pytest.approx(73, abs=2)
    assert ink.height(" ", font) == 0
    box = ink.of("国H", font)
    assert box is not None
    assert box.bottom <= 12
    assert box.left >= 0


@pytest.mark.parametrize("width", [1, 3, 5])
def test_a_ring_is_as_wide_as_its_pixels_say(width: int) -> None:
    box = Box(0, 0, 100, 40)
    area = 100 * 40 - (100 - 2 * width) * (40 - 2 * width)
    assert ring_width(area, box) == pytest.approx(width)
    assert ring_width(100 * 40, box) == pytest.approx(20)  # all of it: half of the shorter side


def test_gaps_are_those_between_edges() -> None:
    one, beside, over = Box(0, 0, 10, 10), Box(14, 0, 20, 10), Box(5, 5, 12, 12)
    between = gaps([one, beside, over])
    assert between[0, 1] == 4 == one.gap_to(beside)
    assert between[0, 2] == -5 == one.gap_to(over)
    assert gaps([]).shape == (0, 0)


def test_room_is_negative_outside() -> None:
    assert Box(2, 2, 8, 8).room_in(Box(0, 0, 10, 10)) == 2
    assert Box(2, 2, 12, 8).room_in(Box(0, 0, 10, 10)) == -2
    assert Box(20, 0, 30, 5).within(Box(0, 0, 10, 10)) == Box(20, 0, 20, 5)
