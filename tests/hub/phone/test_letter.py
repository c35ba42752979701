"""The letter of authority that a phone opens: sheets that any reader draws, and of nobody."""

from __future__ import annotations

import html
import re
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from db import letter
from db.letter import Letter
from db.letter_sheet import HEIGHT_MM, Words, width_mm
from db.records import ProxyException, ProxyRule
from hub.phone.letter import letter_of, pdf_of, takes_letter
from tests.hub.phone.building import Hub, make_catalog, make_service, t

_RULE = ProxyRule("partly", t("家人能替"), papers=(letter.MATERIAL,))
_TEXT = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=60)


def _words(pdf: bytes) -> list[str]:
    """The texts of a file, line by line, as they were written."""
    return [
        bytes.fromhex(signs).decode("ascii" if font == "L" else "utf-16-be")
        for font, signs in re.findall(r"BT /([FL]) .*<([0-9a-f]+)> Tj", _signs(pdf))
    ]


def _signs(pdf: bytes) -> str:
    return pdf.decode("latin-1")


@pytest.fixture
def served(hub: Hub) -> Hub:
    hub.source.catalog = make_catalog(
        make_service("card", 13003, proxy=_RULE),
        make_service("own", 13004, proxy=ProxyRule("no", t("要本人来"))),
        make_service("unsaid", 13005),
    )
    return hub


def test_the_letter_is_one_sheet_of_a4_that_a_reader_opens(served: Hub) -> None:
    answer = served.phone.get("/s/13003/letter.pdf")

    pages = PdfReader(BytesIO(answer.content), strict=True).pages
    assert answer.headers["content-type"] == "application/pdf"
    assert len(pages) == 1
    assert [round(float(side)) for side in pages[0].mediabox[2:]] == [595, 842]


def test_it_names_the_errand_and_the_number_and_leaves_the_people_blank(served: Hub) -> None:
    words = _words(served.phone.get("/s/13003/letter.pdf").content)

    service = served.source.catalog.meant_by("13003")[0]
    assert service.name.zh in words
    assert any("13003" in line for line in words)
    assert {"授权委托书", "委托人", "受托人", "期限", "委托人签名或盖章"} <= set(words)
    assert "✓" not in words


def test_every_text_is_large_enough_for_old_eyes(served: Hub) -> None:
    sizes = re.findall(
        r"/[FL] ([\d.]+) Tf", _signs(served.phone.get("/s/13003/letter.pdf").content)
    )

    assert sizes
    assert min(map(float, sizes)) >= 14


def test_the_guide_leads_to_it_only_where_a_letter_is_asked_for(served: Hub) -> None:
    shown = re.search(r'href="(/s/[^"]*/letter\.pdf)"', served.phone.get("/s/13003").text)
    assert shown is not None
    assert served.phone.get(shown[1]).headers["content-type"] == "application/pdf"
    assert "letter.pdf" not in served.phone.get("/s/13004").text
    assert "letter.pdf" not in served.phone.get("/s/13005").text


@pytest.mark.parametrize("item", ["13004", "13005", "99999", "none"])
def test_elsewhere_there_is_a_page_with_a_way_on(served: Hub, item: str) -> None:
    answer = served.phone.get(f"/s/{item}/letter.pdf")

    assert answer.status_code == 404
    assert "12345" in answer.text


def test_before_anything_is_published_the_phone_is_told_so(hub: Hub) -> None:
    hub.source.catalog = None

    assert hub.phone.get("/s/13003/letter.pdf").status_code == 503


def test_a_letter_is_offered_where_an_exception_asks_for_it() -> None:
    frail = ProxyException("frail", papers=(letter.MATERIAL,))

    assert takes_letter(ProxyRule("no", t("要本人来"), exceptions=(frail,)))
    assert not takes_letter(ProxyRule("no", t("要本人来"), papers=(letter.MATERIAL,)))
    assert not takes_letter(ProxyRule("yes", t("可以")))
    assert not takes_letter(None)


def test_grandparents_bring_a_letter_where_the_parents_may_act() -> None:
    young = ProxyException("under-16", papers=("id-card-guardian",))
    named = ProxyException("under-16", by=("parent", "grandparent"))

    assert takes_letter(ProxyRule("no", t("要按指纹"), exceptions=(young,)))
    assert not takes_letter(ProxyRule("no", t("要按指纹"), exceptions=(named,)))


@given(matter=_TEXT)
def test_any_name_of_a_service_stays_on_the_sheet(matter: str) -> None:
    (parts,) = sheets = letter.sheets(Letter(matter, "13003", "12345"))

    words = [part for part in parts if isinstance(part, Words)]
    assert all(part.y <= HEIGHT_MM - 8 for part in parts)
    assert all(one.x + width_mm(one.text, one.size_pt) <= 200 for one in words)
    assert matter in "".join(one.text for one in words)
    assert len(PdfReader(BytesIO(pdf_of(sheets)), strict=True).pages) == 1


def test_a_service_is_written_with_whom_to_ask() -> None:
    words = _words(letter_of(make_service("card", 13003, consult="0999-1234567"), "12345"))

    assert any("0999-1234567" in line for line in words)


@pytest.mark.parametrize(
    ("look", "count", "least"),
    [("lang=en", 2, 12), ("size=large", 2, 22), ("lang=en&size=large", 3, 16), ("lang=ug", 1, 14)],
)
def test_it_is_as_large_as_the_page_and_says_what_it_means(
    served: Hub, look: str, count: int, least: float
) -> None:
    content = served.phone.get(f"/s/13003/letter.pdf?{look}").content

    assert len(PdfReader(BytesIO(content), strict=True).pages) == count
    words = _words(content)
    assert "授权委托书" in words
    assert ("Letter of authority" in words) is ("en" in look)
    assert min(map(float, re.findall(r"/[FL] ([\d.]+) Tf", _signs(content)))) == least


def test_english_is_of_a_font_that_every_reader_has_and_drawn_as_it_is_read(served: Hub) -> None:
    first, *_others = PdfReader(
        BytesIO(served.phone.get("/s/13003/letter.pdf?lang=en").content), strict=True
    ).pages

    assert "Fill in and sign the Chinese lines" in first.extract_text()
    assert first["/Resources"]["/Font"]["/L"]["/BaseFont"] == "/Helvetica"  # type: ignore[index]


def test_the_guide_asks_for_the_letter_in_its_own_look(served: Hub) -> None:
    page = served.phone.get("/s/13003?lang=en&size=large").text

    link = re.search(r'href="(/s/[^"]*/letter\.pdf[^"]*)"', page)
    assert link is not None
    content = served.phone.get(html.unescape(link[1])).content
    assert len(PdfReader(BytesIO(content), strict=True).pages) == 3
