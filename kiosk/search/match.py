"""What it is worth that a query fits a name, as one number in bands.

Knows the bands: the same, begins so, contains, sounds so, and below them all that only resembles.
Does not know services or sections. Band edges are those of the design; within a band the share of
the name that was typed decides, so the general stands before the special.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import LCSseq
from rapidfuzz.fuzz import partial_ratio

from db.phonetic import BARRIER
from kiosk.search.align import Alignment, best_alignment
from kiosk.search.query import Form, Query
from kiosk.store.search_unit import CATEGORY, GAPS, GROUP, Unit

SAME, BEGINS, CONTAINS = 1000.0, 900.0, 860.0
_IN_TWO, _PIECE_MIN = 800.0, 2
_SOUNDS_MIN, _SOUNDS_MAX, _GRADE_MIN = 620.0, 880.0, 0.6
_APART = 0.95  # words of the query that stand apart in the name
_AT_START = 12.0
_BARE_FOLD = 0.6  # initials alone, and not even those: says next to nothing
_COVERAGE = 60.0
_WITHIN_MIN, _WITHIN_MAX = 480.0, 800.0  # the whole name stands in the query
_WITHIN_LITERAL = 0.5  # of the query
_ONE_MISSING, _ONE_WRONG, _ONE_SWAPPED = 890.0, 650.0, 850.0  # one homophone in three: 870
_SLIP_MIN, _SLIP_MAX = 3, 8  # signs of a query in which one may be a slip
_LOOSE_MAX = 560.0
_LOOSE_MIN = 0.3
_LOOSE_BASE = 0.5  # two random rows of letters are that much alike
_KEPT = 0.45  # how much it counts that signs are there, beside that they are together
_FOLD_LOSS = 0.92  # what resembles by sound, beside what resembles by sign
_ENGLISH_APART, _ENGLISH_UNFINISHED = 800.0, 150.0
_ENGLISH_AT_HOME, _ENGLISH_ABROAD = 1.1, 0.9


class Match(NamedTuple):
    """How well a query fits a name, and where."""

    score: float
    is_literal: bool
    spans: tuple[tuple[int, int], ...] = ()  # start and length in the unit's key
    form: Form | None = None  # what resembles; None where `spans` say where it fits
    meant: tuple[tuple[str, tuple[str, ...]], ...] = ()  # what was typed → official words


def best_match(asked: Query, unit: Unit, language: str) -> Match | None:
    """The best that can be said of a query, in any of its forms, and a name."""
    if unit.is_english:
        found = match_english(asked.english, unit)
        factor = _ENGLISH_AT_HOME if language == "en" else _ENGLISH_ABROAD
        return found._replace(score=found.score * factor) if found else None
    best: Match | None = None
    worth = (False, 0.0)
    for form in asked.forms:
        found = match(form, unit)
        if found and (found.is_literal, found.score * form.weight) > worth:
            best, worth = found, (found.is_literal, found.score * form.weight)
    return best


def match(form: Form, unit: Unit) -> Match | None:
    """The best that can be said of a form and a Chinese name."""
    found = _by_signs(form, unit) or _in_two(form, unit) or _by_sounds(form, unit)
    if found is None or not found.is_literal:
        inside = _within(form, unit)
        if inside and (found is None or (inside.is_literal, inside.score) > (False, found.score)):
            found = inside
    return found or _loosely(form, unit)


def match_english(words: Sequence[str], unit: Unit) -> Match | None:
    """The best that can be said of typed words and an English name: they begin its words."""
    key = " " + unit.key.replace(BARRIER, " ") + " "
    starts = [key.find(" " + word) for word in words]
    if min(starts, default=-1) < 0:
        return None
    typed = " ".join(words)
    phrase = key.find(" " + typed)
    base = BEGINS if phrase == 0 else CONTAINS if phrase > 0 else _ENGLISH_APART
    sizes = [key.index(" ", at + 1) - at - 1 for at in starts]
    missing = sum(1 - len(word) / size for word, size in zip(words, sizes, strict=True))
    score = base - _ENGLISH_UNFINISHED * missing / len(words)
    score += _COVERAGE * min(1.0, len(typed) / len(unit.key))
    spans = tuple((at, len(word)) for at, word in zip(starts, words, strict=True))
    return Match(score, True, spans)


def _by_signs(form: Form, unit: Unit) -> Match | None:
    """The characters of the query stand in the name, side by side."""
    at = -1 if form.is_spelled else unit.squeezed.find(form.text)
    if at < 0:
        return None
    is_whole = len(form.text) == len(unit.squeezed)
    base = SAME if is_whole else BEGINS if at == 0 else CONTAINS
    span = _place(unit, at, len(form.text))
    return Match(base + _coverage(form, unit), True, (span,))


def _in_two(form: Form, unit: Unit) -> Match | None:
    """Two pieces of the query stand in the name, in order, with something between them."""
    text, name = form.text, unit.squeezed
    if form.is_spelled or len(form.words) > 1:
        return None
    if text[:_PIECE_MIN] not in name or text[-_PIECE_MIN:] not in name:
        return None
    for cut in range(len(text) - _PIECE_MIN, _PIECE_MIN - 1, -1):
        left = name.find(text[:cut])
        right = name.find(text[cut:], left + cut) if left >= 0 else -1
        if right >= 0:
            spans = (_place(unit, left, cut), _place(unit, right, len(text) - cut))
            return Match(_IN_TWO + _coverage(form, unit), True, spans)
    return None


def _by_sounds(form: Form, unit: Unit) -> Match | None:
    """The signs of the query fit the name one by one, in a row or at least word by word."""
    whole = best_alignment(form.whole, unit)
    if whole is not None:
        return _aligned((whole,), 1.0, form, unit)
    if len(form.words) > 1:
        apart = [best_alignment(word, unit) for word in form.words]
        if all(apart):
            return _aligned([one for one in apart if one], _APART, form, unit)
    return None


def _aligned(found: Sequence[Alignment], factor: float, form: Form, unit: Unit) -> Match:
    length = sum(one.length for one in found)
    grade = sum(one.grade * one.length for one in found) / length
    share = (grade - _GRADE_MIN) / (1 - _GRADE_MIN)
    score = (_SOUNDS_MIN + share * (_SOUNDS_MAX - _SOUNDS_MIN)) * factor
    if found[0].start == 0:
        score += _AT_START
    is_literal = all(one.is_literal for one in found)
    if not is_literal and form.is_bare:
        score *= _BARE_FOLD
    return Match(
        score + _coverage(form, unit),
        is_literal,
        tuple(sorted((one.start, one.length) for one in found)),
    )


def _within(form: Form, unit: Unit) -> Match | None:
    """The whole name stands in the query, which says more."""
    size = len(unit.squeezed)
    if form.is_spelled or size < 2 or unit.squeezed not in form.text:
        return None
    share = size / len(form.text)
    score = _WITHIN_MIN + share * (_WITHIN_MAX - _WITHIN_MIN)
    is_literal = share >= _WITHIN_LITERAL and unit.kind not in (CATEGORY, GROUP)
    return Match(score, is_literal, ((0, len(unit.key)),))


def _loosely(form: Form, unit: Unit) -> Match | None:
    """Something is missing, wrong or too much."""
    if form.is_spelled:
        likeness = partial_ratio(form.letters, unit.letters) / 100
        share = (likeness - _LOOSE_BASE) / (1 - _LOOSE_BASE)
        share *= min(1.0, len(unit.letters) / len(form.letters))
    else:
        # signs in the right order, by characters and by sounds: little else can cost so much
        kept = LCSseq.similarity(form.text, unit.squeezed)
        heard = LCSseq.similarity(form.folded, unit.folded)
        slip = _slip(form, unit, kept, heard)
        if slip:
            return Match(slip + _coverage(form, unit), False, form=form)
        by_sign = _resemblance(form.text, unit.squeezed, kept)
        by_sound = _resemblance(form.folded, unit.folded, heard)
        share = max(by_sign, _FOLD_LOSS * by_sound)
    if share < _LOOSE_MIN or len(form.signs) < 2:
        return None
    return Match(_LOOSE_MAX * share + _coverage(form, unit) * share, False, form=form)


def _slip(form: Form, unit: Unit, kept: int, heard: int) -> float:
    """What it is worth that a single sign is a slip, if one is; all the others are in order."""
    size = len(form.text)
    if heard < size - 1 or not _SLIP_MIN <= size <= _SLIP_MAX:
        return 0.0
    by_sound = _FOLD_LOSS * _one_slip(form.folded, unit.folded)
    by_sign = _one_slip(form.text, unit.squeezed) if by_sound and kept >= size - 1 else 0.0
    return max(by_sign, by_sound)


def _one_slip(typed: str, name: str) -> float:
    """What it is worth that a single sign is missing, wrong or swapped with the next; else 0."""
    for at in range(1, len(typed)):
        left, right = typed[:at], typed[at:]
        found = name.find(left)
        while found >= 0:
            if name.startswith(right, found + at + 1):
                return _ONE_MISSING
            if len(typed) > _SLIP_MIN and name.startswith(right[1:], found + at + 1):
                return _ONE_WRONG
            found = name.find(left, found + 1)
        if typed[: at - 1] + typed[at] + typed[at - 1] + typed[at + 1 :] in name:
            return _ONE_SWAPPED
    if len(typed) > _SLIP_MIN and typed[1:] in name:
        return _ONE_WRONG
    return 0.0


def _resemblance(typed: str, name: str, kept: int) -> float:
    """Signs in the right order, and how close together: 0 to 1, or 0 where it is too little."""
    size, shorter = len(typed), min(len(typed), len(name))
    # as close together as they can be
    at_most = _KEPT * kept / size + (1 - _KEPT) * 2 * kept / (shorter + kept) * shorter / size
    if kept < 2 or at_most < _LOOSE_MIN:
        return 0.0
    together = partial_ratio(typed, name) / 100 * min(1.0, len(name) / size)
    return _KEPT * kept / size + (1 - _KEPT) * together


def _coverage(form: Form, unit: Unit) -> float:
    return _COVERAGE * min(1.0, len(form.signs) / len(unit.squeezed))


def _place(unit: Unit, start: int, length: int) -> tuple[int, int]:
    """A span of the squeezed name as one of the key."""
    if len(unit.key) == len(unit.squeezed):
        return start, length
    places = [n for n, sign in enumerate(unit.key) if sign not in GAPS]
    first, last = places[start], places[start + length - 1]
    return first, last - first + 1
