"""What stands on the picture of a guide: the few lines that somebody needs at the counter. No I/O.

Knows which facts are worth the room. Does not know how they are drawn (`hub.phone.card`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from db.records import City, Text
from hub.phone import wording
from hub.phone.card import Kind, Line
from hub.phone.guide import Guide
from hub.phone.pages import Look
from hub.phone.words import Language, in_language, said

NOTES = 2  # how many of it, and when it is not needed
PAPERS = 10  # more of them are counted, and stand on the page


def card_of(guide: Guide, now: datetime, look: Look, city: City, host: str) -> tuple[Line, ...]:
    """The lines, in Chinese or English: the picture's letters cannot be joined as Uyghur needs.

    Args:
        guide: what is to be done.
        now: the day that is written below.
        look: whose language is used.
        city: whom to call.
        host: of the pages; empty where it is not known.
    """
    language: Language = "en" if look.language == "en" else "zh"
    lines = _lines(guide, now, city, host)
    return tuple(Line(line[0], in_language(line[1], language)[0]) for line in lines)


def _lines(guide: Guide, now: datetime, city: City, host: str) -> Iterator[tuple[Kind, Text]]:
    yield "title", guide.service.plain_name
    yield from (("big", told.title) for told in guide.told)
    yield "heading", Text("去哪里办", "Where to go")
    for venue in guide.venues[:1]:
        yield "big", venue.name
        yield from (("big", counter) for counter in venue.counters)
        yield from (("line", hours) for hours in venue.opening)
        yield "line", venue.address
    if not guide.venues:
        yield "line", Text("先打电话问", "Call first to ask")
    yield "heading", Text("要带什么", "What to bring")
    yield from _papers(guide)
    yield "heading", Text("打电话", "Telephone")
    for phone in dict.fromkeys([guide.service.consult or city.hotline, city.hotline]):
        yield "big", Text(phone, phone)
    yield "line", said("短号 {number}", "Short number {number}", number=guide.number)
    if host:
        yield "line", Text(host, host)
    yield "line", said("{day}写的", "Written on {day}", day=wording.day(now))


def _papers(guide: Guide) -> Iterator[tuple[Kind, Text]]:
    for paper in guide.papers[:PAPERS]:
        yield "paper", paper.name
        yield from (("note", note) for note in paper.notes[:NOTES])
    more = len(guide.papers) - PAPERS
    if more > 0:
        yield "line", said("还有 {n} 样", "And {n} more", n=more)
    if not guide.papers:
        yield "line", Text("不用带东西", "Nothing")
