"""Small values: texts in two languages, results, endings of a slip, the tree of errors."""

from __future__ import annotations

import inspect

import pytest

from kiosk.core import errors
from kiosk.core.catalog import Text
from kiosk.core.printing import (
    FAULTS_MAX,
    FailedBefore,
    FailedDuring,
    Fault,
    Printed,
    PrintState,
    Roll,
    Unconfirmed,
    is_withdrawn_after,
    state_of,
)
from kiosk.core.results import Hit, Results


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        (Text("护照", "Passport"), "zh", "护照"),
        (Text("护照", "Passport"), "en", "Passport"),
        (Text("护照"), "en", "护照"),
        (Text("护照", "Passport"), "fr", "护照"),
    ],
)
def test_words_without_a_translation_are_said_in_chinese(
    text: Text, language: str, words: str
) -> None:
    assert text.get(language) == words


def test_literal_hits_come_before_guesses() -> None:
    certain, guess = Hit("a", "甲", "", ""), Hit("b", "乙", "", "")
    assert Results("x", literal=(certain,), perhaps=(guess,)).hits == (certain, guess)


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Printed(), PrintState.PRINTED),
        (Unconfirmed(), PrintState.UNCONFIRMED),
        (FailedBefore(Fault.NO_PAPER), PrintState.FAILED_BEFORE),
        (FailedDuring(Fault.JAM, 12), PrintState.FAILED_DURING),
    ],
)
def test_every_ending_of_a_slip_has_its_word(outcome: object, state: PrintState) -> None:
    assert state_of(outcome) is state  # type: ignore[arg-type]


def test_printing_is_withdrawn_after_too_many_faults() -> None:
    told = [is_withdrawn_after(faults) for faults in range(FAULTS_MAX + 2)]
    assert told == [False] * FAULTS_MAX + [True, True]


def test_a_roll_is_low_at_a_set_rest_and_never_less_than_empty() -> None:
    roll = Roll(80_000, 5_000)
    assert [roll.is_low(used) for used in (0, 74_999, 75_000, 90_000)] == [False, False, True, True]
    assert [roll.left_mm(used) for used in (0, 79_000, 90_000)] == [80_000, 1_000, 0]


def test_every_error_of_the_kiosk_is_in_the_tree_and_in_its_picture() -> None:
    kinds = [kind for _, kind in inspect.getmembers(errors, inspect.isclass)]
    assert len(kinds) > 10
    for kind in kinds:
        assert issubclass(kind, errors.KioskError)
        assert kind.__name__ in (errors.__doc__ or "")
        assert kind.__name__.endswith("Error")
