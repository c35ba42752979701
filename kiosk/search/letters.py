"""Which letters still lead somewhere, and which words of the catalog begin like what was typed.

Knows how a name goes on after the place where a query ends. Does not ask the index.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from db.phonetic import BARRIER, heard_as, is_latin
from kiosk.search.align import alignments, best_alignment
from kiosk.search.pinyin import INITIALS as BARE_INITIALS
from kiosk.search.pinyin import cut_anew_by
from kiosk.search.query import Form, Query
from kiosk.store.search_unit import Unit

ALPHABET = "abcdefghijklmnopqrstuvwxyz"
CHIPS_MAX = 6


def letters_after(asked: Query, units: Iterable[Unit]) -> set[str]:
    """The letters that may follow a query in these names, as the next sign or within the last."""
    found: set[str] = set()
    ends: set[tuple[str, str, str]] = set()
    for unit in units:
        if unit.is_english:
            found |= _english_letters_after(asked.english, unit)
        else:
            for form in asked.forms:
                ends |= _ends(form, unit)
    return found.union(*(_following(*end) for end in ends))


def not_seen_after(asked: Query, found: set[str]) -> set[str]:
    """Of the other letters those that make the query another one, of which no names are here."""
    letters = asked.key[len(asked.key.rstrip(ALPHABET)) :]
    return cut_anew_by(letters, set(ALPHABET) - found)


def _ends(form: Form, unit: Unit) -> set[tuple[str, str, str]]:
    """Where the query may end in a name: unfinished letters, the sound they are of, the next."""
    found = alignments(form.words[-1], unit)
    if not found or not all(best_alignment(word, unit) for word in form.words[:-1]):
        return set()
    last = form.signs[-1]
    typed = last.text if last.is_spelled and last.is_open else ""
    ends = (one.start + one.length for one in found)
    return {(typed, unit.sy[end - 1], unit.sy[end : end + 1]) for end in ends}


def _english_letters_after(words: Sequence[str], unit: Unit) -> set[str]:
    """The letters that may follow the last of these words in an English name."""
    key = " " + unit.key.replace(BARRIER, " ")
    if not words or not all(" " + word in key for word in words):
        return set()
    following = (after[:1] for after in key.split(" " + words[-1])[1:])
    return {letter for letter in following if letter and is_latin(letter)}


@cache  # syllables × syllables, nothing of a visit in it
def _following(typed: str, last: str, coming: str) -> frozenset[str]:
    """The letters after `typed`, a beginning of the sound `last`, with the sound `coming` next."""
    grown = {
        other[len(typed)]
        for other in heard_as(last)
        if typed and other.startswith(typed) and other != typed
    }
    is_done = not typed or typed in BARE_INITIALS or typed in heard_as(last)
    begun = ({other[0] for other in heard_as(coming)} or {coming}) if is_done else set[str]()
    return frozenset(letter for letter in grown | begun if letter and is_latin(letter))


def chips(form: Form, words: Iterable[tuple[str, str]]) -> list[str]:
    """Of words with their sounds those that begin like this, the literal ones first."""
    found: list[tuple[bool, str]] = []
    for word, sy in words:
        unit = Unit(0, "", word, sy, 0, word, ())
        best = best_alignment(form.whole, unit)
        if best is not None and best.start == 0:
            found.append((not best.is_literal, word))
    return [word for _, word in sorted(found, key=lambda one: one[0])]
