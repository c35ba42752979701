"""A provincial portal's list, taken over without making anything up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import records
from hub.authoring import checks, exchange
from hub.authoring import exchange_words as words
from hub.authoring.findings import SourceError
from hub.authoring.yaml_source import Source

GROUPS = Path(__file__).parents[3] / "resources" / "catalog" / "groups.yaml"


def sub_item(name: str, code: str, scheme: str = "http") -> dict[str, str]:
    link = f"{scheme}://portal.example/x?areaCode=990100000000&itemCode={code}"
    return {"name": name, "link": link, "qrcode": ""}


def department(name: str, *items: dict[str, str], main: str = "未分类") -> dict[str, Any]:
    return {"department": name, "items": [{"main_item": main, "sub_items": list(items)}]}


def read(folder: Path, *listed: object, register: dict[str, int] | None = None):
    file = folder / "services.json"
    file.write_text(json.dumps(listed, ensure_ascii=False, indent=1), "utf-8")
    return exchange.read(file, GROUPS, register)


def services(source: Source) -> dict[str, records.Service]:
    found = (record for record in source.records if isinstance(record, records.Service))
    return {service.id: service for service in found}


def test_a_list_becomes_a_publishable_source(tmp_path):
    listed = read(tmp_path, department("云川区税务局", sub_item("开具无欠税证明", "A-1")))
    found = checks.require_publishable(listed.source)
    assert {finding.severity for finding in found} == {"warning"}
    assert checks.summary(listed.source) == {
        "city": 1,
        "hall": 1,
        "counter": 1,
        "group": 1,
        "category": 1,
        "provider": 1,
        "service": 1,
    }


def test_the_place_is_the_one_that_the_list_names(tmp_path):
    listed = read(
        tmp_path,
        department("区公安局", sub_item("户口登记", "A-1")),
        department("云川区税务局", sub_item("发票", "A-2")),
    )
    city = next(r for r in listed.source.records if isinstance(r, records.City))
    assert (city.name.zh, city.region) == ("云川区", "990100")


def test_a_service_keeps_its_official_name_and_its_code(tmp_path):
    listed = read(tmp_path, department("区税务局", sub_item("发票票种核定（县级行使）", "5G-01-A")))
    service = services(listed.source)["5g-01-a"]
    assert service.name.zh == "发票票种核定（县级行使）"
    assert service.plain_name.zh == "发票票种核定"
    assert service.summary.zh == "区税务局负责。要带什么，请到导服台问"
    assert (service.group, service.counters) == ("bills", ("help-desk",))
    assert (service.materials, service.channels) == ((), ())


def test_links_are_dropped_and_said(tmp_path):
    listed = read(
        tmp_path,
        department("区税务局", sub_item("一", "A-1"), sub_item("二", "A-2", scheme="https")),
    )
    said = [str(f).partition(": ")[2] for f in listed.findings if f.field.endswith("link")]
    assert said == [
        "$[0].items[0].sub_items[0].link: is dropped: it is not https",
        "$[0].items[0].sub_items[1].link: is dropped: its host is on no list",
    ]


def test_hours_that_stand_in_are_said(tmp_path):
    listed = read(tmp_path, department("区税务局", sub_item("一", "A-1")))
    assert "hall.hours" in {finding.field for finding in listed.findings}


def test_numbers_follow_the_codes_and_not_the_order_of_the_list(tmp_path):
    forward = read(tmp_path, department("局", sub_item("一", "A-1"), sub_item("二", "B-1")))
    backward = read(tmp_path, department("局", sub_item("二", "B-1"), sub_item("一", "A-1")))
    numbers = {slug: service.number for slug, service in services(forward.source).items()}
    assert numbers == {"a-1": 50001, "b-1": 50002}
    assert numbers == {slug: s.number for slug, s in services(backward.source).items()}


def test_a_service_with_a_number_keeps_it_when_others_come_before_it(tmp_path):
    listed = read(
        tmp_path,
        department("局", sub_item("一", "A-1"), sub_item("二", "B-1")),
        register={"b-1": 50001, "gone": 50007},
    )
    numbers = {slug: service.number for slug, service in services(listed.source).items()}
    assert numbers == {"b-1": 50001, "a-1": 50008}


def test_the_same_name_under_two_offices_is_two_services(tmp_path):
    listed = read(
        tmp_path,
        department("区人社局", sub_item("求职创业补贴申领", "A-1")),
        department("区教育局", sub_item("求职创业补贴申领", "B-1")),
    )
    assert {s.provider for s in services(listed.source).values()} == {
        "qu-ren-she-ju",
        "qu-jiao-yu-ju",
    }


def test_a_main_item_with_three_services_is_a_category_and_a_smaller_one_is_not(tmp_path):
    three = [sub_item(f"办理{n}", f"A-{n}") for n in range(3)]
    listed = read(
        tmp_path,
        department("区林业局", *three, main="林木采伐"),
        department("区气象局", sub_item("办理", "B-1"), main="雷电防护"),
    )
    names = [r.name.zh for r in listed.source.records if isinstance(r, records.Category)]
    assert names == ["林木采伐", "区气象局"]


def test_services_of_a_category_get_different_tiles_where_the_names_allow(tmp_path):
    name = "货物运输车辆道路运输证办理"
    listed = read(
        tmp_path,
        department("区交通运输局", *(sub_item(f"{name}（{w}）", f"A-{w}1") for w in "AB")),
    )
    tiles = [service.plain_name.zh for service in services(listed.source).values()]
    assert tiles == ["货物运输车辆道路运输证办理", "货物运输车辆道路运输…（B）"]


def test_two_tiles_that_read_the_same_are_said(tmp_path):
    listed = read(tmp_path, department("局", sub_item("补贴", "A-1"), sub_item("补贴", "A-2")))
    assert any("stands on two tiles" in finding.message for finding in listed.findings)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('[\n{"department": "局",\n', 3, "not readable JSON"),
        ("<html>", 1, "not readable JSON"),
        ("{}", 1, "Expected `array`"),
        ("[]", 1, "holds no service"),
        ('[\n\n{"department": "局"}]', 3, "missing required field `items`"),
        ('[\n{"department": "局", "items": [],\n "colour": 1}]', 2, "unknown field `colour`"),
        ('[{"department": "一", "department": "二", "items": []}]', 1, "stands 2 times"),
        (
            '[{"department": "局", "items": [{"main_item": "", "sub_items": [\n'
            '{"name": "{\\"}", "link": "http://x.example/?itemCode=A-1"},\n'
            '{"name": 5, "link": ""}]}]}]',
            3,
            "Expected `str`, got `int`",
        ),
        (
            '[{"department": "局", "items": [{"main_item": "", "sub_items": [\n'
            '{"name": "一", "link": "http://x.example/"}]}]}]',
            2,
            "no usable itemCode",
        ),
    ],
)
def test_a_broken_list_is_refused_with_its_place(tmp_path, text, line, message):
    file = tmp_path / "services.json"
    file.write_text(text, "utf-8")
    with pytest.raises(SourceError, match=message) as refused:
        exchange.read(file, GROUPS)
    assert refused.value.findings[0].place.line == line


def test_a_list_in_another_encoding_is_refused(tmp_path):
    file = tmp_path / "services.json"
    file.write_bytes("[局]".encode("gb18030"))
    with pytest.raises(SourceError, match="cannot be read"):
        exchange.read(file, GROUPS)


_PLAIN = st.text("办理登记的、市县级AB12", min_size=1, max_size=20)
_PARTS = st.one_of(_PLAIN, _PLAIN.map("（{}）".format), _PLAIN.map("《{}》".format))


@given(st.lists(_PARTS, min_size=1, max_size=5).map("".join))
def test_every_name_has_one_that_fits_a_tile_and_no_bracket_is_cut(name):
    found = list(words.plain_names(name))
    assert found
    for plain in found:
        assert 1 <= len(plain) <= checks.PLAIN_NAME_MAX
        assert plain.count("（") == plain.count("）")
        assert plain.count("《") == plain.count("》")


@given(st.text("办理登记的、（）()《》市县级AB12", min_size=1, max_size=60))
def test_even_a_garbled_name_has_one_that_fits(name):
    assert all(1 <= len(p) <= checks.PLAIN_NAME_MAX for p in [next(words.plain_names(name))])


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("办护照", "办护照"),
        ("企业投资项目备案（技术改造）（市级/县级）", "企业投资项目备案（技术改造）"),
        ("食品(含保健食品)经营许可变更主体业态", "食品经营许可变更主体业态"),
        ("建设单位进行环境影响后评价的备案(市级)", "建设单位进行环境影响后…备案"),
        ("县级广播电台、电视台变更台名审批", "县级广播电台…台名审批"),
        ("《慈善组织公开募捐资格证书》补发、换发", "慈善组织公开募捐资格证…换发"),
        ("设立歌舞娱乐场所《娱乐经营许可证》核发", "设立歌舞娱乐场所…"),
    ],
)
def test_long_names_are_shortened_where_they_may_be(name, plain):
    assert next(words.plain_names(name)) == plain


@pytest.mark.parametrize(
    ("name", "office", "group"),
    [
        ("户口恢复", "区公安分局", "household"),
        ("结婚登记", "区民政局", "family"),
        ("残疾人证新办", "区残联", "disability"),
        ("社会保障卡挂失", "区人社局", "pension"),
        ("机动车维修经营备案", "区交通运输局", "transport"),
        ("粮食收购资格备案", "区发改局", "other"),
    ],
)
def test_things_stand_where_citizens_would_look(name, office, group):
    assert words.group_of(name, office) == group


def test_slugs_are_pinyin_and_never_twice_the_same():
    taken: set[str] = set()
    assert words.slug_of("区人社局", taken) == "qu-ren-she-ju"
    assert words.slug_of("区人社局", taken) == "qu-ren-she-ju-2"
    assert words.slug_of("…", taken) == "x"
