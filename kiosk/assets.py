"""Where the files are that ship with the program: the only gateway to `resources/`."""

from __future__ import annotations

from pathlib import Path

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
ICONS = RESOURCES / "icons"
LEXICON = RESOURCES / "lexicon"
HANDWRITING = RESOURCES / "handwriting"
LOCALE = RESOURCES / "locale"
PRINTERS = RESOURCES / "printers"
PROFILES = RESOURCES / "profiles"
SPEECH = RESOURCES / "speech"
