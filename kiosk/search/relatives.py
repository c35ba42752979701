"""What stands beside the best hit: its cases, its neighbours, and what is done together with it.

Knows which service is a relative of which. Does not know what was typed, nor how it is shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from kiosk.core.results import Hit, Kinship, Relative
from kiosk.search.line import LineMaker
from kiosk.store.search_reader import SearchReader

_EACH_MAX = 3
_BEST = 6  # hits that say what a search was about
_SHARED = 0.5  # of these in one category


class Family:
    """The relatives of services of one catalog."""

    def __init__(self, reader: SearchReader) -> None:
        self._reader = reader

    def of(
        self, hits: Sequence[Hit], guesses: Sequence[Hit], lines: LineMaker
    ) -> tuple[Relative, ...]:
        """The relatives of the first hit that are not shown already, its cases first."""
        if not hits:
            return ()
        seen = {hit.service for hit in (*hits, *guesses)}
        found: list[tuple[str, Kinship]] = []
        for kinship, services in self._kin(hits[0].service):
            others = [one for one in dict.fromkeys(services) if one not in seen][:_EACH_MAX]
            seen.update(others)
            found += [(one, kinship) for one in others]
        listings = self._reader.listings(service for service, _ in found)
        return tuple(
            Relative(service, *lines.title_and_icon(listings[service]), kinship)
            for service, kinship in found
            if service in listings
        )

    def category_of(self, hits: Sequence[Hit]) -> str:
        """The category that most of the best hits are of; none where they are of all sorts."""
        best = [hit.service for hit in hits[:_BEST]]
        tally = Counter(one.category for one in self._reader.listings(best).values())
        for category, count in tally.most_common(1):
            if count >= _SHARED * len(best):
                return category
        return ""

    def _kin(self, service: str) -> Iterator[tuple[Kinship, list[str]]]:
        listing = self._reader.listings([service])[service]
        ways = self._reader.ways_on(service)
        yield "situation", [*self._reader.longer_titles(listing.zh), *ways.cases]
        yield "related", list(ways.related)
        yield "sibling", self._reader.of_category(listing.category)
