"""The usual means find what they can find, so that the comparison is fair."""

from __future__ import annotations

import importlib.util

import pytest

from benchmarks.search_rivals import RIVALS, Row, syllables

ROWS = [
    Row("a", "普通护照换发", ("pu", "tong", "hu", "zhao", "huan", "fa")),
    Row("b", "居住证申领", ("ju", "zhu", "zheng", "shen", "ling")),
    Row("c", "护照加急办理", ("hu", "zhao", "jia", "ji", "ban", "li")),
    Row("d", "ETC办理100%", ("e", "t", "c", "ban", "li", "1", "0", "0", "%")),
]


@pytest.fixture(params=RIVALS, ids=lambda rival: rival.name)
def find(request, tmp_path):
    rival = request.param
    if rival.name == "tantivy" and importlib.util.find_spec("tantivy") is None:
        pytest.skip("tantivy is not installed")
    rival.build(ROWS, tmp_path / "index")
    return rival.open(tmp_path / "index")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("居住证", ["b"]),
        ("护照", ["a", "c"]),
        ("juzhu", ["b"]),
        ("jzz", ["b"]),
        ("护照换发", ["a"]),
        ("hzjj", ["c"]),
    ],
)
def test_names_spelling_and_initials_are_found(find, typed, found):
    assert find(typed)[: len(found)] == found


@pytest.mark.parametrize("typed", ["", " ", '"', "%", "_", "' OR 1=1", "NEAR(", "护照*", "a AND b"])
def test_nothing_that_is_typed_is_an_error(find, typed):
    assert isinstance(find(typed), list)


@pytest.mark.parametrize("sign", ["%", "_"])
def test_a_wild_card_is_a_sign_and_not_everything(find, sign):
    assert set(find(sign)) == ({"d"} if sign == "%" else set())


@pytest.mark.parametrize(
    ("letters", "cut"),
    [
        ("huzhao", ["hu", "zhao"]),
        ("huzh", ["hu", "zh"]),
        ("xian", ["xian"]),
        ("hz", []),
        ("", []),
    ],
)
def test_letters_are_cut_into_syllables(letters, cut):
    assert syllables(letters) == cut
