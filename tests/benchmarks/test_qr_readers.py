"""The damages of the bench do what their names say; without any, everybody reads."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from access.readers import ALL_READERS
from benchmarks import qr_readers
from benchmarks.qr_readers import BEFORE, CODES, DAMAGES, DOTS, addresses, paper_of, read_shares
from kiosk.store.qr_symbol import modules_of

PAPERS = [
    (url, len(modules), paper_of(modules))
    for url in addresses(3)
    for modules in [modules_of(url, CODES["v5q"])]
]


def chance() -> np.random.Generator:
    return np.random.default_rng(1)


def spoilt(name: str) -> tuple[np.ndarray, np.ndarray]:
    _url, modules, dots = PAPERS[0]
    return dots, DAMAGES[name].spoil(dots, modules, chance())


def test_without_damage_every_reader_reads() -> None:
    assert read_shares(PAPERS, DAMAGES["clean"], 0) == dict.fromkeys(ALL_READERS, 100)


def test_the_same_seed_gives_the_same_pictures() -> None:
    damage = DAMAGES["blots_10"]
    drawn = [
        qr_readers.photographed(damage.spoil(dots, modules, one), damage, one, 4.6)
        for _url, modules, dots in PAPERS[:1]
        for one in (chance(), chance())
    ]
    assert np.array_equal(*drawn)


def test_dead_dots_are_white_lines_along_the_paper() -> None:
    before, after = spoilt("streaks_in_3x2")
    changed = np.flatnonzero((before != after).any(axis=0))
    assert 0 < changed.size <= 3 * 2
    assert not after[:, changed].any()
    assert before.any()  # what is spoilt is another paper


@pytest.mark.parametrize(("name", "share"), [("blots_5", 0.05), ("blots_15", 0.15)])
def test_blots_cover_as_much_as_they_say_and_spare_the_finders(name: str, share: float) -> None:
    before, after = spoilt(name)
    edge, side = qr_readers._edge(PAPERS[0][1]), PAPERS[0][1] * DOTS
    changed = (before != after)[edge : edge + side, edge : edge + side]
    assert share / 5 < changed.mean() < share + 0.03  # half of what they cover is as it was
    finder = 7 * DOTS
    assert not changed[:finder, :finder].any()
    assert not changed[-finder:, :finder].any()


def test_less_contrast_is_less_contrast() -> None:
    _url, _modules, dots = PAPERS[0]
    steady = {"turn_deg": 0.0, "grain": 0.1}
    spans = [
        np.ptp(qr_readers.photographed(dots, replace(DAMAGES[name], **steady), chance(), 4.6))
        for name in ("clean", "faded_35", "contrast_25")
    ]
    assert spans == sorted(spans, reverse=True)
    assert spans[2] < spans[0] / 3


def test_every_figure_of_the_trial_before_has_its_condition() -> None:
    assert BEFORE.keys() <= DAMAGES.keys()
    assert all(set(figures) == set(CODES) for figures in BEFORE.values())
