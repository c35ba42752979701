"""What the staff's page says of a call and of a machine: where it stands, what is wrong with it.

Knows kinds of screens and their words. Does not know how a page looks. Staff read Chinese.
"""

from __future__ import annotations

from datetime import datetime

from db.records import Hall
from hub.config import CITY_TIME
from hub.hall.call import State
from hub.hall.machine import Report, Seen, Trouble
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
    "PreviewPage": "看小票的样子",
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

FAULTS = {
    "no_paper": "打印机没纸了",
    "cover_open": "打印机的盖子开着",
    "jam": "打印机卡纸了",
    "overheated": "打印机太热，在歇着",
    "offline": "打印机不能用",
    "not_there": "打印机连不上",
}
_TROUBLES = {
    Trouble.CLOCK: "机器的时间不对，请管机器的人来看",
    Trouble.SILENT: "没有消息",
    Trouble.WITHDRAWN: "不印小票了",
    Trouble.LOW_PAPER: "纸快没了",
}
_TO_DO = {
    Trouble.CLOCK: "",
    Trouble.SILENT: "去看看机器开着没有，网通不通",
    Trouble.WITHDRAWN: "3 次没印好。去修好，在机器上按“修好了”",
    Trouble.FAULT: "去看看打印机",
    Trouble.LOW_PAPER: "现在还能印，备好新纸",
}


def troubles(of: Seen) -> str:
    """What is wrong with a machine, the most urgent first; nothing where all is well."""
    fault = of.report.fault if of.report else None
    named = {**_TROUBLES, Trouble.FAULT: FAULTS.get(fault or "", "打印机有问题")}
    is_empty = fault == "no_paper"  # then it does not end soon any more
    said = [one for one in of.troubles if not (is_empty and one is Trouble.LOW_PAPER)]
    return "，".join(named[one] for one in said)


def to_do(of: Seen) -> str:
    """What somebody should do about the most urgent."""
    return _TO_DO[of.troubles[0]] if of.troubles else ""


def facts(of: Report | None) -> str:
    """What technicians ask first."""
    if of is None:
        return "还没有说过话"
    return f"目录 {of.catalog}，程序 {of.program}，小票 {of.slip}"


def since(moment: datetime | None, now: datetime) -> str:
    """Since when; with its day where that is not today."""
    if moment is None:
        return ""
    there, today = moment.astimezone(CITY_TIME), now.astimezone(CITY_TIME)
    day = "" if there.date() == today.date() else f"{there.month}月{there.day}日 "
    return f"{day}{there:%H:%M} 起"


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
