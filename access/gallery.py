"""A page of pictures for people to look through: every screen, grouped, with a page for each look.

Knows which sights are worth a look. Does not measure.
"""

from __future__ import annotations

import html
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import partial
from itertools import product
from multiprocessing import get_context
from pathlib import Path

from PySide6.QtCore import Qt

from access import pixels, registry, walk
from access.seen import host
from access.sights import Sight, Tongue, covering
from access.tally import Tally
from kiosk.core.choices import Contrast, TextSize
from kiosk.core.value import Value
from kiosk.store.catalog_reader import CatalogReader

_WIDTH_PX = 300
_QUALITY = 82
_STYLE = """
body { font: 16px sans-serif; margin: 2em; background: #eee; color: #111 }
nav a, .sights a { display: inline-block; padding: .2em .6em; margin: .15em; background: #fff }
h2 { margin-top: 2em; border-bottom: 2px solid #888 }
figure { display: inline-block; margin: .5em; vertical-align: top }
figure img { border: 1px solid #888; background: #fff }
figcaption { font-size: 12px; max-width: 300px }
"""

Tell = Callable[[str], None]


class Shown(Value, frozen=True):
    """One picture that was taken."""

    screen: str
    page: int
    sight: str
    file: str


def sights() -> list[Sight]:
    """Every size in every look on the standard panel, and every pair of all other choices."""
    plain = [Sight(size=size, contrast=contrast) for size, contrast in product(TextSize, Contrast)]
    others = [
        *(Sight(tongue=tongue) for tongue in (Tongue.ENGLISH, Tongue.UYGHUR)),
        Sight(steady=True),
        Sight(low_reach=True),
        Sight(panel="27in-landscape"),
    ]
    return plain + others + [layout.sight for layout in covering()]


def build(catalog: Path, out: Path, tell: Tell) -> list[Shown]:
    """Write the pictures and their pages into a folder."""
    shutil.rmtree(out / "pictures", ignore_errors=True)
    (out / "pictures").mkdir(parents=True)
    shown: list[Shown] = []
    with ProcessPoolExecutor(walk.WORKERS, get_context("spawn"), walk.begin) as executor:
        waiting = [executor.submit(partial(take, catalog, out), sight) for sight in sights()]
        for n, done in enumerate(as_completed(waiting), start=1):
            shown += done.result()
            tell(f"{n}/{len(waiting)} looks, {len(shown)} pictures")
    order = [str(sight) for sight in sights()]
    shown.sort(key=lambda one: order.index(one.sight))
    write_pages(shown, out)
    return shown


def take(catalog: Path, out: Path, sight: Sight) -> list[Shown]:
    """All screens of one sight."""
    reader, shown = CatalogReader(catalog), []
    smooth = Qt.TransformationMode.SmoothTransformation
    with host(sight) as window:
        pages = registry.pages(reader, sight.choices, sight.tongue.gettext)
        for name, one in pages.items():
            for seen in window.screens(name, one, sight, Tally()):
                file = f"pictures/{sight}-{name}-{seen.index + 1}.jpg"
                image = pixels.shot_of(seen.screen).image.scaledToWidth(_WIDTH_PX, smooth)
                image.save(str(out / file), quality=_QUALITY)
                shown.append(Shown(name, seen.index, str(sight), file))
    reader.close()
    return shown


# pages --------------------------------------------------------------------------------------------


def write_pages(shown: list[Shown], out: Path) -> None:
    """A page with all, grouped by screen, and one for each look."""
    names = list(dict.fromkeys(one.screen for one in shown))
    ways = [str(sight) for sight in sights() if any(one.sight == str(sight) for one in shown)]
    (out / "index.html").write_text(_page("All screens", shown, names, ways), "utf-8")
    for way in ways:
        part = [one for one in shown if one.sight == way]
        (out / f"{way}.html").write_text(_page(way, part, names, ways), "utf-8")


def _page(title: str, shown: list[Shown], names: list[str], ways: list[str]) -> str:
    return "\n".join(
        (
            "<!doctype html><html><head><meta charset='utf-8'>",
            f"<title>{html.escape(title)}</title><style>{_STYLE}</style></head><body>",
            f"<h1>{html.escape(title)}</h1>",
            f"<p>{len(shown)} pictures of {len(names)} screens: every text size in every look on",
            "the standard panel, and few ways more among which every pair of all other choices",
            "is seen. Not every combination: <code>make access</code> measures those.</p>",
            "<nav class='sights'><a href='index.html'>All</a>",
            *(f"<a href='{way}.html'>{way}</a>" for way in ways),
            "</nav><nav>",
            *(f"<a href='#{name}'>{name}</a>" for name in names),
            "</nav>",
            *_sections(shown, names),
            "</body></html>",
        )
    )


def _sections(shown: list[Shown], names: list[str]) -> Iterator[str]:
    for name in names:
        yield f"<h2 id='{name}'>{name}</h2>"
        for one in shown:
            if one.screen == name:
                words = f"{one.sight} · {one.page + 1}"
                yield f"<figure><img loading='lazy' src='{one.file}' alt='{name} {words}'>"
                yield f"<figcaption>{words}</figcaption></figure>"
