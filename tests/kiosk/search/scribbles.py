"""Characters of KanjiVG as an unsteady finger writes them; shares no code with the training."""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from random import Random

from kiosk.core.entry import SIDE, Ink, Line

STROKES = Path(__file__).resolve().parents[2] / "data" / "kanjivg" / "strokes.json.gz"
_APART = 30  # points of the glass that lie between two of a line
_KNOT = 5  # points from one departure of the hand to the next

Stroke = list[complex]


def models() -> Mapping[str, tuple[Stroke, ...]]:
    """Character → its strokes in a cell, as a model of handwriting shows them."""
    found = json.loads(gzip.decompress(STROKES.read_bytes()))
    return {
        character: tuple(
            [complex(*point) for point in zip(stroke[::2], stroke[1::2], strict=True)]
            for stroke in strokes
        )
        for character, strokes in found.items()
    }


def scribble(
    model: Sequence[Stroke], chance: Random, noise: float = 1, joined: float = 0, swaps: int = 0
) -> Ink:
    """A character as it is written once.

    Args:
        model: its strokes.
        chance: where everything that differs comes from.
        noise: 1 is neat: strokes lie 2.5 % of a cell beside the model and tremble by 1.2 %.
        joined: share of strokes that are drawn without lifting the finger after the one before.
        swaps: pairs of strokes that are drawn in each other's place.
    """
    strokes = list(model)
    for _ in range(swaps if len(strokes) > 1 else 0):
        one, other = chance.sample(range(len(strokes)), 2)
        strokes[one], strokes[other] = strokes[other], strokes[one]
    lean = _leaning(chance, noise)
    written: list[Stroke] = []
    for stroke in strokes:
        moved = [lean(point) for point in _moved(_even(stroke), chance, noise)]
        if written and chance.random() < joined:
            written[-1] = _even([*written[-1], *moved])
        else:
            written.append(moved)
    size = chance.uniform(0.6, 1)
    corner = complex(chance.uniform(0, 1 - size), chance.uniform(0, 1 - size)) * SIDE
    return tuple(_line(corner + point * size for point in stroke) for stroke in written)


def _leaning(chance: Random, noise: float):
    """The whole character turned by some 3°, slanted, wider or narrower."""
    turn = complex(math.cos(angle := chance.gauss(0, 0.05 * noise)), math.sin(angle))
    slant, middle = chance.gauss(0, 0.06 * noise), complex(SIDE, SIDE) / 2
    wide, high = (math.exp(chance.gauss(0, 0.08 * noise)) for _ in "xy")

    def leaned(point: complex) -> complex:
        away = point - middle
        return complex(away.real * wide + away.imag * slant, away.imag * high) * turn + middle

    return leaned


def _moved(stroke: Stroke, chance: Random, noise: float) -> Stroke:
    """A stroke turned, stretched and put a little elsewhere, with a tremor."""
    middle = sum(stroke) / len(stroke)
    wide, high = (math.exp(chance.gauss(0, 0.07 * noise)) for _ in "xy")
    turn = complex(math.cos(angle := chance.gauss(0, 0.05 * noise)), math.sin(angle))
    away = middle + _departure(chance, 0.025 * noise)
    knots = [_departure(chance, 0.012 * noise) for _ in range(len(stroke) // _KNOT + 2)]
    found = []
    for n, point in enumerate(stroke):
        at, rest = divmod(n / _KNOT, 1)
        wobble = knots[int(at)] * (1 - rest) + knots[int(at) + 1] * rest
        shape = complex((point - middle).real * wide, (point - middle).imag * high)
        found.append(away + shape * turn + wobble + _departure(chance, 0.003 * noise))
    return found


def _departure(chance: Random, share: float) -> complex:
    return complex(chance.gauss(0, share), chance.gauss(0, share)) * SIDE


def _even(stroke: Stroke) -> Stroke:
    """A line with points as far apart as a panel reports them."""
    points = stroke[:1]
    for start, end in pairwise(stroke):
        pieces = max(1, round(abs(end - start) / _APART))
        points += [start + (end - start) * n / pieces for n in range(1, pieces + 1)]
    return points


def _line(points) -> Line:
    return tuple(
        (min(max(round(p.real), 0), SIDE), min(max(round(p.imag), 0), SIDE)) for p in points
    )
