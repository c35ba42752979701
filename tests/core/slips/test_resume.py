"""The short slip that brings back what was told."""

from __future__ import annotations

from typing import Any

from kiosk.core.case import Acting, Answer, Case, Whom
from kiosk.core.catalog import Service, Text
from kiosk.core.slips.block import Code, Numbered, Role, Words, lines_of
from kiosk.core.slips.occasion import Occasion
from kiosk.core.slips.resume import compose_resume
from tests.builders import MONDAY_MORNING, TableCatalog, make_code, make_hall, make_service

CARD = make_service("card", plain_name=Text("身份证补办"))
TOLD = Case(
    services=("card", "gone"),
    answers=(Answer("service/card", 0, 1), Answer("event/move", 0, 0)),
    in_hand=("book",),
    acting=Acting(Whom.PARENT),
)


def lines(case: Case, *services: Service, **changes: Any) -> tuple[str, ...]:
    catalog = TableCatalog(services={one.id: one for one in services})
    values = {"language": "zh", "now": MONDAY_MORNING, "slip_number": 27, **changes}
    occasion = Occasion(catalog=catalog, hall=make_hall(), gettext=str, case=case, **values)
    slip = compose_resume(make_code(), occasion)
    assert sum(isinstance(block, Code) for block in slip.blocks) == 1
    return lines_of(slip)


def test_it_says_where_it_is_scanned_what_it_holds_and_what_it_does_not() -> None:
    assert lines(TOLD, CARD) == (
        "市政务服务大厅",
        "下次接着办",
        "下次在机器上扫这个，接着办",
        "哪个大厅的机器都行",
        "码里没有您的名字和号码",
        "有效到 11月23日 上午 9:57",
        "码里记着",
        "1. 身份证补办",
        "替爸妈办",
        "您有的东西，1 样",
        "您答过的问题，2 个",
        "没带这张也能办",
        "12345",
        "打电话说出要办的事就行",
        "要人帮忙：1楼导服台",
        "纸会褪色，可以拍照留着",
        "小票号 27，11月23日 上午 9:42",
    )


def test_what_was_not_told_is_not_on_it() -> None:
    said = lines(Case(services=("card",)), CARD)
    assert not {"替爸妈办", "您有的东西，0 样", "您答过的问题，0 个"} & set(said)


def test_the_code_stands_as_high_as_its_name() -> None:
    occasion = Occasion(TableCatalog(), make_hall(), "zh", MONDAY_MORNING, str, 27, case=TOLD)
    hall, title, code, *rest = compose_resume(make_code(), occasion).blocks
    assert isinstance(code, Code)
    assert [one.role for one in (hall, title) if isinstance(one, Words)] == [Role.HALL, Role.TITLE]
    assert not any(isinstance(one, Numbered) for one in rest)  # the catalog has lost the service
