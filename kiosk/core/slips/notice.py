"""A bulletin to take along: what it says, until when, what it is about, whom to call.

Knows what stands on it. Does not know which bulletins hold (`kiosk.core.bulletins`).
"""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.core import wording
from kiosk.core.bulletins import holds_until
from kiosk.core.catalog import Bulletin
from kiosk.core.slips.block import Block, Role, Slip, Words
from kiosk.core.slips.occasion import Occasion
from kiosk.core.slips.parts import foot

_ABOUT_MAX = 6  # errands by name


def compose_bulletin(bulletin: Bulletin, occasion: Occasion) -> Slip:
    """The slip of one bulletin."""
    return occasion.slip((*_said(bulletin, occasion), *_about(bulletin, occasion), *foot(occasion)))


def _said(bulletin: Bulletin, occasion: Occasion) -> Iterator[Block]:
    _ = occasion.gettext
    yield Words(occasion.say(occasion.hall.name), Role.HALL)
    yield Words(_("通知"), Role.OFFICIAL)
    yield Words(occasion.say(bulletin.title), Role.TITLE)
    yield Words(occasion.say(bulletin.text), Role.STRONG)
    ends = holds_until(bulletin)
    if ends is not None:
        yield Words(wording.of_end(ends.astimezone(occasion.now.tzinfo), occasion.now, _))


def _about(bulletin: Bulletin, occasion: Occasion) -> Iterator[Block]:
    _ = occasion.gettext
    ids = dict.fromkeys((*bulletin.hides, *bulletin.services))
    found = [one for one in map(occasion.catalog.service, ids) if one is not None]
    if found:
        yield Words(_("说的是这些事"), Role.HEADING)
    for service in found[:_ABOUT_MAX]:
        yield Words(occasion.say(service.plain_name))
    if len(found) > _ABOUT_MAX:
        yield Words(_("一共 {n} 件事").format(n=len(found)))
    yield Words(_("有事打电话"), Role.HEADING)
    yield Words(bulletin.phone or occasion.hotline, Role.CALL)
    yield Words(_("要人帮忙：{desk}").format(desk=occasion.say(occasion.hall.help_desk)))
