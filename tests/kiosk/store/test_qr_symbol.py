"""The symbol is the library's own, with the mask that it would have chosen itself."""

from __future__ import annotations

import pytest
import qrcode
from hypothesis import given, settings
from hypothesis import strategies as st
from qrcode.constants import ERROR_CORRECT_M, ERROR_CORRECT_Q

from kiosk.store.qr_symbol import modules_of

# the library cannot divide a block of nothing but zeros; a sealed token has none
DIGITS = st.text("0123456789", min_size=78, max_size=78).filter(lambda one: len(set(one)) > 4)


def by_the_library(url: str, correction: int) -> list[list[bool]]:
    code = qrcode.QRCode(error_correction=correction, border=0)
    code.add_data(url, optimize=4)
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.get_matrix()]


@settings(max_examples=30, deadline=None)
@given(DIGITS, st.sampled_from((ERROR_CORRECT_M, ERROR_CORRECT_Q)))
def test_the_same_symbol_as_the_library_makes(digits: str, correction: int) -> None:
    url = f"https://zwfw.yc.example/k/{digits}"
    assert [list(row) for row in modules_of(url, correction)] == by_the_library(url, correction)


@pytest.mark.parametrize("digits", [1, 30, 120, 250, 400])
def test_of_every_length(digits: int) -> None:
    url = "https://zwfw.yc.example/c/" + ("8309571426" * 40)[:digits]
    assert [list(row) for row in modules_of(url)] == by_the_library(url, ERROR_CORRECT_M)


@settings(max_examples=25, deadline=None)
@given(st.integers(13, 26), DIGITS)
def test_a_short_prefix_gives_version_4_on_screen_and_5_on_paper(length: int, digits: str) -> None:
    prefix = "https://" + "h" * (length - 11) + "/k/"
    assert len(prefix) == length
    assert len(modules_of(prefix + digits, ERROR_CORRECT_M)) == 33
    assert len(modules_of(prefix + digits, ERROR_CORRECT_Q)) == 37


def test_a_longer_prefix_is_what_the_hub_warns_of() -> None:
    longer = "https://" + "h" * 18 + "/k/"
    assert len(longer) == 29
    assert len(modules_of(longer + "7" * 78, ERROR_CORRECT_Q)) > 37
