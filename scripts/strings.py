"""Collects the words of the screens and compiles their translations.

`python -m scripts.strings` rewrites resources/locale; with `--check` it only says whether that
would change anything, and whether a language lacks words.
"""

from __future__ import annotations

import re
import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "resources" / "locale"
DOMAIN = "kiosk"
LANGUAGES = ("en", "ug")
METHODS = [("**.py", "python")]

_REVIEW = re.compile(r'^"X-Review: (.*)\\n"$', re.MULTILINE)
DRAFT = "unreviewed — machine-made draft until a native reader has read it"


class Words(Catalog):
    """A language's words under a header without dates: every run would look like a change."""

    def __init__(self, language: str, review: str) -> None:
        comment = f"# The kiosk's words: {language}. How they are written: docs/writing.md"
        super().__init__(header_comment=comment, fuzzy=False)
        self._language, self.review = language, review

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Language", self._language),
            ("X-Review", self.review),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit\n"),
        ]


def collected() -> Catalog:
    """Every word of the screens and slips, as a template."""
    template = Catalog(project=DOMAIN, charset="utf-8")
    for file, _line, message, _comments, context in extract_from_dir(
        str(ROOT / "kiosk"), method_map=METHODS
    ):
        template.add(message, locations=[(f"kiosk/{file}", 1)], context=context)
    return template


def translated(language: str, template: Catalog, locale: Path = LOCALE) -> Words:
    """The words of a language brought up to date with the screens; a reviewer's mark stays."""
    known, review = Catalog(), DRAFT
    file = _po(locale, language)
    if file.exists():
        with file.open("rb") as source:
            known = read_po(source)
        found = _REVIEW.search(file.read_text("utf-8"))
        review = found[1] if found else DRAFT
    words = Words(language, review)
    for message in template:
        if not message.id:
            continue
        own, before = message.clone(), known.get(message.id, message.context)
        if before is not None:
            own.string, own.user_comments = before.string, before.user_comments
        words[message.id] = own
    return words


def _po(locale: Path, language: str) -> Path:
    return locale / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def _bytes(catalog: Catalog) -> tuple[bytes, bytes]:
    source, compiled = BytesIO(), BytesIO()
    write_po(source, catalog, width=0, sort_output=True, include_lineno=False)
    write_mo(compiled, catalog)
    return source.getvalue(), compiled.getvalue()


def main(check: bool, locale: Path = LOCALE) -> int:
    """Write or compare; 0 where all is fresh and, for a check, complete."""
    template, stale = collected(), False
    for language in LANGUAGES:
        catalog = translated(language, template, locale)
        missing = [message.id for message in catalog if message.id and not message.string]
        for words in missing:
            print(f"{language}: no translation of {words}", file=sys.stderr)
        target = _po(locale, language)
        wanted = dict(zip((target, target.with_suffix(".mo")), _bytes(catalog), strict=True))
        if check:
            old = [file for file, it in wanted.items() if not _holds(file, it)]
            for file in old:
                print(f"{file} is stale: make strings", file=sys.stderr)
            stale = stale or bool(old) or bool(missing)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            for file, content in wanted.items():
                file.write_bytes(content)
    return int(stale)


def _holds(file: Path, content: bytes) -> bool:
    return file.exists() and file.read_bytes() == content


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv[1:]))
