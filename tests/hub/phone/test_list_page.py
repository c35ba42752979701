"""The page of a list: what it says, whom it refuses, and that looking changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from db import case_code, token
from db.case_code import SKIPPED, Subject, Told
from db.fleet import refusal, token_use
from db.records import Bulletin, NeededMaterial, ProxyRule, Situation, SituationOption
from db.token import Place
from hub.config import Limits, Settings
from hub.fleet import register
from hub.phone.list_guide import list_guide
from kiosk.core.case import Acting, Case, Whom
from kiosk.core.choices import Choices, TextSize
from kiosk.store.enrolment import Enrolment, PlaceNumbers
from kiosk.store.handoff_desk import HandoffDesk
from tests.builders import make_service as kiosk_service
from tests.builders import table_of
from tests.hub.phone.building import (
    HERE,
    NOON,
    Hub,
    make_catalog,
    make_counter,
    make_hall,
    make_material,
    make_service,
    t,
)
from tests.hub.phone.markup import read

PASSPORT = make_service()
CARD = make_service(
    "card",
    13004,
    counters=("there",),
    materials=(
        NeededMaterial("id-card", originals=1),
        NeededMaterial("photo", copies=2, need="sometimes", when=t("没有照片时", "Without photos")),
    ),
    situations=(
        Situation(
            t("谁来办？"),
            (
                SituationOption(t("您自己"), drops=("photo",)),
                SituationOption(t("孩子"), adds=("book",)),
            ),
        ),
    ),
    proxy=ProxyRule("yes", t("可以"), papers=("proxy-letter",)),
)
CITY = make_catalog(
    PASSPORT,
    CARD,
    more=(
        make_hall("far-hall", 2),
        make_counter("there", "far-hall"),
        make_material("photo"),
        make_material("book"),
    ),
)
QUESTIONS = case_code.questions_print(["谁来办？", "您自己", "孩子"])


def make_told(**changes: Any) -> Told:
    told = Told(HERE, 7, NOON, services=(13004, 13003))
    return replace(told, **changes)


def digits_of(hub: Hub, told: Told | None = None, master: bytes | None = None) -> str:
    told = told or make_told()
    key = token.derive_key(master or hub.master, told.place, told.epoch, told.algorithm)
    return case_code.to_digits(case_code.seal(told, key))


@pytest.fixture
def city(hub: Hub) -> Hub:
    hub.source.catalog = CITY
    return hub


def papers(told: Told) -> dict[str, list[str]]:
    """Each paper of the page with its notes, in Chinese."""
    guide = list_guide(told, CITY, NOON)
    return {one.name.zh: [note.zh for note in one.notes] for one in guide.papers}


def test_the_errands_stand_in_their_order_with_numbers_and_counters(city: Hub) -> None:
    answer = city.phone.get(f"/c/{digits_of(city)}")
    page = read(answer.text)
    assert answer.status_code == 200
    assert page.faults == []
    assert page.headings[0] == (1, "我的清单，2 件事")
    assert page.text.index("1. 办card") < page.text.index("2. 办passport")
    for words in ("13004-9", "13003-2", "far-hall大厅 2楼 12号窗口", "再到机器上扫一扫，接着办"):
        assert words in page.text
    assert {"/s/13004-9", "/s/13003-2"} <= set(page.links)


def test_every_paper_is_named_once_with_what_each_errand_wants(city: Hub) -> None:
    page = city.phone.get(f"/c/{digits_of(city)}").text
    assert papers(make_told()) == {
        "证件id-card": ["办card：原件 1 份", "办passport：原件 1 份，复印件 2 份"],
        "证件photo": ["办card：复印件 2 份，不一定要，没有照片时"],
        "证件book": ["办card：原件 1 份，不一定要，孩子"],  # nobody has said who comes
    }
    assert page.count("证件id-card") == 1


def test_answers_change_the_papers_while_the_questions_are_the_same() -> None:
    himself = Subject(QUESTIONS, ((0, 0),), service=13004)
    child = Subject(QUESTIONS, ((0, 1),), service=13004)
    unsure = Subject(QUESTIONS, ((0, SKIPPED),), service=13004)
    other = Subject(QUESTIONS ^ 1, ((0, 0),), service=13004)
    assert "证件photo" not in papers(make_told(subjects=(himself,)))
    assert papers(make_told(subjects=(child,)))["证件book"] == ["办card：原件 1 份"]
    for subject in (unsure, other):
        assert papers(make_told(subjects=(subject,))) == papers(make_told())


def test_what_is_at_hand_stays_on_the_list_and_says_so() -> None:
    told = make_told(papers=(case_code.name_print("id-card"),))
    assert papers(told)["证件id-card"][0] == "您说已经有了"


def test_whoever_acts_for_somebody_is_told_for_whom_and_with_what(city: Hub) -> None:
    acting = city.phone.get(f"/c/{digits_of(city, make_told(whom='parent'))}").text
    assert "爸妈" in acting
    assert "证件proxy-letter" in acting
    assert "证件proxy-letter" not in city.phone.get(f"/c/{digits_of(city)}").text


def test_before_anything_the_list_says_where_when_and_with_which_code_it_was_made(
    city: Hub,
) -> None:
    page = read(city.phone.get(f"/c/{digits_of(city, make_told(whom='parent'))}").text)
    text = page.text
    for words in (
        "是您或家人办的吗",
        "city-hall大厅 7号机器",
        "中午\N{NO-BREAK SPACE}12:00",
        "核对码",
    ):
        assert text.index(words) < text.index("您在帮别人办") < text.index("要办的事")
    assert "用您自己的手机、您自己的账号" in text
    assert "要带爸妈的" in text


def test_a_helper_finds_for_each_errand_whether_they_may_and_the_letter(city: Hub) -> None:
    acting = read(city.phone.get(f"/c/{digits_of(city, make_told(whom='parent'))}").text)
    assert "可以替办" in acting.text  # the card
    assert "能不能替，先打电话问" in acting.text  # the passport has no rule
    assert [link for link in acting.links if "letter" in link] == ["/s/13004-9/letter.pdf"]
    alone = read(city.phone.get(f"/c/{digits_of(city)}").text)
    assert "可以替办" not in alone.text
    assert not any("letter" in link for link in alone.links)


@pytest.mark.parametrize(
    "rule",
    [
        None,
        ProxyRule("no", t("要按指纹"), papers=("proxy-letter",)),
        ProxyRule("partly", t("有的可以"), papers=("proxy-letter",)),
        ProxyRule("yes", t("家人可以"), helpers=("child",), papers=("proxy-letter",)),
    ],
)
def test_what_only_the_machine_can_judge_is_to_be_asked_first(rule: ProxyRule | None) -> None:
    city = make_catalog(make_service("card", 13004, proxy=rule))
    guide = list_guide(make_told(services=(13004,), whom="friend"), city, NOON)
    assert guide.helper_papers == ()
    assert [one.zh for one in guide.unsure] == ["办card"]
    assert list_guide(make_told(services=(13004,)), city, NOON).unsure == ()


def test_an_errand_that_a_bulletin_hides_says_so(city: Hub) -> None:
    paused = Bulletin(
        "paused",
        t("这几天停办"),
        t("系统在升级"),
        "2026-01-01T00:00+08:00",
        "2027-12-31T00:00+08:00",
        hides=("card",),
    )
    city.source.catalog = make_catalog(PASSPORT, CARD, more=(paused,))
    page = read(city.phone.get(f"/c/{digits_of(city)}").text)
    assert page.faults == []
    before, after = page.text.split("2. 办passport")
    assert "这几天停办" in before
    assert "这几天停办" not in after


def test_the_look_of_the_machine_is_kept_and_can_be_changed(city: Hub) -> None:
    told = make_told(language="en", large_text=True, high_contrast=True)
    digits = digits_of(city, told)
    chosen = read(city.phone.get(f"/c/{digits}").text)
    assert (chosen.language, chosen.classes) == ("en", "large contrast")
    assert "My list: 2" in chosen.text
    other = read(city.phone.get(f"/c/{digits}?lang=zh&size=normal&contrast=normal").text)
    assert (other.language, other.classes) == ("zh-CN", "")


def test_an_errand_that_was_withdrawn_is_not_silently_left_out(city: Hub) -> None:
    page = city.phone.get(f"/c/{digits_of(city, make_told(services=(13003, 19999)))}")
    assert "有 1 件事的说明撤下了" in page.text
    assert "我的清单，1 件事" in page.text


def test_a_list_of_nothing_is_a_page_too(city: Hub) -> None:
    answer = city.phone.get(f"/c/{digits_of(city, make_told(services=()))}")
    assert (answer.status_code, read(answer.text).faults) == (200, [])
    assert "清单上没有要办的事" in answer.text


def refused(hub: Hub, kind: str) -> str:
    """The digits of a code that is refused for this reason."""
    match kind:
        case "malformed":
            return digits_of(hub)[:-1]
        case "forged":
            return digits_of(hub, master=bytes(32))
        case "unknown-kiosk":
            return digits_of(hub, make_told(place=Place(990100, 1, 99)))
        case "revoked":
            register.revoke(hub.engine, HERE, NOON)
            return digits_of(hub)
        case "from-the-future":
            return digits_of(hub, make_told(issued=NOON + timedelta(minutes=11)))
        case _:
            return digits_of(hub, make_told(issued=NOON - timedelta(days=31)))


@pytest.mark.parametrize(
    ("kind", "status", "words"),
    [
        ("malformed", 404, "这不是我们大厅的码"),
        ("forged", 403, "这不是我们大厅的码，不要继续"),
        ("unknown-kiosk", 403, "这台机器没有登记"),
        ("revoked", 403, "这台机器停用了"),
        ("from-the-future", 403, "机器的钟不准"),
        ("expired", 410, "到大厅的机器上扫一扫，还能接着办"),
    ],
)
def test_a_code_that_is_not_good_gets_a_page_with_a_way_on(
    city: Hub, kind: str, status: int, words: str
) -> None:
    answer = city.phone.get(f"/c/{refused(city, kind)}")
    assert answer.status_code == status
    assert words in answer.text
    assert "办card" not in answer.text
    assert read(answer.text).faults == []
    with city.engine.connect() as connection:
        rows = connection.execute(select(refusal.c.reason, refusal.c.count)).all()
    assert [tuple(row) for row in rows] == [(kind, 1)]


def test_nothing_is_counted_and_nothing_is_kept_by_the_phone(city: Hub) -> None:
    digits = digits_of(city)
    answers = [city.phone.get(f"/c/{digits}") for _ in range(5)]
    assert {one.status_code for one in answers} == {200}
    assert city.phone.head(f"/c/{digits}").status_code == 200
    with city.engine.connect() as connection:
        assert connection.execute(select(token_use)).all() == []
    assert answers[0].headers["cache-control"] == "no-store"
    assert answers[0].headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in answers[0].headers


def test_whoever_asks_too_often_waits(hub: Hub) -> None:
    hub.close()
    few = Hub(hub.data, settings=Settings(limits=Limits(handoffs_per_minute=2)))
    digits = digits_of(few)
    statuses = [few.phone.get(f"/c/{digits}").status_code for _ in range(3)]
    few.close()
    assert statuses == [200, 200, 429]


def test_before_the_first_edition_the_page_asks_for_patience(hub: Hub) -> None:
    hub.source.catalog = None
    assert hub.phone.get(f"/c/{digits_of(hub)}").status_code == 503


def test_what_a_kiosk_makes_is_what_the_hub_shows(city: Hub) -> None:
    epoch = city.enrol(HERE)
    who = Enrolment(
        repository="",
        handoff_prefix="https://zw.gov.test/k/",
        collection="990100",
        hall="city-hall",
        place=PlaceNumbers(HERE.region, HERE.hall, HERE.kiosk),
        epoch=epoch,
        key=token.derive_key(city.master, HERE, epoch, token.Algorithm.SHA256).hex(),
    )
    catalog = table_of(kiosk_service("passport", number=13003), kiosk_service("card", number=13004))
    case = Case(services=("card", "passport"), in_hand=("id-card",), acting=Acting(Whom.PARENT))
    choices = Choices(size=TextSize.LARGE)
    code = HandoffDesk(who, city.clock).keep(case, catalog, choices)  # type: ignore[arg-type]
    answer = city.phone.get(code.url.removeprefix("https://zw.gov.test"))
    page = read(answer.text)
    assert (answer.status_code, page.classes) == (200, "large")
    for words in ("1. 办card", "2. 办passport", "爸妈", "您说已经有了", " ".join(code.check_code)):
        assert words in page.text
