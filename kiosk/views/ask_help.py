"""A person helps: where they are and how to reach them, and what to say."""

from __future__ import annotations

from kiosk.core.routes import HandoffPage, HelpPage, ServicePage
from kiosk.ui.page import Block, Line, Notice, Page, Panel
from kiosk.views.scene import Scene


def page(scene: Scene, route: HelpPage) -> Page:
    """The help screen."""
    _ = scene.gettext
    hall = scene.here()
    desk = scene.say(hall.help_desk) if hall else _("导服台")
    hotline = scene.catalog.city().hotline
    blocks: list[Block] = [
        Notice(
            _("请到{desk}").format(desk=desk), _("工作人员陪您一起办，不收费"), "map-pin", "yes"
        ),
        Notice(
            _("打电话：{hotline}").format(hotline=hotline),
            _("接通后说“人工”，就有人接"),
            "phone",
        ),
        Panel(
            (
                Line(_("字太小"), _("按下面的“大字”，可以一直变大"), "1"),
                Line(_("看不清颜色"), _("按“看清楚”，换一种颜色"), "2"),
                Line(_("走错了"), _("按“返回”退一步，按“首页”从头来"), "3"),
            )
        ),
        Notice(
            _("急事直接打"),
            _("报警 110 · 急救 120 · 火警 119 · 防诈骗 96110"),
            "urgent",
            "warning",
        ),
    ]
    before = scene.session.trail[-2] if len(scene.session.trail) > 1 else None
    if isinstance(before, ServicePage | HandoffPage):
        service = scene.catalog.service(before.service)
        if service is not None:
            words = _("您正在看“{name}”，告诉工作人员就行").format(
                name=scene.say(service.plain_name)
            )
            blocks.insert(1, Notice(words, icon="message"))
    return scene.page("help", _("找人帮忙"), tuple(blocks))
