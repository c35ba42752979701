"""Somebody who sees nothing of a kiosk: has its keypad, and knows only what was said.

Knows words and keys. Does not know names of controls, screens or the session: whatever is done here
can be done by somebody who is blind.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import Qt

from kiosk.citizen import Machine, StuckError, wait_until
from kiosk.core.choices import Speech
from kiosk.core.utterance import Utterance, audible

_STANDS_ON = "现在停在\n"
_PAGES = re.compile(r"第 \d+ 页，共 \d+ 页|Page \d+ of \d+")


class RecordedVoice:
    """A voice that makes no sound: it keeps what somebody in front of the machine would hear."""

    is_speaking = False
    works = True

    def __init__(self) -> None:
        self.said: list[str] = []
        self.chimes = 0

    def say(self, utterances: tuple[Utterance, ...], speech: Speech, in_headphones: bool) -> None:
        """Keep what may be heard, one utterance a line; without sound it has ended at once."""
        self.said.append("\n".join(one.text for one in audible(utterances, in_headphones)))

    def stop(self) -> None:
        """Nothing is being said any more."""

    def try_out(self) -> None:
        """It works."""

    def pause(self) -> None:
        """Nothing is being said."""

    def resume(self) -> None:
        """Nothing was held."""

    def chime(self, volume: int, *, in_headphones: bool) -> None:
        """A short sound without words."""
        self.chimes += 1

    def on_change(self, _tell: Callable[[bool], None]) -> None:
        """It always works."""

    def close(self) -> None:
        """It holds nothing."""


class Listener:
    """Somebody who sees nothing: knows only what was said, and has the keypad."""

    def __init__(self, machine: Machine, voice: RecordedVoice) -> None:
        self._machine, self._voice = machine, voice

    def heard(self) -> str:
        """Everything that was said so far."""
        return "\n".join(self._voice.said)

    def begin(self) -> None:
        """From the welcome to the home screen, past the bulletin that everybody must hear."""
        assert "96110" in self.choose("按这里开始", "有人收钱代办")
        self.choose("知道了", "您今天想办什么事")

    def press(self, key: Qt.Key) -> str:
        """Press a key; what is said to it at once."""
        before = len(self._voice.said)
        self._machine.key(key)
        return "\n".join(self._voice.said[before:])

    def choose(self, words: str, answer: str = "") -> str:
        """Go to what is called so, select it, and listen until the answer holds some words.

        Raises:
            StuckError: nothing of this screen is called so, or the answer does not come.
        """
        self.listen_for(words)
        before = len(self._voice.said)
        self._machine.key(Qt.Key.Key_Return)
        told = self._await(before, answer)
        self._machine.settle()
        return told

    def listen_for(self, words: str) -> None:
        """Go on until what is said has these words in it; other pages are tried as well.

        Raises:
            StuckError: it was nowhere on this screen.
        """
        if _names(self.stands_on(), words):
            return
        while not self._goes_round_to(words):
            if not _PAGES.search(self.press(Qt.Key.Key_Right)):
                raise StuckError(f"nobody says {words}: {self._voice.said[-20:]}")

    def stands_on(self) -> str:
        """What would be selected on a screen that was just told; nothing where that is not said."""
        before, _marker, said = self._voice.said[-1].rpartition(_STANDS_ON)
        return said if before else ""

    def read_on(self) -> str:
        """All the other pages of this screen, as they are said."""
        pages = []
        while (told := self.press(Qt.Key.Key_Right)) and _PAGES.search(told):
            pages.append(told)
        return "\n".join(pages)

    def _goes_round_to(self, words: str) -> bool:
        """Whether it comes up before the same thing is said a second time."""
        passed: set[str] = set()
        while (said := self.press(Qt.Key.Key_Down)) not in passed:
            if _names(said, words):
                return True
            passed.add(said)
        return False

    def _await(self, since: int, words: str) -> str:
        def told() -> str:
            return "\n".join(self._voice.said[since:])

        wait_until(lambda: bool(told()) and words in told(), f"{words!r} is not said: {told()}")
        return told()


def _names(said: str, words: str) -> bool:
    """A letter is only called by itself; anything else may be part of what is said."""
    return words == said if len(words) == 1 else words in said
