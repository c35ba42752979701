"""The pictures that people look through."""

from __future__ import annotations

import re
from pathlib import Path

from access import gallery, registry
from access.gallery import Shown
from access.sights import Sight
from kiosk.core.choices import Choices, Contrast, TextSize
from kiosk.store.catalog_reader import CatalogReader


def test_every_size_in_every_look_is_there_and_no_sight_twice() -> None:
    names = [str(sight) for sight in gallery.sights()]
    assert len(set(names)) == len(names)
    seen = {(sight.size, sight.contrast) for sight in gallery.sights()}
    assert len(seen) == len(TextSize) * len(Contrast)
    assert {sight.tongue for sight in gallery.sights()} == {"zh", "en", "ug", "pseudo"}


def test_the_page_groups_by_screen_and_every_link_leads_somewhere(tmp_path: Path) -> None:
    first, second = (str(Sight(contrast=one)) for one in (Contrast.STANDARD, Contrast.DARK))
    shown = [
        Shown(screen, 0, sight, f"pictures/{sight}-{screen}-1.jpg")
        for screen in ("home", "welcome")
        for sight in (first, second)
    ]
    (tmp_path / "pictures").mkdir()
    for one in shown:
        (tmp_path / one.file).touch()
    gallery.write_pages(shown, tmp_path)
    for page in tmp_path.glob("*.html"):
        text = page.read_text("utf-8")
        for link in re.findall(r"(?:href|src)='([^'#]+)'", text):
            assert (tmp_path / link).exists(), link
        anchors = set(re.findall(r"href='#([^']+)'", text))
        assert anchors == {"home", "welcome"} == set(re.findall(r"<h2 id='([^']+)'", text))
    index = (tmp_path / "index.html").read_text("utf-8")
    assert index.count("<figure>") == 4
    assert (tmp_path / f"{second}.html").read_text("utf-8").count("<figure>") == 2
    assert "<script" not in index


def test_every_screen_of_a_look_is_a_picture(
    tmp_path: Path, demo: CatalogReader, qapp: object
) -> None:
    (tmp_path / "pictures").mkdir()
    shown = gallery.take(demo.file, tmp_path, Sight(size=TextSize.LARGER))
    names = list(registry.pages(demo, Choices(), str))
    assert list(dict.fromkeys(one.screen for one in shown)) == names
    assert all((tmp_path / one.file).stat().st_size > 1000 for one in shown)
