"""A person helps: call one to this machine, or where they are and how to reach them.

Knows how each state of a call is worded. Does not know how a call travels. Where nobody can be
called, and while the hub is away, the counter and the phone stand on the screen all the same.
"""

from __future__ import annotations

from kiosk.core.help_call import CallState, HelpCall
from kiosk.core.routes import (
    Back,
    CallStaff,
    CancelCall,
    GiveBack,
    Go,
    HandoffPage,
    HelpPage,
    ServicePage,
    SignInPage,
)
from kiosk.ui.page import Block, Line, Notice, Page, Panel, Tile, Tiles
from kiosk.views.scene import Scene


def page(scene: Scene, _route: HelpPage) -> Page:
    """The help screen."""
    _ = scene.gettext
    call = scene.session.call
    if call is None or call.state is CallState.CLOSED:
        blocks = _nobody_called(scene, call)
    elif call.state is CallState.UNREACHABLE:
        blocks = _unreachable(scene)
    else:
        blocks = (_state(scene, call), *_meanwhile(scene))
    return scene.page(
        "help",
        _("找人帮忙"),
        (*blocks, _urgent(scene), *_staff(scene)),
        dock=_dock(scene, call),
    )


# before a call and after it -----------------------------------------------------------------------


def _nobody_called(scene: Scene, call: HelpCall | None) -> tuple[Block, ...]:
    _ = scene.gettext
    if not scene.local.calls_staff:
        return (_desk(scene), *_subject(scene), _phone(scene), _by_oneself(scene))
    if call is not None:
        title, text = _("刚才叫的人来过了"), _("还要帮忙，就再叫一次")
        return (Notice(title, text, "circle-check", "yes"), _desk(scene), _phone(scene))
    come = Notice(_("工作人员走过来帮您"), _("按“叫人过来”，不收费"), "bell-ringing", "yes")
    return (come, *_subject(scene), _desk(scene), _phone(scene))


def _desk(scene: Scene) -> Notice:
    _ = scene.gettext
    title = _("请到{desk}").format(desk=_desk_name(scene))
    if scene.local.calls_staff:
        title = _("也可以到{desk}").format(desk=_desk_name(scene))
        return Notice(title, icon="map-pin")
    return Notice(title, _("工作人员陪您一起办，不收费"), "map-pin", "yes")


def _desk_name(scene: Scene) -> str:
    hall = scene.here()
    return scene.say(hall.help_desk) if hall else scene.gettext("导服台")


def _phone(scene: Scene) -> Notice:
    _ = scene.gettext
    hotline = scene.catalog.city().hotline
    return Notice(
        _("打电话：{hotline}").format(hotline=hotline), _("接通后说“人工”，就有人接"), "phone"
    )


def _subject(scene: Scene) -> tuple[Notice, ...]:
    """What it is about, to be said to whoever comes."""
    _ = scene.gettext
    before = scene.session.trail[-2] if len(scene.session.trail) > 1 else None
    if not isinstance(before, ServicePage | HandoffPage):
        return ()
    service = scene.catalog.service(before.service)
    if service is None:
        return ()
    name = scene.say(service.plain_name)
    words = _("您正在看“{name}”，告诉工作人员就行").format(name=name)
    return (Notice(words, icon="message"),)


def _by_oneself(scene: Scene) -> Panel:
    _ = scene.gettext
    return Panel(
        (
            Line(_("字太小，看不清颜色"), _("按下面的“调一调”，换成您喜欢的"), "1"),
            Line(_("看字累"), _("按“读给我听”，机器念给您听"), "2"),
            Line(_("走错了"), _("按“返回”退一步，按“首页”从头来"), "3"),
        )
    )


def _urgent(scene: Scene) -> Notice:
    _ = scene.gettext
    words = _("报警 110 · 急救 120 · 火警 119 · 防诈骗 96110")
    return Notice(_("急事直接打"), words, "urgent", "warning")


# while a call is open -----------------------------------------------------------------------------


def _state(scene: Scene, call: HelpCall) -> Notice:
    """What has become of it, and what to do."""
    _ = scene.gettext
    match call.state:
        case CallState.CALLING:
            return Notice(_("正在叫人……"), _("马上告诉您叫到没有"), "bell-ringing", "tint")
        case CallState.WAITING:
            title, text = _("已经告诉工作人员了"), _("请在这里等一等")
            return Notice(title, text, "bell-ringing", "tint")
        case CallState.COMING:
            text = _("{desk}的人正在过来").format(desk=call.desk) if call.desk else ""
            return Notice(_("马上有人来"), text or _("请在这里等"), "user", "yes")
        case _:  # forwarded; closed and unreachable ones have screens of their own
            text = _("请在这里等，{desk}的人会来").format(desk=call.desk)
            return Notice(_("转给更懂这件事的人了"), text, "users", "tint")


def _meanwhile(scene: Scene) -> tuple[Block, ...]:
    _ = scene.gettext
    lines = [Line(_("可以接着看"), _("按“接着看”，您选好的都还在"))]
    if _has_seats(scene):
        lines.append(Line(_("站累了就坐下等"), _("旁边有座位，别走远")))
    lines.append(Line(_("不想等"), _("也可以到{desk}").format(desk=_desk_name(scene))))
    return (*_subject(scene), Panel(tuple(lines)))


def _has_seats(scene: Scene) -> bool:
    """There are seats on the floor where this machine stands."""
    hall = scene.here()
    floors = hall.plan if hall else ()
    here = [
        floor
        for floor in floors
        if any(one.kind == "kiosk" and one.kiosk == scene.local.kiosk for one in floor.areas)
    ]
    return any(area.kind == "seats" for floor in here for area in floor.areas)


def _unreachable(scene: Scene) -> tuple[Block, ...]:
    """Nobody can be called from here now: the same help, some steps away."""
    _ = scene.gettext
    title = _("现在叫不到人")
    text = _("请到{desk}").format(desk=_desk_name(scene))
    return (Notice(title, text, "map-pin", "warning"), *_subject(scene), _phone(scene))


# what can be pressed ------------------------------------------------------------------------------


def _dock(scene: Scene, call: HelpCall | None) -> tuple[Block, ...]:
    _ = scene.gettext
    if not scene.local.calls_staff:
        return ()
    if call is not None and call.state.is_open:
        on = Tile("help:on", _("接着看"), icon="check", act=Back(), tone="primary", shape="button")
        cancel = Tile("help:cancel", _("不用来了"), icon="x", act=CancelCall(), shape="button")
        return (Tiles((on, cancel), min_em=6, fills=True),)
    words = _("叫人过来") if call is None else _("再叫一次")
    place = Tile(
        "help:call", words, icon="bell-ringing", act=CallStaff(), tone="primary", shape="button"
    )
    return (Tiles((place,)),)


def _staff(scene: Scene) -> tuple[Block, ...]:
    """For staff who stand here themselves; what they have put aside goes back first."""
    _ = scene.gettext
    if scene.session.staff.who:
        return ()
    sign_in, back = Go(SignInPage()), GiveBack()
    tile = Tile(
        "help:staff", _("工作人员"), _("用自己的号进去"), "user-shield", sign_in, shape="row"
    )
    if scene.session.set_aside is not None:
        words = _("还给您"), _("恢复刚才的样子")
        tile = Tile("help:give-back", *words, "rotate-clockwise", back, "yes", "row")
    return (Tiles((tile,)),)
