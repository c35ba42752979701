"""Takes the Qt binding's hook off Python's imports, once, before our own modules are imported.

PySide6 reads the source text of every module that is imported after it, looking for its own
`__feature__` switches. This project has none of them, and it is 150 files and 5 MB at every start
(docs/decisions/0004).
"""

from __future__ import annotations

import builtins

import PySide6.QtCore  # noqa: F401 — importing it sets the hook


def unhook_imports() -> None:
    """Import as Python does; nothing happens with a binding that keeps no way back."""
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
