"""Parts that stand on several kinds of slips in the same words.

Knows the code with all beside it, bulletins, and the foot. Does not know what a slip is about.
"""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.core import wording
from kiosk.core.catalog import Bulletin
from kiosk.core.handoff import HandoffCode
from kiosk.core.slips.block import Block, Code, Role, Rule, Words
from kiosk.core.slips.occasion import Occasion


def scanned(code: HandoffCode, occasion: Occasion, heading: str) -> Iterator[Block]:
    """The code, how to scan it, and how to see that it is no fraud.

    Args:
        code: made for paper.
        occasion: where and when.
        heading: what it is good for.
    """
    _, now = occasion.gettext, occasion.now
    until = code.valid_until.astimezone(now.tzinfo) if now.tzinfo else code.valid_until
    yield Words(heading, Role.HEADING)
    yield Code(code.modules)
    yield Words(_("用微信、支付宝或相机扫，打开的是"))
    yield Words(code.host, Role.EXACT)
    yield Words(_("核对码 {code}").format(code=code.check_code), Role.CALL)
    yield Words(_("核对码不同，就不要继续"))
    yield Words(_("扫码不收费，不会要银行卡和验证码"), Role.STRONG)
    yield Words(_("有效到 {when}").format(when=wording.of_day_and_time(until, _)))


def announced(bulletin: Bulletin, occasion: Occasion) -> Iterator[Block]:
    """What must be known before the way is made; whom to call, unless the text says it."""
    text = occasion.say(bulletin.text)
    yield Words(occasion.say(bulletin.title), Role.HEADING)
    yield Words(text, Role.STRONG)
    if bulletin.phone is not None and bulletin.phone not in text:
        yield Words(bulletin.phone, Role.CALL)


def foot(occasion: Occasion) -> Iterator[Block]:
    """Which slip it is, and how it is kept."""
    _ = occasion.gettext
    number, copy = occasion.slip_number, occasion.copy_number
    yield Rule()
    if occasion.fades:
        yield Words(_("纸会褪色，可以拍照留着"))
    when = wording.of_day_and_time(occasion.now, _)
    words = (
        _("小票号 {number}，{when}") if copy == 1 else _("小票号 {number}，{when}，第{copy}次打印")
    )
    yield Words(words.format(number=number, when=when, copy=copy))
