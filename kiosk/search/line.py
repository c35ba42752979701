"""Makes a line of results: title, path, what to mark, and what was heard instead.

Knows what a citizen is shown of a match. Does not know how it was found.
"""

from __future__ import annotations

from collections.abc import Mapping

from rapidfuzz.distance import LCSseq
from rapidfuzz.fuzz import partial_ratio_alignment

from db.phonetic import LETTERS, key_signs
from kiosk.core.catalog import Category, Group, Text
from kiosk.core.results import Hit
from kiosk.search.match import Match
from kiosk.search.query import Form
from kiosk.search.rank import Found
from kiosk.store.search_reader import Listing
from kiosk.store.search_unit import GAPS, Unit

_PATH = " › "
_KEPT = 4096

Span = tuple[int, int]


class LineMaker:
    """Makes lines in one language."""

    def __init__(
        self,
        language: str,
        categories: Mapping[str, Category],
        groups: Mapping[str, Group],
        simplified: Mapping[int, str],
    ) -> None:
        self._language = language
        self._categories = categories
        self._simplified = simplified
        self._paths = {
            one.id: _PATH.join(
                part.name.get(language) for part in (groups.get(one.group), one) if part
            )
            for one in categories.values()
        }
        self._kept: dict[str, tuple[str, list[int]]] = {}

    def title_and_icon(self, listing: Listing) -> tuple[str, str]:
        """What a service is called, and the picture of its category."""
        category = self._categories.get(listing.category)
        return Text(listing.zh, listing.en).get(self._language), category.icon if category else ""

    def line(self, found: Found, listing: Listing) -> Hit:
        """One service as a line of results."""
        title, icon = self.title_and_icon(listing)
        key, places = self._signs(title)
        marks: tuple[Span, ...] = ()
        typed = heard = ""
        if found.unit is None:
            marks = _on(places, _pieces(found.match, key))
            typed, heard = _other_words(found.match)
        else:
            is_title = key == found.unit.key
            marks = _on(places, _spans(found.match, found.unit)) if is_title else ()
            typed, heard = _heard(found, found.unit, is_title, marks, title)
        return Hit(
            service=found.service,
            title=title,
            path=self._paths.get(listing.category, ""),
            icon=icon,
            marks=marks,
            heard=heard,
            typed=typed,
        )

    def _signs(self, text: str) -> tuple[str, list[int]]:
        """The key of a text and where in the text each of its signs stands."""
        if text not in self._kept:
            if len(self._kept) > _KEPT:
                self._kept.clear()
            signs = key_signs(text, self._simplified)
            self._kept[text] = "".join(sign for sign, _ in signs), [place for _, place in signs]
        return self._kept[text]


def _heard(
    found: Found, unit: Unit, is_title: bool, marks: tuple[Span, ...], title: str
) -> tuple[str, str]:
    """What was typed and what was matched: another name, or what of the title sounds like it."""
    if not is_title:
        return "", unit.text
    if found.match.is_literal or not marks:
        return "", ""
    piece = title[marks[0][0] : marks[-1][0] + marks[-1][1]]
    form = found.match.form
    is_piece = form is None or (len(marks) == 1 and piece not in form.text)
    return (form.text if form else "", piece) if is_piece else ("", "")


def _other_words(match: Match) -> tuple[str, str]:
    """The first of the words that were said otherwise, and the official ones for it."""
    for typed, words in match.meant:
        official = "".join(words)
        if typed and typed != official:
            return typed, official
    return "", ""


def _pieces(match: Match, key: str) -> tuple[Span, ...]:
    """Where the official words stand in a title."""
    pieces = {piece for _, words in match.meant for piece in words}
    return tuple((key.index(piece), len(piece)) for piece in pieces if piece in key)


def _spans(match: Match, unit: Unit) -> tuple[Span, ...]:
    """What of the name's key was matched."""
    if match.form is None:
        return match.spans
    alike = _alike_letters if match.form.is_spelled else _alike_signs
    places = [n for n, sign in enumerate(unit.key) if sign not in GAPS]
    return tuple(
        (places[start], places[end - 1] - places[start] + 1)
        for start, end in alike(match.form, unit)
        if end > start
    )


def _alike_signs(form: Form, unit: Unit) -> list[Span]:
    """Start and end of what sounds the same, in order."""
    steps = LCSseq.opcodes(form.folded, unit.folded)
    return [(step.dest_start, step.dest_end) for step in steps if step.tag == "equal"]


def _alike_letters(form: Form, unit: Unit) -> list[Span]:
    """Start and end of the signs whose spelling looks most like what was typed."""
    best = partial_ratio_alignment(form.letters, unit.letters)
    if best is None:
        return []
    ends: list[int] = []
    for sound in unit.sy:
        if sound not in GAPS:
            ends.append((ends[-1] if ends else 0) + len(sound.translate(LETTERS)))
    inside = [n for n, end in enumerate(ends) if best.dest_start < end <= best.dest_end]
    return [(inside[0], inside[-1] + 1)] if inside else []


def _on(places: list[int], spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Spans of a key as spans of the text that it was made of; neighbours become one."""
    marked: list[Span] = []
    for start, length in sorted(spans):
        first, last = places[start], places[start + length - 1]
        if marked and first <= marked[-1][0] + marked[-1][1]:
            first = marked.pop()[0]
        marked.append((first, last - first + 1))
    return tuple(marked)
