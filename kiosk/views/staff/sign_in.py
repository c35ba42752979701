"""Staff say who they are: a pad for the PIN, and the code reader for a badge.

Knows how many digits were pressed. Never shows or says which: of a PIN nothing is to be seen but
dots, and nothing to be heard but how many they are.
"""

from __future__ import annotations

from datetime import timedelta

from kiosk.core import wording
from kiosk.core.routes import ErasePin, SignInPage, TypePin
from kiosk.core.staff import PIN_LENGTH, LockedOut, Refused
from kiosk.ui.page import Field, Keys, Notice, Page, Tile
from kiosk.views.scene import Scene

_COLUMNS = 3
_DIGITS = "1234567890"


def page(scene: Scene, _route: SignInPage) -> Page:
    """The screen; what came of the last try is its title."""
    _ = scene.gettext
    dock = (_typed(scene), _pad(scene))
    badge = Notice(_("或者把工牌放到扫码口"), icon="id")
    return scene.page("sign-in", _title(scene), (badge,), dock=dock, path=_("工作人员"))


def _title(scene: Scene) -> str:
    _ = scene.gettext
    staff = scene.session.staff
    if staff.trying is not None:
        return _("正在看……")
    match staff.verdict:
        case LockedOut(None):
            return _("现在进不去，请找管机器的人")
        case LockedOut() if _is_locked(scene):
            return _("试得太多，{time}再试").format(time=_again(scene))
        case Refused(tries_left):
            return _("不对，还能试 {n} 次").format(n=tries_left)
        case _:
            return _("请按您的 {n} 位数").format(n=PIN_LENGTH)


def _is_locked(scene: Scene) -> bool:
    verdict = scene.session.staff.verdict
    if not isinstance(verdict, LockedOut):
        return False
    return verdict.until is not None and scene.now < verdict.until


def _again(scene: Scene) -> str:
    """The first whole minute in which one may try again."""
    verdict = scene.session.staff.verdict
    until = verdict.until if isinstance(verdict, LockedOut) and verdict.until else scene.now
    rounded = until + timedelta(seconds=59)
    return wording.of_clock(f"{rounded:%H:%M}", scene.gettext)


def _typed(scene: Scene) -> Field:
    """A dot a digit, and how many in words: dots are silent."""
    _ = scene.gettext
    count = len(scene.session.staff.pin)
    if scene.session.staff.trying is not None:
        count = PIN_LENGTH
    dots = " ".join("●" * count + "○" * (PIN_LENGTH - count))
    pressed = _("按了 {n} 位").format(n=count)
    return Field(dots, pressed, "key", said=pressed)


def _pad(scene: Scene) -> Keys:
    _ = scene.gettext
    is_open = not _is_locked(scene) and scene.session.staff.trying is None
    keys = [
        Tile(f"pin:{digit}", digit, act=TypePin(digit), shape="key", enabled=is_open)
        for digit in _DIGITS
    ]
    again = Tile("pin:again", _("重来"), act=ErasePin(), shape="key", enabled=is_open)
    return Keys((*keys, again), _COLUMNS)
