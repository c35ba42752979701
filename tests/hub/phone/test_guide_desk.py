from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest

from db import short_number
from db.records import (
    Channel,
    Duration,
    Fee,
    FeeItem,
    Outcome,
    ProxyRule,
    Question,
    Relation,
    Situation,
    SituationOption,
)
from hub.authoring.yaml_source import Source
from hub.config import Limits, Settings
from hub.phone import notices
from hub.phone.catalog import Publication, PublishedCatalog
from tests.hub.phone.building import (
    DOOR,
    HOST,
    Hub,
    make_catalog,
    make_service,
    t,
)
from tests.hub.phone.markup import read

LOOKS = (
    "",
    "?lang=en",
    "?lang=ug",
    "?words=easy",
    "?lang=en&size=large&contrast=high&aloud=yes&words=easy",
)


def full_service() -> object:
    """A service with every part that a page can show."""
    return make_service(
        consult="0999-1234567",
        supervise="12389",
        online="partly",
        handling="promised",
        promised_time=Duration(20, "working-day", t("节假日顺延", "Not on holidays")),
        visits=1,
        visit_reason=t("要拍照", "A photo is taken"),
        conditions=(t("满16岁", "From 16"),),
        fee=Fee(
            True,
            (FeeItem(t("工本费", "Card"), t("元/证", "yuan"), "40"),),
            t("低保免费", "Free for some"),
        ),
        outcome=Outcome(t("护照", "Passport"), t("10年", "10 years")),
        proxy=ProxyRule("partly", t("取证能替", "Collecting"), papers=("proxy-letter",)),
        situations=(
            Situation(
                t("急吗？", "Urgent?"),
                (
                    SituationOption(t("急", "Yes"), goto="permit", adds=("proxy-letter",)),
                    SituationOption(t("不急", "No")),
                ),
            ),
        ),
        relations=(Relation("permit", "together"), Relation("gone", "before")),
        questions=(Question(t("要预约吗？", "Book?"), t("不用", "No")),),
        warnings=(t("别信代办中介", "No agents"),),
        channels=(
            Channel("phone", t("电话办", "By phone"), phone="0999-7654321"),
            Channel("web", t("网上大厅", "Online hall"), interaction="book", url=DOOR),
        ),
    )


@pytest.fixture
def full(hub: Hub) -> Hub:
    hub.source.catalog = make_catalog(full_service(), make_service("permit", 13004))
    return hub


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/s/13003",
        "/s/13004",
        "/s/13003/visit",
        "/s/13003/share",
        "/g/identity",
        "/s/99999",
        "/g/none",
        "/nothing",
    ],
)
def test_every_page_is_well_formed_and_small_and_brings_no_script_of_its_own(
    full: Hub, path: str
) -> None:
    extras = dress(full)
    for look in LOOKS:
        answer = full.phone.get(path + look)
        assert read(answer.text).faults == [], look
        assert len(answer.content) + extras < 50_000
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-content-type-options"] == "nosniff"
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src 'self'; script-src 'self';")


def dress(hub: Hub) -> int:
    """Bytes of what every page brings along."""
    names = ("phone.css", "phone.js", "icon.svg")
    return sum(len(hub.phone.get(f"/static/{name}").content) for name in names)


def test_every_link_of_the_site_leads_somewhere(full: Hub) -> None:
    seen, todo = set(), [f"/{look}" for look in LOOKS]
    while todo:
        path = todo.pop()
        if path in seen:
            continue
        seen.add(path)
        full.clock.advance(timedelta(seconds=2))  # nobody is as hasty as a test
        answer = full.phone.get(path)
        assert answer.status_code == 200, path
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        todo += [link for link in read(answer.text).links if link.startswith("/")]
    assert len(seen) >= 10 * len(LOOKS)


def test_a_guide_says_everything_that_the_service_says(full: Hub) -> None:
    page = read(full.phone.get("/s/13003").text)
    for words in (
        "有的步骤能在网上办",
        "满16岁",
        "最多 20 个工作日",
        "节假日顺延",
        "要去 1 次，要拍照",
        "工本费 40 元/证",
        "低保免费",
        "护照",
        "取证能替",
        "证件proxy-letter",
        "急吗？",
        "还要带：证件proxy-letter",
        "要预约吗？",
        "别信代办中介",
        "继续：去网上预约",
        "常一起办",
        "这件事属于：户口身份证",
    ):
        assert words in page.text
    for link in (
        "tel:12345",
        "tel:0999-1234567",
        "tel:0999-7654321",
        "tel:12389",
        DOOR,
        "/s/13004",
    ):
        assert link in page.links


def test_an_answer_without_consequence_is_not_shown(full: Hub) -> None:
    assert "不急" not in full.phone.get("/s/13003").text


def test_a_relation_to_a_missing_service_is_not_shown(full: Hub) -> None:
    assert "先办这件" not in full.phone.get("/s/13003").text


