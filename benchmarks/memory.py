"""How much memory this process takes, by two measures.

The proportional set size is the system's: a page that several processes map counts in parts, so
the figure is smaller while another program with Qt runs. Alone, as in a hall, nobody shares: every
page of a file that is mapped counts whole, once, and so does all that is not of a file.
"""

import os
from array import array
from pathlib import Path

_PAGE = os.sysconf("SC_PAGE_SIZE")
_PRESENT, _OF_FILE = 1 << 63, 1 << 61  # of an entry; see pagemap in the kernel's documentation


def pss_mb() -> float:
    """Proportional set size of this process."""
    rollup = Path("/proc/self/smaps_rollup").read_text()
    line = next(line for line in rollup.splitlines() if line.startswith("Pss:"))
    return int(line.split()[1]) / 1024


def alone_mb() -> float:
    """What this process would take if nobody shared a page with it."""
    of_files: dict[str, bytearray] = {}  # a file may be mapped twice, as fonts are
    others = 0
    with Path("/proc/self/pagemap").open("rb", buffering=0) as pagemap:
        for line in Path("/proc/self/maps").read_text().splitlines():
            span, _rights, start, device, inode = line.split()[:5]
            first, end = (int(address, 16) // _PAGE for address in span.split("-"))
            pagemap.seek(first * 8)
            entries = array("Q", pagemap.read((end - first) * 8))  # none for the kernel's own page
            seen = of_files.setdefault(device + inode, bytearray())
            before = int(start, 16) // _PAGE
            seen.extend(bytes(max(0, before + len(entries) - len(seen))))
            for n, entry in enumerate(entries, before):
                if entry & _PRESENT and entry & _OF_FILE:
                    seen[n] = 1
                elif entry & _PRESENT:
                    others += 1
    return (sum(map(sum, of_files.values())) + others) * _PAGE / 2**20
