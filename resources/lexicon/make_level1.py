"""Makes level1.txt: the 3,500 characters that everybody who reads Chinese has learnt at school.

    apt-get download unicode-data
    dpkg -x unicode-data_*.deb /tmp/unicode
    python resources/lexicon/make_level1.py \
        /tmp/unicode/usr/share/unicode/Unihan_OtherMappings.txt.bz2

Knows the Unihan database's field kTGH: a character's place in 通用规范汉字表 (2013), whose first
3,500 places are its first level. Is run by hand, never by the program.
"""

from __future__ import annotations

import bz2
import re
import sys
from pathlib import Path

LEVEL_1 = 3500
_PLACE = re.compile(r"^U\+([0-9A-F]+)\tkTGH\t2013:(\d+)$", re.MULTILINE)
_A_LINE = 100


def characters(unihan: str) -> str:
    """The characters of the first level, in the order of the table."""
    places = {int(place): chr(int(code, 16)) for code, place in _PLACE.findall(unihan)}
    return "".join(places[place] for place in range(1, LEVEL_1 + 1))


def lines(signs: str) -> list[str]:
    """A hundred characters a line."""
    return [signs[at : at + _A_LINE] for at in range(0, len(signs), _A_LINE)]


if __name__ == "__main__":
    source = bz2.decompress(Path(sys.argv[1]).read_bytes()).decode("utf-8")
    target = Path(__file__).with_name("level1.txt")
    target.write_text("\n".join(lines(characters(source))) + "\n", "utf-8")
