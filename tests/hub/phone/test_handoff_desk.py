from __future__ import annotations

import hmac
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import msgspec
import pytest
from sqlalchemy import select

from db import token
from db.fleet import refusal, token_use
from db.records import Channel, ProxyRule
from db.token import Acting, Place
from hub.config import Limits, Settings
from hub.door_settings import DoorSettings
from hub.fleet import enrolment, register
from hub.phone.door import doors_of
from tests.hub.phone.building import (
    DOOR,
    HERE,
    HOST,
    NO_ALARMS,
    NOON,
    PAPER,
    Hub,
    TestClient,
    make_catalog,
    make_counter,
    make_hall,
    make_handoff,
    make_service,
    t,
)
from tests.hub.phone.markup import read

WECHAT = {"user-agent": "Mozilla/5.0 (Linux) MicroMessenger/8.0.50"}
ALIPAY = {"user-agent": "Mozilla/5.0 (iPhone) AlipayClient/10.5"}


def uses(hub: Hub) -> list[int]:
    with hub.engine.connect() as connection:
        return list(connection.scalars(select(token_use.c.uses)))


def refusals(hub: Hub) -> dict[str, int]:
    with hub.engine.connect() as connection:
        rows = connection.execute(select(refusal.c.reason, refusal.c.count)).all()
    return {row.reason: row.count for row in rows}


def accept(hub: Hub, digits: str, visit: str = "") -> tuple[int, str]:
    answer = hub.phone.post(f"/k/{digits}/accept", params={"visit": visit} if visit else {})
    return answer.status_code, answer.headers.get("location", "")


def test_a_genuine_code_shows_the_service_the_check_code_and_the_way(hub: Hub) -> None:
    handoff = make_handoff(**PAPER)
    sealed = hub.sealed(handoff)
    answer = hub.phone.get(f"/k/{token.to_digits(sealed)}")
    page = read(answer.text)
    assert answer.status_code == 200
    assert page.headings[0] == (1, "办passport")
    assert " ".join(token.check_code(sealed)) in page.text
    for words in (
        "办理passport签发",
        "和小票上的一样吗",
        "不一样，就不要继续",
        "city-hall大厅 7号机器",
        "11月23日 中午\N{NO-BREAK SPACE}12:00",
        "2楼 12号窗口",
        "周一到周五 上午\N{NO-BREAK SPACE}9:00—下午\N{NO-BREAK SPACE}5:00",
        "证件id-card",
        "原件 1 份，复印件 2 份",
        "到窗口",
        "13003-2",
        f"网址 {HOST}",
    ):
        assert words in page.text


def test_the_question_names_the_machine_for_a_code_from_the_screen(hub: Hub) -> None:
    assert "和机器上的一样吗" in hub.phone.get(f"/k/{hub.digits()}").text


def test_opening_a_code_five_times_uses_nothing_up(hub: Hub) -> None:
    digits = hub.digits()
    assert [hub.phone.get(f"/k/{digits}").status_code for _ in range(5)] == [200] * 5
    assert hub.phone.head(f"/k/{digits}").status_code == 200
    assert uses(hub) == []
    assert accept(hub, digits) == (303, DOOR)


def test_the_address_of_a_button_opened_anew_leads_back_to_the_page(hub: Hub) -> None:
    """Another browser is handed it after "open in the browser", and asks by GET."""
    digits = hub.digits()
    accept(hub, digits)
    answer = hub.phone.get(f"/k/{digits}/accept?visit=a&door=b&size=large")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/k/{digits}?size=large")
    assert hub.phone.get(answer.headers["location"]).status_code == 410
    assert uses(hub) == [1]


PREFETCHERS = (
    {"purpose": "prefetch"},
    {"sec-purpose": "prefetch;prerender"},
    {"user-agent": "Mozilla/5.0 MicroMessenger/8.0.50 NetType/WIFI"},
    {"user-agent": "facebookexternalhit/1.1"},
)


