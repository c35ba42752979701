"""Finds services for what a person types: asks the index in steps, stops when there is enough.

Knows the order of the steps and how many names each may bring. Does not judge (`match`, `rank`),
and keeps nothing of a query. Runs away from the GUI thread, with a connection of its own.
"""

from __future__ import annotations

import math
import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from kiosk.core.errors import CatalogDamagedError, SearchCancelledError
from kiosk.core.results import Hit, Results
from kiosk.search import letters, rank
from kiosk.search.line import LineMaker
from kiosk.search.match import best_match
from kiosk.search.probes import Prober
from kiosk.search.query import Query, parse
from kiosk.search.rank import Found
from kiosk.store.search_reader import SearchReader
from kiosk.store.search_unit import Unit

_NAMES_MAX = 300
_ENOUGH, _FEW, _HARDLY_ANY = 40, 25, 10  # names, before less certain steps are left out
_PAIR_LIMIT, _PAIRS_BEST = 400, 60
_SCATTERED_LIMIT = 40
_CONTINUED_NAMES = 300  # whose continuations are looked at one by one
_ASKED_MAX = 40  # signs; a longer line was not typed on a pad that dims its keys
_WORDS_LIMIT = 60
_GROUPS_MAX, _GROUP_HITS = 3, 20


class Searcher:
    """The search of one catalog file. One search at a time; `interrupt` from any thread.

    Raises (constructor): CatalogMissingError, CatalogDamagedError.
    """

    def __init__(self, file: Path) -> None:
        self._reader = SearchReader(file)
        self._prober = Prober(self._reader.pairs)
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

    def find(self, query: str, language: str = "zh", limit: int = 60) -> Results:
        """The answer to what was typed.

        Raises:
            SearchCancelledError: `interrupt` or `close` was called meanwhile.
            CatalogDamagedError: the file cannot be read.
        """
        with self._turn:
            self._cancelled.clear()
            try:
                return self._answer(query, language, limit)
            except CatalogDamagedError as error:
                # SQLite says "interrupted" in other words where a virtual table was being opened
                if self._cancelled.is_set():
                    raise SearchCancelledError("another search takes its place") from error
                raise

    def _answer(self, query: str, language: str, limit: int) -> Results:
        asked = parse(query, self._reader.lexicon)
        if not asked.forms:
            return Results(query, letters=self._first_letters(asked))
        units, is_all = self._names(asked, language)
        literal, perhaps = rank.sections(self._found(asked, units, language))
        if asked.wishes and not literal:
            literal, perhaps = self._wishes(asked.wishes, language)
        return self._results(
            query,
            (literal, perhaps),
            language,
            limit,
            chips=self._chips(asked) if language != "en" else (),
            letters=self._letters(asked, units, is_all),
        )

    # asking ---------------------------------------------------------------------------------

    def _names(self, asked: Query, language: str) -> tuple[list[Unit], bool]:
        """The names that may fit, and whether these are all that fit as it was typed."""
        uids = dict.fromkeys(self._reader.named(asked.keys))
        is_all = True
        for probe in self._prober.direct(asked, language):
            answers = self._matching(probe.match, probe.limit)
            is_all = is_all and len(answers) < probe.limit
            uids.update(dict.fromkeys(answers))
        for form in asked.plain_forms:
            if len(uids) < _ENOUGH:
                for probe in self._prober.gapped(form):
                    uids.update(dict.fromkeys(self._matching(probe.match, probe.limit)))
            if len(uids) < _FEW:
                uids.update(dict.fromkeys(self._pairwise(self._prober.neighbours(form))))
            if len(uids) < _HARDLY_ANY:
                scattered = self._prober.scattered(form)
                uids.update(dict.fromkeys(self._matching(scattered, _SCATTERED_LIMIT)))
        return self._reader.units(list(uids)[:_NAMES_MAX]), is_all

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

    # judging --------------------------------------------------------------------------------

    def _found(self, asked: Query, units: Iterable[Unit], language: str) -> list[Found]:
        """The services behind the names that fit, in order."""
        fits = ((unit, best_match(asked, unit, language)) for unit in units)
        return rank.services_of((unit, fit) for unit, fit in fits if fit is not None)

    def _wishes(
        self, wishes: Sequence[Sequence[str]], language: str
    ) -> tuple[list[Found], list[Found]]:
        """The answers to several wishes in one line, in turn."""
        answers = [self._wish(tries, language) for tries in wishes]
        literal = rank.interleaved([answer[0] for answer in answers])
        certain = {one.service for one in literal}
        perhaps = rank.interleaved([answer[1] for answer in answers])
        return literal, [one for one in perhaps if one.service not in certain]

    def _wish(self, tries: Sequence[str], language: str) -> tuple[list[Found], list[Found]]:
        """The answer to the first try that is literally there, else to the last."""
        for text in tries:
            asked = parse(text, self._reader.lexicon)
            units, _ = self._names(asked, language)
            literal, perhaps = rank.sections(self._found(asked, units, language))
            if literal:
                break
        return literal, perhaps

    # answering ------------------------------------------------------------------------------

    def _results(
        self,
        query: str,
        found: tuple[list[Found], list[Found]],
        language: str,
        limit: int,
        chips: tuple[str, ...],
        letters: frozenset[str],
    ) -> Results:
        listings = self._reader.listings(one.service for part in found for one in part)
        category_of = {service: listing.category for service, listing in listings.items()}
        lines = self._lines(language)
        hits: list[tuple[Hit, ...]] = []
        for part in rank.spread(found, category_of):
            shown = part[: max(0, limit - sum(map(len, hits)))]
            hits.append(tuple(lines.line(one, listings[one.service]) for one in shown))
        best = max((one.score for part in found for one in part), default=0.0)
        return Results(
            query=query,
            literal=hits[0],
            perhaps=hits[1],
            groups=self._groups([category_of[hit.service] for part in hits for hit in part]),
            chips=chips,
            letters=letters,
            confident=best >= rank.CONFIDENT,
        )

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

    def _letters(self, asked: Query, units: Sequence[Unit], is_all: bool) -> frozenset[str]:
        """The letters with which what was typed can go on; what is not seen is asked for."""
        found = letters.letters_after(asked, units)
        if not is_all and len(asked.key) > 2:  # after less, nearly every letter leads on
            more = self._matching(self._prober.leads_on(asked), _CONTINUED_NAMES)
            seen = {unit.uid for unit in units}
            unseen = self._reader.units([uid for uid in more if uid not in seen])
            found |= letters.letters_after(asked, unseen)
            is_all = len(more) < _CONTINUED_NAMES
        is_all = is_all and len(asked.key) > 1  # one letter is not yet asked for in English
        unsure = letters.not_seen_after(asked, found) if is_all else set(letters.ALPHABET) - found
        for letter in unsure if len(asked.key) <= _ASKED_MAX else ():
            longer = parse(asked.key + letter, self._reader.lexicon)
            if self._matching(self._prober.leads_on(longer), 1):
                found.add(letter)
        return frozenset(letter.upper() for letter in found)

    def _first_letters(self, nothing: Query) -> frozenset[str]:
        """The letters with which something begins; the same for everybody, so asked for once."""
        if self._beginnings is None:
            self._beginnings = self._letters(nothing, [], is_all=False)
        return self._beginnings
