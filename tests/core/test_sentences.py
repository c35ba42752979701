"""Sentences that stand ready, and until when they hold."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.app import translations
from kiosk.core import sentences
from kiosk.core.catalog import Bulletin, Hours, Text
from kiosk.core.choices import Language

CHINA = timezone(timedelta(hours=8))
MONDAY = datetime(2026, 11, 23, 9, 42, tzinfo=CHINA)
HOURS = (
    Hours((1, 2, 3, 4, 5), "09:00", "12:00"),
    Hours((1, 2, 3, 4, 5), "13:30", "17:00"),
)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (MONDAY, MONDAY.replace(hour=17, minute=0)),
        (MONDAY.replace(hour=12, minute=30), MONDAY.replace(hour=17, minute=0)),
        (MONDAY.replace(hour=18), MONDAY.replace(day=24, hour=0, minute=0)),
        (MONDAY.replace(day=22), MONDAY.replace(day=23, hour=0, minute=0)),  # a Sunday
    ],
)
def test_a_notice_holds_until_the_hall_closes_today(now: datetime, until: datetime) -> None:
    assert sentences.holds_until(HOURS, now) == until


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)))
def test_a_notice_always_holds_for_a_while_and_never_past_midnight(moment: datetime) -> None:
    now = moment.replace(tzinfo=CHINA)
    until = sentences.holds_until(HOURS, now)
    assert timedelta(0) < until - now <= timedelta(days=1)
    assert sentences.holds_until((), now).time() == datetime.min.time()


@pytest.mark.parametrize("id", sentences.BULLETINS)
def test_every_sentence_is_there_in_chinese_and_its_bulletin_leads_back_to_it(id: str) -> None:
    title, text = sentences.in_every_language(
        id, {language: translations(language) for language in Language}
    )
    assert title.zh == sentences.bulletin(id, str).title != ""
    assert text.zh != ""
    assert sentences.of_bulletin(sentences.bulletin_of(id)) == id


def test_a_sentence_that_nobody_wrote_says_nothing() -> None:
    assert sentences.bulletin("gone", str).title == ""


def test_what_stands_already_is_known() -> None:
    told = (Bulletin(sentences.bulletin_of("lift"), Text(""), Text(""), "", ""),)
    assert sentences.is_told("lift", told)
    assert not sentences.is_told("power", told)


def test_notes_have_as_many_words_in_each_language() -> None:
    kept = sentences.notes(str)
    assert len(set(kept)) == len(kept) == len(sentences.notes(translations(Language.ENGLISH)))
