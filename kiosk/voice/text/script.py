"""Which signs belong to which script, for classes of regular expressions.

Knows the ranges of Unicode. Does not know languages.
"""

from __future__ import annotations

from typing import Final

HAN: Final = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
ARABIC: Final = "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc"
PAUSES: Final = "，。！？；：、"
