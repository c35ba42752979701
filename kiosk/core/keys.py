"""Every key that the machine answers to, in one table, and what each means at a moment of a visit.

Knows keys by their names: those of a tactile keypad, of a keyboard, of two switches, of a headphone
socket that reports itself as a key. Does not know how a key reaches the program (`kiosk.views`).
No letter is among them, so that whatever is typed stays text: that is searched for. None needs a
second key held down (EN 301 549 5.9).
"""

from __future__ import annotations

from enum import Enum, StrEnum, auto
from typing import TypeAlias

from kiosk.core import routes
from kiosk.core.asking import ASKING, QUERY_MAX
from kiosk.core.brought import Brought
from kiosk.core.choices import Choices
from kiosk.core.routes import Act, Choose, Go, Practise
from kiosk.core.scan import LEAST_SIGNS, case_digits, choices_in, item_number
from kiosk.core.session import Session
from kiosk.core.value import replace


class Key(StrEnum):
    """What a key is for."""

    PREVIOUS = "previous"
    NEXT = "next"
    PAGE_BACK = "page-back"
    PAGE_ON = "page-on"
    SELECT = "select"
    BACK = "back"
    HOME = "home"
    HELP = "help"
    AGAIN = "again"
    PAUSE = "pause"
    VOICE = "voice"
    SLOWER = "slower"
    FASTER = "faster"
    QUIETER = "quieter"
    LOUDER = "louder"
    LOW_REACH = "low-reach"
    LANGUAGE = "language"
    FIRST_SWITCH = "first-switch"
    SECOND_SWITCH = "second-switch"
    HEADPHONES_IN = "headphones-in"
    HEADPHONES_OUT = "headphones-out"


KEYS: dict[str, Key] = {  # Qt's names of the keys
    "Up": Key.PREVIOUS,
    "Backtab": Key.PREVIOUS,
    "Down": Key.NEXT,
    "Tab": Key.NEXT,
    "Left": Key.PAGE_BACK,
    "PgUp": Key.PAGE_BACK,
    "Right": Key.PAGE_ON,
    "PgDown": Key.PAGE_ON,
    "Return": Key.SELECT,
    "Enter": Key.SELECT,
    "Space": Key.SELECT,
    "Esc": Key.BACK,
    "Home": Key.HOME,
    "F1": Key.HELP,
    "F2": Key.AGAIN,
    "F3": Key.PAUSE,
    "F4": Key.VOICE,
    "F5": Key.SLOWER,
    "F6": Key.FASTER,
    "F7": Key.QUIETER,
    "F8": Key.LOUDER,
    "F9": Key.LOW_REACH,
    "F10": Key.LANGUAGE,
    "F11": Key.FIRST_SWITCH,
    "F12": Key.SECOND_SWITCH,
    "F13": Key.HEADPHONES_IN,
    "F14": Key.HEADPHONES_OUT,
    "Tools": Key.HEADPHONES_IN,  # what X servers make of F13
    "Launch (5)": Key.HEADPHONES_OUT,  # and of F14
}


class Steer(Enum):
    """What a key asks of the screen or says of the machine, and not of the visit."""

    PREVIOUS = auto()
    NEXT = auto()
    PAGE_BACK = auto()
    PAGE_ON = auto()
    PRESS = auto()
    AGAIN = auto()
    PAUSE = auto()
    PLUG_IN = auto()
    PLUG_OUT = auto()


_SWITCHES = (Key.FIRST_SWITCH, Key.SECOND_SWITCH)
_PLUGS = (Key.HEADPHONES_IN, Key.HEADPHONES_OUT)

Meaning: TypeAlias = Act | Steer

_ALWAYS: dict[Key, Meaning] = {
    Key.PREVIOUS: Steer.PREVIOUS,
    Key.NEXT: Steer.NEXT,
    Key.PAGE_BACK: Steer.PAGE_BACK,
    Key.PAGE_ON: Steer.PAGE_ON,
    Key.SELECT: Steer.PRESS,
    Key.AGAIN: Steer.AGAIN,
    Key.PAUSE: Steer.PAUSE,
    Key.HEADPHONES_IN: Steer.PLUG_IN,
    Key.HEADPHONES_OUT: Steer.PLUG_OUT,
    Key.BACK: routes.Back(),
    Key.HOME: routes.GoHome(),
    Key.HELP: Go(routes.PracticePage()),
}


