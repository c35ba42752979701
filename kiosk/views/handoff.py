"""Take it along: a code for a phone, a slip of paper, and the words that need neither.

One errand, or the whole list: its code brings everything back that was told here.
"""

from __future__ import annotations

from kiosk.core.catalog import Service
from kiosk.core.choices import Language, TextSize
from kiosk.core.handoff import Handoff
from kiosk.core.printing import (
    FailedBefore,
    FailedDuring,
    Fault,
    Printed,
    PrintOutcome,
    SlipJob,
    SlipKind,
    Unconfirmed,
)
from kiosk.core.proxy import Ruling, judge
from kiosk.core.routes import (
    BulletinPage,
    ConfirmSlip,
    Finish,
    Go,
    GoHome,
    HandoffPage,
    PreviewPage,
    Print,
)
from kiosk.core.value import replace
from kiosk.ui.page import Block, Heading, Line, Notice, Page, Panel, QrCard, Tile, Tiles, Tone
from kiosk.views.proxy import whom_words
from kiosk.views.scene import Scene
from kiosk.views.service import phone, where


def page(scene: Scene, route: HandoffPage) -> Page:
    """The hand-off screen."""
    return _of_service(scene, route) if route.service else _of_list(scene)


def _of_service(scene: Scene, route: HandoffPage) -> Page:
    _ = scene.gettext
    service = scene.catalog.service(route.service)
    handoff = scene.session.taking.handoff
    if service is None:
        blocks: tuple[Block, ...] = (Notice(_("这件事不在目录里了"), icon="info-circle"),)
        return scene.page("handoff:gone", _("没有找到"), blocks)
    ruling = _ruling(scene, service)
    told, offer = _slip(scene, service.id, handoff, ruling)
    blocks = (
        *told,
        *_code(scene, handoff),
        *_without_phone(scene, service, handoff),
        *_other_paper(scene, service.id, handoff, ruling),
        *_also_the_list(scene),
    )
    return scene.page(
        f"handoff:{service.id}",
        _("带走：小票或手机"),
        blocks,
        dock=(*offer, _finish(scene)),
        path=f"{scene.path(service)} › {scene.say(service.plain_name)}",
    )


def _of_list(scene: Scene) -> Page:
    _, session = scene.gettext, scene.session
    count, handoff = len(session.case.services), session.taking.handoff
    title = _("带走清单")
    if not count:
        return scene.page("handoff:list", title, *_nothing_yet(scene))
    told, offer = _slip(scene, "", handoff, None)
    again = Notice(_("下次在机器上扫这个，接着办"), _("码里没有您的名字和号码"), "qrcode")
    hotline = scene.catalog.city().hotline
    call = Line(_("打电话：{phone}").format(phone=hotline), _("说出要办的事就行"))
    return scene.page(
        "handoff:list",
        title,
        (
            *told,
            *_code(scene, handoff),
            again,
            Heading(_("没有手机也能办")),
            Panel((call,)),
            *_other_paper(scene, "", handoff, None),
        ),
        dock=(*offer, _finish(scene)),
        path=_("我的清单，{n} 件事").format(n=count),
    )


def _nothing_yet(scene: Scene) -> tuple[tuple[Block, ...]]:
    _ = scene.gettext
    home = Tile(
        "handoff:home",
        _("到首页找要办的事"),
        icon="home",
        act=GoHome(),
        tone="primary",
        shape="button",
    )
    empty = Notice(_("清单还是空的"), _("找到要办的事，按“放进清单”"), "info-circle")
    return ((empty, Tiles((home,))),)


def _finish(scene: Scene) -> Tiles:
    done = Tile(
        "handoff:finish",
        scene.gettext("办好了，清空"),
        icon="logout",
        act=Finish(),
        tone="tint",
        shape="button",
    )
    return Tiles((done,))


def _ruling(scene: Scene, service: Service) -> Ruling | None:
    """What holds for who acts for somebody; None for oneself."""
    acting = scene.session.case.acting
    return judge(service, acting) if acting is not None else None


# on a phone ---------------------------------------------------------------------------------------


def _code(scene: Scene, handoff: Handoff | None) -> tuple[Block, ...]:
    _ = scene.gettext
    if scene.session.taking.unmade:
        return (_desk(scene, _("现在做不了码"), None),)
    if handoff is None:
        return (Notice(_("扫的码马上就好……"), icon="qrcode"),)
    code = handoff.screen
    how = _("微信、支付宝、相机都行，家人的手机也可以")
    aim = _("手机离屏幕一尺左右")
    is_largest = scene.choices.size is TextSize.LARGEST  # the card alone fills a page
    card = QrCard(
        code.modules,
        _("用手机扫一扫"),
        () if is_largest else (how,),
        _("打开的网址是"),
        code.host,
        _("核对码"),
        code.check_code,
        picture="" if is_largest else "scan-code",
        aim="" if is_largest else aim,
    )
    warning = Notice(
        _("扫码不收费，不会要银行卡和验证码"),
        _("手机上的核对码不一样，就不要继续"),
        "shield-check",
        "warning",
    )
    return (card, Notice(aim, how), warning) if is_largest else (card, warning)


