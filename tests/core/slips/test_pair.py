"""Two slips: one for the person in large words without a code, one for who goes."""

from __future__ import annotations

from typing import Any

import pytest

from kiosk.core.case import Acting, Case, Whom
from kiosk.core.catalog import Catalog, Hall, Service
from kiosk.core.proxy import Ruling, Verdict, judge, reasons
from kiosk.core.slips.block import Code, Role, Slip, Tick, Words, lines_of
from kiosk.core.slips.occasion import Occasion
from kiosk.core.slips.pair import compose_pair
from kiosk.core.value import replace
from tests.core.small_city import NOW, make_code

_FATHER = Acting(Whom.PARENT, "away")


def _occasion(demo: Catalog, case: Case) -> Occasion:
    hall = demo.hall("city-hall")
    assert isinstance(hall, Hall)
    return Occasion(demo, hall, "zh", NOW, lambda words: words, 27, case=case)


def _service(demo: Catalog, id: str) -> Service:
    service = demo.service(id)
    assert service is not None
    return service


def _pair(
    demo: Catalog, id: str, acting: Acting = _FATHER, **told: Any
) -> tuple[Slip, Slip, Ruling]:
    service = _service(demo, id)
    ruling = judge(service, acting)
    case = Case(acting=acting, **told)
    persons, helpers = compose_pair(service, make_code(), ruling, _occasion(demo, case))
    return persons, helpers, ruling


def _ticks(slip: Slip) -> list[str]:
    return [block.text for block in slip.blocks if isinstance(block, Tick)]


def _headings(slip: Slip) -> list[str]:
    blocks = (block for block in slip.blocks if isinstance(block, Words))
    return [block.text for block in blocks if block.role is Role.HEADING]


def test_the_persons_slip_has_no_code_and_few_lines(demo: Catalog) -> None:
    persons, helpers, _ruling = _pair(demo, "driving-licence-renew")

    assert not [block for block in persons.blocks if isinstance(block, Code)]
    assert [block for block in helpers.blocks if isinstance(block, Code)]
    assert len(lines_of(persons)) < len(lines_of(helpers)) / 2


@pytest.mark.parametrize(
    ("id", "acting", "words"),
    [
        ("driving-licence-renew", _FATHER, "有一步您要去"),
        ("remote-medical-filing", _FATHER, "您不用去"),
        ("id-card-lost", _FATHER, "要您自己去"),
        ("social-card", _FATHER, "有一步您要去"),
    ],
)
def test_the_first_thing_the_person_reads_is_whether_to_go(
    demo: Catalog, id: str, acting: Acting, words: str
) -> None:
    persons, _helpers, _ruling = _pair(demo, id, acting)

    places = [block.text for block in persons.blocks if _is_place(block)]
    assert places == [words]


def _is_place(block: object) -> bool:
    return isinstance(block, Words) and block.role is Role.PLACE


def test_the_person_reads_a_phone_and_a_short_number(demo: Catalog) -> None:
    persons, _helpers, _ruling = _pair(demo, "social-card")

    assert demo.city().hotline in lines_of(persons)
    assert f"报短号 {make_code().short_number}" in lines_of(persons)


def test_the_helper_has_both_lists_apart_and_no_third_one(demo: Catalog) -> None:
    _persons, helpers, _ruling = _pair(demo, "social-card")

    headings = _headings(helpers)
    assert "要带爸妈的" in headings
    assert "要带您自己的" in headings
    assert "要带的东西" not in headings
    assert headings[0].startswith("替爸妈办：")


def test_what_is_given_to_the_helper_is_what_the_helper_brings(demo: Catalog) -> None:
    persons, helpers, _ruling = _pair(demo, "driving-licence-renew")

    assert _ticks(persons)
    assert set(_ticks(persons)) <= set(_ticks(helpers))


def test_the_general_words_about_helpers_give_way_to_the_answer(demo: Catalog) -> None:
    _persons, helpers, ruling = _pair(demo, "social-card")

    assert not [line for line in lines_of(helpers) if line.startswith("谁来办")]
    assert ruling.reason is not None
    assert ruling.reason.zh in lines_of(helpers)


def test_a_guardian_reads_on_what_it_hangs(demo: Catalog) -> None:
    demented = Acting(Whom.PARENT, "incapable")
    persons, helpers, _ruling = _pair(demo, "social-card", demented)

    assert "如果您是监护人，才能这样办" in lines_of(helpers)
    assert "能看出您是监护人的证明" in _ticks(helpers)
    assert "授权委托书" not in [*_ticks(persons), *_ticks(helpers)]


def test_a_paper_in_hand_need_not_be_looked_for(demo: Catalog) -> None:
    _persons, helpers, _ruling = _pair(demo, "social-card", in_hand=("id-card",))

    assert "您说已经有了" in lines_of(helpers)


def test_without_any_paper_of_the_person_the_helpers_stand_after_the_place(demo: Catalog) -> None:
    service = replace(_service(demo, "social-card"), materials=(), situations=(), steps=())
    ruling = judge(service, _FATHER)
    occasion = _occasion(demo, Case(acting=_FATHER))

    _persons, helpers = compose_pair(service, make_code(), ruling, occasion)

    headings = _headings(helpers)
    assert headings.index("到这里办") < headings.index("要带您自己的")


def test_every_pair_of_the_city_says_something_and_fits_its_verdict(demo: Catalog) -> None:
    everybody = [Acting(whom, why) for whom in Whom for why in reasons(whom)]
    for group in demo.groups():
        for service in demo.services_of(group.id):
            for acting in everybody[service.number % 29 :: 29]:
                persons, helpers, ruling = _pair(demo, service.id, acting)
                words = lines_of(persons)
                assert ("要您自己去" in words) == (ruling.verdict is Verdict.REFUSED)
                assert not any("{" in line for line in (*words, *lines_of(helpers)))
                assert ruling.may_go or "要带您自己的" not in _headings(helpers)
