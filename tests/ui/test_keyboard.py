"""Signs from a keyboard: a hand or a code reader."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from kiosk.core.scan import BETWEEN_S, MOST_SIGNS
from kiosk.ui.keyboard import Keyboard
from tests.builders import Clock


class Desk:
    """A keyboard, and what somebody has typed on it."""

    def __init__(self) -> None:
        self.clock, self.typed = Clock(), list[str]()
        self.keyboard = Keyboard(self.clock)
        self.keyboard.typed.connect(self.typed.append)

    def type(self, signs: str, between_s: float = 0.2) -> None:
        for sign in signs:
            self.clock.advance(between_s)
            self.keyboard.take(sign)


@pytest.fixture
def desk(qapp: object) -> Iterator[Desk]:
    made = Desk()
    yield made
    made.keyboard.close_down()


def test_what_a_hand_types_comes_sign_by_sign(desk: Desk, qtbot: QtBot) -> None:
    desk.type("sfz")
    assert desk.typed == ["s", "f"]  # the last is still waited with
    qtbot.waitUntil(lambda: desk.typed == ["s", "f", "z"])
    assert not desk.keyboard.is_waiting


def test_two_keys_that_are_rolled_over_come_together(desk: Desk) -> None:
    desk.type("sh", between_s=BETWEEN_S / 2)
    desk.type("e")
    assert desk.typed == ["sh"]


def test_what_a_code_reader_reads_is_never_typed(desk: Desk, qtbot: QtBot) -> None:
    desk.type("KQC1.AB", between_s=0.01)
    assert desk.keyboard.enter() == "KQC1.AB"
    qtbot.wait(round(2000 * BETWEEN_S))
    assert desk.typed == []


def test_enter_after_a_hand_keeps_what_was_typed(desk: Desk) -> None:
    desk.type("sf")
    desk.clock.advance(0.3)
    assert desk.keyboard.enter() is None
    assert "".join(desk.typed) == "sf"
    assert not desk.keyboard.is_typing


def test_keys_without_a_sign_are_not_typed(desk: Desk) -> None:
    for signs in ("", "\t", "\x03", "\x7f"):
        desk.clock.advance(0.2)
        desk.keyboard.take(signs)
    desk.keyboard.rest()
    assert desk.typed == []


def test_ten_thousand_signs_at_once_are_cheap_and_few(desk: Desk) -> None:
    began_s = time.process_time()
    desk.type("x" * 10_000, between_s=0.001)
    assert time.process_time() - began_s < 1.0
    desk.keyboard.rest()
    assert [len(signs) for signs in desk.typed] == [MOST_SIGNS + 1]


def test_a_keyboard_that_was_put_away_types_nothing(desk: Desk, qtbot: QtBot) -> None:
    desk.type("s")
    desk.keyboard.close_down()
    qtbot.wait(round(2000 * BETWEEN_S))
    assert desk.typed == []
