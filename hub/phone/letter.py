"""The letter of authority as a PDF that any phone opens and any shop prints.

Knows so much of PDF (ISO 32000-1) as a sheet of words, lines and boxes needs. Does not know what
stands on the sheet (`db.letter`). No font is packed: text names STSong-Light with a predefined
encoding of Unicode, one of those that every reader must know (9.7.5.2), and the reader takes a
Chinese font of its own. So a hub needs no fonts and no painting library, and the file has 5 KB.
"""

from __future__ import annotations

from collections.abc import Iterator

from db import letter, short_number
from db.letter import Blank, Box, Letter, Part, Words
from db.records import ProxyException, ProxyRule, Service

_PT = 1 / letter.MM_PER_PT
_STROKE = "0.8 w"
_TYPEFACE = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H"
    b"/DescendantFonts[6 0 R]>>",
    # signs of ASCII, 1 to 95 in the collection, are half an em wide
    b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/W[1 95 500]"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/FontDescriptor 7 0 R>>",
    b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]"
    b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>",
)


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


def letter_of(service: Service, hotline: str) -> bytes:
    """The sheet for a service, its people and dates left blank."""
    number = short_number.written(service.number)
    return pdf_of(letter.sheet(Letter(service.name.zh, number, service.consult or hotline)))


def pdf_of(parts: tuple[Part, ...]) -> bytes:
    """One sheet of A4 as a file."""
    drawing = "\n".join(line for part in parts for line in _drawn(part)).encode("ascii")
    media = f"[0 0 {letter.WIDTH_MM * _PT:.2f} {letter.HEIGHT_MM * _PT:.2f}]".encode("ascii")
    objects = (
        b"<</Type/Catalog/Pages 2 0 R/Lang(zh-CN)>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox" + media + b"/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawing), drawing),
        *_TYPEFACE,
    )
    return _file(objects)


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
        case Words(x, y, text, size, bold):
            # there is no bold one of a font that is not packed: its outline is drawn as well
            weight = "2 Tr 0.45 w" if bold else "0 Tr"
            signs = text.encode("utf-16-be").hex()
            yield f"BT /F {size} Tf {weight} {_at(x, y)} Td <{signs}> Tj ET"
        case Blank(x, y, width):
            yield f"{_STROKE} {_at(x, y)} m {_at(x + width, y)} l S"
        case Box(x, y, side):
            yield f"{_STROKE} {_at(x, y + side)} {side * _PT:.2f} {side * _PT:.2f} re S"


def _at(x: float, y: float) -> str:
    """Points from the lower left corner."""
    return f"{x * _PT:.2f} {(letter.HEIGHT_MM - y) * _PT:.2f}"