# on paper -----------------------------------------------------------------------------------------


def _slip(
    scene: Scene, service: str, handoff: Handoff | None, ruling: Ruling | None
) -> tuple[tuple[Block, ...], tuple[Tiles, ...]]:
    """What the citizen must know about the paper, and what can be asked of the printer."""
    _ = scene.gettext
    slip = scene.session.taking.slip
    if slip is None or slip.service != service:
        return _unasked(scene, service, handoff, ruling)
    if slip.outcome is None:
        is_letter = slip.kind is SlipKind.LETTER
        busy = _("正在印授权委托书……") if is_letter else _("正在印小票……")
        if slip.on_a4:
            busy = _("正在印大纸……")
        return (Notice(busy, _("印好了会告诉您"), "printer"),), ()
    return _told(scene, slip, slip.outcome, ruling)


def _unasked(
    scene: Scene, service: str, handoff: Handoff | None, ruling: Ruling | None
) -> tuple[tuple[Block, ...], tuple[Tiles, ...]]:
    """Paper is offered, unless the machine prints for nobody: then where else there is some."""
    _ = scene.gettext
    if scene.local.printer.withdrawn:
        return (_desk(scene, _("这台机器现在不能印小票"), handoff),), ()
    return (), _offer(scene, service, ruling)


def _offer(
    scene: Scene, service: str, ruling: Ruling | None, again: bool = False
) -> tuple[Tiles, ...]:
    """Whoever acts for somebody gets a slip for each of them first."""
    _ = scene.gettext
    if isinstance(scene.session.route, BulletinPage):
        return _offer_bulletin(scene, again)
    tone: Tone = "plain" if again else "primary"
    reads_large = reads_largest(scene)
    kind = _kind(service, ruling)
    if kind is SlipKind.PAIR:
        pair = Print(kind=kind)
        both = _print(scene, "print-pair", pair, title=_("印两张小票"), tone=tone)
        one = _print(scene, "print", Print(), title=_("只印一张"))
        return Tiles((both,)), _side_by_side(one, *_print_large(scene, kind))
    normal = _print(
        scene,
        "print",
        Print(kind=kind),
        title=_("再印一张") if again else _("印小票"),
        tone="plain" if reads_large else tone,
    )
    return (_side_by_side(normal, *_print_large(scene, kind, tone if reads_large else "plain")),)


def _again(scene: Scene, slip: SlipJob, ruling: Ruling | None) -> tuple[Tiles, ...]:
    """Once more what was asked for; after something else came out, the slip for the first time."""
    if slip.kind is SlipKind.RESUME and not isinstance(slip.outcome, Printed):
        act = Print(large=slip.large, kind=slip.kind)
        return (Tiles((_print(scene, "print", act, title=scene.gettext("再印一张")),)),)
    is_slip = not slip.is_sheet and slip.kind is not SlipKind.RESUME
    return _offer(scene, slip.service, ruling, again=is_slip)


def bulletin_on_paper(
    scene: Scene, route: BulletinPage
) -> tuple[tuple[Block, ...], tuple[Tiles, ...]]:
    """What becomes of a bulletin on paper, and the ways to ask for it."""
    slip = scene.session.taking.slip
    if slip is not None and slip.bulletin != route.bulletin:
        return _unasked(scene, "", None, None)
    return _slip(scene, "", None, None)


def _offer_bulletin(scene: Scene, again: bool) -> tuple[Tiles, ...]:
    _ = scene.gettext
    title = _("再印一张") if again else _("印下来带走")
    # whoever reads large wants it large
    large = scene.choices.size > TextSize.STANDARD and scene.local.prints_large
    act = Print(large=large, kind=SlipKind.BULLETIN)
    tile = replace(_print(scene, "print", act, title=title), name="bulletin:print", enabled=True)
    return (Tiles((replace(tile, icon="printer"),), most_columns=1),)


def _other_paper(
    scene: Scene, service: str, handoff: Handoff | None, ruling: Ruling | None
) -> tuple[Block, ...]:
    """What else there is on paper: after the code and the words, which need none."""
    rows = (
        *_on_sheets(scene, service, ruling, handoff),
        *_on_the_roll(scene, service, handoff, ruling),
    )
    return (Tiles(rows, most_columns=1),) if rows else ()


