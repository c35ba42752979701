"""Every notation of a catalog is read, and what cannot be read says where."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks import search_catalogs, search_composed
from benchmarks.search_catalogs import CatalogError, Line
from kiosk.search.searcher import Searcher
from tests.builders import DEMO_CATALOG

_WORKED = """
services:
  - id: passport
    name: 普通护照签发
    plain_name: 办护照
    aliases: [出国本子, 护照本]
    themes: [出入境]
    related: [{id: permit, kind: similar}]
  - id: permit
    name: 往来港澳通行证签发
    plain_name: 办港澳通行证
    aliases: [出国本子]
"""
_PORTAL = [
    {
        "department": "区林业局",
        "items": [
            {
                "main_item": "未分类",
                "sub_items": [{"name": "林木采伐许可", "link": "https://x.cn/?itemCode=A-1"}],
            }
        ],
    }
]
_LINES = "出入境\t护照\t普通护照换发\n\n出入境\t护照\t护照加急\n户籍\t居住\t居住证申领\n"


def written(file: Path, text: str) -> str:
    file.write_text(text, "utf-8")
    return str(file)


def titles(places: str) -> dict[str, str]:
    services = search_catalogs.services_of(search_catalogs.read(places))
    return {one.id: one.plain_name.zh for one in services}


def test_lines_of_theme_category_and_name_become_services(tmp_path):
    bodies = search_catalogs.read(written(tmp_path / "names.txt", _LINES))
    assert len(list(search_catalogs.services_of(bodies))) == 3
    assert len([key for key in bodies if key.startswith("group/")]) == 2
    assert len([key for key in bodies if key.startswith("category/")]) == 2


def test_a_category_of_one_name_in_two_themes_is_two(tmp_path):
    lines = "社保\t参保登记\t养老参保\n医保\t参保登记\t医疗参保\n"
    bodies = search_catalogs.read(written(tmp_path / "names.txt", lines))
    assert len([key for key in bodies if key.startswith("category/")]) == 2


def test_names_alone_become_services(tmp_path):
    found = titles(written(tmp_path / "names.txt", "护照换发\n居住证申领\n"))
    assert list(found.values()) == ["护照换发", "居住证申领"]


def test_worked_services_keep_their_ids_and_what_people_call_them(tmp_path):
    place = written(tmp_path / "worked.yaml", _WORKED)
    assert titles(place) == {"passport": "办护照", "permit": "办港澳通行证"}
    bodies = search_catalogs.read(place)
    file = search_catalogs.index(tmp_path / "c.sqlite", bodies, ())
    with closing(Searcher(file)) as searcher:
        assert {hit.service for hit in searcher.find("出国本子").hits} == {"passport", "permit"}


def test_without_aliases_nothing_but_the_names_is_known(tmp_path):
    bodies = search_catalogs.read(written(tmp_path / "worked.yaml", _WORKED))
    bare = search_catalogs.without_aliases(bodies)
    file = search_catalogs.index(tmp_path / "c.sqlite", bare, ())
    with closing(Searcher(file)) as searcher:
        assert searcher.find("护照").hits
        assert not searcher.find("出国本子").confident


def test_a_portals_list_becomes_services(tmp_path):
    place = written(tmp_path / "services.json", json.dumps(_PORTAL))
    assert list(titles(place).values()) == ["林木采伐许可"]


def test_a_source_folder_and_a_catalog_file_hold_the_same(tmp_path):
    bodies = search_catalogs.read(str(DEMO_CATALOG))
    search_catalogs.write(tmp_path / "catalog.sqlite", bodies)
    assert search_catalogs.read(str(tmp_path / "catalog.sqlite")) == bodies


def test_several_are_joined_and_every_service_has_a_number_of_its_own(tmp_path):
    places = (
        written(tmp_path / "worked.yaml", _WORKED),
        written(tmp_path / "services.json", json.dumps(_PORTAL)),
        written(tmp_path / "names.txt", _LINES),
    )
    bodies = search_catalogs.read(", ".join((str(DEMO_CATALOG), places[1], places[2])))
    numbers = [one.number for one in search_catalogs.services_of(bodies)]
    assert len(set(numbers)) == len(numbers) > 4
    assert len(titles(",".join(places))) == 6


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("names.txt", "护照换发\n出入境\t护照换发\n", "names.txt:2: expected a name"),
        ("names.txt", "出入境\t\t护照换发\n", "names.txt:1: expected a name"),
        ("names.txt", "\n", "holds no name"),
        ("worked.yaml", "services:\n  - id: [\n", "worked.yaml:3: no YAML"),
        ("worked.yaml", "services:\n  - id: a\n    name: 甲\n", "worked.yaml: .*plain_name.*0"),
        ("worked.yaml", _WORKED.replace("similar", "cousin"), r"services\[0\].related.*'cousin'"),
        ("services.json", "[{]", "services.json:1"),
        ("services.json", '[\n{"department": 3, "items": []}]', "services.json:2.*department"),
        ("catalog.sqlite", "no database", "catalog.sqlite: no catalog file"),
    ],
)
def test_what_cannot_be_read_says_file_and_place(tmp_path, name, text, said):
    with pytest.raises(CatalogError, match=said):
        search_catalogs.read(written(tmp_path / name, text))


@pytest.mark.parametrize("name", ["a.txt", "a.json", "a.yaml", "a.sqlite"])
def test_what_is_not_there_is_said_to_be_missing(tmp_path, name):
    with pytest.raises(CatalogError, match=f"{name}: is not there"):
        search_catalogs.read(str(tmp_path / name))


def test_two_services_of_one_id_are_refused_with_both_places(tmp_path):
    one = written(tmp_path / "one.yaml", _WORKED)
    two = written(tmp_path / "two.yaml", _WORKED)
    with pytest.raises(CatalogError, match=r"two\.yaml: service/passport stands in .*one\.yaml"):
        search_catalogs.read(f"{one},{two}")


# made up ------------------------------------------------------------------------------------------

_REAL = [Line("出入境", "护照", "普通护照换发"), Line("户籍", "居住", "居住证申领")]


def test_composed_names_are_all_different_and_the_real_ones_are_used_most():
    lines = search_composed.composed_lines(500, _REAL)
    assert len({line.name for line in lines}) == 500
    assert [line.name for line in lines[:2]] == [line.name for line in _REAL]
    most = max(line.popularity for line in lines[2:])
    assert min(line.popularity for line in lines[:2]) >= most


def test_composed_names_are_the_same_every_time():
    assert search_composed.composed(200, _REAL) == search_composed.composed(200, _REAL)


def test_a_name_made_of_a_real_one_says_so():
    lines = search_composed.composed_lines(200, _REAL)
    made_of = [line for line in lines[2:] if line.base]
    assert made_of
    assert all(line.base in line.name for line in made_of)


def test_composed_names_are_as_long_as_those_of_real_items():
    lines = search_composed.composed_lines(5000, search_composed.composed_lines(600, _REAL))
    assert 10 <= sum(len(line.name) for line in lines) / len(lines) <= 14


def test_more_names_than_there_are_is_an_error():
    with pytest.raises(CatalogError, match="different names cannot be made"):
        search_composed.composed_lines(2_000_000, _REAL)
