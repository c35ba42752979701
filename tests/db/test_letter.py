"""The letter of authority in all its forms: what stands on which sheet, and room for a pen."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import letter
from db.letter import Letter, sheets
from db.letter_sheet import HEIGHT_MM, MM_PER_PT, Blank, Form, Sheet, Words, width_mm
from db.letter_words import GLOSSES, INTRO

FORMS = [Form(language, is_large) for language in ("zh", "en", "ug") for is_large in (False, True)]
NORMAL, LARGE = Form(), Form(is_large=True)
# holes that are filled with themselves leave the words as the table has them
OPEN = Letter("机动车驾驶证期满换证", "{number}", "{hotline}", meaning="Renew a driving licence")
TICKED = Letter("社会保障卡申领", "13001-6", "0999-1234567", "child", "frail")
PENS_MM = 14.0
names = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=60)
every_form = pytest.mark.parametrize("form", FORMS, ids=str)


def words(*pages: Sheet) -> list[Words]:
    return [part for page in pages for part in page if isinstance(part, Words)]


def texts(*pages: Sheet) -> list[str]:
    return [one.text for one in words(*pages)]


def labels() -> Counter[str]:
    """The lines of the normal Chinese form, but for what is filled in."""
    return Counter(one for one in texts(*sheets(OPEN)) if one != OPEN.matter)


def blanks_behind(page: Sheet, label: str) -> list[Blank]:
    """The line to write on that follows each such label, on its row or below."""
    found = []
    for at, part in enumerate(page):
        if isinstance(part, Words) and part.text == label:
            found.append(next(one for one in page[at:] if isinstance(one, Blank)))
    return found


def over(one: Words, blank: Blank) -> bool:
    """Whether words stand over or under some of a line."""
    width = width_mm(one.text, one.size_pt)
    left = one.left(width)
    return left < blank.x + blank.width and left + width > blank.x


@every_form
def test_every_line_of_the_normal_form_stands_once_on_each_form(form: Form) -> None:
    found = Counter(texts(*sheets(OPEN, form)))
    for label, count in labels().items():
        assert found[label] == count, label


@pytest.mark.parametrize("language", GLOSSES)
@pytest.mark.parametrize("is_large", [False, True])
def test_each_line_has_its_meaning_beneath(language: str, is_large: bool) -> None:
    form = Form(language, is_large)
    glosses = GLOSSES[language]
    assert labels().keys() <= glosses.keys()
    said = " ".join(texts(*sheets(OPEN, form)))
    for label, count in labels().items():
        assert said.count(glosses[label]) >= count


def test_all_languages_say_as_much() -> None:
    english, uyghur = GLOSSES["en"], GLOSSES["ug"]
    assert english.keys() == uyghur.keys()
    assert GLOSSES.keys() == INTRO.keys()
    for chinese in english:
        for hole in ("{number}", "{hotline}", "{code}"):
            assert (hole in chinese) == (hole in english[chinese])
            assert (f"\u2068{hole}\u2069" in uyghur[chinese]) == (hole in chinese)


@every_form
def test_who_reads_no_chinese_is_told_at_the_top_what_to_do(form: Form) -> None:
    first, *_others = sheets(OPEN, form)
    intro = INTRO.get(form.language, ())
    assert [one for one in texts(first)[:5] if one in intro] == list(intro)
    assert all(one.size_pt == form.smallest_pt for one in words(first) if one.text in intro)


@every_form
def test_the_matter_has_its_meaning_where_the_catalog_says_it(form: Form) -> None:
    assert (OPEN.meaning in texts(*sheets(OPEN, form))) == form.is_glossed
    assert "" not in texts(*sheets(TICKED, form))


@every_form
def test_as_many_sheets_as_it_needs_and_each_says_which_it_is(form: Form) -> None:
    pages = sheets(TICKED, form)
    assert len(pages) == 1 + form.is_large + form.is_glossed
    for number, page in enumerate(pages, 1):
        is_one_of_several = len(pages) > 1
        assert (f"{number} / {len(pages)}" in texts(page)) is is_one_of_several
        assert (f"授权委托书，短号 {TICKED.number}" in texts(page)) is is_one_of_several


@every_form
def test_nobody_signs_a_sheet_that_says_nothing(form: Form) -> None:
    last = texts(sheets(OPEN, form)[-1])
    assert {"委托人签名或盖章", "受托人签名", "手印", "期限", OPEN.matter} <= set(last)
    assert set(letter.POWERS) <= set(last)


@every_form
def test_there_is_room_for_names_and_for_eighteen_digits(form: Form) -> None:
    pages = sheets(TICKED, form)
    child = f"短号 {TICKED.number}，替孩子办的写孩子姓名"
    count = 0
    for label, least in (
        *((one, 60.0) for one in ("姓名", child, "委托人签名或盖章", "受托人签名")),
        ("身份证号码", 120.0),
        ("电话", 50.0),
    ):
        for blank in (one for page in pages for one in blanks_behind(page, label)):
            assert blank.width >= least, label
            count += 1
    assert count == 9


@pytest.mark.parametrize("form", [one for one in FORMS if one.is_large], ids=str)
def test_rows_of_large_print_leave_room_for_a_shaking_hand(form: Form) -> None:
    for page in sheets(TICKED, form):
        rows = sorted({one.y for one in page if isinstance(one, Blank)})
        assert all(below - above >= PENS_MM for above, below in pairwise(rows))
        for blank in (one for one in page if isinstance(one, Blank)):
            above = [one.y for one in words(page) if one.y < blank.y - 3 and over(one, blank)]
            assert blank.y - max(above, default=0.0) >= PENS_MM


@every_form
def test_large_print_is_large(form: Form) -> None:
    body, note, gloss = (22, 22, 16) if form.is_large else (16, 14, 12)
    for one in words(*sheets(OPEN, form)):
        is_note = one.text.endswith("。") or one.text.startswith("授权委托书，")
        is_chinese = any("\u4e00" <= sign <= "\u9fff" for sign in one.text)
        least = note if is_note else body
        assert one.size_pt >= (least if is_chinese else gloss)


@pytest.mark.parametrize("signs", [1, 30, 40])
def test_a_long_name_is_large_too(signs: int) -> None:
    for one in words(*sheets(Letter("办" * signs, "13003-2", "12345"), LARGE)):
        assert one.size_pt >= 22


@every_form
def test_only_what_was_told_is_ticked(form: Form) -> None:
    assert texts(*sheets(TICKED, form)).count("✓") == 2
    assert texts(*sheets(OPEN, form)).count("✓") == 0


@given(matter=names, form=st.sampled_from(FORMS))
def test_any_name_of_a_service_stays_on_its_sheet(matter: str, form: Form) -> None:
    pages = sheets(Letter(matter, "13003-2", "12345", meaning="word " * 16), form)
    for page in pages:
        assert all(part.y <= HEIGHT_MM - 7 for part in page)
        foot = [one for one in words(page) if one.text.startswith("授权委托书，")]
        for one in foot:
            above = max(part.y for part in page if part.y < one.y)
            assert one.y - above >= one.size_pt * MM_PER_PT
        for one in words(page):
            width = width_mm(one.text, one.size_pt)
            assert one.left(width) >= 16
            assert one.left(width) + width <= 196
    assert matter in "".join(texts(*pages))


@given(text=st.text("a中 وA1。", min_size=1, max_size=40), size=st.floats(8, 40))
def test_what_is_longer_is_never_narrower(text: str, size: float) -> None:
    assert width_mm(text + "中", size) > width_mm(text, size) > 0


def test_normal_and_large_print_say_the_same() -> None:
    normal, large = (Counter(texts(*sheets(OPEN, form))) for form in (NORMAL, LARGE))
    assert not normal - large
    assert all("/" in one or "，短号" in one for one in large - normal)
