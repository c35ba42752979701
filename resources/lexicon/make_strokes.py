"""Makes strokes.txt: every character of GB 2312 as the five strokes that it is written with.

    npm pack cnchar-order@3.2.6
    tar -xzf cnchar-order-3.2.6.tgz
    python resources/lexicon/make_strokes.py package/cnchar.order.min.js

With Debian's `rime-data-stroke`, unpacked, both are compared and what differs is printed:

    python resources/lexicon/make_strokes.py package/cnchar.order.min.js \
        /tmp/rime/usr/share/rime-data/stroke.dict.yaml

Knows the notation of both sources, and which of the 26 forms of strokes belong together
(GF 3002—1999: 提 is a 横, 竖钩 a 竖, 点 a 捺, every other bend a 折). Is run by hand, never by the
program.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

_TABLES = re.compile(r"JSON\.parse\('(\{.*?\})'\)")
_STRAIGHT = {
    "横": "1",
    "提": "1",
    "竖": "2",
    "竖钩": "2",
    "撇": "3",
    "捺": "4",
    "点": "4",
    "点2": "4",
}
_BENT = "5"
_RIME = str.maketrans("hspnz", "12345")

# The components of GB 2312 that the source leaves out because they are no words.
_PARTS = """丨2 丿3 丶4 匚15 刂22 亠41 冫41 冖45 讠45 卩52 阝52 廴54 艹122 扌121 彳332 彡333
    犭353 夂354 饣355 忄442 丬412 氵441 宀445 辶454 彐511 屮522 纟551 灬4444 礻4524
    疒41341 衤45234"""
# Slips of the source: there, these are not written like their own parts (火 and 只, 北 and 阝).
_CORRECTED = """炽433425134 德332122522114544 撅121134315233534 膝351112343424134 邶2113552
    黏31234342413421251 皙1234331232511 麟41352211535431234354152"""


def orders(script: str) -> dict[str, str]:
    """Character → its strokes, as the digits 1 to 5."""
    tables = [json.loads(table) for table in _TABLES.findall(script)]
    (forms,) = (table for table in tables if "a" in table)
    digits = {letter: _digit(form["name"]) for letter, form in forms.items()}
    found = _table(_PARTS)
    for table in tables:
        if table is not forms:
            found |= {sign: "".join(map(digits.__getitem__, how)) for sign, how in table.items()}
    return found | _table(_CORRECTED)


def _table(text: str) -> dict[str, str]:
    return {one[0]: one[1:] for one in text.split()}


def _digit(name: str) -> str:
    """The kind of a form by its name, or by both names where it has two."""
    kinds = {_STRAIGHT.get(one, _BENT) for one in name.split("|")}
    (kind,) = kinds
    return kind


def common() -> Iterator[str]:
    """The 6,763 characters of GB 2312, in its order."""
    for high in range(0xB0, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                yield bytes((high, low)).decode("gb2312")
            except UnicodeDecodeError:  # the five places that are empty
                continue


def lines(known: Mapping[str, str]) -> list[str]:
    """Strokes and the characters that are written with them, in the order of the strokes."""
    groups: dict[str, str] = {}
    for sign in common():
        groups[known[sign]] = groups.get(known[sign], "") + sign
    return [f"{strokes} {groups[strokes]}" for strokes in sorted(groups)]


def differing(known: Mapping[str, str], rime: str) -> list[str]:
    """Characters that the other source writes otherwise in all of its ways."""
    others: dict[str, list[str]] = {}
    for line in rime.splitlines():
        sign, tab, rest = line.partition("\t")
        if tab and len(sign) == 1:
            others.setdefault(sign, []).append(rest.split("\t")[0].strip().translate(_RIME))
    return [
        f"{sign} {known[sign]} there {' or '.join(others.get(sign, ['missing']))}"
        for sign in common()
        if known[sign] not in others.get(sign, [])
    ]


if __name__ == "__main__":
    found = orders(Path(sys.argv[1]).read_text("utf-8"))
    Path(__file__).with_name("strokes.txt").write_text("\n".join(lines(found)) + "\n", "utf-8")
    for other in sys.argv[2:]:
        sys.stdout.write("\n".join(differing(found, Path(other).read_text("utf-8"))) + "\n")
