"""Imports after the Qt binding are Python's own."""

from __future__ import annotations

import subprocess
import sys

PROBE = """
import builtins, linecache
plain = builtins.__import__
from kiosk import binding
hooked = builtins.__import__ is not plain
binding.unhook_imports()
assert hooked, "the binding sets no hook any more: kiosk/binding.py can go"
import kiosk.ui.screen
assert not any("kiosk/ui" in file for file in linecache.cache), "sources were read"
"""


def test_sources_are_not_read_once_the_hook_is_off() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROBE], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
