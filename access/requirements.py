"""What is required of the screens and of the machine, where that comes from, and who proves it.

Knows every requirement by its id. Does not know what was measured (`access.tally`).
"""

from __future__ import annotations

from typing import TypeAlias

from kiosk.core.value import Value


class Measured(Value, frozen=True):
    """Measured on the picture by this tool."""


class Proved(Value, frozen=True):
    """Proved by tests of the program, which are named."""

    files: tuple[str, ...]


class Checked(Value, frozen=True):
    """Checked where the machine is put up: no program can."""

    why: str


class Missing(Value, frozen=True):
    """Nobody proves it, or the machine does not do it; and why."""

    why: str


Proof: TypeAlias = Measured | Proved | Checked | Missing


class Requirement(Value, frozen=True):
    """One thing that people need."""

    id: str
    words: str
    number: str
    source: str
    proof: Proof
    also: str = ""  # what else is to be said of the proof


def _tested(*files: str) -> Proved:
    return Proved(tuple(f"tests/{file}.py" for file in files))


_BY_TOOL = Measured()

TEXT = (
    Requirement(
        "VIS-01",
        "Text is large enough at the distance that the panel was profiled for",
        "a capital ≥ 0.7°: running text in every size, all text in the largest",
        "EN 301 549 5.1.4",
        _BY_TOOL,
    ),
    Requirement(
        "VIS-02",
        "No text anywhere is below a floor",
        "hanzi ink ≥ 6 mm, capital (in Arabic script: alef) ≥ 4.8 mm",
        "Section 508 402.4; ADA 707.7.2",
        _BY_TOOL,
    ),
    Requirement(
        "VIS-03",
        "One size is as large as the strictest rule asks",
        "hanzi ink ≥ 12 mm in all text of the largest size",
        "Korea, MSIT notice 2024",
        _BY_TOOL,
    ),
    Requirement(
        "VIS-04",
        "Four text sizes, switched anywhere, without losing the place",
        "hanzi ink of running text ≥ 8, 10, 12, 16 mm; capital ≥ 3.5, 4.8, 6.4, 8.5 mm",
        "VVSG 2.0 7.1-G",
        _BY_TOOL,
        "that the place is kept: tests/kiosk/test_window.py",
    ),
    Requirement(
        "VIS-05",
        "At twice the size nothing is cut, left out, broken or covered; pictures grow too",
        "0 faults; icon over text varies ≤ 10 %",
        "WCAG 2.2 1.4.4; Korea 2025",
        _BY_TOOL,
    ),
    Requirement(
        "VIS-06",
        "Sans serif, in families that were chosen",
        "0 signs from another family",
        "MIIT annex 2, 1.1; Section 508 402.4",
        _BY_TOOL,
        "Arabic script is drawn in Naskh, its plain book hand",
    ),
    Requirement(
        "VIS-07",
        "Lines stand apart",
        "base line to base line ≥ 1.3 em",
        "MIIT annex 2, 1.2",
        _BY_TOOL,
        "twice the spacing of WCAG 1.4.12 is not offered as a choice",
    ),
    Requirement(
        "VIS-08",
        "Contrast of text from the start",
        "≥ 10:1",
        "VVSG 2.0 7.1-C; WCAG 2.2 1.4.3; MIIT annex 2, 1.3",
        _BY_TOOL,
    ),
    Requirement(
        "VIS-09",
        "Contrast of text in the looks with high contrast and without glare",
        "≥ 20:1 black on white and white on black; 4.5:1 to 8:1 without glare",
        "VVSG 2.0 7.1-D",
        _BY_TOOL,
    ),
    Requirement(
        "VIS-10",
        "Outlines of controls, and icons",
        "≥ 3:1",
        "WCAG 2.2 1.4.11",
        _BY_TOOL,
    ),
    Requirement(
        "VIS-11",
        "No colour alone says anything: seen in grey and by dichromats",
        "two states differ on ≥ 4 mm² at 3:1",
        "MIIT annex 2, 1.4; EN 301 549 8.1.3; WCAG 2.2 1.4.1",
        _BY_TOOL,
    ),
    Requirement("VIS-12", "No picture of text", "0 texts in icons", "WCAG 2.2 1.4.5", _BY_TOOL),
    Requirement(
        "VIS-13",
        "Every sign has a glyph: catalog, screens, rare names",
        "0 missing",
        "a machine without fonts draws boxes and says nothing",
        _BY_TOOL,
    ),
    Requirement(
        "VIS-14",
        "Nothing flashes or moves by itself",
        "0 animations, timers or films on a screen",
        "Section 508 408.3; WCAG 2.2 2.3.1",
        _BY_TOOL,
    ),
    Requirement(
        "VIS-15",
        "Read by somebody who sits",
        "from 1,015 mm above the floor",
        "Section 508 408.2; EN 301 549 8.3",
        Checked("glare and the angle of view depend on the place"),
    ),
)

