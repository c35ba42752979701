"""What a keystroke costs and what it finds at any size, beside the usual means.

CPU time of the thread. Every judged phrase is typed sign by sign. Figures first, a line each; then
a table, and the bars that this project sets itself.
"""

from __future__ import annotations

import argparse
import gc
import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from benchmarks import search_rivals, search_slips
from benchmarks.search_catalogs import SHARED, CatalogError
from benchmarks.search_quality import Phrase, finder, judge, read_phrases
from benchmarks.search_stock import FOLDER, ROOT, Cost, Stock
from kiosk.core.results import Results
from kiosk.core.routes import Home, SearchPage, Write
from kiosk.core.session import Session, after
from kiosk.search.searcher import Searcher
from kiosk.store.catalog_reader import CatalogReader
from kiosk.views.factory import page_for
from kiosk.views.scene import Scene

JUDGED = Path(__file__).parent / "judged" / "names.jsonl"
SAMPLE = SHARED / "search_queries_sample.jsonl"
NOW = datetime(2026, 11, 23, 9, 42, tzinfo=UTC)
OURS = "search"
SMALL = 10_000  # services, up to which the stricter bar holds
P99_MS, P99_SMALL_MS, GUI_MS = 16.0, 5.0, 2.0

Find = Callable[[str, str], Sequence[str]]


class Figures(msgspec.Struct, frozen=True):
    """Everything measured of one way to search."""

    name: str
    cost: Cost
    memory_mb: float
    keystrokes: tuple[tuple[float, str], ...]  # ms and what was typed, ascending
    recall: float
    mrr: float
    slips: dict[str, float]
    missed: tuple[search_slips.Slip, ...]

    def percentile(self, share: float) -> float:
        """The milliseconds that so many of the keystrokes stay below."""
        last = len(self.keystrokes) - 1
        return self.keystrokes[min(int(len(self.keystrokes) * share), last)][0]


def main(arguments: Sequence[str] | None = None) -> int:
    asked = _parser().parse_args(arguments)
    phrases = read_phrases(JUDGED)
    try:
        stock = Stock(asked.services, FOLDER)
        found = [_ours(stock, phrases)]
    except CatalogError as error:
        print(f"# not measured: {error}", file=sys.stderr)
        return 0
    _print_ours(found[0], stock, phrases)
    for slip in found[0].missed if asked.misses else ():
        print(f"# missed {slip.kind}: {slip.typed} for {'+'.join(slip.pieces)} in {slip.title}")
    for rival in search_rivals.RIVALS if asked.rivals else ():
        try:
            found.append(_rival(stock, rival, phrases))
        except ModuleNotFoundError as error:
            print(f"# {rival.name} not measured: {error}", file=sys.stderr)
            continue
        _print(found[-1])
    _print_table(found)
    return 0


# measuring ----------------------------------------------------------------------------------------


def _ours(stock: Stock, phrases: Sequence[Phrase]) -> Figures:
    cost = stock.build()
    with closing(Searcher(stock.file)) as searcher:
        return _measure(OURS, cost, stock, phrases, finder(searcher), stock.file)


def _rival(stock: Stock, rival: search_rivals.Rival, phrases: Sequence[Phrase]) -> Figures:
    cost = stock.build_rival(rival)
    opened = rival.open(stock.place(rival))

    def find(typed: str, _language: str) -> Sequence[str]:
        return opened(typed)

    return _measure(rival.name, cost, stock, phrases, find, stock.place(rival))


def _measure(
    name: str, cost: Cost, stock: Stock, phrases: Sequence[Phrase], find: Find, place: Path
) -> Figures:
    keystrokes = spent_ms(find, typed_of(phrases))
    names = stock.names()
    judged = judge(phrases, names, find)

    def titles(typed: str) -> list[str]:
        return [names.of[service][-1] for service in find(typed, "zh")[: search_slips.DEPTH]]

    shares, missed = {}, list[search_slips.Slip]()
    for kind in search_slips.KINDS:
        slips = search_slips.made_of(stock.real, kind, [line.name for line in stock.lines])
        not_found = [one for one in slips if not one.is_found_in(titles(one.typed))]
        shares[str(kind)] = 1 - len(not_found) / len(slips)
        missed += not_found
    memory = _memory_mb(name, place)
    recall, mrr = judged.recall(), judged.mrr
    return Figures(name, cost, memory, tuple(keystrokes), recall, mrr, shares, tuple(missed))


def typed_of(phrases: Sequence[Phrase]) -> list[tuple[str, str]]:
    """Every beginning of every phrase, with the language of the screen on which it is typed."""
    sample = read_phrases(SAMPLE) if SAMPLE.is_file() else []
    return [
        (phrase.query[:end], phrase.language)
        for phrase in (*phrases, *sample)
        for end in range(1, len(phrase.query) + 1)
    ]


def spent_ms(
    find: Callable[[str, str], object], typed: Sequence[tuple[str, str]]
) -> list[tuple[float, str]]:
    """CPU milliseconds of each keystroke, ascending, with what was typed."""
    spent = []
    gc.collect()
    gc.freeze()  # the catalog in many forms is the benchmark's; a kiosk freezes what it has loaded
    for words, language in typed:
        started = time.thread_time()
        find(words, language)
        spent.append(((time.thread_time() - started) * 1000, words))
    gc.unfreeze()
    return sorted(spent)


