"""Makes simplified.txt: the one-character conversions from traditional to simplified Chinese.

    python -m pip install --target /tmp/opencc opencc-python-reimplemented==0.1.7
    python resources/lexicon/make_simplified.py /tmp/opencc/opencc/dictionary/TSCharacters.txt

Knows the notation of OpenCC's dictionary. Is run by hand when that changes, never by the program.
"""

from __future__ import annotations

import sys
from pathlib import Path

_LAST = 0xFFFF  # rarer characters are in no font of the kiosk


def pairs(dictionary: str) -> list[str]:
    """Two characters a line, traditional and simplified, in the order of code points."""
    found = []
    for line in dictionary.splitlines():
        traditional, _, variants = line.partition("\t")
        simplified = variants.split(" ")[0]
        if len(traditional) == len(simplified) == 1 and traditional != simplified:
            found.append(traditional + simplified)
    return sorted(pair for pair in found if max(map(ord, pair)) <= _LAST)


if __name__ == "__main__":
    source = Path(sys.argv[1]).read_text("utf-8")
    target = Path(__file__).with_name("simplified.txt")
    target.write_text("\n".join(pairs(source)) + "\n", "utf-8")
