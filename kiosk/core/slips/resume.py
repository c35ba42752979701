"""The short slip of what was told: a code that any machine of the city goes on from.

Knows what to say about the code. Does not know what is in it (`kiosk.store.case_codes`).
"""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.core import proxy_words, wording
from kiosk.core.handoff import HandoffCode
from kiosk.core.slips.block import Block, Code, Numbered, Role, Slip, Words
from kiosk.core.slips.occasion import Occasion
from kiosk.core.slips.parts import foot


def compose_resume(code: HandoffCode, occasion: Occasion) -> Slip:
    """The slip.

    Args:
        code: holds the case; it may be scanned as often as one likes until it ends.
        occasion: where, when, in which language, and the case that the code holds.
    """
    _, now = occasion.gettext, occasion.now
    until = code.valid_until.astimezone(now.tzinfo) if now.tzinfo else code.valid_until
    blocks = (
        Words(occasion.say(occasion.hall.name), Role.HALL),
        Words(_("下次接着办"), Role.TITLE),
        Code(code.modules),
        Words(_("下次在机器上扫这个，接着办"), Role.STRONG),
        Words(_("哪个大厅的机器都行")),
        Words(_("码里没有您的名字和号码"), Role.STRONG),
        Words(_("有效到 {when}").format(when=wording.of_day_and_time(until, _))),
        Words(_("码里记着"), Role.HEADING),
        *_held(occasion),
        Words(_("没带这张也能办"), Role.HEADING),
        Words(occasion.hotline, Role.CALL),
        Words(_("打电话说出要办的事就行")),
        Words(_("要人帮忙：{desk}").format(desk=occasion.say(occasion.hall.help_desk))),
        *foot(occasion),
    )
    return occasion.slip(blocks)


def _held(occasion: Occasion) -> Iterator[Block]:
    """What comes back, so that nobody has to trust a picture."""
    _, case = occasion.gettext, occasion.case
    services = (occasion.catalog.service(one) for one in case.services)
    for number, service in enumerate((one for one in services if one is not None), start=1):
        name = occasion.say(service.plain_name)
        yield Numbered(number, name)
    if case.acting is not None:
        whom = proxy_words.of_person(case.acting.whom, _)
        yield Words(_("替{whom}办").format(whom=whom))
    if case.in_hand:
        yield Words(_("您有的东西，{n} 样").format(n=len(case.in_hand)))
    if case.answers:
        yield Words(_("您答过的问题，{n} 个").format(n=len(case.answers)))
