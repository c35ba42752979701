"""Walks the screens, writes down what was measured, and ends with 1 where something fails.

`python -m access --full` takes all sights, `--pairwise` a few that hold every pair of choices,
`--sight zh-200-dark-steady-low-21in-portrait --screen service` one of them.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from access import city, gallery, report, sights, walk
from access.measure import once
from access.tally import Tally
from kiosk import app

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str] | None = None) -> int:
    """Do what is asked; 1 where a check fails."""
    chosen = _parser().parse_args(arguments)
    out: Path = chosen.out
    catalog = city.build(out / "catalog")
    app.application()
    app.require_font()
    if chosen.gallery:
        gallery.build(catalog, out, _say)
        return 0
    layouts = _layouts(chosen)
    _say(f"{len(layouts)} layouts on {walk.WORKERS} processes")
    tally = walk.walk(layouts, catalog, chosen.screen, _say)
    _measure_once(tally, chosen)
    report.write(tally, report.Run(layouts, catalog, out, chosen.report))
    words, code = verdict(tally)
    print(words)
    return code


def verdict(tally: Tally) -> tuple[str, int]:
    """The last line, and what the program ends with."""
    return f"checks {tally.checks} failures {tally.failures}", int(tally.failures > 0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="access", description=__doc__)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--full", action="store_true", help="every sight")
    what.add_argument("--pairwise", action="store_true", help="every pair of two choices")
    what.add_argument("--sight", action="append", type=sights.named, help="one sight by its name")
    what.add_argument("--gallery", action="store_true", help="pictures to look through")
    parser.add_argument("--screen", action="append", default=[], help="only screens of this name")
    parser.add_argument("--out", type=Path, default=ROOT / "var" / "access")
    parser.add_argument("--report", type=Path, help="write the report here as well")
    return parser


def _layouts(chosen: argparse.Namespace) -> list[sights.Layout]:
    if chosen.full:
        return sights.full()
    if chosen.pairwise:
        return sights.covering()
    return [sights.Layout(sight, (sight.contrast,)) for sight in chosen.sight]


def _measure_once(tally: Tally, chosen: argparse.Namespace) -> None:
    """What is about all screens, where all were walked."""
    once.icons_grow(tally)
    if not chosen.screen:
        once.measure(tally, city.source())


_STARTED = time.monotonic()


def _say(words: str) -> None:
    print(f"{time.monotonic() - _STARTED:6.0f} s  {words}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
