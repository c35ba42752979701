"""Ink → characters of the catalog. Knows no screen and no file of a catalog.

`features` measures ink; `recogniser` compares it with a trained table; `lattice` reads several
characters together. All but `lattice` import numpy, so whoever uses them imports them late.
"""