def pages_ms(file: Path, typed: Sequence[tuple[str, str]]) -> list[float]:
    """CPU milliseconds that the screen of each answer is made in, on the GUI thread; ascending."""
    catalog = CatalogReader(file)
    spent = []
    with closing(Searcher(file)) as searcher, closing(catalog):
        page_for(_scene_of(catalog, Session().go(Home())))  # everybody comes from there
        gc.collect()
        for words, language in typed:
            scene = _scene(catalog, words, searcher.find(words, language))
            started = time.thread_time()
            page_for(scene)
            spent.append((time.thread_time() - started) * 1000)
    return sorted(spent)


def _scene(catalog: CatalogReader, words: str, results: Results) -> Scene:
    return _scene_of(catalog, after(Session().go(SearchPage()), Write(words)).found(results))


def _scene_of(catalog: CatalogReader, session: Session) -> Scene:
    return Scene(session, catalog, lambda text: text, "here", NOW)


def _memory_mb(name: str, place: Path) -> float:
    """What a fresh process takes more once it has answered."""
    module = [sys.executable, "-m", "benchmarks.search_memory_once", name, str(place)]
    run = subprocess.run(module, check=True, stdout=subprocess.PIPE, cwd=ROOT, timeout=300)
    return float(json.loads(run.stdout))


# saying -------------------------------------------------------------------------------------------


def _print_ours(figures: Figures, stock: Stock, phrases: Sequence[Phrase]) -> None:
    pages = pages_ms(stock.file, typed_of(phrases)[::7])
    gui = pages[int(len(pages) * 0.99)]
    _print(figures)
    print(f"{OURS}_page_p99 {gui:.2f} ms")
    bar = P99_SMALL_MS if len(stock.lines) <= SMALL else P99_MS
    p99 = figures.percentile(0.99)
    print(f"# bar: keystroke p99 {p99:.1f} of {bar:.0f} ms: {_met(p99 <= bar)}")
    print(f"# bar: page p99 {gui:.2f} of {GUI_MS:.0f} ms: {_met(gui <= GUI_MS)}")
    for kind, share in figures.slips.items():
        least = {str(one): value for one, value in search_slips.LEAST.items()}[kind]
        if share < least:
            print(f"# bar: {kind} {share:.2f} of {least:.2f}: missed")


def _print(figures: Figures) -> None:
    name = figures.name
    print(f"{name}_keystroke_p50 {figures.percentile(0.5):.2f} ms")
    print(f"{name}_keystroke_p99 {figures.percentile(0.99):.2f} ms")
    slowest_ms, typed = figures.keystrokes[-1]
    print(f"{name}_keystroke_max {slowest_ms:.2f} ms  # {typed}")
    print(f"{name}_index_mb {figures.cost.megabytes:.1f} MB")
    print(f"{name}_build_s {figures.cost.build_s:.1f} s")
    if figures.cost.reading_s:
        print(f"{name}_build_with_readings_s {figures.cost.build_s + figures.cost.reading_s:.1f} s")
    print(f"{name}_memory_mb {figures.memory_mb:.1f} MB")
    print(f"{name}_recall_5 {figures.recall:.3f} share")
    print(f"{name}_mrr {figures.mrr:.3f} share")
    for kind, share in figures.slips.items():
        print(f"{name}_slip_{kind.replace(' ', '_')} {share:.2f} share")


def _print_table(found: Sequence[Figures]) -> None:
    head = (
        "",
        "p50 ms",
        "p99 ms",
        "max ms",
        "index MB",
        "build s",
        "RAM MB",
        "r@5",
        "MRR",
        "slips",
    )
    rows = [
        (
            one.name,
            *(f"{one.percentile(share):.1f}" for share in (0.5, 0.99, 1)),
            f"{one.cost.megabytes:.0f}",
            f"{one.cost.build_s:.1f}",
            f"{one.memory_mb:.0f}",
            f"{one.recall:.3f}",
            f"{one.mrr:.3f}",
            f"{sum(one.slips.values()) / len(one.slips):.2f}",
        )
        for one in found
    ]
    for row in (head, *rows):
        print("# " + "".join(cell.rjust(10) for cell in row))
    ours, *rivals = found
    for rival in rivals:
        better = ours.recall > rival.recall and ours.mrr > rival.mrr
        print(f"# bar: quality above {rival.name}: {_met(better)}")


def _met(is_met: bool) -> str:
    return "met" if is_met else "missed"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks.search_speed", description=__doc__)
    parser.add_argument("--services", type=int, default=SMALL, help="size of the catalog")
    parser.add_argument("--misses", action="store_true", help="list the slips that lead nowhere")
    no_rivals = "only this project's own search"
    parser.add_argument("--no-rivals", dest="rivals", action="store_false", help=no_rivals)
    return parser


if __name__ == "__main__":
    sys.exit(main())
