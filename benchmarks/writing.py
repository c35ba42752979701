"""How well and how fast handwriting is read, with strokes of a source that nothing was trained on.

KanjiVG's characters (tests/data/kanjivg) as an unsteady finger writes them, among all characters
in the names of the demo city and of what is measured. Milliseconds are CPU time of the process,
the threads of numpy's linear algebra included.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from random import Random

from db import records
from hub.authoring.yaml_source import read_folder
from kiosk import assets
from kiosk.core.entry import Ink
from kiosk.search.drafts import TABLE, CatalogSigns
from kiosk.search.handwriting.lattice import decode
from kiosk.search.handwriting.recogniser import Recogniser
from kiosk.store.lexicon import read_readings, read_simplified
from kiosk.store.reading import Reader
from kiosk.store.search_names import Shelf
from tests.kiosk.search.scribbles import models, scribble

SEED = 20261122
TIMES = 3  # that every character and pair is written
WAYS: Mapping[str, Mapping[str, float]] = {
    "neat": {},
    "quarter_joined": {"joined": 0.25},
    "half_joined": {"joined": 0.5},
    "order_swapped": {"swaps": 1},
    "heavy_noise": {"noise": 1.6},
    "tremor": {"noise": 2.2},
}
LOAD = (
    "import time; from pathlib import Path; start = time.process_time(); import numpy;"
    "loaded = time.process_time(); from kiosk.search.handwriting.recogniser import Recogniser;"
    "recogniser = Recogniser(Path({table!r})); done = time.process_time();"
    "print(f'writing_numpy_import_ms {{(loaded - start) * 1000:.0f}} ms');"
    "print(f'writing_load_ms {{(done - loaded) * 1000:.0f}} ms')"
)
MODELS = models()


def main() -> None:
    subprocess.run([sys.executable, "-c", LOAD.format(table=str(TABLE))], check=True)
    recogniser = Recogniser(TABLE)
    keys = demo_keys()
    signs = CatalogSigns(keys)
    among = "".join(dict.fromkeys(signs.characters + "".join(MODELS)))
    print(f"writing_characters {len(MODELS)} of {len(among)} characters")
    for name, how in WAYS.items():
        shares = places(lambda ink, count: recogniser.read(ink, among, count), how)
        for top, share in shares.items():
            print(f"writing_{name}_top{top} {share:.3f} share")
    everything = recogniser.characters
    for top, share in places(lambda ink, n: recogniser.read(ink, everything, n), {}).items():
        print(f"writing_neat_of_all_{len(everything)}_top{top} {share:.3f} share")
    for name, how in WAYS.items():
        print(f"writing_{name}_pair_first {pairs_right(recogniser, signs, how):.3f} share")
    for name, spent_ms in (
        ("", spent(recogniser, among)),
        ("joined_", spent(recogniser, among, 1)),
    ):
        print(f"writing_{name}p50_ms {statistics.median(spent_ms):.2f} ms")
        print(f"writing_{name}p99_ms {spent_ms[int(len(spent_ms) * 0.99)]:.2f} ms")


def demo_keys() -> list[str]:
    """The Chinese names of the demo city as its index has them."""
    source = read_folder(assets.RESOURCES / "catalog")
    bodies = {records.key_of(record): records.encode(record) for record in source.records}
    names = Shelf(bodies).names(Reader(read_readings()), read_simplified())
    return [name.key for name in names if name.sy]


def written(how: Mapping[str, float]) -> Iterator[tuple[str, Ink]]:
    chance = Random(SEED)
    for _ in range(TIMES):
        for character, model in MODELS.items():
            yield character, scribble(model, chance, **how)


def places(read: Callable[[Ink, int], tuple], how: Mapping[str, float]) -> dict[int, float]:
    """How often the character is among the first ones."""
    found = []
    for character, ink in written(how):
        found.append("".join(one.character for one in read(ink, 10)).find(character))
    return {top: sum(0 <= n < top for n in found) / len(found) for top in (1, 5, 10)}


def pairs_right(recogniser: Recogniser, signs: CatalogSigns, how: Mapping[str, float]) -> float:
    """How often two characters side by side in a name are both right at once."""
    chance = Random(SEED)
    pairs = [a + b for a in MODELS for b in MODELS if signs.count(a + b)]
    right = 0
    for pair in pairs:
        inks = [scribble(MODELS[sign], chance, **how) for sign in pair]
        cells = [recogniser.read(ink, signs.characters) for ink in inks]
        right += decode(cells, signs.count)[0] == pair
    return right / len(pairs)


def spent(recogniser: Recogniser, among: str, joined: float = 0.25) -> list[float]:
    """Milliseconds of each character, in order of size."""
    spent_ms = []
    for _, ink in written({"joined": joined}):
        started = time.process_time()
        recogniser.read(ink, among)
        spent_ms.append((time.process_time() - started) * 1000)
    return sorted(spent_ms)


if __name__ == "__main__":
    main()
