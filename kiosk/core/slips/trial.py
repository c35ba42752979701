"""The test page of staff: is the print dark, straight and as large as it should be?

Knows what shows that. Does not know the printer.
"""

from __future__ import annotations

from kiosk.core import wording
from kiosk.core.slips.block import Code, Numbered, Role, Ruler, Slip, Tick, Words
from kiosk.core.slips.occasion import Occasion

RULER_MM = 10
_SIZES = (Role.BODY, Role.STRONG, Role.EXACT, Role.HEADING, Role.PLACE, Role.CALL, Role.TITLE)


def compose_trial(hub: str, modules: tuple[tuple[bool, ...], ...], occasion: Occasion) -> Slip:
    """The test page.

    Args:
        hub: the address of the hub, as people read it.
        modules: its QR code.
        occasion: where and when.
    """
    _ = occasion.gettext
    return occasion.slip(
        (
            Words(occasion.say(occasion.hall.name), Role.HALL),
            Words(_("测试页"), Role.TITLE),
            Words(_("{number}号机器").format(number=occasion.local.kiosk), Role.PLACE),
            Words(wording.of_moment(occasion.now, _)),
            Words(_("这把尺要正好 {n} 毫米").format(n=RULER_MM), Role.HEADING),
            Ruler(RULER_MM),
            Words(_("字要又黑又清楚"), Role.HEADING),
            *(Words(_("办事不难 0123"), role) for role in _SIZES),
            Tick(_("要带的东西"), _("原件 {n} 份").format(n=1)),
            Numbered(1, _("怎么办")),
            Words(_("手机要扫得开"), Role.HEADING),
            Code(modules),
            Words(hub, Role.EXACT),
            Words(_("小票号 {number}").format(number=occasion.slip_number)),
        )
    )
