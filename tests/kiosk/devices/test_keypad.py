"""Which keyboards the kernel knows."""

from __future__ import annotations

from pathlib import Path

from kiosk.devices.keypad import find_keypads

USB_KEYBOARD = "1000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe"
POWER_BUTTON = "10000000000000 0"
GAMEPAD = "7fff000000000000 0 0 0 0"


def device(root: Path, number: int, name: str, keys: str | None) -> None:
    folder = root / f"event{number}" / "device"
    (folder / "capabilities").mkdir(parents=True)
    (folder / "name").write_text(f"{name}\n", "utf-8")
    if keys is not None:
        (folder / "capabilities" / "key").write_text(f"{keys}\n", "ascii")


def test_a_keyboard_has_arrows_and_enter(tmp_path: Path) -> None:
    device(tmp_path, 0, "Power Button", POWER_BUTTON)
    device(tmp_path, 1, "Storm AudioNav", USB_KEYBOARD)
    device(tmp_path, 2, "Gamepad", GAMEPAD)
    device(tmp_path, 3, "A lamp", "0")
    assert find_keypads(tmp_path) == ("Storm AudioNav",)


def test_what_the_kernel_says_in_another_way_is_no_keyboard(tmp_path: Path) -> None:
    device(tmp_path, 0, "Strange", "not hexadecimal")
    device(tmp_path, 1, "Silent", None)
    device(tmp_path, 2, "Empty", "")
    assert find_keypads(tmp_path) == ()
    assert find_keypads(tmp_path / "nothing") == ()