def meaning(key: Key, session: Session) -> Meaning:
    """What a key means now.

    On the practice page every key only says its name, so that all may be tried (a plug is no key).
    On the page that teaches the switches they only teach.
    """
    if isinstance(session.route, routes.PracticePage) and key not in _PLUGS:
        return Practise(key)
    if key in _SWITCHES:
        return _switch(key, session.route, session.choices)
    always = _ALWAYS.get(key)
    return always if always is not None else Choose(_chosen(key, session.choices))


_ASKED_FROM = (routes.Home, routes.GroupsPage, routes.GroupPage)


def typed(text: str, session: Session) -> tuple[Act, ...]:
    """What signs from a keyboard do: they write where one searches, a letter leads there.

    Where staff sign in, digits are a PIN. So many at once that no search has them are a code
    reader's.
    """
    text = text.lower() if text.isascii() else text
    if not text.isprintable() or not 0 < len(text) <= QUERY_MAX:
        return ()
    if session.asked_still_there:
        return (routes.Stay(),)
    if isinstance(session.route, ASKING):
        return (routes.Type(text),)
    if isinstance(session.route, routes.SignInPage):
        return tuple(routes.TypePin(sign) for sign in text if sign.isascii() and sign.isdecimal())
    if isinstance(session.route, _ASKED_FROM) and text[0].isalpha() and len(text) < LEAST_SIGNS:
        return Go(routes.SearchPage()), routes.Write(text)
    return ()


def composed(commit: str, preedit: str, session: Session) -> tuple[Act, ...]:
    """What an input method has settled and is still asking about; only where one can write."""
    if session.asked_still_there or not isinstance(session.route, ASKING):
        return ()
    settled: tuple[Act, ...] = (routes.Write(session.asking.query + commit),) if commit else ()
    before = "" if commit else session.asking.preedit
    preedit = preedit.translate(_BETWEEN_SYLLABLES)
    return (*settled, routes.Compose(preedit)) if preedit != before else settled


def scanned(text: str, brought: Brought | None, session: Session) -> tuple[Act, ...]:
    """What a scanned code does beside the look that it brings.

    A case code goes on where it was made, whoever stood here before: somebody holds it in front of
    the machine. To staff a code is a way to find services, and at their door it is a badge.
    """
    route = session.route
    number = item_number(text)
    if isinstance(route, routes.StaffFindPage):
        if brought is not None:
            return tuple(routes.Batch(service) for service in brought.case.services)
        return () if number is None else (routes.Write(str(number)),)
    if brought is not None and not session.staff.who:
        return (routes.Resume(brought.case, brought.lost),)
    is_ours = choices_in(text, session.choices) is not None or case_digits(text) is not None
    is_badge = isinstance(route, routes.SignInPage) and number is None and not is_ours
    return (routes.ShowBadge(text),) if is_badge else ()


_BETWEEN_SYLLABLES = dict.fromkeys(map(ord, "'\u2019 "))  # as input methods write pinyin: she'bao


def _switch(key: Key, route: routes.Route, choices: Choices) -> Meaning:
    if isinstance(route, routes.SwitchesPage) and not route.is_learnt:
        return routes.Learn(key)
    if not choices.switches:
        return Go(routes.SwitchesPage())
    moves = (key is Key.FIRST_SWITCH) == choices.first_moves
    return Steer.NEXT if moves else Steer.PRESS


def _chosen(key: Key, choices: Choices) -> Choices:
    speech = choices.speech
    following = {
        Key.VOICE: replace(speech, on=not speech.on, curtain=False),
        Key.SLOWER: speech.faster(-1),
        Key.FASTER: speech.faster(1),
        Key.QUIETER: speech.louder(-1),
        Key.LOUDER: speech.louder(1),
    }
    if key in following:
        return choices.speaking(following[key])
    if key is Key.LOW_REACH:
        return replace(choices, low_reach=not choices.low_reach)
    return choices.next_language()
