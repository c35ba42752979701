"""Which way isolated text runs."""

from __future__ import annotations

from kiosk.core.isolates import directed


def test_an_isolate_that_holds_only_isolates_runs_the_way_its_letters_do() -> None:
    inner = "\u206830\u2069-\u2068نويابىر\u2069"
    assert directed(f"\u2068{inner}\u2069") == "\u2067\u206630\u2069-\u2067نويابىر\u2069\u2069"
    assert directed("\u206812345\u2069") == "\u206612345\u2069"
    assert directed("没有 5643") == "没有 5643"
