"""The embedded default: a hub and a kiosk on this machine, on the loopback, made on the spot.

`run` starts both and opens the window; without a display it walks the tour instead. `tour` walks
the tour. Everything is kept below var/demo; a second run finds it in place.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "var" / "demo"
HUB, KIT, KIOSK = DEMO / "hub", DEMO / "kit", DEMO / "kiosk"
SOURCE = ROOT / "resources" / "catalog"
COLLECTION = "990100"
PROFILE = "27in-portrait"
PORT = 8750
SOUND = Path("/dev/snd")  # without a sound card what is said is written to files
BASE_URL = f"http://127.0.0.1:{PORT}"
_READY_S = 30


def hub(*arguments: str) -> None:
    """Run a command of the hub; its words go to the terminal."""
    subprocess.run([sys.executable, "-m", "hub", *arguments], cwd=ROOT, check=True)


def kiosk(*arguments: str, **environment: str) -> int:
    """Run a command of the kiosk."""
    command = [sys.executable, "-m", "kiosk", *arguments]
    return subprocess.run(command, cwd=ROOT, env=os.environ | environment, check=False).returncode


def prepare() -> None:
    """A hub with the demo city's catalog signed with fresh keys, and a kiosk set up with it."""
    if not (HUB / "keys").exists():
        hub("init", str(HUB), "--collection", COLLECTION)
    hub("publish", str(SOURCE), "--data", str(HUB), "--confirm-removals")
    hub("refresh", str(HUB))  # the last run may have been days ago
    if not (KIOSK / "enrol.json").exists():
        hub(
            "enrol",
            *("--data", str(HUB), "--hall", "city-hall", "--kiosk", "1"),
            *("--base-url", BASE_URL, "--out", str(KIT)),
        )
        if kiosk("enrol", str(KIT), "--data", str(KIOSK)):
            raise SystemExit(1)
    settings = KIOSK / "kiosk.toml"
    if not settings.exists():  # whoever tries another panel writes it there
        voice = "espeak" if SOUND.exists() else "folder"
        settings.write_text(f'profile = "{PROFILE}"\n\n[voice]\nkind = "{voice}"\n', "utf-8")


@contextmanager
def serving() -> Iterator[None]:
    """The hub answers on the loopback while this lasts."""
    command = [sys.executable, "-m", "hub", "serve", "--data", str(HUB), "--port", str(PORT)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()  # it says one line when it is ready
        if not line:
            raise SystemExit(f"the hub did not start: is port {PORT} taken?")
        print(line, end="", flush=True)
        yield
    finally:
        process.terminate()
        process.wait(_READY_S)


def tour(out: Path) -> int:
    """Walk the tour; the hub is there, so that every code leads somewhere."""
    with serving():
        kiosk("sync", "--data", str(KIOSK))
        return kiosk("tour", "--data", str(KIOSK), "--out", str(out), QT_QPA_PLATFORM="offscreen")


def run(out: Path) -> int:
    """Open the window, or say why not and walk the tour."""
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        print("No display here: walking the main journey offscreen.", flush=True)
        return tour(out)
    with serving():
        print(f"Guide pages for phones: {BASE_URL}/   Slips: {KIOSK / 'slips'}", flush=True)
        return kiosk("run", "--data", str(KIOSK))


def main() -> int:
    """Run one of the two."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("run", "tour"))
    parser.add_argument("--out", type=Path, default=ROOT / "var" / "tour")
    chosen = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # the hub must not outlive us
    prepare()
    return run(chosen.out) if chosen.what == "run" else tour(chosen.out)


if __name__ == "__main__":
    sys.exit(main())
