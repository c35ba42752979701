"""Short numbers as words to search for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.short_number import written
from kiosk.core.choices import Language
from kiosk.search.by_number import find
from tests.builders import TableCatalog, make_service, table_of

CATALOG = table_of(make_service(number=13001), make_service("other", number=13002))
NUMBER = written(13001)


@pytest.mark.parametrize("query", [NUMBER, NUMBER.replace("-", "")])
def test_a_number_with_its_check_digit_names_one_service(query: str) -> None:
    found = find(CATALOG, query, Language.ENGLISH)
    assert found is not None
    assert found.confident
    assert [(hit.service, hit.title) for hit in found.literal] == [("passport", "Get a passport")]


def test_a_number_that_is_half_typed_is_a_guess() -> None:
    found = find(CATALOG, "13001", Language.CHINESE)
    assert found is not None
    assert ([hit.service for hit in found.perhaps], found.literal) == (["passport"], ())


@given(st.integers(0, 9))
def test_a_wrong_check_digit_names_nothing(digit: int) -> None:
    query = f"13001{digit}"
    assert (find(CATALOG, query, Language.CHINESE) is None) is (written(13001)[-1] != str(digit))


@pytest.mark.parametrize(
    "query", ["", "sfz", "1", "身份证", "13001-", "a13001", "１３００１", "9" * 30]
)
def test_what_is_no_number_is_searched_for(query: str) -> None:
    assert find(TableCatalog(), query, Language.CHINESE) is None
