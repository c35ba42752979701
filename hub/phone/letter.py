"""The letter of authority as a PDF that any phone opens and any shop prints.

Knows so much of PDF (ISO 32000-1) as sheets of words, lines and boxes need. Does not know what
stands on them (`db.letter`). No font is packed: Chinese names STSong-Light with a predefined
encoding of Unicode, one of those that every reader must know (9.7.5.2), and the reader takes a
Chinese font of its own; English names Helvetica, one of the standard fonts (9.6.2.2). So a hub
needs no fonts and no painting library, and the file has 5 to 12 KB. Nothing like that draws Uyghur.
"""

from __future__ import annotations

from collections.abc import Iterator

from db import letter, short_number
from db.letter import Letter
from db.letter_sheet import (
    HEIGHT_MM,
    MM_PER_PT,
    WIDTH_MM,
    Blank,
    Box,
    Form,
    Part,
    Sheet,
    Words,
    width_mm,
)
from db.records import ProxyException, ProxyRule, Service
from hub.phone.words import Language

_PT = 1 / MM_PER_PT
_STROKE = "0.8 w"
_DRAWN: frozenset[Language] = frozenset({"zh", "en"})
_TYPEFACES = (  # objects 3 to 6
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H"
    b"/DescendantFonts[4 0 R]>>",
    # signs of ASCII, 1 to 95 in the collection, are half an em wide
    b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/W[1 95 500]"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/FontDescriptor 5 0 R>>",
    b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]"
    b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>",
    b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
)
_FIRST_SHEET = 3 + len(_TYPEFACES)


def takes_letter(rule: ProxyRule | None) -> bool:
    """Whether a helper may be asked for a letter of authority that can be written at home."""
    if rule is None:
        return False
    excepted = [one for one in rule.exceptions if one.allowed]
    papers = [one.papers for one in excepted] + ([rule.papers] if rule.allowed != "no" else [])
    return any(letter.MATERIAL in some for some in papers) or any(map(_is_of_parents, excepted))


def _is_of_parents(one: ProxyException) -> bool:
    """Grandparents may come in place of the parents, with their letter."""
    is_of_guardians = not one.by or ("parent" in one.by and "grandparent" not in one.by)
    return one.case in ("under-16", "minor") and is_of_guardians


def letter_of(
    service: Service, hotline: str, language: Language = "zh", *, is_large: bool = False
) -> bytes:
    """The sheets for a service, its people and dates left blank."""
    number = short_number.written(service.number)
    form = Form(language if language in _DRAWN else "zh", is_large)
    meaning = service.name.en if form.is_glossed else ""
    asked = service.consult or hotline
    return pdf_of(letter.sheets(Letter(service.name.zh, number, asked, meaning=meaning), form))


def pdf_of(sheets: tuple[Sheet, ...]) -> bytes:
    """Sheets of A4 as one file."""
    pages = [_FIRST_SHEET + 2 * n for n in range(len(sheets))]
    kids = " ".join(f"{page} 0 R" for page in pages).encode("ascii")
    objects = (
        b"<</Type/Catalog/Pages 2 0 R/Lang(zh-CN)>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages)),
        *_TYPEFACES,
        *(each for page, sheet in zip(pages, sheets, strict=True) for each in _page(page, sheet)),
    )
    return _file(objects)


def _page(number: int, sheet: Sheet) -> tuple[bytes, bytes]:
    """A sheet and, as the object behind it, what is drawn there."""
    drawing = "\n".join(line for part in sheet for line in _drawn(part)).encode("ascii")
    media = f"[0 0 {WIDTH_MM * _PT:.2f} {HEIGHT_MM * _PT:.2f}]".encode("ascii")
    return (
        b"<</Type/Page/Parent 2 0 R/MediaBox"
        + media
        + b"/Contents %d 0 R" % (number + 1)
        + b"/Resources<</Font<</F 3 0 R/L 6 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawing), drawing),
    )


def _file(objects: tuple[bytes, ...]) -> bytes:
    """Numbered objects, and where each begins."""
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    count = len(objects) + 1
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
    trailer = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count, len(body))
    return body + table + trailer


def _drawn(part: Part) -> Iterator[str]:
    match part:
        case Words(_, y, text, size, bold):
            # there is no bold one of a font that is not packed: its outline is drawn as well
            weight = "2 Tr 0.45 w" if bold else "0 Tr"
            font, encoding = ("L", "ascii") if text.isascii() else ("F", "utf-16-be")
            at = _at(part.left(width_mm(text, size)), y)
            yield f"BT /{font} {size} Tf {weight} {at} Td <{text.encode(encoding).hex()}> Tj ET"
        case Blank(x, y, width):
            yield f"{_STROKE} {_at(x, y)} m {_at(x + width, y)} l S"
        case Box(x, y, side):
            yield f"{_STROKE} {_at(x, y + side)} {side * _PT:.2f} {side * _PT:.2f} re S"


def _at(x: float, y: float) -> str:
    """Points from the lower left corner."""
    return f"{x * _PT:.2f} {(HEIGHT_MM - y) * _PT:.2f}"
