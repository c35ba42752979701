"""How a citizen wants to see the screen."""

from __future__ import annotations

import pytest

from kiosk.core.choices import Choices, Contrast, Language, TextSize


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


@pytest.mark.parametrize("language", Language)
def test_the_other_language_of_the_other_is_the_first(language: Language) -> None:
    choices = Choices(language=language)
    assert choices.other_language() != choices
    assert choices.other_language().other_language() == choices


def test_one_choice_leaves_the_others() -> None:
    choices = Choices(Language.ENGLISH, TextSize.LARGER, Contrast.SOFT)
    assert choices.next_size() == Choices(Language.ENGLISH, TextSize.LARGEST, Contrast.SOFT)
    assert choices.next_contrast() == Choices(Language.ENGLISH, TextSize.LARGER, Contrast.STANDARD)