TOUCH = (
    Requirement(
        "TCH-01",
        "Controls are large",
        "≥ 20 mm both ways, keys of the letter pad ≥ 17 mm",
        "VVSG 2.0 (12.7 mm); WCAG 2.2 2.5.8; MIIT annex 2, 2.1; Chen 2013",
        _BY_TOOL,
    ),
    Requirement(
        "TCH-02",
        "Controls stand apart",
        "≥ 4 mm, keys of the letter pad ≥ 2.54 mm",
        "VVSG 2.0",
        _BY_TOOL,
    ),
    Requirement(
        "TCH-03",
        "Steady-hand mode",
        "controls and keys ≥ 30 mm, 8 mm apart",
        "Chen 2013",
        _BY_TOOL,
    ),
    Requirement(
        "TCH-04",
        "What is touched counts when it is let go; sliding off takes it back",
        "0 acts before the release",
        "WCAG 2.2 2.5.2",
        _tested("core/test_touch", "kiosk/test_window", "ui/test_touchable"),
    ),
    Requirement(
        "TCH-05",
        "A finger may drift",
        "10 mm inside the control, 2 mm beside it",
        "Sultana and Moffatt 2019",
        _tested("core/test_touch", "kiosk/test_window"),
    ),
    Requirement(
        "TCH-06",
        "The same control is not pressed twice by a tremor",
        "300 ms, 0.5 s for a steady hand",
        "EN 301 549 5.8",
        _tested("core/test_input_guard", "kiosk/test_window"),
    ),
    Requirement(
        "TCH-07",
        "No touch falls through to the next screen",
        "350 ms after the control came under the finger",
        "measured: Qt lets it through",
        _tested("core/test_input_guard", "kiosk/test_window"),
    ),
    Requirement(
        "TCH-08",
        "Hold to press, for those who choose it",
        "≥ 300 ms, and a hint where it was shorter",
        "BaldPhone",
        _tested("core/test_touch", "kiosk/test_window"),
    ),
    Requirement(
        "TCH-09",
        "One finger is enough, a palm disturbs nothing",
        "0 gestures",
        "MIIT annex 2, 2.2; WCAG 2.2 2.5.1, 2.5.7",
        _tested(
            "rules/test_sources", "core/test_touch", "kiosk/test_window", "journeys/test_by_hand"
        ),
    ),
    Requirement(
        "TCH-10",
        "Pages are turned, nothing scrolls, nothing is lost between two pages",
        "0 scrolled areas; every word and control is on a page",
        "vxsuite; BaldPhone",
        _BY_TOOL,
    ),
    Requirement(
        "TCH-11",
        "There are no pop-ups; what asks is a whole screen",
        "its controls ≥ 44 dp (7 mm)",
        "MIIT annex 2, 2.4",
        _BY_TOOL,
    ),
    Requirement(
        "TCH-12",
        "A touch is answered at once",
        "≤ 100 ms",
        "common practice",
        Proved(("tests/ui/test_touchable.py", "benchmarks/taps.py")),
        "the time is a figure of `make bench`",
    ),
)

