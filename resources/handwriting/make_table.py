"""Makes table.npz: how every character of GB 2312 looks on average when it is written by hand.

    npm pack hanzi-writer-data@2.0.1
    tar -xzf hanzi-writer-data-2.0.1.tgz -C /tmp
    PYTHONPATH=. OPENBLAS_NUM_THREADS=1 python resources/handwriting/make_table.py /tmp/package

Knows the notation of hanzi-writer-data (the middles of brush strokes) and how a hand departs from
a model: `copies` writes a character many times, unsteadily, with strokes joined and in another
order. The axes of `table.npz` are those of a linear discriminant analysis: along them characters
differ most, compared with the copies of one. Takes some minutes; is run by hand, never by the
program.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from kiosk.search.handwriting.features import FEATURES, of_pieces

Numbers: TypeAlias = npt.NDArray[np.float64]

SEED = 20260714
COPIES = 256  # fewer leave the averages noisy, and cost a percent of first answers
AXES = 160
EVENED = 0.3  # share of the average variance that is added to every axis: hands vary in more ways
POINTS, BRIDGE = 13, 9  # of a stroke; of the way through the air to the next
JOINED = (0.0, 0.0, 0.25, 0.5, 0.8)  # shares of strokes that a copy joins to the next
NOTICE = (
    "Statistics of the stroke data of Make Me a Hanzi, which is derived from fonts of Arphic"
    " Technology Co., Ltd. Made in 2026 by make_table.py: averages of noisy copies, no outlines."
    " ARPHIC PUBLIC LICENSE, see ARPHICPL.TXT."
)


def characters() -> list[str]:
    """The 6,763 characters of GB 2312."""
    rows = (bytes([row, cell]) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return [sign for sign in (row.decode("gb2312", "ignore") for row in rows) if sign]


def strokes(folder: Path, character: str) -> Numbers:
    """The strokes of a character in writing order, (strokes, points, 2), in a square of side 1."""
    medians = json.loads((folder / f"{character}.json").read_text("utf-8"))["medians"]
    return np.stack([evenly(np.array(median, dtype=np.float64)) for median in medians])


def evenly(median: Numbers) -> Numbers:
    """A stroke as points at equal distances; the source counts upwards from a base line."""
    along = np.concatenate(([0], np.cumsum(np.hypot(*np.diff(median, axis=0).T))))
    at = np.linspace(0, along[-1], POINTS)
    across, up = (np.interp(at, along, median[:, axis]) for axis in (0, 1))
    return np.stack([across, 900 - up], axis=1) / 1024


def copies(model: Numbers, chance: np.random.Generator) -> tuple[Numbers, Numbers, Numbers]:
    """Starts, ends and weights of the pieces of many copies of one character."""
    points = leaned(warped(moved(model, chance), chance), chance)
    count, many = len(points), len(model)
    starts, ends = points[:, :, :-1], points[:, :, 1:]
    weights = np.ones((count, many, POINTS - 1))
    # hooks and tails that a quick hand leaves off
    short = chance.integers(0, 3, (count, many)) * (chance.random((count, many)) < 0.35)
    weights[np.arange(POINTS - 1) >= (POINTS - 1 - short)[..., None]] = 0
    bridges, bridge_weights = joined(points, chance)
    return (
        np.concatenate([starts.reshape(count, -1, 2), bridges[:, :, :-1].reshape(count, -1, 2)], 1),
        np.concatenate([ends.reshape(count, -1, 2), bridges[:, :, 1:].reshape(count, -1, 2)], 1),
        np.concatenate([weights.reshape(count, -1), bridge_weights.reshape(count, -1)], 1),
    )


def moved(model: Numbers, chance: np.random.Generator) -> Numbers:
    """Every stroke a little turned, stretched, put elsewhere, and drawn unsteadily."""
    shape = (COPIES, len(model))
    middles = model.mean(axis=1, keepdims=True)
    stretched = (model - middles) * np.exp(chance.normal(0, 0.09, (*shape, 1, 2)))
    turned = rotated(stretched, chance.normal(0, 0.06, (*shape, 1)))
    bends = POINTS // 3
    wobble = chance.normal(0, 0.015, (*shape, bends + 1, 2))
    at = np.linspace(0, bends, POINTS)
    first = np.minimum(at.astype(int), bends - 1)
    rest = (at - first)[:, None]
    unsteady = wobble[:, :, first] * (1 - rest) + wobble[:, :, first + 1] * rest
    moves = chance.normal(0, 0.03, (*shape, 1, 2))
    found: Numbers = middles + turned + moves + unsteady
    return found


def warped(points: Numbers, chance: np.random.Generator) -> Numbers:
    """Parts of the character in other proportions: one side wider, the middle narrower."""
    uneven = chance.normal(0, 0.12, (COPIES, 1, 1, 2)) * points * (1 - points)
    waves = chance.normal(0, 0.1, (COPIES, 1, 1, 2)) * np.sin(2 * np.pi * points) / (2 * np.pi)
    warped_points: Numbers = points + uneven + waves
    return warped_points


def leaned(points: Numbers, chance: np.random.Generator) -> Numbers:
    """The whole character leaning, turned, and wider or higher."""
    shaped = (points - 0.5) * np.exp(chance.normal(0, 0.1, (COPIES, 1, 1, 2)))
    shaped[..., 0] += chance.normal(0, 0.08, (COPIES, 1, 1)) * shaped[..., 1]
    return rotated(shaped, chance.normal(0, 0.07, (COPIES, 1, 1)))


def rotated(points: Numbers, angles: Numbers) -> Numbers:
    """Points turned around the origin."""
    cos, sin = np.cos(angles), np.sin(angles)
    x, y = points[..., 0], points[..., 1]
    return np.stack([cos * x - sin * y, sin * x + cos * y], axis=-1)


def joined(points: Numbers, chance: np.random.Generator) -> tuple[Numbers, Numbers]:
    """The ways from stroke to stroke, with weight 1 where the finger stayed on the glass."""
    count, many = points.shape[:2]
    order = np.tile(np.arange(many), (count, 1))
    for copy in np.flatnonzero(chance.random(count) < 0.3) if many > 1 else ():
        one, other = chance.choice(many, 2, replace=False)
        order[copy, [one, other]] = order[copy, [other, one]]
    row = np.arange(count)[:, None]
    ends, begins = points[row, order[:, :-1], -1], points[row, order[:, 1:], 0]
    way = np.linspace(0, 1, BRIDGE)[:, None]
    bridges = ends[:, :, None] * (1 - way) + begins[:, :, None] * way
    share = chance.choice(JOINED, count)[:, None]
    is_joined = chance.random((count, many - 1)) < share
    return bridges, np.repeat(is_joined.astype(np.float64), BRIDGE - 1, axis=1)


def table(models: Mapping[str, Numbers]) -> dict[str, npt.NDArray[np.generic]]:
    """The arrays of the file."""
    chance = np.random.default_rng(SEED)
    averages = np.zeros((len(models), FEATURES))
    within = np.zeros((FEATURES, FEATURES))
    for n, model in enumerate(models.values()):
        features = of_pieces(*copies(model, chance))
        averages[n] = features.mean(axis=0)
        apart = features - averages[n]
        within += apart.T @ apart / (COPIES * len(models))
    middle = averages.mean(axis=0)
    axes = discriminant(within, (averages - middle).T @ (averages - middle) / len(models))
    return {
        "notice": np.array(NOTICE),
        "characters": np.array([ord(character) for character in models], np.uint16),
        "middle": middle.astype(np.float16),
        "axes": axes.astype(np.float16),
        "looks": ((averages - middle) @ axes).astype(np.float16),
    }


def discriminant(within: Numbers, between: Numbers) -> Numbers:
    """The axes along which averages lie far apart where copies of one average lie close."""
    size = len(within)
    variances, directions = np.linalg.eigh(within + EVENED * np.trace(within) / size * np.eye(size))
    whitening = directions / np.sqrt(variances)
    _, best = np.linalg.eigh(whitening.T @ between @ whitening)
    axes: Numbers = whitening @ best[:, ::-1][:, :AXES]
    return axes


if __name__ == "__main__":
    source = Path(sys.argv[1])
    target = Path(__file__).with_name("table.npz")
    written = {character: strokes(source, character) for character in characters()}
    np.savez(target, **table(written))
    sys.stdout.write(f"{len(written)} characters, {target.stat().st_size / 1e6:.2f} MB\n")
