"""Writes down what was measured: a page for people, a list of failures, pictures of worst cases.

Knows the requirements and a tally. Does not measure.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from access import pixels, registry, requirements, sights
from access.box import Box
from access.measure import focus
from access.requirements import Checked, Measured, Missing, Proved, Requirement
from access.seen import host
from access.tally import Case, Score, Tally, Where
from kiosk.core.value import Value
from kiosk.store.catalog_reader import CatalogReader

PICTURED = (
    *("VIS-01", "VIS-02", "VIS-04", "VIS-05", "VIS-07", "VIS-08", "VIS-10"),
    *("TCH-01", "TCH-02", "TCH-03", "KEY-04", "PHY-03"),
)
"""The requirements whose worst case is shown; few, because pictures are kept with the code."""
PICTURE_PX = 400
_MARK = QColor("#D000D0")
_AROUND_PX = 10
_LINE_PX = 5
_INSTALL = "accessibility-install.md"
_METHOD = (
    "Every registered screen (`access/registry.py`) is built by the kiosk's own code and painted",
    "twice: once into pixels, and once into a paint engine that writes down every text, picture",
    "and frame, whatever widget paints it. *Sizes* of letters are rows of ink of 国, H and ا drawn",
    "in the very font. *Contrast* is the commonest colour of a text's place on the picture against",
    "the one that is farthest from it. *Cut text* is ink that a text has by itself and not on the",
    "picture, or that lies outside of its place; *overlap* is any two inks or things that share",
    "pixels. *Controls* are what the accessibility tree can press; the *focus* is walked by a real",
    "Tab key, and its ring is counted in pixels that change at 3:1. *Spoken* is what",
    "`kiosk/ui/spoken.py` says of the page and of each control. For every measure a test seeds a",
    "violation and sees that it is caught (`tests/access/test_seeded.py`). Half a pixel is allowed",
    "where millimetres had to become whole pixels. Colour blindness is simulated by the matrices",
    "of Machado, Oliveira and Fernandes (2009). A control that cannot be used now is exempt from",
    "contrast, as in WCAG, and may be silent. In the first of four looks everything is measured on",
    "every page of every screen; of a state that shows on its first page alone, on that page. In",
    "low reach and in English second and further pages are measured by their controls alone: in",
    "low reach the frame is lower and what stands in it the same, and the padded language is",
    "English with a third more letters. In the other three looks what colours decide is measured:",
    "on the first page of each place, and where a page shows a kind of thing (by shape, tone,",
    "state, icon) that no page before it showed.",
)


class Run(Value, frozen=True):
    """What was walked, and where it is written down."""

    layouts: list[sights.Layout]
    catalog: Path
    out: Path
    page: Path | None = None  # a second place of the page, with its pictures beside it


def write(tally: Tally, run: Run) -> None:
    """Write everything."""
    run.out.mkdir(parents=True, exist_ok=True)
    (run.out / "tally.json").write_bytes(msgspec.json.encode(tally))
    (run.out / "failures.txt").write_text("\n".join(failures(tally)) + "\n", "utf-8")
    pages = [run.out / "report.md", *([run.page] if run.page else [])]
    pictures = take_pictures(tally, run)
    for page in pages:
        folder = page.parent / "pictures" / "access"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for need, image in pictures.items():
            image.save(str(folder / f"{need}.png"))
        page.write_text(text(tally, run, set(pictures)), "utf-8")


def failures(tally: Tally) -> Iterator[str]:
    """Everything that fails, a line each, the most frequent requirement first."""
    for need, score in sorted(tally.scores.items(), key=lambda item: -item[1].failures):
        if score.failures:
            yield f"{need}: {score.failures} of {score.checks}"
            yield from (f"  {_value(case)}  {case.where}" for case in score.failed)


# the page -----------------------------------------------------------------------------------------


def text(tally: Tally, run: Run, pictured: set[str]) -> str:
    """The page for people."""
    lines = [
        "# Accessibility report",
        "",
        "Written by `make access`; do not edit. What stands here was measured on the pictures that",
        "the kiosk draws, in millimetres of the profiled panels and in pixels; nothing here was",
        "tried with people.",
        "",
        *_walked(tally, run),
        "",
        "## How it is measured",
        "",
        *_METHOD,
    ]
    for title, section in requirements.SECTIONS.items():
        lines += ["", f"## {title}", "", "| id | required | number | source | found |"]
        lines += ["|---|---|---|---|---|"]
        lines += [_row(one, tally, pictured) for one in section]
    lines += ["", *_ending(tally), ""]
    return "\n".join(lines)


def _walked(tally: Tally, run: Run) -> Iterator[str]:
    seen = [sight for layout in run.layouts for sight in layout.sights]
    yield f"{tally.screens:,} screens were looked at, in {len(seen):,} ways to see them:"
    for name, values in sights.DIMENSIONS.items():
        used = {getattr(sight, name) for sight in seen}
        said = ", ".join(_said(value) for value in values if value in used)
        yield f"{name.replace('_', ' ')} ({said});"
    yield f"of {len(_screens(run))} registered screens, each with all its pages, or with the one"
    yield "that is another than before."
    yield ""
    kinds = [type(one.proof) for one in requirements.ALL.values()]
    yield f"Of {len(kinds)} requirements {kinds.count(Measured)} are measured here,"
    yield f"{kinds.count(Proved)} are proved by tests of the program,"
    yield f"{kinds.count(Checked)} are checked where a machine is put up"
    yield f"([install checklist]({_INSTALL})),"
    yield f"{kinds.count(Missing)} do not arise or are not proved, and it is said why."


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:d} %" if isinstance(value, int) else str(value)


def _row(one: Requirement, tally: Tally, pictured: set[str]) -> str:
    cells = (one.id, one.words, one.number, one.source, "; ".join(_found(one, tally, pictured)))
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _found(one: Requirement, tally: Tally, pictured: set[str]) -> Iterator[str]:
    match one.proof:
        case Measured():
            yield from _measured(one.id, tally, pictured)
        case Proved(files):
            yield "tested by " + ", ".join(f"`{file}`" for file in files)
        case Checked(why):
            yield f"not automated: {why}; [install checklist]({_INSTALL})"
        case Missing(why):
            yield f"not automated: {why}"
    if one.also:
        yield one.also


def _measured(id: str, tally: Tally, pictured: set[str]) -> Iterator[str]:
    score = tally.scores.get(id) or tally.figures.get(id) or Score()
    if not score.checks:
        yield "**not measured in this run**"
        return
    state = f"**{score.failures:,} failures**" if id in tally.failing() else "met"
    yield f"{state} in {score.checks:,} checks"
    if score.worst is not None:
        picture = f" ([picture](pictures/access/{id}.png))" if id in pictured else ""
        yield f"worst: {_value(score.worst)}, {score.worst.where}{picture}"


def _value(case: Case) -> str:
    if case.kind == "none":
        return case.note
    sign = "≥" if case.kind == "least" else "≤"
    unit = case.unit if case.unit in ("°", ":1") else f" {case.unit}"
    return f"{case.value:g}{unit} ({sign} {case.bound:g})"


def _ending(tally: Tally) -> Iterator[str]:
    yield f"checks {tally.checks:,} failures {tally.failures:,}"


def _screens(run: Run) -> set[str]:
    reader = CatalogReader(run.catalog)
    sight = sights.Sight()
    names = set(registry.pages(reader, sight.choices, sight.tongue.gettext))
    reader.close()
    return names


# pictures -----------------------------------------------------------------------------------------


def take_pictures(tally: Tally, run: Run) -> dict[str, QImage]:
    """The worst case of some requirements, with a mark around the thing."""
    reader = CatalogReader(run.catalog)
    found = {}
    for need in PICTURED:
        worst = tally.scores[need].worst if need in tally.scores else None
        if worst is not None and worst.where.box is not None:
            image = picture(reader, worst.where, need)
            if image is not None:
                found[need] = image
    reader.close()
    return found


def picture(reader: CatalogReader, where: Where, id: str = "") -> QImage | None:
    """A screen as it was seen, marked and made small."""
    sight = sights.named(where.sight)
    one = registry.pages(reader, sight.choices, sight.tongue.gettext)[where.screen]
    with host(sight) as window:
        for seen in window.screens(where.screen, one, sight, Tally()):
            if seen.index == where.page:
                if id.startswith("KEY"):
                    focus.bring_to(seen, where.thing)
                image = pixels.shot_of(seen.screen).image
                _mark(image, Box(*where.box) if where.box else Box(0, 0, 0, 0))
                smooth = Qt.TransformationMode.SmoothTransformation
                return image.scaledToWidth(PICTURE_PX, smooth)
    return None


def _mark(image: QImage, box: Box) -> None:
    around = box.grown(_AROUND_PX)
    painter = QPainter(image)
    painter.setPen(QPen(_MARK, _LINE_PX))
    painter.drawRect(QRect(around.left, around.top, around.width, around.height))
    painter.end()
