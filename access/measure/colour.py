"""Colours, read off the picture: contrast, outlines, and whether anything is told by hue alone.

Knows the requirements VIS-08 to VIS-11. Does not know which colours the product has.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from access import pixels
from access.box import Box
from access.pixels import Colours, Grey
from access.seen import Seen
from kiosk.core.choices import Contrast
from kiosk.core.value import replace
from kiosk.ui.look import Look
from kiosk.ui.page import Notice, Tile
from kiosk.ui.widgets.touchable import Room, Touchable

TEXT_LEAST = {  # VVSG 2.0 7.1-C and 7.1-D; WCAG 1.4.3 for the look without glare
    Contrast.STANDARD: 10.0,
    Contrast.LIGHT: 20.0,
    Contrast.DARK: 20.0,
    Contrast.SOFT: 4.5,
}
GLARE_MOST = 8.0
SIGN_LEAST = 3.0  # WCAG 1.4.11
DIFFERENCE_MM2 = 4.0  # a sign of this size tells two states apart: two millimetres square

_EDGE_MM = 3.0  # so far inside of a control its outline is looked for
_OUTSIDE_PX = 3
_HALF, _LOWER = np.uint64(32), np.uint64(0xFFFFFFFF)  # two colours as one number
_AROUND_PX = 2  # the ink of an I fills its own place: some ground must be seen


class States:
    """Pairs of states that were compared before in this look."""

    def __init__(self) -> None:
        self.seen: set[tuple[object, ...]] = set()


def measure(seen: Seen, states: States) -> None:
    """Everything about the colours of one screen."""
    _texts(seen)
    _icons(seen)
    _outlines(seen)
    _pairs(seen, states)


# VIS-08, VIS-09 -----------------------------------------------------------------------------------


def _texts(seen: Seen) -> None:
    contrast = seen.look.choices.contrast
    need, least = "VIS-08" if contrast is Contrast.STANDARD else "VIS-09", TEXT_LEAST[contrast]
    # WCAG 1.4.3 exempts what cannot be used now
    texts = [text for text in seen.drawn.texts if text.is_enabled and text.has_letters]
    parts = [seen.shot.part(text.ink.grown(_AROUND_PX).within(text.place)) for text in texts]
    for text, part, ratio in zip(texts, parts, pixels.contrasts(parts, least), strict=True):
        if not part.size:
            continue  # nothing of it is on the picture, which is said elsewhere
        seen.least(need, ratio, least, ":1", text, text.ink)
        if contrast is Contrast.SOFT:
            seen.most(need, ratio, GLARE_MOST, ":1", text, text.ink)


# VIS-10 -------------------------------------------------------------------------------------------


def _icons(seen: Seen) -> None:
    icons = [one for one in seen.drawn.pictures if one.is_icon and one.is_enabled]
    parts = [seen.shot.part(one.box) for one in icons]
    for picture, ratio in zip(icons, pixels.contrasts(parts, SIGN_LEAST), strict=True):
        seen.least("VIS-10", ratio, SIGN_LEAST, ":1", picture, picture.box)


def _outlines(seen: Seen) -> None:
    """The strongest line across each edge of a control, against what lies outside of it."""
    controls = [one for one in seen.controls if one.is_enabled]
    if not controls:
        return
    deep, out = seen.look.px(_EDGE_MM), _OUTSIDE_PX
    inside = Box(out, out, seen.shot.box.right - out, seen.shot.box.bottom - out)
    boxes = [one.box for one in controls]
    is_near = [one.room_in(inside) >= 0 and min(one.width, one.height) >= deep for one in boxes]
    near, far = np.flatnonzero(is_near), np.flatnonzero(np.logical_not(is_near))
    weakest = np.full(len(controls), np.inf)
    weakest[near] = _weakest_near(seen.shot.colours, np.array(boxes, np.int64)[near], deep)
    weakest[far] = [_weakest(seen, boxes[n], deep) for n in far]
    for control, ratio in zip(controls, weakest, strict=True):
        seen.least("VIS-10", float(ratio), SIGN_LEAST, ":1", control, control.box)


def _weakest_near(colours: Colours, boxes: NDArray[np.int64], deep: int) -> Grey:
    """Of controls whose edges all lie well on the picture."""
    left, top, right, bottom = boxes.T[..., None]
    across, down = (left + right) // 2, (top + bottom) // 2
    steps = np.arange(-_OUTSIDE_PX, deep)
    edges = [
        colours[down, left + steps],
        colours[down, right - 1 - steps],
        colours[top + steps, across],
        colours[bottom - 1 - steps, across],
    ]
    grey = pixels.luminance(np.stack(edges))
    strongest = pixels.ratio(grey, grey[..., :1]).max(axis=-1)
    weakest: Grey = strongest.min(axis=0)
    return weakest


def _weakest(seen: Seen, box: Box, deep: int) -> float:
    """Of a control at the edge of the picture; lines off it do not count."""
    lines = [pixels.luminance(line) for line in _edges(seen, box, deep) if line.size]
    strongest = [pixels.ratio(grey, grey[0]).max() for grey in lines]
    return float(min(strongest, default=np.inf))


def _edges(seen: Seen, box: Box, deep: int) -> Iterator[Colours]:
    """A line of pixels across the middle of each edge, from the outside to the inside."""
    across, down = (box.left + box.right) // 2, (box.top + box.bottom) // 2
    part, out = seen.shot.part, _OUTSIDE_PX
    yield part(Box(box.left - out, down, box.left + deep, down + 1)).ravel()
    yield part(Box(box.right - deep, down, box.right + out, down + 1)).ravel()[::-1]
    yield part(Box(across, box.top - out, across + 1, box.top + deep)).ravel()
    yield part(Box(across, box.bottom - deep, across + 1, box.bottom + out)).ravel()[::-1]


# VIS-11 -------------------------------------------------------------------------------------------


def _pairs(seen: Seen, states: States) -> None:
    """Every two states on the screen that mean something, drawn with the same words."""
    tiles = [one.tile for one in seen.controls if one.tile is not None]
    for one, other in _states(tiles):
        key = (_style(one), _style(other), seen.look.choices.contrast, seen.mm_per_px)
        if key not in states.seen:
            states.seen.add(key)
            _told_apart(seen, one, other)
    notices = [one for one in seen.page.blocks if isinstance(one, Notice)]
    for notice in notices:
        for other_notice in notices:
            if notice.tone < other_notice.tone:
                _tones_told_apart(seen, notice, other_notice)


def _states(tiles: list[Tile]) -> Iterator[tuple[Tile, Tile]]:
    """A chosen tile and one that is not; one that answers, and the same when it does not."""
    chosen = [tile for tile in tiles if tile.chosen]
    rest = [tile for tile in tiles if tile.chosen is False]
    for tile in chosen[:1]:
        for other in rest[:1]:
            yield tile, replace(other, name=tile.name, title=tile.title, text=tile.text)
    for tile in tiles:
        if tile.chosen is None:
            yield replace(tile, enabled=True), replace(tile, enabled=False)


def _style(tile: Tile) -> tuple[object, ...]:
    """What decides how a state is drawn."""
    icon = "" if tile.chosen is None else tile.icon
    return tile.shape, tile.tone, icon, tile.chosen, tile.enabled


def _told_apart(seen: Seen, one: Tile, other: Tile) -> None:
    first, second = (_picture(tile, seen.look) for tile in (one, other))
    for eyes, difference in differences(first, second, seen.mm_per_px).items():
        what = f"{one.name or one.shape} and its other state, {eyes}"
        seen.least("VIS-11", difference, DIFFERENCE_MM2, "mm²", what)


def _picture(tile: Tile, look: Look) -> Colours:
    """One tile by itself, on the ground of a page."""
    room = Room()
    width, height = look.px(120), look.px(60)
    room.resize(width, height)
    room.setPalette(look.palette())
    button = Touchable(tile, look, room)
    button.setGeometry(0, 0, width, height)
    picture = pixels.shot_of(room).colours.copy()
    room.deleteLater()
    return picture


def differences(one: Colours, other: Colours, mm_per_px: float) -> dict[str, float]:
    """How many square millimetres look different at 3:1 when the hue is gone, for each eye."""
    moved = one != other
    pairs = one[moved].astype(np.uint64) << _HALF | other[moved]
    found, counts = np.unique(pairs, return_counts=True)  # few, and alike in all their places
    first, second = (
        pixels.without_hue(half.astype(np.uint32)) for half in (found >> _HALF, found & _LOWER)
    )
    return {
        eyes: float(counts[pixels.ratio(first[eyes], second[eyes]) >= SIGN_LEAST].sum())
        * mm_per_px**2
        for eyes in first
    }


def _tones_told_apart(seen: Seen, one: Notice, other: Notice) -> None:
    """Two notices of different tones differ in their icons, or in what they say."""
    if (one.icon, one.title, one.text) != (other.icon, other.title, other.text):
        seen.fine("VIS-11")
    else:
        seen.fault("VIS-11", f"only colour says {one.tone} or {other.tone}", one.title)
