"""Finds services for what a person types: asks the index in steps, stops when there is enough.

Knows the order of the steps and how many names each may bring. Does not judge (`match`, `rank`),
and keeps nothing of a query. Runs away from the GUI thread, with a connection of its own.
"""

from __future__ import annotations

import math
import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.core.errors import CatalogDamagedError, SearchCancelledError
from kiosk.core.results import Hit, Results, Wish
from kiosk.search import letters, rank
from kiosk.search.line import LineMaker
from kiosk.search.match import best_match
from kiosk.search.meaning import Understanding
from kiosk.search.own_words import letters_after as letters_to_settings
from kiosk.search.own_words import means_settings
from kiosk.search.probes import GAPS_MAX, Prober
from kiosk.search.query import Query, parse
from kiosk.search.rank import Found
from kiosk.search.relatives import Family
from kiosk.store.search_reader import SearchReader
from kiosk.store.search_unit import Unit

_NAMES_MAX = 120
_HITS_MAX = 30
_BEGINNING_LIMIT = 40
_ENOUGH, _FEW, _HARDLY_ANY = 8, 6, 4  # names, before less certain steps are left out
_PAIR_LIMIT, _PAIRS_BEST = 200, 60
_SCATTERED_LIMIT = 40
_ASKED_SIZE = 2000  # services; in a larger catalog a letter is live before it is known to be dead
_ASKED_MAX = 40  # signs; a longer line was not typed on a pad that dims its keys
_WORDS_LIMIT = 60
_GROUPS_MAX, _GROUP_HITS = 3, 20
_FIRST_HITS = 20  # of a section; hardly ever does the first screen need more
_WISH_HITS = 4
_LESS_LIKELY = 0.97  # for every guess of a spoken query that stands before it


@dataclass(frozen=True, slots=True)
class _Looked:
    """What was looked at for one text."""

    asked: Query
    found: list[Found]
    units: list[Unit]
    is_all: bool  # the units are all that fit as it was typed


class _Categories:
    """The categories of what was found; of those further down only if somebody asks for one."""

    def __init__(self, reader: SearchReader, parts: Iterable[Sequence[Found]]) -> None:
        self._reader = reader
        self._waiting = [[one.service for one in part] for part in parts]
        self._known: dict[str, str] = {}

    def of(self, service: str) -> str:
        """The category of a service."""
        for count in (_FIRST_HITS, None):
            if service not in self._known:
                self._ask(count)
        return self._known[service]

    def _ask(self, count: int | None) -> None:
        wanted = [service for part in self._waiting for service in part[:count]]
        listings = self._reader.listings(wanted)
        self._known.update((service, one.category) for service, one in listings.items())


