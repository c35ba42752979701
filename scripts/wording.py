"""Judges Chinese words by docs/writing.md: those of the screens, in a report those of a catalog.

`python -m scripts.wording` lists what the screens say wrongly; with `--catalog` it counts what
resources/catalog says at length or in rare characters. The words to avoid are read from the
document's table. Knows nothing of translations (`scripts.strings`).
"""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from db import records
from hub.authoring.yaml_source import read_folder
from kiosk import assets
from kiosk.core.value import Value

ROOT = Path(__file__).resolve().parent.parent
GUIDE = ROOT / "docs" / "writing.md"
CATALOG = assets.RESOURCES / "catalog"

# UX-08 of the product's accessibility rules; Chinese plain-language guides ask for about the same
TITLE_MAX = 20
SENTENCE_MAX = 25
PLEASE_MOST = 1 / 6
_HOLE_LENGTH = 4  # of a value that is put in: a time, a place, a name

HANZI = re.compile(r"[\u3400-\u9fff]")
HOLE = re.compile(r"\{\w+\}")
_END = re.compile(r"[。！？；：·\n]|……")
_COUNTED = re.compile(r"\w")
_BRACKETS = re.compile(r"[()\[\]<>（）【】《》〈〉]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_HEARD = "，。、；：？！“”…· \n"  # a pause or a tone of voice; every other sign is lost
_NUMBER = re.compile(
    r"(?<![第二三四五六七八九十百千万])[二三四五六七八九十百千万]+(?=个|天|步|次|样|份|元|小时|分钟|月|号|楼|页|张)"
)
_TITLES = {"Tile": 1, "Heading": 0, "page": 1}  # which argument is a title if not by that name
_RATIO = re.compile(r"(?<=\})/(?=\{)")  # of two numbers; the voice says it in words


class Term(Value, frozen=True):
    """A row of the guide's table."""

    words: tuple[str, ...]
    instead: str
    fine: tuple[str, ...]  # longer words that contain one of them


class Saying(Value, frozen=True):
    """Words of a screen and where they stand."""

    place: str
    words: str
    is_title: bool = False


def terms() -> tuple[Term, ...]:
    """The guide's words to avoid."""
    return tuple(
        Term(_listed(avoid), instead, _listed(fine)) for avoid, instead, fine in table("not")
    )


def table(first: str) -> Iterator[list[str]]:
    """The rows of the guide's table whose first column is called so."""
    lines = iter(GUIDE.read_text("utf-8").splitlines())
    for line in lines:
        if line.startswith(f"| {first} |"):
            next(lines)
            break
    for line in lines:
        if not line.startswith("|"):
            return
        yield [cell.strip() for cell in line.split("|")[1:-1]]


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(word for word in cell.split("、") if word)


def level_1() -> frozenset[str]:
    """The characters that everybody has learnt at school."""
    return frozenset((assets.LEXICON / "level1.txt").read_text("utf-8")) - {"\n"}


def sayings() -> list[Saying]:
    """Every word that the program puts through a translation."""
    found = []
    for file in sorted((ROOT / "kiosk").rglob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        titles = {id(node) for title in _titles(tree) for node in ast.walk(title)}
        for node in ast.walk(tree):
            words = translatable(node)
            if words:
                place = f"{file.relative_to(ROOT).as_posix()}:{getattr(node, 'lineno', 0)}"
                found.append(Saying(place, words, id(node) in titles))
    return found


def _titles(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from (word.value for word in node.keywords if word.arg == "title")
            at = _TITLES.get(_called(node))
            yield from node.args[at : at + 1] if at is not None else ()


def _called(node: ast.AST) -> str:
    function = node.func if isinstance(node, ast.Call) else None
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def translatable(node: ast.AST) -> str:
    """The words that a node hands to a translation; nothing of other nodes."""
    if not isinstance(node, ast.Call) or _called(node) not in ("_", "gettext"):
        return ""
    words = node.args[0] if node.args else None
    if isinstance(words, ast.Constant) and isinstance(words.value, str):
        return words.value
    return ""


class Guide:
    """The rules, with the lists they need."""

    def __init__(self, terms: Iterable[Term], common: frozenset[str]) -> None:
        self._terms, self._common = tuple(terms), common

    def complaints(self, saying: Saying) -> Iterator[str]:
        """What is wrong with the words of a screen."""
        most = TITLE_MAX if saying.is_title else SENTENCE_MAX
        for sentence in too_long(saying.words, most):
            yield f"longer than {most}: {sentence}"
        for sign in self.rare(saying.words):
            yield f"not among the 3,500 characters of level 1: {sign}"
        for word, instead in self.avoided(saying.words):
            yield f"{word}: say {instead}"
        yield from _unheard(HOLE.sub("", _RATIO.sub("", saying.words)))

    def rare(self, words: str) -> list[str]:
        """Characters that not everybody has learnt."""
        return [sign for sign in HANZI.findall(words) if sign not in self._common]

    def avoided(self, words: str) -> Iterator[tuple[str, str]]:
        """Words of the table, and what to say instead."""
        for term in self._terms:
            left = words
            for fine in term.fine:
                left = left.replace(fine, " ")
            yield from ((word, term.instead) for word in term.words if word in left)


def too_long(words: str, most: int = SENTENCE_MAX) -> list[str]:
    """The sentences with more characters than that; signs do not count."""
    sentences = _END.split(HOLE.sub("字" * _HOLE_LENGTH, words))
    return [one.strip() for one in sentences if len(_COUNTED.findall(one)) > most]


def _unheard(words: str) -> Iterator[str]:
    """What a voice cannot say, or says wrongly."""
    for found in _BRACKETS.findall(words):
        yield f"brackets cannot be heard: {found}"
    for found in _LATIN_WORD.findall(words):
        yield f"not Chinese: {found}"
    for found in _NUMBER.findall(words):
        yield f"write digits: {found}"
    for sign in words:
        if not (sign.isalnum() or sign in _HEARD or _BRACKETS.match(sign)):
            yield f"cannot be heard: {sign}"


def too_many_please(words: Iterable[str]) -> list[str]:
    """Those that begin with 请, where they are more than one in six."""
    every = list(words)
    please = [one for one in every if one.startswith("请")]
    return please if len(please) > len(every) * PLEASE_MOST else []


def report(texts: Mapping[str, str], guide: Guide) -> Iterator[str]:
    """What a catalog's words are like, in lines. `texts` by where they stand."""
    long = [(place, one) for place, text in texts.items() for one in too_long(text)]
    signs = Counter(sign for text in texts.values() for sign in guide.rare(text))
    avoided = Counter(word for text in texts.values() for word, _ in guide.avoided(text))
    sentences = sum(bool(one.strip()) for text in texts.values() for one in _END.split(text))
    yield f"{len(texts)} texts, {sentences} sentences"
    yield f"{len(long)} sentences longer than {SENTENCE_MAX} characters"
    for place, one in sorted(long, key=lambda pair: -len(pair[1]))[:10]:
        yield f"  {len(_COUNTED.findall(one))} {place}: {one}"
    yield f"{sum(signs.values())} rare characters: {_counted(signs)}"
    yield f"{sum(avoided.values())} words to avoid: {_counted(avoided)}"


def _counted(counter: Counter[str]) -> str:
    return " ".join(f"{word} {count}" for word, count in counter.most_common()) or "none"


def catalog_texts(folder: Path = CATALOG) -> dict[str, str]:
    """The Chinese of a catalog's source, each text by its record."""
    source = read_folder(folder)
    return {
        f"{type(record).__name__} {getattr(record, 'id', '')} {n}": text.zh
        for record in source.records
        for n, text in enumerate(records.texts_of(record), start=1)
    }


def main(arguments: list[str]) -> int:
    """Print what was found; 0 where no screen says anything wrongly."""
    guide = Guide(terms(), level_1())
    if "--catalog" in arguments:
        print("\n".join(report(catalog_texts(), guide)))
        return 0
    found = sayings()
    lines = [f"{one.place}: {one.words}: {it}" for one in found for it in guide.complaints(one)]
    lines += [f"too many begin with 请: {one}" for one in too_many_please(s.words for s in found)]
    print("\n".join(lines) or f"{len(found)} words, nothing to mend")
    return int(bool(lines))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
