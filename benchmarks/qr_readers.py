"""How much damage our codes bear, by four readers, and from how far away they are read.

What is simulated, alike for all readers. A symbol of 8 dots a module at 203 dpi (1.0 mm): version 5
is 45 mm wide with its quiet zone, version 4 is 41 mm, on white paper, of which 64 mm square are on
the picture. A phone 30 cm above it with a preview of 1080p sees 4.6 px a millimetre: the dots are
averaged over its pixels (an area sensor) at a sub-pixel offset, blurred by 0.8 px (lens and
interpolation of a preview), with grain of 3 grey levels; paper is 235, ink 25. Turning is a damage
of its own. The damages:

- rotated: by any angle. perspective_8: each corner moved by up to 8 % of the width.
- blur: a Gaussian of so many pixels in place of the lens's. contrast_25: ink is a quarter as dark
  and grain is 8. faded_35: as thermal paper fades, to 35 % of its darkness.
- streaks_NxW: N dead places of the head, W dots wide and anywhere across its 576 dots, leave
  white lines along the paper.
- blots: drops of 2 to 6 mm, half of them black (gel), half white (worn off), until so much of the
  symbol is covered; they spare the three finder patterns, but for `anywhere`.
- chat_jpeg_30: the same preview stored as JPEG of quality 30, twice, as it is sent on.

The figures beside ours are those of the trial before the code was designed (docs/decisions/0006).
Its simulation is lost but for the names. Three of them can be read more harshly, and were at
first; those readings are printed too, with nothing beside them: `unheated_35` (35 % of the dots
stay white, singly), `streaks_in_NxW` (all streaks within the symbol), `specks` (blots of 1.5 to 4
mm, which break more codewords for the same area).

What nobody wrote down of the trial was chosen so that its table comes out: the lens, and how much
paper is on the picture. OpenCV brings every picture to 512 px before it looks for finders, and its
figures move by ten points with the size of the picture: of 57 mm five are too low, of 80 mm six.
A lens of 0.6 px fills no streak, and one of 1.0 px makes faint codes harder.

Not simulated: crumpled paper, shine, moving hands, what a phone does to its own pictures.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import cv2
import numpy as np
from numpy.random import Generator
from qrcode.constants import ERROR_CORRECT_M, ERROR_CORRECT_Q

from access.readers import ALL_READERS, Grey
from kiosk.store.qr_symbol import modules_of

ROUNDS = 60
SEED = 18004
HOST = "https://zwfw.sz.gov.cn/k/"  # 25 signs; up to 26 give the same versions
DOTS = 8  # of 203 dpi a module
DOTS_PER_MM, PX_PER_MM = 8.0, 4.6
FRAME_MM = 64.0  # of paper around the symbol that is on the picture
PAPER, INK, GRAIN = 235.0, 25.0, 3.0
LENS_PX = 0.8
HEAD_DOTS = 576
DROPS_MM, SPECKS_MM = (2.0, 6.0), (1.5, 4.0)
SLACK = 5.0  # points below a figure of the trial before, which is chance

READ_SHARE, TAKEN_PX = 97.0, 2.5  # percent; a margin for readers that need less
LENS_DEG = 65.0  # of a phone, across the long side of its picture
PHONES = {"720p": 1280, "1080p": 1920}  # px of a preview's long side

_Dots = np.ndarray  # of the paper: 1 is ink


@dataclass(frozen=True)
class Damage:
    """What happens to the dots, and how the phone then sees them."""

    spoil: Callable[[_Dots, int, Generator], _Dots] = lambda dots, _modules, _chance: dots
    turn_deg: float = 0.0
    skew: float = 0.0
    blur_px: float = LENS_PX
    contrast: float = 1.0
    grain: float = GRAIN
    jpeg: int = 0


def unheated(dots: _Dots, _modules: int, chance: Generator, share: float) -> _Dots:
    """Dots that stay white, one by one."""
    return dots * (chance.random(dots.shape) >= share)


def streaked(
    dots: _Dots, modules: int, chance: Generator, many: int, wide: int, across: int = HEAD_DOTS
) -> _Dots:
    """Dead places of the head leave white lines along the paper; the symbol is in its middle."""
    dots = dots.copy()
    across = across or modules * DOTS
    start = (dots.shape[1] - across) // 2
    for left in start + chance.integers(0, across - wide, many):
        dots[:, max(0, left) : max(0, left + wide)] = 0
    return dots


def blotted(
    dots: _Dots,
    modules: int,
    chance: Generator,
    share: float,
    spares_finders: bool = True,
    sizes_mm: tuple[float, float] = DROPS_MM,
) -> _Dots:
    """Round spots until so much of the symbol is covered."""
    dots, side = dots.copy(), modules * DOTS
    edge = _edge(modules)
    covered = np.zeros((side, side), bool)
    finder = 8 * DOTS
    kept = np.zeros_like(covered)
    if spares_finders:
        kept[:finder, :finder] = kept[:finder, -finder:] = kept[-finder:, :finder] = True
    rows, columns = np.ogrid[:side, :side]
    while covered.mean() < share:
        y, x = chance.integers(0, side, 2)
        radius = chance.uniform(*sizes_mm) / 2 * DOTS_PER_MM
        spot = ((rows - y) ** 2 + (columns - x) ** 2 <= radius**2) & ~kept
        dots[edge : edge + side, edge : edge + side][spot] = chance.integers(0, 2)
        covered |= spot
    return dots


def _streaks(many: int, wide: int, across: int = HEAD_DOTS) -> Damage:
    return Damage(partial(streaked, many=many, wide=wide, across=across))


def _blots(share: float, **changes: object) -> Damage:
    return Damage(partial(blotted, share=share, **changes))


DAMAGES: dict[str, Damage] = {
    "clean": Damage(),
    "rotated": Damage(turn_deg=180.0),
    "perspective_8": Damage(skew=0.08),
    "blur_1.5": Damage(blur_px=1.5),
    "blur_2.5": Damage(blur_px=2.5),
    "contrast_25": Damage(contrast=0.25, grain=8.0),
    "faded_35": Damage(contrast=0.35),
    "streaks_3x1": _streaks(3, 1),
    "streaks_3x2": _streaks(3, 2),
    "streaks_8x2": _streaks(8, 2),
    "blots_5": _blots(0.05),
    "blots_10": _blots(0.10),
    "blots_15": _blots(0.15),
    "blots_5_anywhere": _blots(0.05, spares_finders=False),
    "chat_jpeg_30": Damage(jpeg=30),
    "unheated_35": Damage(partial(unheated, share=0.35)),
    "streaks_in_3x2": _streaks(3, 2, across=0),
    "streaks_in_8x2": _streaks(8, 2, across=0),
    "specks_5": _blots(0.05, sizes_mm=SPECKS_MM),
    "specks_10": _blots(0.10, sizes_mm=SPECKS_MM),
}
CODES = {"v4m": ERROR_CORRECT_M, "v5q": ERROR_CORRECT_Q}
# zxing, zbar, opencv, wechat: percent read in the trial before
BEFORE: dict[str, dict[str, tuple[int, int, int, int]]] = {
    "clean": {"v4m": (100, 100, 100, 100), "v5q": (100, 100, 100, 100)},
    "rotated": {"v4m": (100, 100, 100, 100), "v5q": (100, 100, 98, 100)},
    "perspective_8": {"v4m": (100, 98, 100, 100), "v5q": (100, 95, 100, 100)},
    "blur_1.5": {"v4m": (100, 100, 78, 100), "v5q": (100, 100, 72, 100)},
    "blur_2.5": {"v4m": (0, 0, 0, 30), "v5q": (0, 0, 0, 22)},
    "contrast_25": {"v4m": (45, 0, 80, 100), "v5q": (72, 0, 75, 100)},
    "faded_35": {"v4m": (100, 78, 100, 100), "v5q": (100, 68, 100, 100)},
    "streaks_3x1": {"v4m": (100, 92, 100, 100), "v5q": (100, 98, 100, 100)},
    "streaks_3x2": {"v4m": (82, 72, 100, 100), "v5q": (78, 72, 85, 100)},
    "streaks_8x2": {"v4m": (55, 45, 80, 98), "v5q": (60, 42, 80, 100)},
    "blots_5": {"v4m": (92, 88, 80, 100), "v5q": (100, 100, 65, 100)},
    "blots_10": {"v4m": (0, 0, 0, 0), "v5q": (35, 28, 15, 57)},
    "blots_15": {"v4m": (0, 0, 0, 0), "v5q": (0, 0, 0, 0)},
    "blots_5_anywhere": {"v4m": (38, 60, 32, 60), "v5q": (48, 65, 38, 62)},
    "chat_jpeg_30": {"v4m": (100, 100, 92, 100), "v5q": (100, 100, 70, 100)},
}


def paper_of(modules: tuple[tuple[bool, ...], ...]) -> _Dots:
    """The symbol on paper, dot by dot."""
    symbol = np.kron(np.array(modules, np.uint8), np.ones((DOTS, DOTS), np.uint8))
    return np.pad(symbol, _edge(len(modules)))


def _edge(modules: int) -> int:
    return round(FRAME_MM * DOTS_PER_MM - modules * DOTS) // 2


def photographed(dots: _Dots, damage: Damage, chance: Generator, px_per_mm: float) -> Grey:
    """What the phone makes of it."""
    light = PAPER - (PAPER - INK) * damage.contrast * dots.astype(np.float32)
    seen = _seen(light, damage, chance, px_per_mm)
    seen = cv2.GaussianBlur(seen, (0, 0), damage.blur_px)
    seen = seen + chance.normal(0, damage.grain, seen.shape)
    picture = np.clip(seen, 0, 255).astype(np.uint8)
    for _ in range(2 if damage.jpeg else 0):
        _fine, packed = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, damage.jpeg])
        picture = cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE)
    return picture


def _seen(light: np.ndarray, damage: Damage, chance: Generator, px_per_mm: float) -> np.ndarray:
    """Turned, skewed and averaged over the phone's pixels: drawn four times as fine first."""
    fine = 4
    scale = px_per_mm / DOTS_PER_MM * fine
    side = light.shape[0]
    angle = np.deg2rad(chance.uniform(-damage.turn_deg, damage.turn_deg))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    corners = np.array([[0, 0], [side, 0], [side, side], [0, side]], np.float64)
    moved = corners + chance.uniform(-damage.skew, damage.skew, (4, 2)) * side
    moved = (moved - side / 2) @ turn.T * scale
    moved = moved - moved.min(axis=0) + chance.uniform(0, fine, 2)
    width, height = (np.ceil(moved.max(axis=0) / fine).astype(int) + 1) * fine
    way = cv2.getPerspectiveTransform(corners.astype(np.float32), moved.astype(np.float32))
    drawn = cv2.warpPerspective(
        light, way, (int(width), int(height)), flags=cv2.INTER_LINEAR, borderValue=PAPER
    )
    return drawn.reshape(height // fine, fine, width // fine, fine).mean(axis=(1, 3))


def addresses(many: int) -> list[str]:
    """Different codes, since some patterns are read more easily than others."""
    chance = np.random.default_rng(SEED)
    return [HOST + "".join(map(str, chance.integers(0, 10, 78))) for _ in range(many)]


def read_shares(
    papers: list[tuple[str, int, _Dots]], damage: Damage, seed: int, px_per_mm: float = PX_PER_MM
) -> dict[str, float]:
    """Percent that each reader reads; all see the same pictures."""
    fine = dict.fromkeys(ALL_READERS, 0)
    for n, (url, modules, dots) in enumerate(papers):
        chance = np.random.default_rng((SEED, seed, n))
        picture = photographed(damage.spoil(dots, modules, chance), damage, chance, px_per_mm)
        for name, read in ALL_READERS.items():
            fine[name] += read(picture) == [url]
    return {name: 100 * count / len(papers) for name, count in fine.items()}


def damages(papers: dict[str, list[tuple[str, int, _Dots]]]) -> int:
    """Print what is read under each damage; answer how many figures fall short."""
    below = 0
    for seed, (name, damage) in enumerate(DAMAGES.items()):
        for code, some in papers.items():
            now = read_shares(some, damage, seed)
            known = BEFORE.get(name, {}).get(code, (None,) * len(now))
            for (reader, share), before in zip(now.items(), known, strict=True):
                is_short = before is not None and share < before - SLACK
                below += is_short
                beside = f"  before: {before} %" if before is not None else ""
                note = "  BELOW" if is_short else ""
                print(f"read_{name}_{code}_{reader} {share:.0f} %{beside}{note}")
    return below


def distances(papers: list[tuple[str, int, _Dots]]) -> None:
    """The fewest pixels a module for each reader, and how far away our modules are read then."""
    needed = dict.fromkeys(ALL_READERS, 0.0)
    for px in (4.0, 3.5, 3.0, 2.75, 2.5, 2.25, 2.0, 1.75, 1.5):
        shares = read_shares(papers, Damage(), 99, px)  # a module is 1 mm
        words = "  ".join(f"{name}: {share:.0f}" for name, share in shares.items())
        print(f"read_at_{px}_px_a_module {min(shares['zxing'], shares['zbar']):.0f} %  {words}")
        needed |= {name: px for name, share in shares.items() if share >= READ_SHARE}
    for name, px in needed.items():
        print(f"least_px_a_module_{name} {px or 'none'} px")
    worst = max(needed["zxing"], needed["zbar"], TAKEN_PX)
    for module_mm in (0.75, 1.0, 2.0):
        for phone, across in PHONES.items():
            away = module_mm * across / worst / (2 * np.tan(np.deg2rad(LENS_DEG / 2)))
            print(f"read_from_{phone}_module_{module_mm} {away / 10:.0f} cm")


def main() -> None:
    started = time.monotonic()
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    papers: dict[str, list[tuple[str, int, _Dots]]] = {}
    for code, level in CODES.items():
        papers[code] = []
        for url in addresses(rounds):
            modules = modules_of(url, level)
            papers[code].append((url, len(modules), paper_of(modules)))
        print(f"modules_{code} {papers[code][0][1]}")
    below = damages(papers)
    distances(papers["v5q"])
    print(f"below by more than {SLACK:.0f} points: {below}")
    print(f"took {time.monotonic() - started:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
