"""What the staff's page says of a call: where the machine stands, which screen, which language.

Knows kinds of screens and their words. Does not know how a page looks. Staff read Chinese.
"""

from __future__ import annotations

from datetime import datetime

from db.records import Hall
from hub.config import CITY_TIME
from hub.hall.call import State
from hub.phone.catalog import PublishedCatalog

SCREENS = {
    "Welcome": "开始页",
    "Home": "首页",
    "GroupsPage": "所有的事",
    "GroupPage": "一类事",
    "ServicePage": "一件事的说明",
    "SituationPage": "问自己的情况",
    "WherePage": "这里能办吗",
    "HandoffPage": "带走：小票或手机",
    "SearchPage": "正在找一件事",
    "EventsPage": "人生大事",
    "EventPage": "人生大事",
    "EventQuestionPage": "人生大事",
    "PlanPage": "办事的顺序",
    "PapersPage": "手里有什么证件",
    "DoablePage": "手里的证件能办什么",
    "WhomPage": "帮别人办",
    "WhyPage": "帮别人办",
    "ProxyPage": "帮别人办",
    "ListPage": "要办的几件事",
    "PopularPage": "大家常办",
    "BulletinsPage": "通知",
    "BulletinPage": "通知",
    "ResumedPage": "扫码接着办",
    "HallsPage": "各个大厅",
    "DisplayPage": "调字和声音",
    "PracticePage": "试按键",
    "SwitchesPage": "学用两个按键",
    "SignInPage": "工作人员",
}
"""Kinds of screens that a kiosk may name; another one is kept as nothing."""

LANGUAGES = {"zh": "中文", "en": "英语", "ug": "维吾尔语"}
_STATES = {
    State.WAITING: "等人来",
    State.COMING: "{desk}正在去",
    State.FORWARDED: "转给{desk}，等着去",
    State.CLOSED: "办完了",
}


def screen(name: str, service: int | None, catalog: PublishedCatalog | None) -> str:
    """The screen where somebody called, and the service that it was about."""
    kind = SCREENS.get(name, "")
    found = catalog.service_by_number(service) if catalog and service is not None else None
    if found is None:
        return kind or "别的页"
    return f"{found.plain_name.zh} · {kind}" if kind else found.plain_name.zh


def language(code: str) -> str:
    """The language that is on the screen."""
    return LANGUAGES.get(code, code)


def state(of: State, desk: str) -> str:
    """What has become of a call."""
    return _STATES[of].format(desk=desk or "同事")


def place(hall: Hall | None, kiosk: int) -> str:
    """Where a machine stands, as the plan of its hall says it."""
    for floor in hall.plan if hall else ():
        for area in floor.areas:
            if area.kind == "kiosk" and area.kiosk == kiosk:
                name = area.name.zh if area.name else ""
                return f"{floor.floor.zh} {name}".strip()
    return ""


def clock(moment: datetime) -> str:
    """The time of a day in the city."""
    return f"{moment.astimezone(CITY_TIME):%H:%M}"
