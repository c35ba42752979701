"""How a citizen wants to see the screen."""

from __future__ import annotations

import pytest

from kiosk.core.choices import Choices, Contrast, Language, Speech, Speed, TextSize


def test_sizes_go_round_and_pass_all() -> None:
    seen, choices = [], Choices()
    for _ in TextSize:
        seen.append(choices.size)
        choices = choices.next_size()
    assert seen == [100, 125, 150, 200]
    assert choices == Choices()


def test_looks_go_round_and_pass_all() -> None:
    seen, choices = [], Choices()
    for _ in Contrast:
        seen.append(choices.contrast)
        choices = choices.next_contrast()
    assert seen == list(Contrast)
    assert choices == Choices()


def test_languages_go_round_and_pass_all() -> None:
    seen, choices = [], Choices()
    for _ in Language:
        seen.append(choices.language)
        choices = choices.next_language()
    assert seen == list(Language)
    assert choices == Choices()


def test_only_uyghur_runs_from_right_to_left() -> None:
    assert [one for one in Language if one.is_right_to_left] == [Language.UYGHUR]


def test_the_voice_has_seven_speeds_from_half_to_twice_the_standard_one() -> None:
    assert len(Speed) == 7
    assert (min(Speed), max(Speed)) == (50, 200)
    assert Speech().speed == 100


@pytest.mark.parametrize(("steps", "speed"), [(1, 130), (-1, 80), (9, 200), (-9, 50), (0, 100)])
def test_speeds_end_at_the_slowest_and_the_fastest(steps: int, speed: int) -> None:
    assert Speech().faster(steps).speed == speed


@pytest.mark.parametrize(("steps", "volume"), [(1, 7), (-1, 5), (99, 10), (-99, 1)])
def test_volumes_end_at_the_quietest_and_the_loudest(steps: int, volume: int) -> None:
    assert Speech().louder(steps).volume == volume


def test_one_choice_leaves_the_others() -> None:
    choices = Choices(Language.ENGLISH, TextSize.LARGER, Contrast.SOFT)
    assert choices.next_size() == Choices(Language.ENGLISH, TextSize.LARGEST, Contrast.SOFT)
    assert choices.next_contrast() == Choices(Language.ENGLISH, TextSize.LARGER, Contrast.STANDARD)