def test_whoever_only_looks_uses_nothing_up(hub: Hub) -> None:
    digits = hub.digits()
    for headers in PREFETCHERS * 3:
        for ask in (hub.phone.get, hub.phone.head):
            assert ask(f"/k/{digits}", headers=headers).status_code == 200
            assert ask(f"/k/{digits}/accept", headers=headers).status_code == 303
    assert uses(hub) == []
    assert accept(hub, digits) == (303, DOOR)


def test_none_of_256_changed_bits_and_no_foreign_key_opens_a_page_or_a_door(hub: Hub) -> None:
    with_settings(hub, Settings(limits=Limits(handoffs_per_minute=10_000), alarms=NO_ALARMS))
    sealed = int.from_bytes(hub.sealed(make_handoff(**PAPER)))
    changed = [f"{sealed ^ 1 << bit:078d}" for bit in range(256)]
    foreign = [token.to_digits(hub.sealed(make_handoff(), bytes([n]) * 32)) for n in range(20)]
    there = Place(990100, 1, 8)
    hub.enrol(there)
    stolen = token.derive_key(hub.master, there, 0, make_handoff().algorithm)
    swapped = token.to_digits(token.seal(make_handoff(), stolen))  # a key of another machine
    for digits in (*changed, *foreign, swapped):
        for answer in (hub.phone.get(f"/k/{digits}"), hub.phone.post(f"/k/{digits}/accept")):
            assert answer.status_code in (403, 404)
            assert "location" not in answer.headers
            assert "passport" not in answer.text
    assert uses(hub) == []
    assert hub.phone.get(f"/k/{sealed:078d}").status_code == 200


@pytest.mark.parametrize("bits", [1, 2, 3])
def test_reserved_bits_are_refused_even_with_the_right_key(hub: Hub, bits: int) -> None:
    body = bytearray(hub.sealed(make_handoff())[:20])
    body[12] |= bits
    key = token.derive_key(hub.master, HERE, 0, make_handoff().algorithm)
    sealed = bytes(body) + hmac.digest(key, b"KQR1" + body, "sha256")[:12]
    assert hub.phone.get(f"/k/{token.to_digits(sealed)}").status_code == 404


def test_the_button_of_the_page_opens_the_door_once(hub: Hub) -> None:
    page = read(hub.phone.get(f"/k/{hub.digits()}").text)
    targets = {form["action"] for form in page.forms}
    assert len(targets) == 1
    assert {form["method"] for form in page.forms} == {"post"}
    target = targets.pop()
    first, second = hub.phone.post(target), hub.phone.post(target)
    assert [(a.status_code, a.headers["location"]) for a in (first, second)] == [(303, DOOR)] * 2
    assert uses(hub) == [1]


def test_a_door_tells_the_provider_nothing(hub: Hub) -> None:
    answer = hub.phone.post(f"/k/{hub.digits()}/accept")
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["location"] == DOOR


def test_paper_opens_the_door_three_times(hub: Hub) -> None:
    digits = hub.digits(**PAPER)
    assert [accept(hub, digits, f"visit-{n}")[0] for n in range(4)] == [303, 303, 303, 410]


def test_many_phones_at_once_get_exactly_the_uses_there_are(hub: Hub) -> None:
    digits, count = hub.digits(**PAPER), 12
    gate = Barrier(count)

    def open_door(_: int) -> int:
        phone = hub.another_phone()
        gate.wait()
        return phone.post(f"/k/{digits}/accept").status_code

    with ThreadPoolExecutor(count) as threads:
        answers = sorted(threads.map(open_door, range(count)))
    assert answers == [303] * 3 + [410] * (count - 3)


