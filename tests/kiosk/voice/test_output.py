"""Where sound goes: a sound card, a folder, nowhere; and every way in which a player can fail."""

from __future__ import annotations

import os
import signal
import threading
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.core.errors import CutOffError, VoiceError
from kiosk.voice.child import Interrupt
from kiosk.voice.output import AplayOutput, FolderOutput, NoOutput
from kiosk.voice.sound import bytes_of, silence
from tests.kiosk.voice.hearing import (
    children,
    program,
    read_wav,
    until,
    with_aplay,
)

TONE = array("h", [1000, -1000] * 2000)
CHUNKS = [bytes_of(TONE), bytes_of(TONE)]


@pytest.fixture
def player(tmp_path: Path) -> Callable[[str], AplayOutput]:
    """An output whose program is a script."""
    return lambda script: AplayOutput("x", program(tmp_path / "player", script), patience_s=0.3)


def fails(output: AplayOutput, flag: Interrupt) -> str:
    with pytest.raises(VoiceError) as caught:
        output.play(CHUNKS, flag)
    assert children() == set()
    return str(caught.value)


def endless() -> Iterator[bytes]:
    while True:
        yield bytes_of(silence(0.1))


def test_all_of_it_reaches_the_player_in_its_format(
    tmp_path: Path, player: Callable[[str], AplayOutput], interrupt: Interrupt
) -> None:
    player(f'echo "$@" >{tmp_path}/options; cat >{tmp_path}/sound').play(CHUNKS, interrupt)
    assert (tmp_path / "sound").read_bytes() == b"".join(CHUNKS)
    options = (tmp_path / "options").read_text()
    assert "-D x -t raw -f S16_LE -c 1 -r 22050" in options


def test_without_sound_nothing_is_started(
    tmp_path: Path, player: Callable[[str], AplayOutput], interrupt: Interrupt
) -> None:
    player(f"touch {tmp_path}/started").play([], interrupt)
    assert not (tmp_path / "started").exists()


def test_it_returns_when_the_player_has_ended(
    tmp_path: Path, player: Callable[[str], AplayOutput], interrupt: Interrupt
) -> None:
    player(f"cat >/dev/null; touch {tmp_path}/ended").play(CHUNKS, interrupt)
    assert (tmp_path / "ended").exists()


def test_a_player_that_is_not_there(interrupt: Interrupt) -> None:
    assert fails(AplayOutput("x", "no-such-player"), interrupt).startswith(
        "no-such-player: No such"
    )


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("echo 'audio open error: busy' >&2; exit 1", "player: audio open error: busy"),
        ("exec <&-; sleep 0.05; exit 1", "player: "),
        ("cat >/dev/null; exit 1", "player: ended with 1"),
        ("exec sleep 30", "player: does nothing"),
        ("cat >/dev/null; exec sleep 30", "player: does nothing"),
        ("cat >/dev/null; exec >&- ; exec sleep 30", "player: does not end"),
    ],
)
def test_a_player_that_fails(
    player: Callable[[str], AplayOutput], script: str, reason: str, interrupt: Interrupt
) -> None:
    assert fails(player(script), interrupt).startswith(reason)


def test_a_player_that_takes_nothing_is_not_waited_for(
    player: Callable[[str], AplayOutput], interrupt: Interrupt
) -> None:
    with pytest.raises(VoiceError, match="does nothing"):
        player("exec sleep 30").play(endless(), interrupt)


def test_a_player_that_is_killed_in_the_middle_of_a_word(
    player: Callable[[str], AplayOutput], interrupt: Interrupt
) -> None:
    def deadly() -> Iterator[bytes]:
        yield CHUNKS[0]
        for number in children():
            os.kill(number, signal.SIGKILL)
        yield from endless()

    with pytest.raises(VoiceError):
        player("exec cat >/dev/null").play(deadly(), interrupt)
    assert children() == set()


@pytest.mark.parametrize("script", ["exec sleep 30", "exec cat >/dev/null"])
def test_what_is_playing_is_cut_off_at_once(
    player: Callable[[str], AplayOutput], script: str, interrupt: Interrupt
) -> None:
    output, caught = player(script), []
    output._patience_s = 30.0

    def play() -> None:
        try:
            output.play(endless(), interrupt)
        except CutOffError as error:
            caught.append(error)

    thread = threading.Thread(target=play)
    thread.start()
    until(lambda: len(children()) == 1)
    interrupt.set()
    thread.join(10)
    assert len(caught) == 1
    assert children() == set()


@with_aplay
def test_a_device_that_does_not_exist(interrupt: Interrupt) -> None:
    with pytest.raises(VoiceError, match="aplay: "):
        AplayOutput("no-such-device").play(CHUNKS, interrupt)
    with pytest.raises(VoiceError):
        AplayOutput("no-such-device").try_out(interrupt)


@with_aplay
def test_the_device_that_swallows_everything(interrupt: Interrupt) -> None:
    AplayOutput("null").try_out(interrupt)
    AplayOutput("null").play(CHUNKS, interrupt)


def test_a_folder_keeps_what_would_have_sounded(tmp_path: Path, interrupt: Interrupt) -> None:
    output = FolderOutput(tmp_path / "said")
    output.try_out(interrupt)
    output.play(CHUNKS, interrupt)
    output.play(CHUNKS[:1], interrupt)
    first, second = sorted((tmp_path / "said").iterdir())
    assert (first.name, second.name) == ("said-0001.wav", "said-0002.wav")
    assert read_wav(first) == TONE + TONE
    assert read_wav(second) == TONE


def test_a_folder_keeps_what_was_heard_before_it_was_cut_off(
    tmp_path: Path, interrupt: Interrupt
) -> None:
    def cut() -> Iterator[bytes]:
        yield CHUNKS[0]
        raise CutOffError

    with pytest.raises(CutOffError):
        FolderOutput(tmp_path).play(cut(), interrupt)
    assert read_wav(tmp_path / "said-0001.wav") == TONE


def test_a_folder_that_cannot_be_written(tmp_path: Path, interrupt: Interrupt) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    output = FolderOutput(tmp_path / "file")
    for act in (lambda: output.try_out(interrupt), lambda: output.play(CHUNKS, interrupt)):
        with pytest.raises(VoiceError, match="file: "):
            act()


def test_a_machine_without_sound_says_so(interrupt: Interrupt) -> None:
    for act in (
        lambda: NoOutput().try_out(interrupt),
        lambda: NoOutput().play(CHUNKS, interrupt),
    ):
        with pytest.raises(VoiceError, match="no sound device is set"):
            act()
