"""The QR code of an address, with the mask that readers like best, found quickly.

Knows how masks are scored (ISO/IEC 18004, 7.8.3). Does not know what an address means. The symbol
itself is the work of `qrcode`. It would try all eight masks module by module, which is most of its
time; here they are tried on whole symbols, as numbers of one bit a module. A mistake in the score
could only choose another mask, which is read all the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, TypeAlias

import qrcode
from qrcode import util
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import precomputed_qr_blanks

Modules: TypeAlias = tuple[tuple[bool, ...], ...]

_MASKS = 8
_RUN_MORE = 2  # a run of n alike costs n - 2, from 5 on
_BLOCK_COST, _FINDER_COST, _UNEVEN_COST = 3, 40, 10
_LIKE_FINDERS = ("10111010000", "00001011101")
_VERSION_IS_WRITTEN = 7  # from here on a symbol says which version it is
_LONG_RUN = 4  # pairs alike, of five modules


def modules_of(url: str, correction: int = ERROR_CORRECT_M) -> Modules:
    """The QR code of an address."""
    code = qrcode.QRCode(error_correction=correction, border=0)
    # the digits become a numeric segment of their own: two versions smaller (handed to the
    # library, which finds runs of at least this many digits)
    code.add_data(url, optimize=4)
    code.best_fit()
    code.mask_pattern = _best_mask(code)
    code.make(fit=False)
    return tuple(tuple(bool(module) for module in row) for row in code.get_matrix())


def _best_mask(code: Any) -> int:
    code.makeImpl(True, 0)  # without what it says of its mask, as the library scores them
    frame = _frame(code.version)
    rows = _number(code.modules) ^ frame.masks[0]
    columns = _number(zip(*code.modules, strict=True)) ^ frame.turned[0]
    costs = [
        _cost(rows ^ frame.masks[n], columns ^ frame.turned[n], frame.size) for n in range(_MASKS)
    ]
    return costs.index(min(costs))


class _Frame:
    """Of a version: its side, and its masks where data may be, by rows and by columns."""

    def __init__(self, version: int) -> None:
        blank = precomputed_qr_blanks[version]
        self.size = len(blank)
        free = [
            [
                self._is_data(row, column, version) and blank[row][column] is None
                for column in range(self.size)
            ]
            for row in range(self.size)
        ]
        self.masks, self.turned = [], []
        for pattern in range(_MASKS):
            inverts = util.mask_func(pattern)
            mask = [
                [is_free and inverts(row, column) for column, is_free in enumerate(line)]
                for row, line in enumerate(free)
            ]
            self.masks.append(_number(mask))
            self.turned.append(_number(zip(*mask, strict=True)))

    def _is_data(self, row: int, column: int, version: int) -> bool:
        """It says neither the mask nor the version."""
        end = self.size - 8
        of_mask = (column == 8 and (row <= 8 or row >= end)) or (
            row == 8 and (column <= 8 or column >= end)
        )
        low, high = sorted((row, column))
        of_version = low < 6 and end - 3 <= high < end and version >= _VERSION_IS_WRITTEN
        return not (of_mask or of_version)


@cache
def _frame(version: int) -> _Frame:
    return _Frame(version)


def _number(rows: Iterable[Iterable[bool | None]]) -> int:
    """Modules as bits, the first one lowest."""
    return int("".join("1" if module else "0" for row in rows for module in row)[::-1], 2)


def _cost(rows: int, columns: int, size: int) -> int:
    uneven = abs(rows.bit_count() * 100 / size**2 - 50) / 5
    return (
        _line_cost(rows, size)
        + _line_cost(columns, size)
        + _block_cost(rows, size)
        + _UNEVEN_COST * int(uneven)
    )


def _line_cost(modules: int, size: int) -> int:
    """Of long runs, and of what looks like a finder pattern, along one direction."""
    pairs = _alike(modules, size)
    runs = pairs
    for step in range(1, _LONG_RUN):
        runs &= pairs >> step
    cost = runs.bit_count() + _RUN_MORE * (runs & ~(runs << 1)).bit_count()
    for pattern in _LIKE_FINDERS:
        found = _starts(size, len(pattern))
        for step, dark in enumerate(pattern):
            moved = modules >> step
            found &= moved if dark == "1" else ~moved
        cost += _FINDER_COST * found.bit_count()
    return cost


def _block_cost(modules: int, size: int) -> int:
    """Of squares of four alike."""
    pairs = _alike(modules, size)
    below = ~(modules ^ (modules >> size))
    last_row = (1 << (size - 1) * size) - 1
    return _BLOCK_COST * (pairs & (pairs >> size) & below & last_row).bit_count()


def _alike(modules: int, size: int) -> int:
    """Modules with the same neighbour after them in their line."""
    return ~(modules ^ (modules >> 1)) & _starts(size, 2)


@cache
def _starts(size: int, length: int) -> int:
    """Where something of this length begins that ends in the same line."""
    line = (1 << (size - length + 1)) - 1
    return sum(line << size * row for row in range(size))
