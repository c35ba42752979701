"""How well a catalog is found: judged phrases, recall and mean reciprocal rank.

Knows the two formats of judged phrases (`judged/README.md`). Anything that answers with services
can be judged. Without arguments the demo city is asked the queries that its tests ask.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import search_catalogs
from benchmarks.search_catalogs import CatalogError
from kiosk.search.searcher import Searcher

ROOT = Path(__file__).parents[1]
CATALOG = ROOT / "resources" / "catalog"
QUERIES = ROOT / "tests" / "kiosk" / "search" / "demo_queries.jsonl"
SCREEN = 5  # hits that are seen without turning the page
DEPTH = 10  # places in which each of several wishes must have been met

Find = Callable[[str, str], Sequence[str]]
"""What is typed and the language of the screen → ids of services, best first."""


class QueriesError(ValueError):
    """A line of judged phrases cannot be read; the message names file and line."""


@dataclass(frozen=True)
class Phrase:
    """What somebody says, and what would answer it."""

    query: str
    kind: str
    wishes: tuple[tuple[str, ...], ...]  # each: ids or regular expressions, any of which answers
    line: int

    @property
    def language(self) -> str:
        """The language of the screen on which it is typed."""
        return "en" if self.kind == "english" else "zh"


@dataclass(frozen=True)
class Names:
    """The names of the services of a catalog, to which the expectations of a phrase are held."""

    of: Mapping[str, tuple[str, ...]]  # id → names, the one that is shown last

    def fits(self, service: str, wish: Iterable[str]) -> bool:
        """Whether a service meets a wish: by its id, or by an expression found in a name."""
        return any(
            expected == service or any(re.search(expected, name) for name in self.of[service])
            for expected in wish
        )

    def can_meet(self, wish: Iterable[str]) -> bool:
        """Whether any service does."""
        return any(self.fits(service, wish) for service in self.of)


@dataclass(frozen=True)
class Outcome:
    """At which place a phrase was answered, from 1; 0 where it was not."""

    phrase: Phrase
    place: int
    first: tuple[str, ...]  # ids that came first


@dataclass(frozen=True)
class Figures:
    """The outcomes of a list of phrases."""

    outcomes: tuple[Outcome, ...]

    def recall(self, most: int = SCREEN, kind: str | None = None) -> float:
        """The share of the phrases that were answered in the first `most` places."""
        counted = [one.place for one in self.outcomes if kind in (None, one.phrase.kind)]
        return sum(0 < place <= most for place in counted) / len(counted) if counted else 0.0

    @property
    def mrr(self) -> float:
        """Mean reciprocal rank."""
        places = [one.place for one in self.outcomes]
        return sum(1 / place for place in places if place) / len(places) if places else 0.0

    @property
    def kinds(self) -> dict[str, int]:
        """Every kind with the number of its phrases, in alphabetical order."""
        counted: defaultdict[str, int] = defaultdict(int)
        for one in self.outcomes:
            counted[one.phrase.kind] += 1
        return dict(sorted(counted.items()))


def read_phrases(file: Path) -> list[Phrase]:
    """The judged phrases of a file.

    Raises:
        QueriesError: a line is not as the formats ask.
    """
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise QueriesError(f"{file}: cannot be read: {error}") from error
    found = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                found.append(_phrase(json.loads(line), number))
            except (ValueError, TypeError, re.error) as error:
                raise QueriesError(f"{file}:{number}: {error}") from error
    if not found:
        raise QueriesError(f"{file}: holds no phrase")
    return found


def _phrase(row: Any, number: int) -> Phrase:
    if not isinstance(row, dict):
        raise TypeError("expected an object")
    query = row.get("query", row.get("q"))
    expected, wishes = row.get("expect"), row.get("expect_all")
    if not isinstance(query, str) or not query:
        raise ValueError("`query` or `q` is missing")
    groups = wishes if wishes is not None else [expected]
    for group in groups:
        if not isinstance(group, list) or not group or not all(map(_is_expectation, group)):
            raise ValueError("`expect` and each of `expect_all` must be a list of expressions")
    return Phrase(query, str(row.get("kind", "any")), tuple(map(tuple, groups)), number)


def _is_expectation(value: object) -> bool:
    if not isinstance(value, str):
        return False
    re.compile(value)
    return bool(value)


def names_of(bodies: Mapping[str, bytes]) -> Names:
    """The names of a catalog."""
    return Names(
        {one.id: (one.name.zh, one.plain_name.zh) for one in search_catalogs.services_of(bodies)}
    )


def judge(phrases: Iterable[Phrase], names: Names, find: Find) -> Figures:
    """Ask every phrase, and see at which place it was answered."""
    outcomes = []
    for phrase in phrases:
        ids = tuple(find(phrase.query, phrase.language))
        outcomes.append(Outcome(phrase, place_of(ids, phrase.wishes, names.fits), ids[:3]))
    return Figures(tuple(outcomes))


def place_of(
    ids: Sequence[str],
    wishes: Sequence[tuple[str, ...]],
    fits: Callable[[str, tuple[str, ...]], bool],
) -> int:
    """The place of the first answer, from 1; 0 where there is none.

    Where there are several wishes, each must be met in the first places; else nothing counts.
    """
    within = ids if len(wishes) == 1 else ids[:DEPTH]
    return min(
        next((n for n, service in enumerate(within, 1) if fits(service, wish)), 0)
        for wish in wishes
    )


def report(figures: Figures, name: str = "search_quality") -> None:
    """Print the figures, a line each."""
    for most in (1, 3, SCREEN):
        print(f"{name}_recall_{most} {figures.recall(most):.3f} share")
    print(f"{name}_mrr {figures.mrr:.3f} share")
    print(f"{name}_queries {len(figures.outcomes)} phrases")
    for kind, count in figures.kinds.items():
        recall = figures.recall(kind=kind)
        print(f"{name}_recall_{SCREEN}_{kind.replace(' ', '_')} {recall:.3f} share  # of {count}")


def report_misses(figures: Figures, names: Names) -> None:
    """Print what was not answered in the first places, with what came first instead."""
    for one in figures.outcomes:
        if not 0 < one.place <= SCREEN:
            came = " · ".join(names.of[service][-1] for service in one.first) or "nothing"
            place = f"place {one.place}" if one.place else "not found"
            wanted = " & ".join(" | ".join(wish) for wish in one.phrase.wishes)
            print(f"# {one.phrase.line} {one.phrase.kind}: {one.phrase.query}")
            print(f"#     wanted {wanted} ({place}); came {came}")


def main(arguments: Sequence[str] | None = None) -> int:
    asked = _parser().parse_args(arguments)
    try:
        bodies = search_catalogs.read(asked.catalog)
        phrases = read_phrases(Path(asked.queries))
    except (CatalogError, QueriesError) as error:
        print(error, file=sys.stderr)
        return 2
    if asked.no_aliases or asked.lexicon_only:
        bodies = search_catalogs.without_aliases(bodies)
    rules = () if asked.no_aliases or asked.aliases_only else None
    names = names_of(bodies)
    for line in _hopeless(phrases, names):
        print(f"# line {line}: nothing in this catalog would be an answer", file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        file = search_catalogs.index(Path(folder) / "catalog.sqlite", bodies, rules)
        with closing(Searcher(file)) as searcher:
            figures = judge(phrases, names, finder(searcher))
    report(figures)
    if asked.misses:
        report_misses(figures, names)
    return 0


def finder(searcher: Searcher) -> Find:
    """A searcher's answers as ids."""
    return lambda typed, language: [hit.service for hit in searcher.find(typed, language).hits]


def _hopeless(phrases: Iterable[Phrase], names: Names) -> list[int]:
    """The lines that ask for something that the catalog does not have; they count as missed."""
    return [one.line for one in phrases if not all(map(names.can_meet, one.wishes))]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks.search_quality", description=__doc__)
    parser.add_argument("--catalog", default=str(CATALOG), help="one or several, see README")
    parser.add_argument("--queries", default=str(QUERIES), help="judged phrases, .jsonl")
    knows = parser.add_mutually_exclusive_group()
    knows.add_argument("--no-aliases", action="store_true", help="neither aliases nor lexicon")
    knows.add_argument("--lexicon-only", action="store_true", help="the lexicon, but no aliases")
    knows.add_argument("--aliases-only", action="store_true", help="aliases, but no lexicon")
    parser.add_argument("--misses", action="store_true", help="list what was not found")
    return parser


if __name__ == "__main__":
    sys.exit(main())
