"""The translations: nothing is lost or left in Chinese, one thing has one word."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from scripts import strings
from scripts.wording import HANZI, HOLE, table

languages = pytest.mark.parametrize("language", strings.LANGUAGES)

_OWN_NAMES = {"中文", "English"}
_FSI, _PDI = "\u2068", "\u2069"
_ISOLATED = re.compile(f"{_FSI}[^{_FSI}{_PDI}]*{_PDI}")

# Uyghur: ئ stands before a vowel that no consonant leads
_VOWELS = "اەوۇۆۈېى"
_CONSONANTS = "بپتجچخدرزژسشغفقكگڭلمنھۋي"
_LETTERS = set(_VOWELS + _CONSONANTS + "ئ")
_SIGNS = set(" 0123456789.,:/·-…«»،؛؟")
_WORD = re.compile(f"[{_VOWELS}{_CONSONANTS}ئ]+")
_LATIN = re.compile(f"S F Z|{_FSI}[AZ]{_PDI}")  # what is typed stays as it is


def words_of(language: str, locale: Path = strings.LOCALE) -> dict[str, str]:
    with (locale / language / "LC_MESSAGES" / "kiosk.po").open("rb") as source:
        return {message.id: message.string for message in read_po(source) if message.id}


@languages
def test_every_hole_is_in_the_translation_as_often(language: str) -> None:
    lost = [
        (words, translation)
        for words, translation in words_of(language).items()
        if Counter(HOLE.findall(words)) != Counter(HOLE.findall(translation))
        or translation.count("{") != words.count("{")
        or translation.count("}") != words.count("}")
    ]
    assert lost == []


@languages
def test_nothing_is_left_in_chinese(language: str) -> None:
    found = {words for words in words_of(language).values() if HANZI.search(words)}
    assert found <= _OWN_NAMES


@languages
def test_no_translation_needs_a_plural(language: str) -> None:
    assert [words for words in words_of(language).values() if not isinstance(words, str)] == []


def test_no_english_noun_depends_on_its_number() -> None:
    counted = re.compile(r"\{(n|count|groups|services)\} \w+s\b")
    assert [words for words in words_of("en").values() if counted.search(words)] == []


@languages
def test_the_same_thing_has_the_same_word(language: str) -> None:
    column = 1 + strings.LANGUAGES.index(language)
    terms = {row[0]: row[column].partition("-")[0].lower() for row in table("中文")}
    assert len(terms) > 10
    strange = [
        f"{words}: {translation} has no {stem}"
        for words, translation in words_of(language).items()
        for term, stem in terms.items()
        if term in words and stem not in translation.lower()
    ]
    assert strange == []


@languages
def test_a_button_is_quoted_by_the_name_that_it_bears(language: str) -> None:
    words = words_of(language)
    quoted = [
        (translation, words[name])
        for msgid, translation in words.items()
        for name in re.findall("“(.+?)”", msgid)
        if name in words
    ]
    assert len(quoted) > 3
    assert [pair for pair in quoted if pair[1] not in re.findall("[“«](.+?)[”»]", pair[0])] == []


@languages
def test_the_header_says_who_has_read_it(language: str) -> None:
    source = (strings.LOCALE / language / "LC_MESSAGES" / "kiosk.po").read_text("utf-8")
    (review,) = re.findall(r'^"X-Review: (.*)\\n"$', source, re.MULTILINE)
    assert re.match(r"unreviewed|reviewed by .+, 20\d\d-\d\d-\d\d", review)


# Uyghur -------------------------------------------------------------------------------------


def test_uyghur_is_written_with_its_own_letters() -> None:
    strange = {}
    for words, translation in words_of("ug").items():
        if words not in _OWN_NAMES:
            left = _LATIN.sub("", HOLE.sub("", translation))
            signs = set(left) - _LETTERS - _SIGNS - {_FSI, _PDI}
            if signs:
                strange[translation] = signs
    assert strange == {}


def _bare_vowels(words: str) -> Iterator[str]:
    for word in _WORD.findall(words):
        before = " " + word
        if any(
            sign in _VOWELS and lead not in _CONSONANTS + "ئ"
            for lead, sign in zip(before, word, strict=False)
        ):
            yield word


def test_every_uyghur_vowel_is_led_by_a_letter_that_may_lead_it() -> None:
    assert list(_bare_vowels("ئائىلە سائەت بېجىرىش")) == []
    assert list(_bare_vowels("ادەم سااەت")) == ["ادەم", "سااەت"]
    assert [one for words in words_of("ug").values() for one in _bare_vowels(words)] == []


def test_every_uyghur_hole_is_isolated_from_the_line_around_it() -> None:
    """Unicode annex 9: numbers with hyphens after Arabic letters are drawn backwards otherwise."""
    bare = [
        translation
        for translation in words_of("ug").values()
        if HOLE.search(_ISOLATED.sub("", translation))
        or translation.count(_FSI) != translation.count(_PDI)
    ]
    assert bare == []


def test_no_uyghur_ending_hangs_on_a_hole() -> None:
    assert [
        one for one in words_of("ug").values() if re.search(f"{_PDI}[{''.join(_LETTERS)}]", one)
    ] == []


# collecting ---------------------------------------------------------------------------------


@pytest.fixture
def locale(tmp_path: Path) -> Path:
    """Translations that are fresh and complete; a test may spoil them."""
    place = tmp_path / "locale"
    shutil.copytree(strings.LOCALE, place)
    return place


def _edit(locale: Path, before: str, after: str) -> None:
    file = locale / "ug" / "LC_MESSAGES" / "kiosk.po"
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after), "utf-8")


def test_fresh_and_complete_words_pass(locale: Path) -> None:
    assert strings.main(check=True, locale=locale) == 0


def test_a_missing_word_fails_the_check_and_is_named(
    locale: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _edit(locale, 'msgid "首页"\nmsgstr "باش بەت"', 'msgid "首页"\nmsgstr ""')
    strings.main(check=False, locale=locale)
    capsys.readouterr()
    assert strings.main(check=True, locale=locale) == 1
    assert "ug: no translation of 首页" in capsys.readouterr().err


def test_words_that_were_not_compiled_fail_the_check(
    locale: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _edit(locale, "باش بەت", "باش بەتكە")
    assert strings.main(check=True, locale=locale) == 1
    assert "kiosk.mo is stale" in capsys.readouterr().err
    strings.main(check=False, locale=locale)
    strings.main(check=True, locale=locale)
    assert "stale" not in capsys.readouterr().err


def test_what_a_reviewer_wrote_stays(locale: Path) -> None:
    before = f"X-Review: {strings.DRAFT}"
    _edit(locale, before, "X-Review: reviewed by a reader, 2026-12-01")
    _edit(
        locale, 'msgid "首页"', '# shorter than the usual word\n#: kiosk/views/x.py\nmsgid "首页"'
    )
    strings.main(check=False, locale=locale)
    text = (locale / "ug" / "LC_MESSAGES" / "kiosk.po").read_text("utf-8")
    assert '"X-Review: reviewed by a reader, 2026-12-01\\n"' in text
    assert "# shorter than the usual word" in text


def test_a_word_of_one_language_does_not_leak_into_another(locale: Path) -> None:
    _edit(locale, 'msgid "首页"\nmsgstr "باش بەت"', 'msgid "首页"\nmsgstr ""')
    strings.main(check=False, locale=locale)
    assert words_of("en", locale)["首页"] == "Home"
    assert words_of("ug", locale)["首页"] == ""