class Searcher:
    """The search of one catalog file. One search at a time; `interrupt` from any thread.

    Raises (constructor): CatalogMissingError, CatalogDamagedError.
    """

    def __init__(self, file: Path) -> None:
        self._reader = SearchReader(file)
        self._prober = Prober(self._reader.pairs)
        self._understanding = Understanding(self._reader)
        self._family = Family(self._reader)
        self._line_makers: dict[str, LineMaker] = {}
        self._beginnings: frozenset[str] | None = None
        self._turn = threading.Lock()
        self._cancelled = threading.Event()

    def interrupt(self) -> None:
        """Make a running search give up."""
        self._cancelled.set()
        self._reader.interrupt()

    def close(self) -> None:
        """Let go of the file, as soon as a running search has given up."""
        self.interrupt()
        with self._turn:
            self._reader.close()

    def find(
        self,
        query: str,
        language: str = "zh",
        limit: int = _HITS_MAX,
        also_heard: Sequence[str] = (),
    ) -> Results:
        """The answer to what was typed, or to what was spoken and may have been something else.

        Raises:
            SearchCancelledError: `interrupt` or `close` was called meanwhile.
            CatalogDamagedError: the file cannot be read.
        """
        with self._turn:
            self._cancelled.clear()
            try:
                return self._answer(query, language, limit, also_heard)
            except CatalogDamagedError as error:
                # SQLite says "interrupted" in other words where a virtual table was being opened
                if self._cancelled.is_set():
                    raise SearchCancelledError("another search takes its place") from error
                raise

    def _answer(self, query: str, language: str, limit: int, also_heard: Sequence[str]) -> Results:
        looked = self._look(query, language)
        if not looked.asked.forms:
            return Results(query, letters=self._first_letters(looked.asked))
        found = looked.found
        for place, text in enumerate(also_heard, 1):  # spoken words may have been others
            others = self._look(text, language).found
            found = rank.merged((found, [one.less(_LESS_LIKELY**place) for one in others]))
        wishes: list[tuple[str, list[Found]]] = []
        longest = max((len(tries[0]) for tries in looked.asked.wishes), default=0)
        is_name = any(
            one.match.is_literal and one.unit is not None and len(one.unit.squeezed) > longest
            for one in found
        )
        if looked.asked.wishes and not is_name:
            wishes = [self._wish(tries, language) for tries in looked.asked.wishes]
        parts = rank.sections(found)
        if wishes and all(answer for _, answer in wishes):
            parts = rank.interleaved([answer for _, answer in wishes]), []
        return self._results(query, language, limit, looked, parts, wishes)

    def spoken_keys(self) -> list[str]:
        """The Chinese names of the catalog, as they are compared.

        Raises:
            SearchCancelledError: `interrupt` or `close` was called meanwhile.
            CatalogDamagedError: the file cannot be read.
        """
        with self._turn:
            return self._reader.spoken_keys()

    # asking ---------------------------------------------------------------------------------

    def _look(self, text: str, language: str) -> _Looked:
        """Everything that may be meant by a text."""
        asked = parse(text, self._reader.lexicon)
        answers = self._understanding.meant(asked)
        services = self._reader.numbered(one.number for one in answers)
        meant = [rank.meant(services[one.number], one) for one in answers]
        is_story = len(asked.key) > GAPS_MAX and not asked.english
        enough = rank.CONFIDENT if is_story else rank.MEANT
        is_understood = any(one.score >= enough for one in meant)
        units, is_all = self._names(asked, language, is_understood)
        fits = ((unit, best_match(asked, unit, language)) for unit in units)
        named = rank.services_of((unit, fit) for unit, fit in fits if fit is not None)
        return _Looked(asked, rank.merged((named, meant)), units, is_all)

    def _names(self, asked: Query, language: str, is_understood: bool) -> tuple[list[Unit], bool]:
        """The names that may fit, and whether these are all that fit as it was typed.

        What was understood is not looked for as a slip of something else.
        """
        uids = dict.fromkeys(self._reader.named(asked.keys))
        is_all, is_there = True, False
        for probe in self._prober.direct(asked, language):
            answers = self._matching(probe.match, probe.limit)
            is_all = is_all and len(answers) < probe.limit
            is_there = is_there or (probe.is_literal and bool(answers))
            uids.update(dict.fromkeys(answers))
        if not is_all:
            uids = dict.fromkeys((*self._beginning(asked), *uids))
        for form in asked.plain_forms if not is_understood else ():
            if len(uids) < _ENOUGH or not (form.is_spelled or is_there):
                # first of all: names that only sound like it may be many
                slips = [
                    uid
                    for probe in self._prober.gapped(form)
                    for uid in self._matching(probe.match, probe.limit)
                ]
                uids = dict.fromkeys((*slips, *uids))
            if len(uids) < _FEW:
                uids.update(dict.fromkeys(self._pairwise(self._prober.neighbours(form))))
            if len(uids) < _HARDLY_ANY:
                scattered = self._prober.scattered(form)
                uids.update(dict.fromkeys(self._matching(scattered, _SCATTERED_LIMIT)))
        return self._reader.units(list(uids)[:_NAMES_MAX]), is_all

    def _beginning(self, asked: Query) -> list[int]:
        """Of too many names those that begin as it was typed."""
        keys, sounds, initials = self._prober.beginnings(asked)
        begun = self._reader.beginning(keys, sounds, _BEGINNING_LIMIT)
        return begun + self._matching(initials, _BEGINNING_LIMIT)

    def _pairwise(self, pairs: Sequence[str]) -> list[int]:
        """The names that have most of the pairs in common, rare ones counting more."""
        tally: defaultdict[int, float] = defaultdict(float)
        for pair in pairs:
            answers = self._matching(pair, _PAIR_LIMIT)
            for uid in answers:
                tally[uid] += 1 / math.log(2 + len(answers))
        return sorted(tally, key=lambda uid: -tally[uid])[:_PAIRS_BEST]

    def _matching(self, match: str, limit: int) -> list[int]:
        if self._cancelled.is_set():
            raise SearchCancelledError("another search takes its place")
        return self._reader.matching(match, limit) if match else []

    # answering ------------------------------------------------------------------------------

    def _wish(self, tries: Sequence[str], language: str) -> tuple[str, list[Found]]:
        """The answer to the first try that is there for certain, else to the last."""
        for text in tries:
            certain, perhaps = rank.sections(self._look(text, language).found)
            if certain:
                return text, certain
        return tries[-1], [one for one in perhaps if one.score >= rank.CONFIDENT]

    def _results(
        self,
        query: str,
        language: str,
        limit: int,
        looked: _Looked,
        found: tuple[list[Found], list[Found]],
        wishes: Sequence[tuple[str, list[Found]]],
    ) -> Results:
        asked = looked.asked
        lines = self._lines(language)
        hits: list[tuple[Hit, ...]] = []
        categories: list[str] = []
        for part in rank.spread(found, _Categories(self._reader, found).of):
            shown = part[: max(0, limit - len(categories))]
            listings = self._reader.listings(one.service for one in shown)
            hits.append(tuple(lines.line(one, listings[one.service]) for one in shown))
            categories += (listings[one.service].category for one in shown)
        best = max((one.score for part in found for one in part), default=0.0)
        is_confident = best >= rank.CONFIDENT
        certain = hits[0] if is_confident else ()
        is_understood = any(one.match.meant for one in found[0])  # and may be followed by anything
        return Results(
            query=query,
            literal=hits[0],
            perhaps=hits[1],
            groups=self._groups(categories),
            chips=self._chips(asked) if language != "en" else (),
            letters=frozenset() if is_understood else self._letters(looked),
            confident=is_confident,
            wishes=tuple(self._answered(wishes, certain)),
            relatives=self._family.of(certain, hits[1], lines),
            category=self._family.category_of(certain),
            for_settings=means_settings(query),
        )

    def _answered(
        self, wishes: Iterable[tuple[str, list[Found]]], hits: Sequence[Hit]
    ) -> Iterator[Wish]:
        """Each wish with those of the hits that answer it."""
        by_service = {hit.service: hit for hit in hits}
        for words, found in wishes:
            own = [by_service[one.service] for one in found if one.service in by_service]
            yield Wish(words, tuple(own[:_WISH_HITS]))

    def _lines(self, language: str) -> LineMaker:
        if language not in self._line_makers:
            reader = self._reader
            self._line_makers[language] = LineMaker(
                language, reader.categories, reader.groups, reader.lexicon.simplified
            )
        return self._line_makers[language]

    def _groups(self, categories: Sequence[str]) -> tuple[str, ...]:
        """The groups of the best hits, those with most of them first."""
        tally: Counter[str] = Counter()
        known = self._reader.categories
        for n, category in enumerate(categories[:_GROUP_HITS]):
            if category in known:
                tally[known[category].group] += _GROUP_HITS - n
        return tuple(group for group, _ in tally.most_common(_GROUPS_MAX))

    def _chips(self, asked: Query) -> tuple[str, ...]:
        """Words of the catalog that begin like letters that were typed."""
        found: dict[str, None] = {}
        for form in asked.forms if asked.english else ():
            initials = "".join(sign.initial for sign in form.signs)
            words = self._reader.words(initials, _WORDS_LIMIT)
            found.update(dict.fromkeys(letters.chips(form, words)))
        return tuple(found)[: letters.CHIPS_MAX]

    def _letters(self, looked: _Looked) -> frozenset[str]:
        """The letters with which what was typed can go on; none where too many names are left.

        After a letter or two of a large catalog every letter leads on, and asking for each would
        cost more than the search itself.
        """
        if not looked.is_all:
            return frozenset()
        asked, units = looked.asked, looked.units
        found = letters.letters_after(asked, units) | letters_to_settings(asked.key)
        is_all = len(asked.key) > 1  # one letter is not yet asked for in English
        unsure = letters.not_seen_after(asked, found) if is_all else set(letters.ALPHABET) - found
        if self._reader.size > _ASKED_SIZE:
            return frozenset(letter.upper() for letter in found | unsure)
        for letter in unsure if len(asked.key) <= _ASKED_MAX else ():
            longer = parse(asked.key + letter, self._reader.lexicon)
            if self._matching(self._prober.leads_on(longer), 1):
                found.add(letter)
        return frozenset(letter.upper() for letter in found)

    def _first_letters(self, nothing: Query) -> frozenset[str]:
        """The letters with which something begins; the same for everybody, so asked for once."""
        if self._beginnings is None:
            self._beginnings = self._letters(_Looked(nothing, [], [], is_all=True))
        return self._beginnings