def _on_the_roll(
    scene: Scene, service: str, handoff: Handoff | None, ruling: Ruling | None
) -> tuple[Tile, ...]:
    """How the slip will look, and the short one that only brings back what was told."""
    _, slip = scene.gettext, scene.session.taking.slip
    if handoff is None or scene.local.printer.withdrawn:
        return ()
    kind = _kind(service, ruling)
    seen = Tile(
        "handoff:preview",
        _("先看看小票"),
        icon="receipt",
        act=Go(PreviewPage(service=service, kind=kind, large=reads_largest(scene))),
        shape="row",
    )
    short = Tile(
        "handoff:resume",
        _("只印下次接着办的码"),
        _("哪个大厅的机器都行"),
        icon="qrcode",
        act=Print(kind=SlipKind.RESUME),
        shape="row",
    )
    # of two people the helper's slip brings it back, and there is enough to choose from
    shorts = (short,) if handoff.resume and kind is not SlipKind.PAIR else ()
    if slip is None:
        return (seen, *shorts)
    # a printer that has just failed is not asked for something else
    is_on_it = not isinstance(slip.outcome, Printed) or slip.kind is SlipKind.RESUME
    return () if is_on_it else shorts


def _kind(service: str, ruling: Ruling | None) -> SlipKind:
    """What is printed here: for whom acts, a slip for each of the two."""
    if ruling is not None and ruling.may_go:
        return SlipKind.PAIR
    return SlipKind.SERVICE if service else SlipKind.LIST


def reads_largest(scene: Scene) -> bool:
    """Whether large print is what somebody most likely wants, and there is any."""
    return scene.choices.size is TextSize.LARGEST and scene.local.prints_large


def _print_large(scene: Scene, kind: SlipKind, tone: Tone = "plain") -> tuple[Tile, ...]:
    """Nothing where the roll is too narrow for large letters."""
    if not scene.local.prints_large:
        return ()
    act = Print(large=True, kind=kind)
    title = scene.gettext("印大字的")
    return (_print(scene, "print-large", act, title=title, tone=tone),)


def _side_by_side(*tiles: Tile) -> Tiles:
    return Tiles(tiles, min_em=7, most_columns=2)


def _told(
    scene: Scene, slip: SlipJob, outcome: PrintOutcome, ruling: Ruling | None
) -> tuple[tuple[Block, ...], tuple[Tiles, ...]]:
    """Never that the slip came out when nobody knows."""
    _, handoff = scene.gettext, scene.session.taking.handoff
    is_withdrawn = scene.local.printer.withdrawn  # perhaps by this very slip
    again = () if is_withdrawn else _again(scene, slip, ruling)
    if slip.is_sheet and isinstance(outcome, FailedBefore | FailedDuring):
        return (_no_sheet(scene, outcome),), () if is_withdrawn else _offer(
            scene, slip.service, ruling
        )
    match outcome:
        case Printed():
            return (_came_out(scene, slip),), again
        case Unconfirmed():
            ask = Notice(_("小票出来了吗？"), "", "help-circle", "warning")
            if slip.is_sheet:
                ask = Notice(_("纸出来了吗？"), _("看看旁边的打印机"), "help-circle", "warning")
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
        case FailedBefore(fault, done):
            words = _after_the_first(scene, fault_words(scene, fault), done)
            return (_desk(scene, words, handoff),), ()
        case FailedDuring(fault, row, done):
            words = _half_words(scene, fault, row)
            words = _after_the_first(scene, words, done)
            return (_desk(scene, words, handoff),), again if slip.copy < 2 else ()


def _print(scene: Scene, name: str, act: Print, *, title: str, tone: Tone = "plain") -> Tile:
    return Tile(
        f"handoff:{name}",
        title,
        icon="zoom-in" if act.large else "printer",
        act=act,
        tone=tone,
        shape="button",
        enabled=scene.session.taking.handoff is not None,
    )


def _came_out(scene: Scene, slip: SlipJob) -> Notice:
    _ = scene.gettext
    where_to, what = _("小票印好了，请在下面出口拿"), _("上面写着带什么、去哪个窗口")
    if slip.kind is SlipKind.LETTER:
        where_to, what = _("授权委托书印好了"), _("在旁边的打印机上拿，让家人签名")
        if slip.large or scene.choices.language is not Language.CHINESE:
            what = _("每张都在旁边的打印机上拿，让家人签名")
    elif slip.on_a4:
        where_to, what = _("大纸印好了"), _("在旁边的打印机上拿")
    elif slip.kind is SlipKind.RESUME:
        what = _("下次在机器上扫这个，接着办")
    elif slip.kind is SlipKind.BULLETIN:
        what = _("通知和电话都在上面")
    elif slip.kind is SlipKind.PAIR and scene.session.case.acting is not None:
        whom = whom_words(scene, scene.session.case.acting.whom)
        where_to = _("两张小票印好了，请在下面出口拿")
        what = _("一张给{whom}，一张您拿着").format(whom=whom)
        if scene.local.prints_large:
            what = _("大字的一张给{whom}，一张您拿着").format(whom=whom)
    return Notice(where_to, what, "printer", "yes")