def test_a_used_code_still_leads_to_the_guide(hub: Hub) -> None:
    digits = hub.digits()
    accept(hub, digits)
    answer = hub.phone.get(f"/k/{digits}")
    assert answer.status_code == 410
    assert "/s/13003-2?why=used" in read(answer.text).links
    guide = hub.phone.get("/s/13003-2?why=used")
    assert guide.status_code == 200
    assert "用过了，内容照样能看" in guide.text
    assert "核对码" not in guide.text


def make_refused(hub: Hub, kind: str) -> str:
    """The digits of a code that has to be refused."""
    if kind == "malformed":
        return "1" * 78
    if kind == "forged":
        return token.to_digits(hub.sealed(make_handoff(), master=b"\x09" * 32))
    if kind == "unknown-kiosk":
        return hub.digits(place=Place(990100, 1, 99))
    if kind == "from-the-future":
        return hub.digits(issued=NOON + timedelta(minutes=30))
    if kind == "expired":
        return hub.digits(issued=NOON - timedelta(days=1))
    digits = hub.digits()
    if kind == "revoked":
        register.revoke(hub.engine, HERE, NOON)
    elif kind == "old-key":
        hub.enrol(HERE)
        hub.enrol(HERE)
    elif kind == "used":
        accept(hub, digits)
    return digits


