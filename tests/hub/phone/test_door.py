from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.records import Channel
from hub.door_settings import DoorSettings
from hub.phone.catalog import PublishedCatalog
from hub.phone.door import Door, doors_of
from tests.hub.phone.building import (
    DOOR,
    HOST,
    make_catalog,
    make_counter,
    make_hall,
    make_service,
    t,
)

ANDROID = "Mozilla/5.0 (Linux; Android 13) Chrome/120 Mobile"
WECHAT = f"{ANDROID} MicroMessenger/8.0.50"
ALIPAY = f"{ANDROID} AlipayClient/10.5"
AGENTS = (ANDROID, WECHAT, ALIPAY, "")
RULE = "https://zwfw.yc.gov.cn/k/"
DIGITS = "0078" + "1" * 74

PAGE = DoorSettings("wechat-page", "微信里的办事页", url=f"https://{HOST}/wx?item={{item}}")
PROGRAM = DoorSettings(
    "wechat-program",
    "微信小程序",
    app_id="wx0123456789abcdef",
    original_id="gh_0123456789ab",
    page="pages/item/item",
    query="q={address}",
    rule=RULE,
)
LIFE = DoorSettings(
    "alipay-program",
    "支付宝小程序",
    app_id="2021001234567890",
    page="pages/item",
    rule=RULE,
)
ALL = (PAGE, PROGRAM, LIFE)


def doors(
    catalog: PublishedCatalog | None = None,
    settings: tuple[DoorSettings, ...] = ALL,
    agent: str = ANDROID,
    number: int = 13003,
    **more: object,
) -> tuple[Door, ...]:
    catalog = catalog or make_catalog()
    service = catalog.service_by_number(number)
    assert service is not None
    return doors_of(service, catalog, settings, agent, **more)  # type: ignore[arg-type]


def kinds(found: tuple[Door, ...]) -> list[str]:
    return [door.kind for door in found]


def test_the_first_door_whose_host_is_signed_is_taken() -> None:
    channels = (
        Channel("counter", t("窗口")),
        Channel("web", t("别处"), url="https://elsewhere.example/"),
        Channel("web", t("网上大厅"), url=DOOR),
        Channel("web", t("另一个"), url=f"https://{HOST}/other"),
    )
    found = doors(make_catalog(make_service(channels=channels)), ())
    assert [door.url for door in found if door.is_online] == [DOOR, f"https://{HOST}/other"]
    assert (found[0].host, found[0].origin) == (HOST, f"https://{HOST}")


@pytest.mark.parametrize(
    ("agent", "expected"),
    [
        (ANDROID, ["web", "wechat", "phone", "hall"]),
        (WECHAT, ["wechat", "web", "phone", "hall"]),
        (ALIPAY, ["alipay", "web", "phone", "hall"]),
    ],
)
def test_a_phone_program_finds_its_own_door_first_and_all_others_after_it(
    agent: str, expected: list[str]
) -> None:
    assert kinds(doors(agent=agent, digits=DIGITS)) == expected


@pytest.mark.parametrize("agent", AGENTS)
@pytest.mark.parametrize("channels", [(), (Channel("counter", t("窗口")),)])
def test_nobody_is_left_without_a_way(agent: str, channels: tuple[Channel, ...]) -> None:
    service = make_service(channels=channels, counters=())
    found = doors(make_catalog(service), agent=agent)
    assert kinds(found) == ["phone", "hall"]
    assert [door.url for door in found] == ["tel:12345", "#where"]
    assert not any(door.is_online for door in found)


def test_what_cannot_be_done_now_leaves_only_the_telephone() -> None:
    assert kinds(doors(is_hidden=True, digits=DIGITS)) == ["phone"]


def test_the_wechat_program_is_opened_with_the_code_as_a_scan_would_hand_it_over() -> None:
    url = next(door.url for door in doors(digits=DIGITS) if door.kind == "wechat")
    parts = urlsplit(url)
    assert (parts.scheme, parts.netloc, parts.path) == ("weixin", "dl", "/business/")
    asked = parse_qs(parts.query)
    assert asked["appid"] == ["wx0123456789abcdef"]
    assert asked["path"] == ["pages/item/item"]
    handed_over = parse_qs(asked["query"][0])
    assert handed_over == {"q": [RULE + DIGITS]}
    assert len(asked["query"][0]) <= 512  # WeChat's own limit


def test_the_alipay_program_is_opened_by_alipays_own_page() -> None:
    door = doors(agent=ALIPAY)[0]
    assert (door.host, door.name.zh) == ("ds.alipay.com", "支付宝小程序")
    target = parse_qs(urlsplit(door.url).query)["scheme"][0]
    assert target.startswith("alipays://platformapi/startapp?")
    asked = parse_qs(urlsplit(target).query)
    assert asked == {
        "appId": ["2021001234567890"],
        "page": ["pages/item"],
        "query": ["item=13003"],
    }