KEYS = (
    Requirement(
        "KEY-01",
        "Everything works without touch",
        "whole journeys by eight keys",
        "EN 301 549 5.1.6; WCAG 2.2 2.1.1",
        _tested("kiosk/test_window", "journeys/test_by_ear"),
    ),
    Requirement(
        "KEY-02",
        "The focus visits every control once, in the order of reading, and comes back",
        "0 missed, 0 twice, 0 out of order",
        "EN 301 549 5.1.6.2; WCAG 2.2 2.1.2, 2.4.3",
        _BY_TOOL,
    ),
    Requirement(
        "KEY-03",
        "A question takes the focus and gives it back",
        "the control of before has it again",
        "vxsuite",
        _tested("kiosk/test_window"),
    ),
    Requirement(
        "KEY-04",
        "The focus is seen",
        "as many pixels change at 3:1 as a ring of ≥ 1.2 mm has",
        "WCAG 2.2 2.4.7, 2.4.13",
        _BY_TOOL,
    ),
    Requirement(
        "KEY-05",
        "The focus is never hidden",
        "the whole control is on the screen and nothing covers it",
        "WCAG 2.2 2.4.11",
        _BY_TOOL,
    ),
    Requirement(
        "KEY-06",
        "Enter and Space press, once",
        "1 act",
        "measured: Qt's buttons ignore Enter",
        _tested("ui/test_touchable", "kiosk/test_window"),
    ),
    Requirement(
        "KEY-07",
        "Two switches are enough, and are learnt on the screen",
        "a whole journey by two keys",
        "VVSG 2.0; vxsuite",
        _tested("core/test_keys", "core/test_session", "kiosk/test_window"),
    ),
    Requirement(
        "KEY-08",
        "A held key counts once",
        "0 repeats",
        "EN 301 549 5.7; Section 508 407.4",
        _tested("kiosk/test_window"),
    ),
    Requirement(
        "KEY-09",
        "No two keys at once, no force",
        "0 shortcuts with a second key; ≤ 22.2 N",
        "EN 301 549 5.9, 8.4.2.2",
        _tested("core/test_keys"),
        "the force of a key: install checklist",
    ),
    Requirement(
        "KEY-10",
        "A number pad is laid out like a telephone",
        "—",
        "EN 301 549 8.4.1",
        Missing("no screen asks for a number"),
    ),
    Requirement(
        "KEY-11",
        "Every key can be tried without doing anything",
        "help leads in, help twice leads out",
        "vxsuite",
        _tested("core/test_keys", "core/test_session", "journeys/test_by_ear"),
    ),
)

SPEECH = (
    Requirement(
        "AUD-01",
        "All that is shown is said",
        "0 lines without sound",
        "EN 301 549 5.1.3.1; Section 508 402.2",
        _BY_TOOL,
    ),
    Requirement(
        "AUD-02",
        "The voice starts without sight: headphones in, or one key",
        "≤ 1 s, on the welcome screen as well",
        "EN 301 549 5.2, 8.5",
        _tested("core/test_keys", "kiosk/test_stage", "kiosk/test_reader"),
    ),
    Requirement(
        "AUD-03",
        "Whatever one does interrupts the voice; it repeats and pauses",
        "the old words end before the new begin",
        "EN 301 549 5.1.3.5",
        _tested("kiosk/test_reader", "kiosk/voice/test_voice"),
    ),
    Requirement(
        "AUD-04",
        "Volume in steps",
        "range ≥ 18 dB, a step at ≥ 12 dB, steps ≤ 10 dB",
        "EN 301 549 5.1.3.12, 8.2.1; 49 CFR 27.71(k)",
        _tested("kiosk/voice/test_level"),
        "dBA at the ear: install checklist",
    ),
    Requirement(
        "AUD-05",
        "The volume is as before for the next person",
        "the default after every visit",
        "EN 301 549 5.1.3.13; Section 508 402.3.2",
        _tested("core/test_session"),
    ),
    Requirement(
        "AUD-06",
        "Speed in steps, the pitch unchanged",
        "7 steps from 50 to 200 %",
        "VVSG 2.0 7.1-K",
        _tested("core/test_choices", "kiosk/voice/test_engine", "kiosk/voice/test_stretch"),
    ),
    Requirement(
        "AUD-07",
        "What is private is said in headphones only",
        "0 private words from the loudspeaker",
        "EN 301 549 5.1.3.8, 5.1.3.9",
        _tested("ui/test_spoken", "kiosk/test_reader", "kiosk/voice/test_voice"),
    ),
    Requirement(
        "AUD-08",
        "No other sound beside the voice",
        "≤ 3 s",
        "EN 301 549 5.1.3.10",
        _tested("kiosk/test_reader", "kiosk/voice/test_voice"),
        "there is no film or music; the chime waits for the voice",
    ),
    Requirement(
        "AUD-09",
        "The voice speaks the language of the screen",
        "0 words of the language of before",
        "EN 301 549 5.1.3.14",
        _tested("kiosk/test_reader"),
    ),
    Requirement(
        "AUD-10",
        "An error says what is wrong and what to do",
        "both in what is said",
        "EN 301 549 5.1.3.15; WCAG 2.2 3.3.1, 3.3.3",
        _tested("views/test_factory", "kiosk/test_reader"),
    ),
    Requirement(
        "AUD-11",
        "The slip is said too",
        "service, place, papers, code, telephone",
        "EN 301 549 5.1.3.16; Section 508 402.2.2",
        _tested("access/test_slip_is_heard"),
    ),
    Requirement(
        "AUD-12",
        "Every sound has something to see",
        "each chime has its screen",
        "EN 301 549 5.1.5",
        _tested("kiosk/test_reader"),
    ),
    Requirement(
        "AUD-13",
        "The picture can be switched off",
        "one large way back; everything goes on by keys",
        "vxsuite",
        _tested("views/test_factory", "kiosk/test_reader", "journeys/test_by_ear"),
    ),
    Requirement(
        "AUD-14",
        "Nobody must speak",
        "0 microphones",
        "EN 301 549 5.1.7",
        _tested("journeys/test_by_hand", "journeys/test_by_ear"),
        "every journey is walked on a machine without a microphone; with one, speaking is a choice",
    ),
    Requirement(
        "AUD-15",
        "After a silence the voice says how to go on",
        "once, before the visit ends",
        "vxsuite",
        _tested("kiosk/test_reader"),
    ),
)

