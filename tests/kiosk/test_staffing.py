"""`kiosk staff`: PINs and badges from a terminal."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import cli
from kiosk.core.errors import ConfigError
from kiosk.core.staff import ByBadge, ByPin, SignedIn
from kiosk.staffing import Staffing
from kiosk.store.staff_book import Cost

DESK = "导服台 2"


class Terminal:
    """Somebody who types what is asked for."""

    def __init__(self, folder: Path) -> None:
        self.out = io.StringIO()
        self.typed: Iterator[str] = iter(())
        self.asked: list[str] = []
        self.staffing = Staffing(folder, self.out, self._ask, Cost(1, 8, 1))

    def _ask(self, words: str) -> str:
        self.asked.append(words)
        return next(self.typed)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    made = Terminal(tmp_path)
    yield made
    made.staffing.close()


def test_a_pin_is_typed_twice_and_never_shown(terminal: Terminal) -> None:
    terminal.typed = iter(["483920", "483920"])
    assert terminal.staffing.add(DESK) == 0
    assert terminal.staffing._book.check(ByPin("483920")) == SignedIn(DESK)
    assert len(terminal.asked) == 2
    assert "483920" not in terminal.out.getvalue() + "".join(terminal.asked)


def test_a_pin_that_was_mistyped_changes_nothing(terminal: Terminal) -> None:
    terminal.typed = iter(["483920", "483921"])
    with pytest.raises(ConfigError, match="not the same"):
        terminal.staffing.add(DESK)
    terminal.staffing.list()
    assert terminal.out.getvalue() == "nobody; run `kiosk staff add NAME`\n"


def test_a_badge_is_read_like_a_line(terminal: Terminal) -> None:
    terminal.typed = iter(["0012345678"])
    terminal.staffing.badge(DESK)
    assert terminal.staffing._book.check(ByBadge("0012345678")) == SignedIn(DESK)
    terminal.staffing.list()
    assert terminal.out.getvalue().endswith(f"{DESK}: badge\n")


def test_who_is_removed_is_not_listed(terminal: Terminal) -> None:
    terminal.typed = iter(["483920", "483920"])
    terminal.staffing.add(DESK)
    terminal.staffing.remove(DESK)
    with pytest.raises(ConfigError, match="nobody signs in"):
        terminal.staffing.remove(DESK)


def test_a_folder_that_is_no_kiosks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="enrol"):
        Staffing(tmp_path / "gone", io.StringIO(), str)


@pytest.mark.parametrize("words", [["add"], ["remove"], ["badge"], ["list", DESK]])
def test_a_command_without_its_name_says_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    assert cli.main(["staff", *words, "--data", str(tmp_path)]) == 1
    assert "name a duty" in capsys.readouterr().err


def test_the_command_lists_who_is_staff(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["staff", "list", "--data", str(tmp_path)]) == 0
    assert capsys.readouterr().out.startswith("nobody")
