"""What is heard: every control has a name and a role, and all that is shown is said.

Knows the requirements UX-07 and AUD-01. Does not know how anything sounds.
"""

from __future__ import annotations

import re

from PySide6.QtGui import QAccessible

from access import words
from access.seen import Control, Seen
from kiosk.ui.widgets.plate import FieldPlate

ROLES = (
    QAccessible.Role.Button,
    QAccessible.Role.CheckBox,  # one of several that may be chosen
    QAccessible.Role.RadioButton,
)
_SIGNS = re.compile(r"[^\w]|_")


def measure(seen: Seen) -> None:
    """Everything that is heard of one screen."""
    _names(seen)
    _all_is_said(seen)


# UX-07 --------------------------------------------------------------------------------------------


def _names(seen: Seen) -> None:
    acts: dict[str, object] = {}
    ids: set[str] = set()
    for control in seen.controls:
        fault = _nameless(control, acts) or ("two have its identity" if control.id in ids else "")
        ids.add(control.id)
        if fault:
            seen.fault("UX-07", fault, control, control.box)
        else:
            seen.fine("UX-07")
    for widget in {id(text.owner): text.owner for text in seen.drawn.texts}.values():
        if not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip():
            seen.fault("UX-07", "what it shows has no name", widget)
    if not QAccessible.queryAccessibleInterface(seen.screen).text(QAccessible.Text.Name).strip():
        seen.fault("UX-07", "the screen has no name", seen.screen)


def _nameless(control: Control, acts: dict[str, object]) -> str:
    """What is wrong with what it is called; those who do the same may be called the same."""
    if not control.name:
        return "has no name"
    if control.role not in ROLES:
        return f"is a {control.role.name}"
    if not control.id:
        return "has no identity"
    act = control.tile.act if control.tile else control.id
    if acts.setdefault(control.name, act) != act:
        return f"another is called {control.name!r} too"
    return ""


# AUD-01 -------------------------------------------------------------------------------------------


def _all_is_said(seen: Seen) -> None:
    """Line by line, because lines are what is drawn; punctuation is not heard.

    A control that cannot be used now may be silent: keys pass it by.
    """
    said = _squeezed(words.heard(seen.screen, seen.page, seen.look))
    for text in seen.drawn.texts:
        shown = _squeezed(text.words)
        if not text.is_enabled or isinstance(text.owner, FieldPlate) or shown in said:
            seen.fine("AUD-01")
        else:
            seen.fault("AUD-01", "is shown and not said", text, text.ink)


def _squeezed(spoken: str) -> str:
    return _SIGNS.sub("", spoken)