TIME = (
    Requirement(
        "SES-01",
        "It asks before it ends, by sight and sound",
        "a screen and words or a chime",
        "Section 508 407.5",
        _tested("core/test_idle", "kiosk/test_stage", "kiosk/test_reader"),
    ),
    Requirement(
        "SES-02",
        "Time before it asks",
        "3 min; 5 min with voice, switches or a steady hand",
        "VVSG 2.0",
        _tested("core/test_idle", "kiosk/test_stage"),
    ),
    Requirement(
        "SES-03",
        "Time to answer, as often as one likes",
        "45 s, unlimited",
        "VVSG 2.0; WCAG 2.2 2.2.1",
        _tested("core/test_idle", "kiosk/test_stage"),
    ),
    Requirement(
        "SES-04",
        "No hidden clock: nothing changes by itself",
        "0 words but the clock's",
        "MIIT annex 2, 2.3",
        _tested("kiosk/test_stage"),
    ),
    Requirement(
        "SES-05",
        "Nothing is left for the next person",
        "the session is new, nothing is on the disk",
        "VVSG 2.0 7.1-A; PIPL 28",
        _tested("core/test_session", "kiosk/test_app", "journeys/test_by_hand"),
    ),
    Requirement(
        "SES-06",
        "One press sets the display back, the errand stays",
        "1 press",
        "VVSG 2.0 7.1-B",
        _tested("access/test_reset"),
    ),
    Requirement(
        "SES-07",
        "One can end early",
        "from every screen",
        "common practice",
        _tested("views/test_factory", "journeys/test_by_hand"),
    ),
    Requirement(
        "SES-08",
        "Staff help without spoiling the citizen's choices",
        "they come back",
        "vxsuite",
        _tested("core/test_session", "kiosk/test_reader"),
    ),
    Requirement(
        "SES-09",
        "Go on elsewhere",
        "code, slip and short number",
        "answers the queue behind one",
        _tested("journeys/test_whole_road"),
    ),
)

