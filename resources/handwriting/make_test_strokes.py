"""Makes tests/data/kanjivg/strokes.json.gz: characters that another hand wrote than the table's.

    python -m pip download --no-deps kanjivg==20260714
    unzip -q kanjivg-20260714-py3-none-any.whl -d /tmp/kanjivg
    python resources/handwriting/make_test_strokes.py \
        /tmp/kanjivg/kanji /tmp/package ../shared/data/service_names.txt

Knows the notation of KanjiVG's drawings and of hanzi-writer-data, with which strokes are counted:
a character that Japan writes with other strokes is left out. Is run by hand, never by the program.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from pathlib import Path

SIDE, VIEW = 1000, 109
CURVE_POINTS = 4
_STROKE = re.compile(r'<path[^>]* d="([^"]+)"')
_TOKEN = re.compile(r"[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)")
_NUMBERS_OF = {"M": 2, "L": 2, "C": 6, "S": 4}


def points(path: str) -> list[complex]:
    """A path of moves, lines and cubic curves as points."""
    tokens = _TOKEN.findall(path)
    found: list[complex] = []
    handle, letter = 0j, "M"
    while tokens:
        if tokens[0].isalpha():
            letter = tokens.pop(0)
        numbers = [float(tokens.pop(0)) for _ in range(_NUMBERS_OF[letter.upper()])]
        here = found[-1] if found else 0j
        base = here if letter.islower() else 0j
        given = [base + complex(*pair) for pair in zip(numbers[::2], numbers[1::2], strict=True)]
        if len(given) == 1:
            found += given
            handle = given[-1]
            continue
        leave = given[0] if len(given) == 3 else 2 * here - handle
        handle, end = given[-2:]
        found += curve(here, leave, handle, end)
    return found


def curve(start: complex, leave: complex, arrive: complex, end: complex) -> list[complex]:
    """Points on a cubic curve, without its start."""
    steps = [n / CURVE_POINTS for n in range(1, CURVE_POINTS + 1)]
    return [
        (1 - t) ** 3 * start
        + 3 * (1 - t) ** 2 * t * leave
        + 3 * (1 - t) * t**2 * arrive
        + t**3 * end
        for t in steps
    ]


def strokes(drawing: str) -> list[list[int]]:
    """The strokes of a character, each as its numbers x and y in turn."""
    return [
        [
            round(number * SIDE / VIEW)
            for point in points(path)
            for number in (point.real, point.imag)
        ]
        for path in _STROKE.findall(drawing)
    ]


def chosen(drawings: Path, models: Path, names: str) -> dict[str, list[list[int]]]:
    """The characters of the names that both sources write with as many strokes."""
    found = {}
    for sign in sorted({sign for sign in names if "\u4e00" <= sign <= "\u9fff"}):
        drawing, model = drawings / f"{ord(sign):05x}.svg", models / f"{sign}.json"
        if drawing.exists():
            written = strokes(drawing.read_text("utf-8"))
            if len(written) == len(json.loads(model.read_text("utf-8"))["medians"]):
                found[sign] = written
    return found


if __name__ == "__main__":
    lines = Path(sys.argv[3]).read_text("utf-8").splitlines()
    signs = chosen(
        Path(sys.argv[1]), Path(sys.argv[2]), "".join(row.split("\t")[-1] for row in lines)
    )
    target = Path(__file__).parents[2] / "tests" / "data" / "kanjivg" / "strokes.json.gz"
    content = json.dumps(signs, ensure_ascii=False, separators=(",", ":")).encode()
    target.write_bytes(gzip.compress(content, mtime=0))
    sys.stdout.write(f"{len(signs)} characters, {target.stat().st_size / 1e3:.0f} kB\n")
