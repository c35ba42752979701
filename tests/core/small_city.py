"""A city of two halls and a handful of services, for tests of slips."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

import qrcode
from qrcode.constants import ERROR_CORRECT_Q

from kiosk.core.catalog import (
    Bulletin,
    Channel,
    City,
    Counter,
    Duration,
    Fee,
    FeeItem,
    Hall,
    Hours,
    Material,
    NeededMaterial,
    ProxyRule,
    Service,
    Step,
    Text,
)
from kiosk.core.handoff import HandoffCode
from kiosk.core.slips.block import Slip
from kiosk.core.slips.occasion import Occasion
from kiosk.core.slips.service import compose
from kiosk.core.value import replace

CHINA = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 23, 15, 5, tzinfo=CHINA)
DIGITS = "007879247583951674937892517111974663632675885448435545633749148796359711137336"
URL = f"https://zwfw.yc.example/k/{DIGITS}"
WEEKDAYS = (1, 2, 3, 4, 5)


def text(zh: str, en: str = "") -> Text:
    return Text(zh, en)


CITY = City("yunchuan", text("云川市", "Yunchuan"), "990100", "12345", text("云川市政务服务"))
HALLS = (
    Hall(
        id="city-hall",
        order=1,
        number=1,
        name=text("云川市政务服务大厅", "Yunchuan City Service Hall"),
        short=text("市大厅", "City hall"),
        address=text("云川市中和区市民路 1 号", "1 Shimin Road"),
        transport=text("公交 6 路、18 路到市民中心站", "Bus 6 or 18"),
        hours=(Hours(WEEKDAYS, "09:00", "17:00"), Hours((6,), "09:00", "12:00")),
        phone="12345",
        help_desk=text("1楼进门右手 导服台", "Help desk, floor 1"),
    ),
    Hall(
        id="donghu-hall",
        order=2,
        number=2,
        name=text("东湖区政务服务大厅", "Donghu District Service Hall"),
        short=text("东湖大厅", "Donghu hall"),
        address=text("东湖区湖滨路 66 号", "66 Hubin Road"),
        transport=text("公交 3 路到湖滨路口站", "Bus 3"),
        hours=(Hours(WEEKDAYS, "09:00", "12:00"), Hours(WEEKDAYS, "13:30", "17:00")),
        phone="0990-8123456",
        help_desk=text("1楼中间 导服台", "Help desk, middle of floor 1"),
    ),
)
COUNTERS = (
    Counter(
        "city-police",
        "city-hall",
        text("2楼", "Floor 2"),
        text("12—15 号窗口", "Counters 12–15"),
        text("户籍和身份证", "Household and ID cards"),
    ),
    Counter(
        "city-photo",
        "city-hall",
        text("1楼", "Floor 1"),
        text("3 号窗口", "Counter 3"),
        text("照相", "Photos"),
        (Hours((1, 3), "09:00", "12:00"),),
    ),
)
MATERIALS = (
    Material("household-book", text("户口簿", "Household register"), "document", text("公安")),
    Material(
        "id-card-guardian", text("监护人的身份证", "Guardian's ID card"), "document", text("公安")
    ),
    Material("proxy-letter", text("授权委托书", "Letter of authority"), "form", text("自己写")),
    Material(
        "application-form",
        text("申请表", "Application form"),
        "form",
        text("窗口免费领", "Free at the counter"),
        text("核对后签名", "Check and sign it"),
    ),
)
LOST_CARD = Service(
    id="id-card-lost",
    number=13003,
    group="household",
    category="id-cards",
    name=text("居民身份证丢失补领（含挂失）", "Replace a lost ID card"),
    plain_name=text("身份证丢了补办", "Lost ID card"),
    summary=text("补一张"),
    provider="police",
    handling="promised",
    legal_time=Duration(60, "day", text("交通不便的地方可以再长 30 天", "30 days more")),
    materials=(
        NeededMaterial(
            "household-book",
            originals=1,
            copies=2,
            need="sometimes",
            when=text("系统里查不到您的信息时", "If the system cannot find you"),
        ),
        NeededMaterial("application-form", originals=1),
    ),
    steps=(
        Step(text("到窗口说“补身份证”", "Say it at the counter")),
        Step(
            text("拍照、按指纹、交 40 元", "Photo, fingerprints, 40 yuan"), text("现金也行", "Cash")
        ),
        Step(text("拿好领证凭条", "Keep the receipt")),
    ),
    fee=Fee(
        charged=True,
        items=(FeeItem(text("补领工本费", "Replacement"), text("元/证", "yuan a card"), "40"),),
    ),
    counters=("city-police",),
    consult="12345",
    supervise="12389",
    proxy=ProxyRule(
        "no",
        text("要按本人的指纹", "Your own fingerprints are needed"),
        present=(text("本人", "The person"),),
        papers=("id-card-guardian", "household-book"),
        guardian=text("未满16岁，监护人带孩子一起来", "Under 16, a guardian comes along"),
        home_visit=text("走不动的老人，可请民警上门", "Police can visit"),
    ),
)
SPARSE = Service(
    id="sparse",
    number=19001,
    group="household",
    category="id-cards",
    name=text("只有名字的事"),
    plain_name=text("只有名字的事"),
    summary=text("什么都还没写"),
    provider="police",
)
ELSEWHERE = replace(
    SPARSE,
    id="elsewhere",
    channels=(
        Channel("counter", text("医院1楼挂号窗口", "Hospital desk")),
        Channel("phone", text("打电话约", "Call to book"), phone="12320"),
    ),
)


@dataclass(frozen=True)
class SmallCity:
    """A catalog of the values above; what slips do not ask for is not here."""

    materials: tuple[Material, ...] = MATERIALS
    posted: tuple[Bulletin, ...] = ()

    def city(self) -> City:
        return CITY

    def halls(self) -> tuple[Hall, ...]:
        return HALLS

    def bulletins(self) -> tuple[Bulletin, ...]:
        return self.posted

    def counter(self, id: str) -> Counter | None:
        return next((counter for counter in COUNTERS if counter.id == id), None)

    def material(self, id: str) -> Material | None:
        return next((material for material in self.materials if material.id == id), None)


def make_code(url: str = URL) -> HandoffCode:
    """A hand-off as a kiosk makes it for paper."""
    symbol = qrcode.QRCode(error_correction=ERROR_CORRECT_Q, border=0)
    symbol.add_data(url, optimize=4)
    modules = tuple(tuple(bool(dark) for dark in row) for row in symbol.get_matrix())
    until = NOW + timedelta(days=7)
    return HandoffCode(url, "zwfw.yc.example", "5643", "13003-2", until, modules)


def make_occasion(hall: Hall = HALLS[0], **changes: Any) -> Occasion:
    """A moment in Chinese, first copy, number 27; nothing was told."""
    catalog: Any = changes.pop("catalog", SmallCity())
    arguments: dict[str, Any] = {
        "language": "zh",
        "now": NOW,
        "copy_number": 1,
        "slip_number": 27,
        "gettext": lambda message: message,
    }
    return Occasion(catalog=catalog, hall=hall, **{**arguments, **changes})


def make_slip(service: Service = LOST_CARD, hall: Hall = HALLS[0], **changes: Any) -> Slip:
    """A valid slip of one service."""
    code = changes.pop("code", None) or make_code()
    return compose(service, code, make_occasion(hall, **changes))