WORDS = (
    Requirement(
        "UX-01",
        "Help and the rest of the bar stand in the same place on every screen",
        "0 px moved",
        "WCAG 2.2 3.2.6; Seoul 2023",
        _BY_TOOL,
    ),
    Requirement(
        "UX-02",
        "Nothing is asked twice",
        "0 fields but the search",
        "WCAG 2.2 3.3.7",
        _tested("journeys/test_by_hand"),
    ),
    Requirement(
        "UX-03",
        "No puzzle, no test of memory",
        "0",
        "WCAG 2.2 3.3.8; MIIT annex 2, 1.5",
        Missing("nobody is identified at this machine"),
    ),
    Requirement(
        "UX-04",
        "Not by the body alone",
        "—",
        "EN 301 549 5.3; PIPL 26, 28",
        Missing("nobody is identified at this machine"),
    ),
    Requirement(
        "UX-05",
        "No advertising",
        "0",
        "MIIT annex 2, 5.1",
        Missing("a record has no field for it, and the screens show nothing but records"),
    ),
    Requirement(
        "UX-06",
        "The names that people search for find the settings",
        "长辈版 亲情版 关爱版 关怀版",
        "MIIT annex 2, 3.1",
        _tested("kiosk/search/test_own_words", "views/test_results"),
    ),
    Requirement(
        "UX-07",
        "Every control has a name, a role and an identity of its own",
        "0 without",
        "MIIT annex 2, 4.1; WCAG 2.2 4.1.2",
        _BY_TOOL,
    ),
    Requirement(
        "UX-08",
        "Plain words",
        "≤ 20 signs on a button, ≤ 25 in a sentence, of the 3,500 most common",
        "practice",
        _tested("rules/test_wording"),
    ),
    Requirement(
        "UX-09",
        "Few choices at once",
        "≤ 6 tiles a page, as a figure",
        "Seoul 2023",
        _BY_TOOL,
        "lists of services may be longer; it is reported and never fails",
    ),
    Requirement(
        "UX-10",
        "Nobody has to type",
        "every service by touching alone",
        "Zhou 2014",
        _tested("journeys/test_by_hand"),
        "letters, handwriting, strokes and speech are there for those who want to ask",
    ),
    Requirement(
        "UX-11",
        "Whoever comes for somebody else is told what to bring",
        "with every service",
        "State Council 45/2020",
        _tested("views/test_factory", "core/slips/test_service"),
    ),
    Requirement(
        "UX-12",
        "Counter, hours and telephone stay in sight",
        "on every service",
        "Barrier-free Environment Law 39",
        _tested("views/test_factory"),
    ),
    Requirement(
        "UX-13",
        "“Not here” is said before the way there",
        "place, papers, telephone",
        "Serangoon 2025",
        _tested("views/test_factory"),
    ),
    Requirement(
        "UX-14",
        "The code is read by phones",
        "≥ 60 mm, modules ≥ 1/400 of 80 cm, quiet zone ≥ 4, black on white, ≤ 1,400 mm high; read "
        "by zxing, ZBar and OpenCV as it is, from twice as far and askew by 10°",
        "ISO/IEC 18004",
        _BY_TOOL,
        "on paper: tests/kiosk/printing/test_readers.py",
    ),
    Requirement(
        "UX-15",
        "The phone begins in large type where this screen had it",
        "a flag in the link",
        "WeChat's care mode",
        _tested("kiosk/store/test_handoff_desk"),
    ),
    Requirement(
        "UX-16",
        "The slip is read without a phone",
        "≥ 18 pt, headline ≥ 24 pt",
        "VVSG 2.0 (10 pt)",
        _tested("kiosk/printing/test_layout"),
        "reached: 12 pt, on the large slip 16 pt: less than asked",
    ),
    Requirement(
        "UX-17",
        "Nothing is sent or printed by mistake",
        "one asks, one sees, one can go back",
        "WCAG 2.2 3.3.4",
        _tested("views/test_factory", "core/test_session"),
    ),
)

PLACE = (
    Requirement(
        "PHY-01",
        "A measured panel, or no citizen mode",
        "mm per pixel, bottom edge, distance",
        "everything here depends on it",
        _tested("kiosk/test_config", "kiosk/test_ruler"),
    ),
    Requirement(
        "PHY-02",
        "What is touched is not too low",
        "≥ 380 mm above the floor",
        "EN 301 549 8.3; Section 508 407.8; ADA 308",
        _BY_TOOL,
        "with the heights of the shipped profiles",
    ),
    Requirement(
        "PHY-03",
        "Low-reach mode brings every control down",
        "upper edges ≤ 1,220 mm above the floor",
        "EN 301 549 8.3; Section 508 407.8; ADA 308",
        _BY_TOOL,
        "with the heights of the shipped profiles",
    ),
    Requirement(
        "PHY-04",
        "Floor space",
        "760 × 1,220 mm, knees 685 mm, toes 230 mm",
        "EN 301 549 8.3",
        Checked("depends on the place"),
    ),
    Requirement(
        "PHY-05",
        "Sockets that people know",
        "3.5 mm, felt by touch; USB for keypads",
        "EN 301 549 8.1.2, 8.5",
        _tested("kiosk/devices/test_jack", "kiosk/devices/test_keypad"),
        "the mark: install checklist",
    ),
    Requirement(
        "PHY-06",
        "A low counter and a writing board near by",
        "—",
        "Barrier-free Environment Law 40",
        Checked("depends on the hall"),
    ),
    Requirement(
        "PHY-07",
        "Voice, large print and braille at the machine",
        "—",
        "Barrier-free Environment Law 33",
        Checked("braille is on the housing"),
    ),
)

SECTIONS = {
    "Text and picture": TEXT,
    "Touch": TOUCH,
    "Keys, keypad, switches": KEYS,
    "Speech and sound": SPEECH,
    "Time and session": TIME,
    "Words, help, hand-off": WORDS,
    "Place and hardware": PLACE,
}
ALL = {one.id: one for section in SECTIONS.values() for one in section}
