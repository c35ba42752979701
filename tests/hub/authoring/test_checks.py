"""Whether records make sense together: each rule, with the line where it was broken."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from hub.authoring.checks import check, require_publishable, summary
from hub.authoring.findings import SourceError
from hub.authoring.yaml_source import Source, read_folder
from tests.hub.authoring.small_source import SERVICE, found, write


def test_a_good_source_is_publishable(folder: Path) -> None:
    source = read_folder(folder)
    assert require_publishable(source) == []
    assert summary(source)["service"] == 1


def test_the_demo_city_has_neither_errors_nor_warnings(demo_source: Source) -> None:
    assert check(demo_source) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "says"),
    [
        ("zwfw.yunchuan.example/p", "evil.example/p", 18, "channels[0].url", "evil.example"),
        ("zwfw.yunchuan.example/p", "zwfw.yunchuan.example.evil.cn/p", 18, "channels[0].url", "is"),
        ("group: papers", "group: papers2", 4, "group", "group/papers2"),
        ("group: papers", "group: health", 5, "category", "belongs to group papers"),
        ("category: identity", "category: other", 5, "category", "category/other"),
        ("provider: police", "provider: nobody", 9, "provider", "provider/nobody"),
        ("material: id-card", "material: no-card", 12, "materials[0].material", "no-card"),
        ("counters: [desk]", "counters: [desk, no-desk]", 13, "counters[1]", "no-desk"),
        ("papers: [id-card]", "papers: [id-card, x]", 15, "proxy.papers[1]", "material/x"),
        (
            "papers: [id-card]",
            "exceptions: [{case: frail}, {case: minor, papers: [id-card, x]}]",
            15,
            "proxy.exceptions[1].papers[1]",
            "material/x",
        ),
        (
            "papers: [id-card]",
            "collect: {papers: [x]}",
            15,
            "proxy.collect.papers[0]",
            "material/x",
        ),
        (
            "papers: [id-card]",
            "exceptions: [{case: frail, allowed: false, along: true}]",
            15,
            "proxy.exceptions[0].along",
            "not allowed",
        ),
        (
            "papers: [id-card]",
            "exceptions: [{case: frail}, {case: frail, by: [child]}]",
            15,
            "proxy.exceptions[1].case",
            "frail is decided for everybody before",
        ),
        (
            "legal_time:",
            "peak_months: [9, 10, 9]\n  legal_time:",
            16,
            "peak_months[2]",
            "9 stands twice",
        ),
        (
            "channels:",
            "relations: [{service: gone, why: after}]\n  channels:",
            17,
            "relations[0].service",
            "service/gone",
        ),
        (
            "channels:",
            "relations: [{service: passport, why: after}]\n  channels:",
            17,
            "relations",
            "itself",
        ),
        (
            "channels:",
            "situations:\n    - ask: 急吗\n      options:\n        - {label: 急, goto: gone}\n"
            "        - {label: 不急, adds: [no-paper]}\n  channels:",
            20,
            "situations[0].options[0].goto",
            "service/gone",
        ),
        (
            "channels:",
            "situations:\n    - ask: 急吗\n      options:\n        - {label: 急}\n"
            "        - {label: 不急, adds: [no-paper]}\n  channels:",
            21,
            "situations[0].options[1]",
            "material/no-paper",
        ),
        ('consult: "12345"', 'consult: "13800138000"', 14, "consult", "somebody's own phone"),
        (
            'consult: "12345"',
            'consult: "12345"\n  supervise: "12345"',
            15,
            "supervise",
            "same number",
        ),
        (
            "title: 网上办,",
            'title: 网上办, phone: "15912345678",',
            18,
            "channels[0].phone",
            "own phone",
        ),
        ("办护照 | Get", "第一次到出入境窗口去办护照的事 | Get", 7, "plain_name", "15 characters"),
        (
            "legal_time:",
            "promised_time: {n: 30, unit: day}\n  legal_time:",
            16,
            "promised_time",
            "longer than the law",
        ),
        (
            "legal_time:",
            "promised_time: {n: 3, unit: day}\n  handling: at-once\n  legal_time:",
            16,
            "promised_time",
            "at-once",
        ),
        ("legal_time:", "visits: 1\n  legal_time:", 2, "visit_reason", "why one must come"),
        (
            "legal_time:",
            "fee: {charged: false, items: [{name: 费, unit: 元}]}\n  legal_time:",
            16,
            "fee",
            "not charged",
        ),
        (
            "legal_time:",
            "doubts: [{field: costs, why: 不知道}]\n  legal_time:",
            16,
            "doubts[0].field",
            "no field",
        ),
        ("第一次办护照 | Your", "<b>第一次</b>办护照 | Your", 2, "text", "markup"),
        ("| Your first passport", "| Your first passport | <b>x</b>", 2, "text", "markup"),
    ],
)
def test_an_error_is_named_with_file_line_and_field(
    folder: Path, old: str, new: str, line: int, field: str, says: str
) -> None:
    file = write(folder, old, new)
    finding = next(one for one in found(folder) if one.field == field)
    assert finding.severity == "error"
    assert says in finding.message
    assert (finding.place.file, finding.place.line) == (file, line)
    with pytest.raises(SourceError):
        require_publishable(read_folder(folder))


def test_a_control_sign_in_a_text_is_an_error(folder: Path) -> None:
    write(folder, "summary: 第一次办护照 |", 'summary: "第一次\\u0007办护照 | x" #')
    assert [one.field for one in found(folder)] == ["text"]


@pytest.mark.parametrize(
    ("old", "new", "line", "field"),
    [
        ("summary: 第一次办护照 | Your first passport", "summary: 第一次办护照", 8, "summary"),
        ("name: 普通护照签发 | Passport", "name: 普通护照签发", 6, "name"),
        ('  consult: "12345"\n', "", 2, "consult"),
        ("  steps: [到窗口 | Go to the counter]\n", "", 2, "steps"),
        ("  proxy: {allowed: yes, reason: 家人可以来, papers: [id-card]}\n", "", 2, "proxy"),
    ],
)
def test_a_gap_is_a_warning_and_does_not_stop_the_publisher(
    folder: Path, old: str, new: str, line: int, field: str
) -> None:
    write(folder, old, new)
    (finding,) = require_publishable(read_folder(folder))
    assert (finding.severity, finding.field, finding.place.line) == ("warning", field, line)


def test_two_records_of_one_name_are_an_error(folder: Path) -> None:
    other = folder / "z.yaml"
    other.write_text(dedent(SERVICE).replace("13001", "13002"), "utf-8")
    (finding,) = found(folder)
    assert (finding.place.file, finding.place.line, finding.field) == (other, 2, "id")
    assert f"{folder / 'passport.yaml'}:2" in finding.message


def test_two_services_of_one_number_are_an_error(folder: Path) -> None:
    other = folder / "z.yaml"
    other.write_text(dedent(SERVICE).replace("id: passport", "id: passport-child"), "utf-8")
    (finding,) = found(folder)
    assert (finding.place.file, finding.place.line, finding.field) == (other, 3, "number")
    assert "13001 is the number of passport" in finding.message


@pytest.mark.parametrize("cities", [0, 2])
def test_a_catalog_has_exactly_one_city(folder: Path, cities: int) -> None:
    file = folder / "city.yaml"
    text = file.read_text("utf-8")
    city = text[: text.index("policy:")]
    file.write_text(text[len(city) :], "utf-8")
    for n in range(cities):
        (folder / f"city{n}.yaml").write_text(city.replace("id: yun", f"id: c{n}"), "utf-8")
    (finding,) = found(folder)
    assert finding.field == "city"
    assert f"not {cities}" in finding.message
    if cities:
        assert finding.place.file == folder / "city1.yaml"


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("group: papers, order", "group: none, order", "group"),
        ("hall: hall, floor", "hall: none, floor", "hall"),
        ("issuer: 公安}", "issuer: 公安, service: none}", "service"),
        ("issuer: 公安}", "issuer: 公安, holder: helper, stands_for: none}", "stands_for"),
    ],
)
def test_references_of_other_kinds_are_kept_too(
    folder: Path, old: str, new: str, field: str
) -> None:
    file = write(folder, old, new, "city.yaml")
    finding = next(one for one in found(folder) if one.field == field)
    assert finding.place.file == file
    line = file.read_text("utf-8").splitlines()[finding.place.line - 1]
    assert new in line


def test_a_life_event_leads_to_services_that_are_there(folder: Path) -> None:
    (folder / "events.yaml").write_text(
        "events:\n  - id: travel\n    order: 1\n    name: 出国\n    hint: 护照\n    icon: id\n"
        "    steps:\n      - {service: passport}\n      - {service: visa}\n",
        "utf-8",
    )
    (finding,) = found(folder)
    assert (finding.place.line, finding.field) == (9, "steps[1].service")


@pytest.mark.parametrize(
    ("holder", "original", "says"),
    [
        ("holder: person", "holder: person", "only a paper of the helper's"),
        ("holder: helper", "holder: helper", "id-card is a helper's paper itself"),
    ],
)
def test_a_helpers_paper_stands_for_one_of_the_persons(
    folder: Path, holder: str, original: str, says: str
) -> None:
    write(
        folder,
        "issuer: 公安}",
        f"issuer: 公安, {original}}}\n  - {{id: id-card-helper, name: 代办人身份证, "
        f"form: document, issuer: 公安, {holder}, stands_for: id-card}}",
        "city.yaml",
    )
    (finding,) = found(folder)
    assert (finding.place.line, finding.field) == (27, "stands_for")
    assert says in finding.message


PICK = (
    "picks: [{id: travel, order: 1, service: passport, why: 出国用, halls: [hall], months: [6, 7]}]"
)


@pytest.mark.parametrize(
    ("old", "new", "field", "says"),
    [
        ("service: passport", "service: visa", "service", "there is no service/visa"),
        ("[hall]", "[hall, hole]", "halls[1]", "there is no hall/hole"),
        ("[6, 7]", "[6, 7, 6]", "months[2]", "6 stands twice"),
    ],
)
def test_a_pick_leads_to_what_is_there(
    folder: Path, old: str, new: str, field: str, says: str
) -> None:
    file = folder / "picks.yaml"
    file.write_text(PICK, "utf-8")
    assert found(folder) == []
    write(folder, old, new, "picks.yaml")
    (finding,) = found(folder)
    assert (finding.place.file, finding.field) == (file, field)
    assert says in finding.message


def test_errors_come_before_warnings(folder: Path) -> None:
    write(folder, "summary: 第一次办护照 | Your first passport", "summary: 第一次办护照")
    write(folder, "provider: police", "provider: nobody")
    assert [one.severity for one in found(folder)] == ["error", "warning"]


# everyday words ---------------------------------------------------------------------------------


def write_second(folder: Path, first: str, second: str) -> Path:
    """Two services with these lists of everyday words; the file of the one that is read last."""
    with (folder / "passport.yaml").open("a", encoding="utf-8") as file:
        file.write(f"  aliases: {first}\n")
    other = folder / "z.yaml"
    text = dedent(SERVICE).replace("13001", "13002").replace("id: passport", "id: passport-child")
    other.write_text(f"{text}  aliases:\n    - 小孩护照\n    - {second}\n", "utf-8")
    return other


@pytest.mark.parametrize(
    ("first", "second", "field", "says"),
    [
        (
            "[{text: 本本, sort: dialect}]",
            "{text: 本本, sort: misspelt}",
            "sort",
            "本本 is misspelt here but dialect in",
        ),
        ("[{text: 本本, source: citizens}]", "本本", "source", "is editor here but citizens in"),
        ("[本本]", "{text: 本本, state: proposed}", "state", "is proposed here but accepted in"),
        ("[{text: 本本, place: 1}]", "{text: 本本, place: 1}", "place", "1 is taken for 本本 in"),
    ],
)
def test_services_that_say_different_things_about_a_word_are_an_error(
    folder: Path, first: str, second: str, field: str, says: str
) -> None:
    other = write_second(folder, first, second)
    (finding,) = found(folder)
    assert finding.severity == "error"
    assert (finding.place.file, finding.place.line) == (other, 21)
    assert finding.field == f"aliases[1].{field}"
    assert f"{says} {folder / 'passport.yaml'}:19" in finding.message


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("[{text: 本本, place: 2}]", "{text: 本本, place: 1}"),
        ("[{text: 本本, sort: spoken, state: accepted}]", "本本"),
        ("[{text: 本本, sort: dialect, place: 1}]", "{text: 本子, place: 1}"),
    ],
)
def test_services_that_agree_about_a_word_share_it(folder: Path, first: str, second: str) -> None:
    write_second(folder, first, second)
    assert found(folder) == []


def test_proposed_words_are_counted_in_one_warning_at_the_first(folder: Path) -> None:
    proposed = "{text: 本本, state: proposed}"
    write_second(folder, f"[{proposed}, 护照]", "{text: 小本, state: proposed}")
    (finding,) = require_publishable(read_folder(folder))
    assert (finding.severity, finding.field) == ("warning", "aliases")
    assert (finding.place.file.name, finding.place.line) == ("passport.yaml", 19)
    assert finding.message.startswith("2 proposed and not published")
