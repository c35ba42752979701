"""How many strokes a character takes until it can be chosen, and what reading one stroke costs.

Over the names of the demo city, or over a file of names (the last column of each line) that is
named on the command line. `characters` counts each character once, `used` as often as the names
use it, both without what stands before it; `in_words` is `used` after the character before it. Taps
are strokes; choosing the character is one more, `with_choice`. CPU time of the thread.
"""

import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from db import records
from hub.authoring.yaml_source import read_folder
from kiosk import assets
from kiosk.core.entry import Draft
from kiosk.search.strokes import StrokeReader, read_strokes

_RUN = re.compile(r"[\u4e00-\u9fff]+")


def main() -> None:
    names = names_in(Path(sys.argv[1])) if len(sys.argv) > 1 else names_of_city()
    reader, counts = reader_of(names)
    strokes = read_strokes()
    known = [sign for sign in counts if sign in strokes]
    print(f"strokes_known {len(known)} of {len(counts)} characters")
    report("characters", [taps(reader, "", sign, strokes[sign]) for sign in known])
    used = list(before_and_sign(names))
    report("used", [taps(reader, "", one, strokes[one]) for _, one in used])
    report("in_words", [taps(reader, last, one, strokes[one]) for last, one in used])
    report_costs(reader, [strokes[one] for _, one in used])


def names_of_city() -> list[str]:
    services = read_folder(assets.RESOURCES / "catalog").records
    texts = [
        text
        for one in services
        if isinstance(one, records.Service)
        for text in (one.name, one.plain_name)
    ]
    return sorted({text.zh for text in texts})


def names_in(file: Path) -> list[str]:
    return [line.split("\t")[-1] for line in file.read_text("utf-8").splitlines() if line]


def reader_of(names: Iterable[str]) -> tuple[StrokeReader, Counter[str]]:
    """The reader of these names, and how often each character stands in them."""
    runs = [run for name in names for run in _RUN.findall(name)]
    counts = Counter(sign for run in runs for sign in run)
    pairs = Counter(one + two for run in runs for one, two in pairwise(run))
    return StrokeReader(counts, pairs), counts


def before_and_sign(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Every character of the names with the one before it, which may be none."""
    for name in names:
        for run in _RUN.findall(name):
            yield from zip(["", *run], run, strict=False)


def taps(reader: StrokeReader, before: str, sign: str, strokes: str) -> int:
    """Strokes until the character is among those that are shown."""
    for count in range(1, len(strokes) + 1):
        if sign in reader.read(Draft(settled=before, strokes=strokes[:count])).words:
            return count
    raise LookupError(sign)


def report(name: str, counts: list[int]) -> None:
    counts.sort()
    median, mean = statistics.median(counts), statistics.mean(counts)
    p95 = counts[int(len(counts) * 0.95)]
    print(f"strokes_{name} median {median:.0f} mean {mean:.2f} p95 {p95} max {counts[-1]} taps")
    print(f"strokes_{name}_with_choice median {median + 1:.0f} mean {mean + 1:.2f} taps")


def report_costs(reader: StrokeReader, written: Iterable[str]) -> None:
    spent_ms = []
    for strokes in written:
        for count in range(1, len(strokes) + 1):
            draft = Draft(settled="办", strokes=strokes[:count])
            started = time.thread_time()
            reader.read(draft)
            spent_ms.append((time.thread_time() - started) * 1000)
    spent_ms.sort()
    for share in (0.5, 0.99):
        print(f"strokes_read_p{share * 100:.0f}_ms {spent_ms[int(len(spent_ms) * share)]:.3f} ms")
    print(f"strokes_read_max_ms {spent_ms[-1]:.3f} ms")
    started = time.thread_time()
    read_strokes()
    print(f"strokes_load_ms {(time.thread_time() - started) * 1000:.1f} ms")


if __name__ == "__main__":
    main()
