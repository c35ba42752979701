"""Few combinations among which every pair of two choices is found.

Knows dimensions and their values. Does not know what they mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import TypeAlias

Row: TypeAlias = dict[str, object]
_Choice: TypeAlias = tuple[str, object]
_Pair: TypeAlias = tuple[_Choice, _Choice]


def pairwise(dimensions: Mapping[str, Sequence[object]]) -> list[Row]:
    """Rows with a value for every dimension, so that each pair of values stands in one of them.

    Greedy and without chance: the same dimensions give the same rows.
    """
    missing = set(_all_pairs(dimensions))
    rows: list[Row] = []
    while missing:
        row = _row(dimensions, missing)
        rows.append(row)
        missing -= set(pairs_of(row))
    return rows


def pairs_of(row: Mapping[str, object]) -> Iterator[_Pair]:
    """Every two choices of a row, in the order of their names."""
    return combinations(sorted(row.items(), key=lambda choice: choice[0]), 2)


def _all_pairs(dimensions: Mapping[str, Sequence[object]]) -> Iterator[_Pair]:
    for one, other in combinations(sorted(dimensions), 2):
        for pair in product(dimensions[one], dimensions[other]):
            yield (one, pair[0]), (other, pair[1])


def _row(dimensions: Mapping[str, Sequence[object]], missing: set[_Pair]) -> Row:
    """Begin with a pair that is missing, then take what adds most; a missing pair is never left."""
    order = {name: list(values) for name, values in dimensions.items()}
    first = min(missing, key=lambda pair: [_place(order, choice) for choice in pair])
    row: Row = dict(first)
    for name, values in dimensions.items():
        if name not in row:
            row[name] = max(values, key=lambda value: _gain(row, name, value, missing))
    return row


def _place(order: Mapping[str, Sequence[object]], choice: _Choice) -> tuple[int, int]:
    name, value = choice
    return list(order).index(name), order[name].index(value)


def _gain(row: Row, name: str, value: object, missing: set[_Pair]) -> int:
    """How many missing pairs a value would bring into a row."""
    return sum(
        (((name, value), other) if name < other[0] else (other, (name, value))) in missing
        for other in row.items()
    )
