"""Few sights, and every pair of two choices among them."""

from __future__ import annotations

from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from access.covering import pairs_of, pairwise
from access.sights import DIMENSIONS, PANELS, Sight, Tongue, covering, full, named, panel
from kiosk.core.choices import Contrast, TextSize

_dimensions = st.dictionaries(
    st.sampled_from("abcdef"), st.lists(st.integers(0, 4), min_size=1, max_size=4, unique=True),
    min_size=2,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(_dimensions)
def test_every_pair_of_two_choices_stands_in_a_row(dimensions: dict[str, list[int]]) -> None:
    rows = pairwise(dimensions)
    wanted = {
        ((one, first), (other, second))
        for one, other in combinations(sorted(dimensions), 2)
        for first, second in product(dimensions[one], dimensions[other])
    }
    assert {pair for row in rows for pair in pairs_of(row)} == wanted
    assert all(set(row) == set(dimensions) for row in rows)
    assert len(rows) <= len(wanted)


def test_the_sights_that_are_always_measured_hold_every_pair_and_are_few() -> None:
    sights = [layout.sight for layout in covering()]
    rows = [{name: getattr(sight, name) for name in DIMENSIONS} for sight in sights]
    assert len({pair for row in rows for pair in pairs_of(row)}) == sum(
        len(DIMENSIONS[one]) * len(DIMENSIONS[other]) for one, other in combinations(DIMENSIONS, 2)
    )
    assert len(sights) <= 20
    assert [str(layout.sight) for layout in covering()] == [str(sight) for sight in sights]


def test_the_full_walk_is_every_combination_once() -> None:
    sights = [sight for layout in full() for sight in layout.sights]
    assert len({str(sight) for sight in sights}) == len(sights)
    assert len(sights) == len(TextSize) * len(Contrast) * 2 * 2 * len(Tongue) * len(PANELS) == 1024


@pytest.mark.parametrize("sight", [*(layout.sight for layout in covering()), Sight()], ids=str)
def test_a_sight_is_found_by_its_name(sight: Sight) -> None:
    assert named(str(sight)) == sight


def test_what_a_name_leaves_out_is_standard() -> None:
    assert named("steady") == Sight(steady=True)
    assert named("200-21in-landscape") == Sight(size=TextSize.LARGEST, panel="21in-landscape")
    with pytest.raises(ValueError, match="purple"):
        named("zh-purple")


@pytest.mark.parametrize("name", PANELS)
def test_a_panel_has_the_size_of_its_name(name: str) -> None:
    shown = panel(name)
    inches = (shown.width_px**2 + shown.height_px**2) ** 0.5 * shown.mm_per_px / 25.4
    assert inches == pytest.approx(21.5 if name.startswith("21") else 32, abs=0.1)
    assert shown.is_portrait is name.endswith("portrait")
    assert 380 < shown.bottom_mm < 1220
