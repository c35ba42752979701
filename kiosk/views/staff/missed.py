"""For staff who help at the machine: what citizens often ask here and get no good answer to.

Knows the words and how often they were asked. Does not know who asked: nobody does.
"""

from __future__ import annotations

from kiosk.core.routes import StaffMissedPage
from kiosk.ui.page import Block, Line, Notice, Page, Panel
from kiosk.views.scene import Scene


def page(scene: Scene, _route: StaffMissedPage) -> Page:
    """The screen of staff; while the words are looked up it says so."""
    _ = scene.gettext
    text = _("给管目录的人看，不记是谁问的")
    return scene.page("staff-missed", _("这里答不上来的话"), _blocks(scene), text=text)


def _blocks(scene: Scene) -> tuple[Block, ...]:
    _, missed = scene.gettext, scene.session.missed
    if missed is None:
        return (Notice(_("正在找……"), icon="search"),)
    if not missed:
        return (Notice(_("还没有"), _("问过 3 次的话，才写在这里"), "circle-check"),)
    asked = _("问过 {n} 次")
    lines = (Line(words, asked.format(n=visits)) for words, visits in missed)
    return (Panel(tuple(lines)),)
