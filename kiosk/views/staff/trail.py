"""Who has done what at this machine as staff, the newest first.

Knows the words for each kind of deed; one that is not known is shown as it was written down.
"""

from __future__ import annotations

from datetime import datetime

from kiosk.core import sentences, wording
from kiosk.core.routes import StaffTrailPage
from kiosk.core.staff import Deed
from kiosk.ui.page import Block, Line, Notice, Page, Panel
from kiosk.views.scene import Scene
from kiosk.views.staff import parts


def page(scene: Scene, _route: StaffTrailPage) -> Page:
    """The screen."""
    _ = scene.gettext
    report = scene.session.staff.report
    blocks: tuple[Block, ...] = (parts.looking(scene),)
    if isinstance(report, tuple):
        lines = tuple(_line(scene, deed) for deed in report)
        none = Notice(_("还没有"), icon="circle-check")
        blocks = (Panel(lines),) if lines else (none,)
    text = _("只记工作人员，不记办事的人")
    return parts.page("staff-trail", _("谁做过什么"), scene, blocks, text=text)


def _line(scene: Scene, deed: Deed) -> Line:
    when = wording.of_day_and_time(datetime.fromisoformat(deed.at), scene.gettext)
    who = f"{deed.who} · " if deed.who else ""
    return Line(_what(scene, deed.what), f"{who}{when}")


def _what(scene: Scene, what: str) -> str:
    """A deed in words: what was done, and of what."""
    _ = scene.gettext
    verb, *rest = what.split()
    words = {
        "signed-in": _("进来了"),
        "refused": _("有人没试对"),
        "locked": _("试得太多，锁上了"),
        "change-roll": _("换了新纸"),
        "mend-printer": _("打印机修好了"),
        "sync-now": _("更新了目录"),
        "set-counter": _("改了窗口：{what}"),
        "post-bulletin": _("告诉大家：{what}"),
        "withdraw-bulletin": _("撤了通知：{what}"),
    }
    return words.get(verb, what).format(what=_object(scene, verb, rest))


def _object(scene: Scene, verb: str, rest: list[str]) -> str:
    thing = rest[0] if rest else ""
    if verb == "set-counter":
        counter = scene.catalog.counter(thing)
        return scene.place_of(counter) if counter else thing
    return sentences.bulletin(sentences.of_bulletin(thing), scene.gettext).title or thing
