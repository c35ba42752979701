"""English and Uyghur text as it is read out."""

from __future__ import annotations

import re
import subprocess

import pytest
from babel.messages.pofile import read_po
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk import assets
from kiosk.core.choices import Language
from kiosk.voice.text.foreign import readable_english, readable_uyghur
from kiosk.voice.text.piece import pieces, sentences
from tests.kiosk.voice.hearing import with_espeak

ENGLISH = {
    "Call 12345": "Call 1 2 3 4 5",
    "12,345 yuan": "12,345 yuan",
    "Police 110 · Fire 119": "Police 1 1 0, Fire 1 1 9",
    "110 yuan": "110 yuan",
    "Hall's phone: 0571-12345678": "Hall's phone: 0 5 7 1, 1 2 3 4 5 6 7 8",
    "short number 13001-6": "short number 1 3 0 0 1, 6",
    "Check code 0412": "Check code 0 4 1 2",
    "Code K-7Q2": "Code K, 7 Q 2",
    "ID 11010119900101123X": "ID 1 1 0 1 0 1 1 9 9 0 0 1 0 1 1 2 3 X",
    "Next 1/3": "Next, page 1 of 3",
    "24/7": "24, 7",
    "11/23 9:42 am": "November 23, 9 42 am",
    "2026-11-23 1:30 pm": "November 23, 2026 1 30 pm",
    "9:00 am to 5:00 pm": "9 am to 5 pm",
    "9:05": "9 oh 5",
    "9:00–17:00": "9 to 17 o'clock",
    "Counters 19–22": "Counters 19 to 22",
    "Windows A01–A04": "Windows A 0 1 to A 0 4",
    "3-5 days": "3 to 5 days",
    "2/F, City Hall": "floor 2, City Hall",
    "¥20": "20 yuan",
    "80%": "80%",
    "original × 1": "original, 1",
    "Home › Insurance": "Home, Insurance",
    "“Passport”": "Passport",
    "Free (no names)": "Free, no names",
    "open zwfw.example.gov.cn": "open Z W F W dot example dot G O V dot C N",
    "Is it you?": "Is it you?",
    "...": ".",
    "😀": "",
}
UYGHUR = {
    "12345 گە تېلېفون قىلىڭ": "1 2 3 4 5 گە تېلېفون قىلىڭ",
    "2-قەۋەت · 3-كۆزنەك": "2-قەۋەت, 3-كۆزنەك",
    "9:30 – 17:00": "9 30، 17",
    "1/3": "1، 3",
    "«ياخشى»": "ياخشى",
}
UYGHUR_LETTERS = "ئا ئە ب پ ت ج چ خ د ر ز ژ س ش غ ف ق ك گ ڭ ل م ن ھ ئو ئۇ ئۆ ئۈ ۋ ئې ئى ي"


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_read_out_as_people_say_it(text: str) -> None:
    assert readable_english(text).replace("  ", " ").strip() == ENGLISH[text].strip()


@pytest.mark.parametrize("text", UYGHUR)
def test_uyghur_is_read_out_without_signs(text: str) -> None:
    assert readable_uyghur(text) == UYGHUR[text]


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_whatever_a_text_holds_only_what_can_be_said_is_left(text: str) -> None:
    for readable in (readable_english, readable_uyghur):
        said = readable(text)
        assert not set(said) & set("·›…“”()[]{}<>*#_×\n")
        assert any(one.isalnum() for one in said) or not set(text) & set("abcdefgxyz")


def translations(language: str) -> list[str]:
    """The screens' words in a language; holes are left out."""
    file = assets.LOCALE / language / "LC_MESSAGES" / "kiosk.po"
    with file.open("rb") as source:
        words = [str(message.string) for message in read_po(source) if message.id]
    return [re.sub(r"\{\w+\}", "2", one) for one in words if one]


@with_espeak
@pytest.mark.parametrize(("language", "voice"), [("en", "en-us"), ("ug", "ug")])
def test_every_translation_is_spoken_in_its_language(language: str, voice: str) -> None:
    said = [
        piece
        for text in translations(language)
        for sentence in sentences(text, Language(language))
        for piece in pieces(sentence, Language(language))
    ]
    others = [one.text for one in said if one.language is not Language(language)]
    assert all(re.fullmatch("[A-Z ]+|中文", one) for one in others), others
    lines = [one.text for one in said if one.language is Language(language)]
    heard = subprocess.run(
        ["espeak-ng", "-v", voice, "-q", "-x"],
        input="\n\n".join(lines),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout
    assert len(heard.split("\n")) > len(lines) > 50
    assert not re.search(r"\([a-z-]{2,}\)", heard)


@with_espeak
def test_every_uyghur_letter_has_a_sound_of_its_own() -> None:
    letters = UYGHUR_LETTERS.split()
    heard = subprocess.run(
        ["espeak-ng", "-v", "ug", "-q", "-x"],
        input="\n\n".join(letters),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout.split()
    assert len(set(heard)) == len(letters) == 32
