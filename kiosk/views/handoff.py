"""Take it along: a code for a phone, a slip of paper, and the words that need neither."""

from __future__ import annotations

from kiosk.core.catalog import Service
from kiosk.core.choices import TextSize
from kiosk.core.printing import (
    FailedBefore,
    FailedDuring,
    Fault,
    Printed,
    PrintOutcome,
    Unconfirmed,
)
from kiosk.core.routes import ConfirmSlip, Finish, HandoffPage, Print
from kiosk.core.session import Handoff, SlipJob
from kiosk.ui.page import Block, Heading, Line, Notice, Page, Panel, QrCard, Tile, Tiles
from kiosk.views.scene import Scene
from kiosk.views.service import phone, where


def page(scene: Scene, route: HandoffPage) -> Page:
    """The hand-off screen."""
    _ = scene.gettext
    service = scene.catalog.service(route.service)
    handoff = scene.session.handoff
    if service is None:
        blocks: tuple[Block, ...] = (Notice(_("这件事不在目录里了"), icon="info-circle"),)
        return scene.page("handoff:gone", _("没有找到"), blocks)
    told, offer = _slip(scene, service, handoff)
    blocks = (*told, *_code(scene, handoff), *_without_phone(scene, service, handoff))
    done = Tile(
        "handoff:finish",
        _("办好了，清空"),
        icon="logout",
        act=Finish(),
        tone="tint",
        shape="button",
    )
    return scene.page(
        f"handoff:{service.id}",
        _("带走：小票或手机"),
        blocks,
        dock=(*offer, Tiles((done,))),
        path=f"{scene.path(service)} › {scene.say(service.plain_name)}",
    )


def _code(scene: Scene, handoff: Handoff | None) -> tuple[Block, ...]:
    _ = scene.gettext
    if handoff is None:
        return (Notice(_("扫的码马上就好……"), icon="qrcode"),)
    code = handoff.screen
    how = _("微信、支付宝、相机都行，家人的手机也可以")
    is_largest = scene.choices.size is TextSize.LARGEST  # the card alone fills a page
    card = QrCard(
        code.modules,
        _("用手机扫一扫"),
        () if is_largest else (how,),
        _("打开的网址是"),
        code.host,
        _("核对码"),
        code.check_code,
    )
    warning = Notice(
        _("扫码不收费，不会要银行卡和验证码"),
        _("手机上的核对码不一样，就不要继续"),
        "shield-check",
        "warning",
    )
    return (card, Notice(how, icon="qrcode"), warning) if is_largest else (card, warning)


def _slip(
    scene: Scene, service: Service, handoff: Handoff | None
) -> tuple[tuple[Block, ...], tuple[Tiles, ...]]:
    """What the citizen must know about the paper, and what can be asked of the printer."""
    _ = scene.gettext
    slip = scene.session.slip
    if handoff is not None and not handoff.may_print:
        return (_desk(scene, _("这台机器现在不能印小票"), handoff),), ()
    if slip is None or slip.service != service.id:
        return (), (_offer(scene, handoff is not None, again=False),)
    if slip.outcome is None:
        return (Notice(_("正在印小票……"), _("印好了会告诉您"), "printer"),), ()
    return _told(scene, slip, slip.outcome, handoff)


def _offer(scene: Scene, ready: bool, again: bool) -> Tiles:
    _ = scene.gettext
    normal = Tile(
        "handoff:print",
        _("再印一张") if again else _("印小票"),
        icon="printer",
        act=Print(),
        tone="plain" if again else "primary",
        shape="button",
        enabled=ready,
    )
    large = Tile(
        "handoff:print-large",
        _("印大字的"),
        icon="zoom-in",
        act=Print(large=True),
        shape="button",
        enabled=ready,
    )
    return Tiles((normal, large), min_em=7, most_columns=2)


def _told(
    scene: Scene, slip: SlipJob, outcome: PrintOutcome, handoff: Handoff | None
) -> tuple[tuple[Block, ...], tuple[Tiles, ...]]:
    """Never that the slip came out when nobody knows."""
    _ = scene.gettext
    match outcome:
        case Printed():
            done = Notice(
                _("小票印好了，请在下面出口拿"),
                _("上面写着带什么、去哪个窗口"),
                "printer",
                "yes",
            )
            return (done,), (_offer(scene, ready=True, again=True),)
        case Unconfirmed():
            ask = Notice(_("小票出来了吗？"), "", "help-circle", "warning")
            answers = (
                Tile(
                    "slip:yes",
                    _("出来了"),
                    icon="check",
                    act=ConfirmSlip(True),
                    tone="yes",
                    shape="button",
                ),
                Tile("slip:no", _("没有"), icon="x", act=ConfirmSlip(False), shape="button"),
            )
            return (ask,), (Tiles(answers, min_em=6, most_columns=2),)
        case FailedBefore(fault):
            return (_desk(scene, fault_words(scene, fault), handoff),), ()
        case FailedDuring(fault):
            words = fault_words(scene, fault) + _("，没印完的小票请不要用")
            again = (_offer(scene, ready=True, again=True),) if slip.copy < 2 else ()
            return (_desk(scene, words, handoff),), again


def fault_words(scene: Scene, fault: Fault) -> str:
    """Why there is no slip, in words for a citizen."""
    _ = scene.gettext
    words = {
        Fault.NO_PAPER: _("打印机没纸了"),
        Fault.COVER_OPEN: _("打印机的盖子开着"),
        Fault.JAM: _("打印机卡纸了"),
        Fault.OVERHEATED: _("打印机太热，要歇一会儿"),
        Fault.OFFLINE: _("打印机现在不能用"),
        Fault.NOT_THERE: _("打印机现在不能用"),
    }
    return words[fault]


def _desk(scene: Scene, reason: str, handoff: Handoff | None) -> Notice:
    _ = scene.gettext
    hall = scene.here()
    desk = scene.say(hall.help_desk) if hall else _("导服台")
    ways = _("用手机拍下这一页，或到{desk}免费印").format(desk=desk)
    if handoff is not None:
        number = handoff.paper.short_number
        ways += _("，") + _("说短号 {number}").format(number=number)
    return Notice(reason, ways, "alert-triangle", "warning")


def _without_phone(scene: Scene, service: Service, handoff: Handoff | None) -> tuple[Block, ...]:
    _ = scene.gettext
    notice = where(scene, service)
    lines = [Line(notice.title, notice.text)]
    number = phone(scene, service)
    if handoff is not None:
        says = _("告诉对方短号 {number}").format(number=handoff.screen.short_number)
    else:
        says = ""
    lines.append(Line(_("打电话：{phone}").format(phone=number), says))
    return Heading(_("没有手机也能办")), Panel(tuple(lines))
