"""A call for a person, as the visit sees it.

Knows what can have become of a call. Does not know how it travels (`kiosk.devices.help_line`) or
who answers.
"""

from __future__ import annotations

from enum import StrEnum

from kiosk.core.choices import Language
from kiosk.core.value import Value


class CallState(StrEnum):
    """What has become of it."""

    CALLING = "calling"  # on its way to the staff's page
    WAITING = "waiting"  # it is there; nobody has answered yet
    COMING = "coming"  # somebody has
    FORWARDED = "forwarded"  # to somebody who knows more
    CLOSED = "closed"  # the person was here
    UNREACHABLE = "unreachable"  # nobody can be called from here now

    @property
    def is_open(self) -> bool:
        """Something may still come of it."""
        return self not in (CallState.CLOSED, CallState.UNREACHABLE)


class HelpCall(Value, frozen=True):
    """One call of a visit; `number` counts them from 1."""

    number: int
    screen: str = ""  # where the citizen was: a kind of place, perhaps with the id of a service
    language: Language = Language.CHINESE
    state: CallState = CallState.CALLING
    desk: str = ""  # who comes, where the hall says it: 1 号导服台