KINDS = {
    "malformed": 404,
    "forged": 403,
    "unknown-kiosk": 403,
    "revoked": 403,
    "old-key": 403,
    "from-the-future": 403,
    "expired": 410,
    "used": 410,
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_refusal_is_a_page_with_a_way_on(hub: Hub, kind: str) -> None:
    digits = make_refused(hub, kind)
    answer = hub.phone.get(f"/k/{digits}")
    page = read(answer.text)
    assert answer.status_code == KINDS[kind]
    assert page.faults == []
    assert page.forms == []
    assert "tel:12345" in page.links
    is_known = kind not in ("malformed", "forged")
    assert (f"/s/13003-2?why={kind}" in page.links) == is_known
    assert refusals(hub)[kind] >= 1


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_refused_opens_no_door(hub: Hub, kind: str) -> None:
    digits = make_refused(hub, kind)
    before = uses(hub)
    assert accept(hub, digits) == (KINDS[kind], "")
    assert uses(hub) == before


@pytest.mark.parametrize("kind", KINDS)
def test_each_refusal_is_explained_in_its_own_words(hub: Hub, kind: str) -> None:
    digits = make_refused(hub, kind)
    title = read(hub.phone.get(f"/k/{digits}").text).headings[0][1]
    english = read(hub.phone.get(f"/k/{digits}?lang=en").text).headings[0][1]
    expected = {
        "malformed": "这不是我们大厅的码",
        "forged": "这不是我们大厅的码，不要继续",
        "unknown-kiosk": "这台机器没有登记，不要继续",
        "revoked": "这台机器停用了，码不能用了",
        "old-key": "这个码太旧，不能用了",
        "from-the-future": "机器的钟不准，这个码不能用",
        "expired": "这个码过期了，内容照样能看",
        "used": "这个码用过了，内容照样能看",
    }
    assert title == expected[kind]
    assert english.isascii()


@pytest.mark.parametrize("kind", ["forged", "unknown-kiosk"])
def test_a_likely_fraud_names_the_police_line(hub: Hub, kind: str) -> None:
    page = read(hub.phone.get(f"/k/{make_refused(hub, kind)}").text)
    assert "tel:96110" in page.links
    assert "不要继续" in page.text


def test_a_forged_code_is_believed_in_nothing(hub: Hub) -> None:
    forged = make_handoff(language="en", large_text=True, high_contrast=True)
    digits = token.to_digits(hub.sealed(forged, master=b"\x09" * 32))
    page = read(hub.phone.get(f"/k/{digits}").text)
    assert page.language == "zh-CN"
    assert page.classes == ""
    assert "passport" not in page.text


@pytest.mark.parametrize(
    "path",
    [
        "/k/1",
        "/k/" + "\N{FULLWIDTH DIGIT ONE}" * 78,
        "/k/" + "%EF%BC%91" * 78,
        "/k/..%2f..%2fetc%2fpasswd",
        "/k/%00",
        "/k/" + "1" * 5000,
        "/k/0x" + "1" * 76,
    ],
    ids=range(7),
)
def test_strange_paths_are_refused_with_a_page(hub: Hub, path: str) -> None:
    answer = hub.phone.get(path)
    assert answer.status_code == 404
    assert read(answer.text).faults == []


def test_the_look_chosen_at_the_machine_comes_along(hub: Hub) -> None:
    digits = hub.digits(language="en", large_text=True, high_contrast=True)
    page = read(hub.phone.get(f"/k/{digits}").text)
    assert page.language == "en"
    assert set(page.classes.split()) == {"large", "contrast"}
    assert page.headings[0] == (1, "Get passport")
    kept = [link for link in page.links if link.startswith("/g/")]
    assert kept == ["/g/identity?lang=en&size=large&contrast=high"]


def test_the_look_can_be_changed_on_the_page(hub: Hub) -> None:
    digits = hub.digits(language="en", large_text=True)
    page = read(hub.phone.get(f"/k/{digits}?lang=zh&size=normal&contrast=normal").text)
    assert page.language == "zh-CN"
    assert page.classes == ""


@pytest.mark.parametrize(
    ("allowed", "words"), [("yes", "可以"), ("partly", "有的步骤可以"), ("no", "要本人来")]
)
def test_a_helper_is_told_first_whether_they_may(hub: Hub, allowed: str, words: str) -> None:
    rule = ProxyRule(allowed, t("家人能替"), papers=("proxy-letter",))
    hub.source.catalog = make_catalog(make_service(proxy=rule))
    page = read(hub.phone.get(f"/k/{hub.digits(acting=Acting.RELATIVE)}").text)
    notice = page.text.index("您在帮别人办这件事")
    assert words in page.text[notice : notice + 60]
    assert ("帮别人办，还要带" in page.text) == (allowed != "no")


def test_the_hall_of_the_machine_comes_first(hub: Hub) -> None:
    more = (make_hall("donghu", 2), make_counter("donghu-police", "donghu"))
    service = make_service(counters=("police", "donghu-police"))
    hub.source.catalog = make_catalog(service, more=more)
    away = Place(990100, 2, 1)
    hub.enrol(away)
    text = read(hub.phone.get(f"/k/{hub.digits(place=away)}").text).text
    where = text[text.index("去哪里办") :]
    assert where.index("donghu大厅") < where.index("city-hall大厅")


def test_a_service_without_a_door_offers_the_telephone_and_the_hall(hub: Hub) -> None:
    service = make_service(channels=(Channel("counter", t("窗口")),), consult="0999-1234567")
    hub.source.catalog = make_catalog(service)
    page = read(hub.phone.get(f"/k/{hub.digits()}").text)
    assert page.forms == []
    assert "tel:0999-1234567" in page.links
    assert "#where" in page.links
    assert "where" in page.ids
    assert "市民路 1 号" in page.text


def test_accepting_without_a_door_leads_to_the_guide(hub: Hub) -> None:
    hub.source.catalog = make_catalog(make_service(channels=()))
    assert accept(hub, hub.digits()) == (303, "/s/13003-2")


def test_a_host_that_nobody_signed_is_no_door(hub: Hub) -> None:
    elsewhere = Channel("web", t("别处"), url="https://evil.example/passport")
    hub.source.catalog = make_catalog(make_service(channels=(elsewhere,)))
    answer = hub.phone.get(f"/k/{hub.digits()}")
    assert "evil.example" not in answer.text
    assert accept(hub, hub.digits()) == (303, "/s/13003-2")


@pytest.mark.parametrize("name", ["next", "url", "door", "target", "item", "host"])
def test_nothing_in_a_request_names_a_target(hub: Hub, name: str) -> None:
    answer = hub.phone.post(
        f"/k/{hub.digits()}/accept",
        params={name: "https://evil.example/"},
        headers={"host": "evil.example", "x-forwarded-host": "evil.example"},
    )
    assert answer.headers["location"] == DOOR


def test_forms_may_lead_only_to_the_door(hub: Hub) -> None:
    policy = hub.phone.get(f"/k/{hub.digits()}").headers["content-security-policy"]
    assert f"form-action 'self' https://{HOST}" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


DOORS = (
    DoorSettings("wechat-page", "微信办事", url=f"https://{HOST}/wx?item={{item}}"),
    DoorSettings(
        "alipay-program",
        "支付宝小程序",
        app_id="2021001234567890",
        page="pages/item",
        query="q={address}",
        rule="https://zwfw.yc.gov.cn/k/",
    ),
)


@pytest.mark.parametrize(
    ("agent", "expected"),
    [
        (WECHAT, f"https://{HOST}/wx?item=13003"),
        (ALIPAY, "https://ds.alipay.com/?scheme=alipays%3A%2F%2Fplatformapi%2Fstartapp%3FappId%3D"),
        ({}, DOOR),
    ],
)
def test_a_phone_program_gets_its_own_door(hub: Hub, agent: dict[str, str], expected: str) -> None:
    other = with_settings(hub, Settings(doors=DOORS))
    digits = hub.digits()
    page = other.phone.get(f"/k/{digits}", headers=agent)
    answer = other.phone.post(f"/k/{digits}/accept", headers=agent)
    assert answer.headers["location"].startswith(expected)
    for each in (page, answer):
        assert each.headers["vary"] == "User-Agent"
        assert each.headers["cache-control"] == "no-store"
        assert each.headers["referrer-policy"] == "no-referrer"
    origin = expected.partition("/?")[0].removesuffix("/wx?item=13003")
    assert origin.split("/passport")[0] in page.headers["content-security-policy"]


def test_every_door_of_a_page_can_be_chosen_and_all_are_one_use(hub: Hub) -> None:
    other = with_settings(hub, Settings(doors=DOORS))
    digits = hub.digits()
    catalog = other.source.catalog
    assert catalog is not None
    service = catalog.service_by_number(13003)
    assert service is not None
    offered = doors_of(service, catalog, DOORS, WECHAT["user-agent"], digits=digits)
    online = [door for door in offered if door.is_online]
    assert len(online) == 2
    for door in (*online, *reversed(online)):
        answer = other.phone.post(
            f"/k/{digits}/accept", params={"visit": "one", "door": door.key}, headers=WECHAT
        )
        assert (answer.status_code, answer.headers["location"]) == (303, door.url)
    assert uses(hub) == [1]


def test_a_door_of_another_phone_program_cannot_be_asked_for(hub: Hub) -> None:
    other = with_settings(hub, Settings(doors=DOORS))
    catalog = other.source.catalog
    assert catalog is not None
    digits, service = hub.digits(), catalog.service_by_number(13003)
    assert service is not None
    key = doors_of(service, catalog, DOORS, ALIPAY["user-agent"], digits=digits)[0].key
    answer = other.phone.post(f"/k/{digits}/accept", params={"door": key})
    assert answer.headers["location"] == DOOR


def test_a_configured_page_that_nobody_signed_is_not_opened(hub: Hub) -> None:
    doors = (DoorSettings("wechat-page", "微信", url="https://evil.example/{item}"),)
    other = with_settings(hub, Settings(doors=doors))
    answer = other.phone.post(f"/k/{hub.digits()}/accept", headers=WECHAT)
    assert answer.headers["location"] == DOOR


def with_settings(hub: Hub, settings: Settings) -> Hub:
    """The same hub again, set up otherwise."""
    hub.settings = settings
    hub.engine.dispose()
    hub.__post_init__()
    return hub


def test_a_service_that_was_withdrawn_uses_nothing_up(hub: Hub) -> None:
    digits = hub.digits(item=14001)
    answer = hub.phone.get(f"/k/{digits}")
    assert answer.status_code == 410
    assert read(answer.text).faults == []
    assert accept(hub, digits)[0] == 410
    assert uses(hub) == []


def test_before_the_first_publish_a_code_is_told_to_wait(hub: Hub) -> None:
    hub.source.catalog = None
    answer = hub.phone.get(f"/k/{hub.digits()}")
    assert answer.status_code == 503
    assert "过一会儿" in answer.text


def test_a_hasty_phone_is_asked_to_wait_and_may_go_on(hub: Hub) -> None:
    with_settings(hub, Settings(limits=Limits(handoffs_per_minute=3)))
    digits = hub.digits(**PAPER)
    answers = [hub.phone.get(f"/k/{digits}") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[3].headers["retry-after"] == "60"
    assert "等一分钟" in answers[3].text
    assert hub.phone.post(f"/k/{digits}/accept").status_code == 429
    assert hub.phone.get("/s/13003").status_code == 200
    hub.clock.advance(timedelta(minutes=1))
    assert hub.phone.get(f"/k/{digits}").status_code == 200


@pytest.mark.logs("handoff-alarm")
@pytest.mark.parametrize("kind", [*KINDS, "good"])
def test_no_address_no_code_and_no_words_are_logged_or_kept(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    hub = Hub(tmp_path, settings=Settings())
    caplog.set_level(logging.DEBUG)
    digits = hub.digits() if kind == "good" else make_refused(hub, kind)
    headers = {"user-agent": "marker-agent", "x-forwarded-for": "203.0.113.77"}
    with TestClient(hub.app, client=("203.0.113.77", 5), follow_redirects=False) as phone:
        for _ in range(6):  # enough for an alarm
            phone.get(f"/k/{digits}", headers=headers)
            phone.post(
                f"/k/{digits}/accept",
                params={"visit": "marker-visit", "door": "marker-door"},
                headers=headers,
            )
        phone.get("/find", params={"number": "marker-words 5643"}, headers=headers)
        phone.get("/k/marker.txt", headers=headers)
    hub.app.state.stop_waiting()
    hub.engine.dispose()
    written = "\n".join(
        record.getMessage() for record in caplog.records if record.name.startswith("hub")
    )
    where = "nowhere" if kind in ("malformed", "forged") else enrolment.written(place_of(kind))
    good = "handoff-accepted 990100/1/7"
    assert (good if kind == "good" else f"handoff-refused {kind} {where}") in written
    stored = b"".join(path.read_bytes() for path in hub.data.glob("hub.sqlite*"))
    sealed = token.from_digits(digits)
    secrets = (digits, "marker", "203.0.113", "5643", "testclient", sealed.hex())
    for secret in secrets:
        assert secret not in written
        assert secret.encode() not in stored
    assert sealed not in stored
    assert sealed[-12:] not in stored


def place_of(kind: str) -> Place:
    return Place(990100, 1, 99) if kind == "unknown-kiosk" else HERE


def test_the_flags_of_a_token_are_all_harmless(hub: Hub) -> None:
    for acting in Acting:
        for language in token.LANGUAGES:
            digits = hub.digits(acting=acting, language=language, read_aloud=True)
            assert hub.phone.get(f"/k/{digits}").status_code == 200


def test_records_are_escaped(hub: Hub) -> None:
    name = t("<b>办&\"'", "<b>x")
    hub.source.catalog = make_catalog(make_service(plain_name=name))
    answer = hub.phone.get(f"/k/{hub.digits()}")
    assert "<b>" not in answer.text
    assert read(answer.text).headings[0] == (1, "<b>办&\"'")
    assert msgspec.json.encode(name.zh)  # the record itself is as it was published
