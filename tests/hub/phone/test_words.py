"""The Uyghur of the pages: nothing is missing, no hole is lost, every hole is isolated."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from db.records import Text
from hub.phone import words
from hub.phone.words import in_language, led, said
from tests.rules.sources import ROOT, parsed

HANZI = re.compile(r"[\u3400-\u9fff]")
HOLE = re.compile(r"\{\w+\}")
FSI, PDI, RLM = "\u2068", "\u2069", "\u200f"
TEMPLATES = ROOT / "hub" / "templates"
FILE = json.loads((TEMPLATES / "phone_ug.json").read_text("utf-8"))
TERMS = {
    "大厅": "زال",
    "窗口": "كۆزن",
    "工作人员": "خادىم",
    "小票": "قەغەز",
    "手机": "يانفون",
    "核对码": "سېلىشتۇرۇش كود",
    "短号": "قىسقا نومۇر",
    "首页": "باش بەت",
    "机器": "ماشىن",
}


def in_templates() -> Iterator[str]:
    """What pages themselves say in Chinese: the first of two quoted words of `w(…)`."""
    for file in sorted(TEMPLATES.glob("phone_*.html")):
        for _, zh in re.findall(r"""\bw\(\s*(["'])(.*?)\1\s*,""", file.read_text("utf-8")):
            yield zh


def in_modules() -> Iterator[str]:
    """Strings with hanzi that are neither documentation nor part of a longer f-string."""
    for path, tree in parsed("hub"):
        if not path.startswith("hub/phone/") or path.endswith("letter.py"):
            continue
        skipped = {
            id(inner)
            for node in ast.walk(tree)
            if isinstance(node, ast.Expr | ast.JoinedStr)
            for inner in ast.walk(node)
            if isinstance(node, ast.JoinedStr) or isinstance(node.value, ast.Constant)
        }
        for node in ast.walk(tree):
            words_here = node.value if isinstance(node, ast.Constant) else None
            is_said = isinstance(words_here, str) and HANZI.search(words_here)
            if is_said and id(node) not in skipped:
                yield str(words_here)


def test_everything_that_a_page_says_has_uyghur_or_is_a_name() -> None:
    own_names = {*words.OWN_NAMES.values()}
    said_here = {*in_templates(), *in_modules()}
    assert len(said_here) > 150
    assert sorted(said_here - FILE["words"].keys() - own_names) == []


def test_no_word_is_kept_that_no_page_says() -> None:
    months = {f"{number}月" for number in range(1, 13)}
    patterns = {zh for zh in FILE["words"] if not HANZI.search(zh)}
    assert sorted(FILE["words"].keys() - {*in_templates(), *in_modules()} - months - patterns) == []


def test_the_table_says_that_nobody_has_read_it() -> None:
    assert re.match(r"unreviewed|reviewed by .+, 20\d\d-\d\d-\d\d", FILE["review"])


def test_every_hole_is_kept_and_isolated_and_no_hanzi_is_left() -> None:
    for zh, own in FILE["words"].items():
        assert Counter(HOLE.findall(zh)) == Counter(HOLE.findall(own)), zh
        bare = re.sub(f"{FSI}[^{FSI}{PDI}]*{PDI}", "", own)
        assert not HOLE.search(bare), zh
        assert not HANZI.search(own), zh


def test_one_thing_has_one_word() -> None:
    strange = [
        zh
        for zh, own in FILE["words"].items()
        for term, stem in TERMS.items()
        if term in zh and stem not in own
    ]
    assert strange == []


def test_a_value_without_english_leaves_the_sentence_without_it() -> None:
    assert said("短号 {number}", "Short number {number}", number=Text("一")).en == ""
    assert said("短号 {number}", "Short number {number}", number="13003-2") == Text(
        "短号 13003-2", "Short number 13003-2", f"قىسقا نومۇر {FSI}13003-2{PDI}"
    )


def test_uyghur_keeps_what_has_none_in_chinese() -> None:
    told = said("看：{name}", "See: {name}", name=Text("办护照", "Passport"))
    assert told.ug == f"كۆرۈش: {FSI}办护照{PDI}"
    assert in_language(Text("办护照", "Passport"), "ug") == ("办护照", False)


def test_uyghur_in_uyghur_says_its_direction_first() -> None:
    assert led(Text("周一", "Mon")) == RLM + "دۈشەنبە"
    assert led(Text("办护照", "Passport")) == "办护照"


def test_what_a_record_says_itself_comes_before_the_table() -> None:
    assert in_language(Text("周一", "Mon", "ئۆزى"), "ug") == ("ئۆزى", True)


def test_the_table_lies_beside_the_templates() -> None:
    assert Path(words.__file__).parent.parent / "templates" == TEMPLATES