def _half_words(scene: Scene, fault: Fault, row: int) -> str:
    """Of what may have come out in part; nothing has where the citizen says so."""
    _ = scene.gettext
    if fault is Fault.OFFLINE and not row:
        return _("小票没有出来")
    return fault_words(scene, fault) + _("，没印完的小票请不要用")


def _after_the_first(scene: Scene, why: str, done: int) -> str:
    """Of two slips the first may be in somebody's hand already."""
    return scene.gettext("第一张印好了，第二张没有：{why}").format(why=why) if done else why


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
    if handoff is not None and handoff.paper.short_number:
        number = handoff.paper.short_number
        ways += _("，") + _("说短号 {number}").format(number=number)
    return Notice(reason, ways, "alert-triangle", "warning")


def _on_sheets(
    scene: Scene, service: str, ruling: Ruling | None, handoff: Handoff | None
) -> tuple[Tile, ...]:
    """What this machine can print on A4: a letter of authority, the slip in the largest print."""
    _, slip = scene.gettext, scene.session.taking.slip
    if not scene.local.prints_sheets:
        return ()
    is_settled = slip is None or not isinstance(slip.outcome, Unconfirmed | None)
    is_free = handoff is not None and is_settled
    large = Tile(
        "handoff:sheet",
        _("印在大纸上"),
        _("字最大，在旁边的打印机上拿"),
        icon="zoom-in",
        act=Print(large=True, kind=_kind(service, ruling), on_a4=True),
        shape="row",
        enabled=is_free,
    )
    if ruling is None or not ruling.needs_letter:
        return (large,)
    letter = Tile(
        "handoff:letter",
        _("印授权委托书"),
        _("名字您自己填，机器不问"),
        icon="file-text",
        # whoever reads large wants it large; sheets are wide enough for that on any machine
        act=Print(large=scene.choices.size > TextSize.STANDARD, kind=SlipKind.LETTER),
        shape="row",
        enabled=is_free,
    )
    return letter, large


def _no_sheet(scene: Scene, outcome: FailedBefore | FailedDuring) -> Notice:
    """The slip may still come out of the roll; a sheet that was sent may come out late."""
    _, handoff, hall = scene.gettext, scene.session.taking.handoff, scene.here()
    why = _("旁边的{why}").format(why=fault_words(scene, outcome.fault))
    if isinstance(outcome, FailedDuring) and outcome.fault is Fault.OFFLINE and not outcome.row:
        why = _("纸没有出来")
    why = _after_the_first(scene, why, outcome.done)
    desk = scene.say(hall.help_desk) if hall else _("导服台")
    ways = _("到{desk}免费拿").format(desk=desk)
    if isinstance(outcome, FailedDuring) and outcome.row:
        ways = _("纸可能晚点才出来，不用等，到{desk}免费拿").format(desk=desk)
    if handoff is not None and handoff.paper.short_number:
        ways += _("，") + _("说短号 {number}").format(number=handoff.paper.short_number)
    return Notice(why, ways, "alert-triangle", "warning")


# without a phone ----------------------------------------------------------------------------------


def _without_phone(scene: Scene, service: Service, handoff: Handoff | None) -> tuple[Block, ...]:
    _ = scene.gettext
    notice = where(scene, service)
    lines = [Line(notice.title, notice.text)]
    hotline, own = scene.catalog.city().hotline, phone(scene, service)
    says = ""
    if handoff is not None:  # the hotline knows short numbers, as it says on paper
        says = _("告诉对方短号 {number}").format(number=handoff.screen.short_number)
    lines.append(Line(_("打电话：{phone}").format(phone=hotline), says))
    if own != hotline:
        lines.append(Line("", _("专门问这件事 {phone}").format(phone=own)))
    return Heading(_("没有手机也能办")), Panel(tuple(lines))


def _also_the_list(scene: Scene) -> tuple[Block, ...]:
    """Whoever has collected errands can take all of them along at once."""
    _, count = scene.gettext, len(scene.session.case.services)
    if not count:
        return ()
    whole = Tile(
        "handoff:list",
        _("带走整个清单，{n} 件事").format(n=count),
        icon="receipt",
        act=Go(HandoffPage()),
        shape="row",
    )
    return (Tiles((whole,), most_columns=1),)