@pytest.mark.parametrize(
    "item", ["13003", "13003-2", "13003-2-", "130032", "passport", "１３００３－２", " 13003-2 "]
)
def test_a_service_is_found_however_its_number_is_written(hub: Hub, item: str) -> None:
    assert hub.phone.get(f"/s/{item}").status_code == 200
    answer = hub.phone.get("/find", params={"number": item})
    assert (answer.status_code, answer.headers["location"]) == (303, "/s/13003-2")


@pytest.mark.parametrize(
    "item", ["13003-9", "13009", "", "x", "-", "../../etc/passwd", "//evil.example", "9" * 4000]
)
def test_a_number_that_nobody_has_gets_a_page_with_a_way_on(hub: Hub, item: str) -> None:
    answer = hub.phone.get("/find", params={"number": item})
    page = read(answer.text)
    assert (answer.status_code, page.faults) == (404, [])
    assert [form["action"] for form in page.forms] == ["/find"]  # once more, at once
    assert "tel:12345" in page.links


def test_a_number_that_fits_two_services_asks_which(hub: Hub) -> None:
    both = short_number.written(13003).replace("-", "")
    hub.source.catalog = make_catalog(make_service(), make_service("other", int(both)))
    page = read(hub.phone.get("/find", params={"number": both}).text)
    assert page.headings[0][1] == notices.WHICH_ONE.title.zh
    assert {"/s/passport", "/s/other"} <= set(page.links)


def test_finding_keeps_the_look(hub: Hub) -> None:
    front = read(hub.phone.get("/?lang=en&size=large").text)
    hidden = {each["name"]: each["value"] for each in front.inputs if each["type"] == "hidden"}
    assert hidden == {"lang": "en", "size": "large"}
    answer = hub.phone.get("/find", params={"number": "13003", **hidden})
    assert answer.headers["location"] == "/s/13003-2?lang=en&size=large"


@pytest.mark.parametrize(
    "why", ["expired", "used", "revoked", "old-key", "from-the-future", "unknown-kiosk"]
)
def test_a_guide_says_why_somebody_was_sent_there(hub: Hub, why: str) -> None:
    reason = notices.why(why)
    assert reason is not None
    assert reason.zh in hub.phone.get(f"/s/13003?why={why}").text


@pytest.mark.parametrize("why", ["", "forged", "<b>", "您中奖了"])
def test_a_made_up_reason_is_not_repeated(hub: Hub, why: str) -> None:
    plain = hub.phone.get("/s/13003").text
    assert hub.phone.get("/s/13003", params={"why": why}).text == plain


@pytest.mark.parametrize("language", ["zh", "en", "ug"])
def test_every_service_of_the_demo_city_makes_a_whole_page(
    hub: Hub, demo_source: Source, demo_bodies: dict[str, bytes], language: str
) -> None:
    published = Publication(
        1, "2026-11-20T00:00:00Z", "990100", demo_source.link_hosts, demo_bodies
    )
    hub.source.catalog = PublishedCatalog(published)
    extras = dress(hub)
    with hub.another_phone() as phone:
        for service in hub.source.catalog.services():
            answer = phone.get(f"/s/{service.number}?lang={language}")
            page = read(answer.text)
            assert (answer.status_code, page.faults) == (200, []), service.id
            assert len(answer.content) + extras < 50_000, service.id
        for group in hub.source.catalog.groups():
            answer = phone.get(f"/g/{group.id}?lang={language}")
            assert (answer.status_code, read(answer.text).faults) == (200, []), group.id
            assert len(answer.content) + extras < 50_000, group.id


def test_words_without_english_are_marked_as_chinese(hub: Hub) -> None:
    hub.source.catalog = make_catalog(make_service(plain_name=t("办护照", "")))
    text = hub.phone.get("/s/13003?lang=en").text
    assert '<span lang="zh-CN" dir="ltr">办护照</span>' in text
    assert "<title>办护照</title>" in text


def test_the_front_page_leads_to_every_group_and_shows_a_real_number(hub: Hub) -> None:
    page = read(hub.phone.get("/").text)
    assert "/g/identity" in page.links
    typed = next(each for each in page.inputs if each["name"] == "number")
    assert typed["placeholder"] == "13003-2"
    assert typed["inputmode"] == "numeric"


@pytest.mark.parametrize("path", ["/", "/find?number=1", "/s/13003", "/g/identity"])
def test_before_the_first_publish_every_page_says_so(hub: Hub, path: str) -> None:
    hub.source.catalog = None
    answer = hub.phone.get(path)
    assert answer.status_code == 503
    assert read(answer.text).faults == []


def test_a_sparse_service_still_makes_a_whole_page(hub: Hub) -> None:
    bare = make_service(
        materials=(), steps=(), counters=(), channels=(), provider="gone", group="gone"
    )
    hub.source.catalog = make_catalog(bare)
    page = read(hub.phone.get("/s/13003").text)
    assert page.faults == []
    assert "窗口没有写明，先打电话问" in page.text
    assert "不用带东西" in page.text