def test_without_a_code_there_is_no_door_that_hands_one_over() -> None:
    assert "wechat" in kinds(doors(digits=DIGITS))
    assert "wechat" not in kinds(doors())


def test_a_door_is_for_the_services_that_it_lists() -> None:
    catalog = make_catalog(make_service(), make_service("permit", 13004, channels=()))
    listed = (DoorSettings("web", "预约", url=f"https://{HOST}/b/{{number}}", services=(13004,)),)
    assert [door.url for door in doors(catalog, listed, number=13004) if door.is_online] == [
        f"https://{HOST}/b/13004-9"
    ]
    assert [door.url for door in doors(catalog, listed) if door.is_online] == [DOOR]


def test_a_door_is_for_the_kinds_of_channel_that_it_names() -> None:
    only = (DoorSettings("web", "小程序页", url=f"https://{HOST}/m", channels=("mini-program",)),)
    program = make_service(
        "permit", 13004, channels=(Channel("mini-program", t("小程序"), url=f"https://{HOST}/p"),)
    )
    catalog = make_catalog(make_service(), program)
    assert f"https://{HOST}/m" in [door.url for door in doors(catalog, only, number=13004)]
    assert f"https://{HOST}/m" not in [door.url for door in doors(catalog, only)]


def test_words_that_must_not_be_in_an_agent_close_a_door() -> None:
    not_at_work = DoorSettings(
        "wechat-page", "微信", url=f"https://{HOST}/wx", agents=("MicroMessenger", "!wxwork")
    )
    assert not_at_work.leads(WECHAT)
    assert not not_at_work.leads(f"{WECHAT} wxwork/4.1")
    assert not not_at_work.leads(ANDROID)


@pytest.mark.parametrize("agent", AGENTS)
def test_a_page_whose_host_nobody_signed_is_never_opened(agent: str) -> None:
    settings = (
        DoorSettings("web", "别处", url="https://evil.example/{item}"),
        DoorSettings("wechat-page", "别处", url="https://evil.example/{item}"),
    )
    assert "evil" not in repr(doors(settings=settings, agent=agent))


def test_the_same_address_is_offered_once() -> None:
    twice = (DoorSettings("web", "又一个", url=DOOR, agents=("Android",)),)
    assert [door.url for door in doors(settings=twice)].count(DOOR) == 1


def test_every_number_to_call_is_offered_once_and_the_hotline_last() -> None:
    channels = (
        Channel("phone", t("电话办"), phone="12333"),
        Channel("home-visit", t("上门"), interaction="book", phone="12345"),
    )
    found = doors(make_catalog(make_service(channels=channels, consult="12333")), ())
    assert [door.url for door in found if door.kind == "phone"] == ["tel:12333", "tel:12345"]


def test_the_hall_is_said_in_words_and_is_the_one_of_the_machine() -> None:
    more = (make_hall("donghu", 2), make_counter("donghu-police", "donghu"))
    service = make_service(counters=("police", "donghu-police"))
    catalog = make_catalog(service, more=more)
    for hall, name in ((2, "donghu大厅"), (1, "city-hall大厅"), (None, "city-hall大厅")):
        door = doors(catalog, (), hall=hall)[-1]
        assert (door.kind, door.name.zh) == ("hall", name)
        assert [line.zh for line in door.lines] == ["市民路 1 号", "公交 6 路", "2楼 12号窗口"]
    elsewhere = make_service(counters=("donghu-police",))
    assert doors(make_catalog(elsewhere, more=more), (), hall=1)[-1].name.zh == "donghu大厅"


def test_without_a_counter_the_help_desk_is_named() -> None:
    door = doors(make_catalog(make_service(counters=())), (), hall=1)[-1]
    assert door.lines[-1].zh == "1楼导服台"


@given(agent=st.text(max_size=60), digits=st.from_regex(r"[0-9]{78}", fullmatch=True))
def test_whatever_a_phone_calls_itself_it_is_led_only_where_the_list_says(
    agent: str, digits: str
) -> None:
    hosts = {HOST, "ds.alipay.com"}
    for door in doors(agent=agent, digits=digits):
        parts = urlsplit(door.url)
        assert (
            (parts.scheme == "https" and parts.netloc in hosts)
            or door.url.startswith("weixin://dl/business/?appid=wx0123456789abcdef&")
            or door.url in ("tel:12345", "#where")
        )
        assert agent == "" or len(agent) < 4 or agent not in unquote(door.url)
