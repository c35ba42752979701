"""How much more memory a fresh process takes once a way to search has answered.

The proportional set size, which counts what a search maps or keeps, and not what the system's cache
holds of the file.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.memory import pss_mb

QUERIES = Path(__file__).parent / "judged" / "names.jsonl"


def opened(name: str, place: Path) -> Callable[[str], object]:
    """A way to search, loaded only now."""
    if name == "search":
        from kiosk.search.searcher import Searcher  # noqa: PLC0415 — its cost is what is measured

        return Searcher(place).find
    from benchmarks import search_rivals  # noqa: PLC0415 — its cost is what is measured

    return next(one for one in search_rivals.RIVALS if one.name == name).open(place)


def main() -> None:
    queries = [json.loads(line)["query"] for line in QUERIES.read_text("utf-8").splitlines()]
    before = pss_mb()
    find = opened(sys.argv[1], Path(sys.argv[2]))
    for query in queries:
        find(query)
    print(pss_mb() - before)


if __name__ == "__main__":
    main()