def test_every_page_can_be_shown_in_another_way_by_plain_links(full: Hub) -> None:
    page = read(full.phone.get("/s/13003?size=large&words=easy").text)
    kept = "contrast=normal&aloud=no&words=easy"
    assert {
        f"/s/13003-2?lang=zh&size=normal&{kept}",
        f"/s/13003-2?lang=en&size=large&{kept}",
        f"/s/13003-2?lang=ug&size=large&{kept}",
        "/s/13003-2?lang=zh&size=large&contrast=high&aloud=no&words=easy",
        "/s/13003-2?lang=zh&size=large&contrast=normal&aloud=no&words=all",
    } <= set(page.links)


def test_uyghur_runs_from_right_to_left_and_marks_what_is_left_in_chinese(full: Hub) -> None:
    answer = full.phone.get("/s/13003?lang=ug")
    page = read(answer.text)
    assert (page.language, page.direction) == ("ug", "rtl")
    assert "نېمە ئېلىپ كېلىش كېرەك" in page.text
    assert '<span lang="zh-CN" dir="ltr">办passport</span>' in answer.text
    assert 'dir="ltr">0999-1234567</span>' in answer.text  # or a hyphen turns it around


def test_easy_words_leave_out_what_can_wait_and_say_how_to_see_it(full: Hub) -> None:
    easy, whole = (read(full.phone.get(f"/s/13003{q}").text).text for q in ("?words=easy", ""))
    for kept in ("2楼 12号窗口", "证件id-card", "12345", "别信代办中介", "还有别的说明，全看"):
        assert kept in easy
    for later in ("要预约吗？", "急吗？", "满16岁", "办理passport签发"):
        assert later in whole
        assert later not in easy


def test_what_is_handed_on_is_the_public_guide_and_nothing_else(full: Hub) -> None:
    answer = full.phone.get("/s/13003-2/share", headers={"host": HOST})
    page = read(answer.text)
    (message,) = [unquote(link) for link in page.links if link.startswith("sms:")]
    assert message.startswith("sms:?&body=办passport：要带什么、去哪里\n")
    assert f"https://{HOST}/s/13003-2\n短号 13003-2" in message
    assert "/k/" not in answer.text
    assert "token" not in answer.text


@pytest.mark.parametrize("host", ["evil.example", f"{HOST}/evil?", f"evil@{HOST}", f"{HOST}#evil"])
def test_a_host_that_nobody_signed_is_not_handed_on(full: Hub, host: str) -> None:
    answer = full.phone.get("/s/13003-2/share", headers={"host": host})
    assert "evil" not in answer.text
    assert "短号 13003-2" in unquote(answer.text)


@pytest.mark.parametrize("part", ["visit", "visit.ics", "card.png", "share"])
def test_what_belongs_to_a_guide_is_there_only_with_it(hub: Hub, part: str) -> None:
    assert hub.phone.get(f"/s/99999/{part}").status_code == 404
    hub.source.catalog = None
    assert hub.phone.get(f"/s/13003/{part}").status_code == 503


def test_the_button_that_reads_aloud_waits_for_a_script_and_a_voice(full: Hub) -> None:
    for query in ("", "?aloud=yes"):
        (button,) = re.findall(r"<button[^>]*data-aloud[^>]*>", full.phone.get(f"/{query}").text)
        assert " hidden " in button


EVERY_PAGE = (
    *("/", "/find?number=13003", "/s/13003", "/s/13003/visit", "/s/13003/visit.ics"),
    *("/s/13003/share", "/s/13003/letter.pdf", "/g/identity", "/s/99999"),
)


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_whoever_opens_pages_without_end_is_asked_to_wait_and_may_go_on(
    tmp_path: Path, path: str
) -> None:
    hub = Hub(tmp_path, settings=Settings(limits=Limits(pages_per_minute=2)))
    answers = [hub.phone.get(path) for _ in range(3)]
    assert [answer.status_code == 429 for answer in answers] == [False, False, True]
    assert answers[2].headers["retry-after"] == "60"
    assert "等一分钟，再打开一次" in answers[2].text
    assert hub.phone.get(f"/k/{hub.digits()}").status_code == 200  # a code is another matter
    hub.clock.advance(timedelta(minutes=1))
    assert hub.phone.get(path).status_code == answers[0].status_code
    hub.close()


def test_pictures_count_as_many_pages_for_they_cost_as_much(tmp_path: Path) -> None:
    hub = Hub(tmp_path, settings=Settings(limits=Limits(pages_per_minute=25)))
    statuses = [hub.phone.get("/s/13003/card.png").status_code for _ in range(3)]
    assert (429 in statuses[:2], statuses[2]) == (False, 429)
    hub.close()


def test_a_hall_full_of_phones_behind_one_address_is_not_slowed(hub: Hub) -> None:
    assert {hub.phone.get("/s/13003").status_code for _ in range(400)} == {200}
