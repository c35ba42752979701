"""Asking for a person: where one can be called, every state of the call, and where one cannot.

Knows the demo city's longest desk. Does not know how a call travels.
"""

from __future__ import annotations

from access.visit import Known, Visit, at
from kiosk.core.help_call import CallState, HelpCall
from kiosk.core.local import Local
from kiosk.core.routes import HelpPage, ServicePage
from kiosk.core.session import Session
from kiosk.core.value import replace

_DESK = "2楼 19—22 号窗口"
_CALLS = (("local", Local(kiosk=1, calls_staff=True)),)
_SERVICE = ServicePage(service="id-card-lost")


def visits(known: Known) -> dict[str, Session | Visit]:
    """Before a call, each state of it, and the bar of another screen meanwhile."""
    return {
        "help-calls": _at(HelpPage()),
        "help-calls-with-a-service": _at(_SERVICE, HelpPage()),
        "help-calls-lent": Visit(at(HelpPage()).lend(), scene=_CALLS, is_variant=True),
        "help-calling": _in(CallState.CALLING),
        "help-waiting": _in(CallState.WAITING),
        "help-waiting-with-a-service": _in(CallState.WAITING, _SERVICE),
        "help-coming": _in(CallState.COMING, desk=_DESK),
        "help-coming-somebody": _in(CallState.COMING),
        "help-forwarded": _in(CallState.FORWARDED, desk=_DESK),
        "help-closed": _in(CallState.CLOSED),
        "help-unreachable": _in(CallState.UNREACHABLE),
        "help-coming-elsewhere": _elsewhere(CallState.COMING),
        "help-unreachable-elsewhere": _elsewhere(CallState.UNREACHABLE),
    }


def _at(*places: HelpPage | ServicePage) -> Visit:
    return Visit(at(*places), scene=_CALLS)


def _in(state: CallState, *before: ServicePage, desk: str = "") -> Visit:
    """What becomes of a call shows on the first page; what else one can do is as before it."""
    session = at(*before, HelpPage(), call=HelpCall(1, state=state, desk=desk))
    return Visit(session, scene=_CALLS, is_variant=True)


def _elsewhere(state: CallState) -> Visit:
    """The same on the screen that one has gone back to."""
    session = replace(at(), call=HelpCall(1, state=state))
    return Visit(session, scene=_CALLS, is_variant=True)
