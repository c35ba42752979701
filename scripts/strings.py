"""Collects the words of the screens and compiles their translations.

`python -m scripts.strings` rewrites resources/locale; with `--check` it only says whether that
would change anything, and whether a language lacks words.
"""

from __future__ import annotations

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
LANGUAGES = ("en",)
METHODS = [("views/**.py", "python"), ("core/**.py", "python"), ("printing/**.py", "python")]


def collected() -> Catalog:
    """Every word of the screens and slips, as a template."""
    template = Catalog(project=DOMAIN, charset="utf-8")
    for file, _line, message, _comments, context in extract_from_dir(
        str(ROOT / "kiosk"), method_map=METHODS
    ):
        template.add(message, locations=[(f"kiosk/{file}", 1)], context=context)
    return template


def translated(language: str, template: Catalog) -> Catalog:
    """The words of a language brought up to date with the screens."""
    file = _po(language)
    if file.exists():
        with file.open("rb") as source:
            catalog = read_po(source, locale=language)
    else:
        catalog = Catalog(locale=language)
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


def _po(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def _bytes(catalog: Catalog) -> tuple[bytes, bytes]:
    source, compiled = BytesIO(), BytesIO()
    write_po(source, catalog, width=0, sort_output=True, omit_header=False, include_lineno=False)
    # the header's dates would make every run look like a change
    lines = [line for line in source.getvalue().splitlines(True) if b"-Date: " not in line]
    write_mo(compiled, catalog)
    return b"".join(lines), compiled.getvalue()


def main(check: bool) -> int:
    """Write or compare; 0 where all is fresh and complete."""
    template, stale = collected(), False
    for language in LANGUAGES:
        catalog = translated(language, template)
        missing = [message.id for message in catalog if message.id and not message.string]
        for words in missing:
            print(f"{language}: no translation of {words}", file=sys.stderr)
        source, compiled = _bytes(catalog)
        target = _po(language)
        mo = target.with_suffix(".mo")
        if check:
            fresh = target.exists() and target.read_bytes() == source and mo.exists()
            if not fresh:
                print(f"{target.relative_to(ROOT)} is stale: make strings", file=sys.stderr)
            stale = stale or not fresh or bool(missing)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source)
            mo.write_bytes(compiled)
    return int(stale)


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv[1:]))
