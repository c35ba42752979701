"""Finds the words in the names of a catalog: two to four characters that stand together.

Knows how often characters meet, what stands beside them, and which words together explain the
names best. Does not know a dictionary, a sound or a table.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping

_LENGTHS = (2, 3, 4)
_OFTEN = 3  # times, before neighbours say anything
_SHARE = 0.8  # of its times beside one and the same character: a piece of a longer word
_BEGUN = 0.5
_ROUNDS = 3
_KEYS_MAX = 20_000  # more names teach no more words
_LONE = 4.0  # what a character outside of any word costs on top of being rare
_RUN = re.compile(r"[^\x00-\x7f]+")
_EDGE = "-"
_NEVER_FIRST = frozenset("的了着和与及到在是不没把被有个吗呢怎什咋哪啥")
_NEVER_LAST = frozenset("的着和与及到在是把被个吗呢不没么要")


def words_of(keys: Mapping[str, int]) -> dict[str, int]:
    """Word → how often it stands in the names, by weight.

    Args:
        keys: normalised names and everyday words with their weights, the most important first.
    """
    runs = [
        (run, weight) for key, weight in list(keys.items())[:_KEYS_MAX] for run in _RUN.findall(key)
    ]
    counts = _candidates(runs)
    used = Counter(counts)
    signs = Counter(sign for run, weight in runs for sign in run for _ in range(weight))
    for _ in range(_ROUNDS):
        costs = _costs(used, signs)
        used = Counter()
        for run, weight in runs:
            for word in _split(run, costs):
                used[word] += weight
    words = {word: counts[word] for word, uses in used.items() if uses > 1}
    begun = _begun(words)
    for run, weight in runs:  # a name that is no longer than a word is one
        if len(run) in _LENGTHS and not _is_loose(run):
            words.setdefault(run, weight)
    return {word: count for word, count in words.items() if word not in begun}


def _candidates(runs: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Every piece that stands often enough among changing neighbours, with its count."""
    counts: Counter[str] = Counter()
    befores: dict[str, Counter[str]] = {}
    afters: dict[str, Counter[str]] = {}
    for run, weight in runs:
        edged = _EDGE + run + _EDGE
        for length in _LENGTHS:
            for start in range(1, len(run) - length + 2):
                piece = edged[start : start + length]
                counts[piece] += weight
                befores.setdefault(piece, Counter())[edged[start - 1]] += weight
                afters.setdefault(piece, Counter())[edged[start + length]] += weight
    return {
        piece: count
        for piece, count in counts.items()
        if count >= _OFTEN and not _is_loose(piece) and _is_free(befores[piece], afters[piece])
    }


def _is_loose(piece: str) -> bool:
    """Whether it begins or ends with a word that binds others."""
    return piece[0] in _NEVER_FIRST or piece[-1] in _NEVER_LAST


def _is_free(before: Counter[str], after: Counter[str]) -> bool:
    """Whether the neighbours on both sides change: those of 份证 do not, it is always 身份证."""
    return all(
        side[sign] < _SHARE * side.total()
        for side in (before, after)
        for sign in side
        if sign != _EDGE
    )


def _begun(words: Mapping[str, int]) -> set[str]:
    """Those that are mostly the beginning of longer words: 社会保 of 社会保险 and 社会保障."""
    longer: Counter[str] = Counter()
    for word, count in words.items():
        if len(word) == _LENGTHS[-1]:
            longer[word[:-1]] += count
    return {word for word, count in longer.items() if count >= _BEGUN * words.get(word, 0)}


def _costs(used: Mapping[str, int], signs: Mapping[str, int]) -> dict[str, float]:
    """What every word and every lone character costs in an explanation."""
    total = sum(used.values()) + sum(signs.values())
    lone = {sign: math.log(total / count) + _LONE for sign, count in signs.items()}
    return lone | {word: math.log(total / count) for word, count in used.items() if len(word) > 1}


def _split(run: str, costs: Mapping[str, float]) -> list[str]:
    """The cheapest way to write a run of characters as words."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(run) + 1):
        best.append(
            min(
                (best[start][0] + costs[run[start:end]], start)
                for start in range(max(0, end - _LENGTHS[-1]), end)
                if run[start:end] in costs
            )
        )
    words: list[str] = []
    end = len(run)
    while end:
        start = best[end][1]
        if end - start > 1:
            words.append(run[start:end])
        end = start
    return words
