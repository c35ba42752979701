"""The word lists that ship with the program: their notation, and what stands in them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from db.phonetic import BARRIER, key_of
from kiosk.store.lexicon import LexiconError, Rule, Target, read_rules, read_simplified

EXPRESSIONS_LEAST = 30_000
SIGNS_MOST, WORDS_MOST = 24, 10


def rules_of(folder: Path, text: str, name: str = "a.txt") -> list[Rule]:
    (folder / name).write_text(text, "utf-8")
    return read_rules(folder)


# the notation -----------------------------------------------------------------------------------


def test_a_rule_leads_from_everyday_words_to_official_ones_the_best_first(tmp_path):
    (rule,) = rules_of(tmp_path, "罚单 吃牌 = 违法处理 交通违法\n")
    assert rule == Rule(("罚单", "吃牌"), (Target(("违法处理",)), Target(("交通违法",))), False)


def test_a_target_may_want_several_pieces_and_forbid_others(tmp_path):
    (rule,) = rules_of(tmp_path, "驾照过期 = 驾驶证+换证-初次-注销\n")
    assert rule.targets == (Target(("驾驶证", "换证"), ("初次", "注销")),)


def test_weak_words_and_padding_are_told_from_things(tmp_path):
    weak, padding = rules_of(tmp_path, "~ 丢了 不见了 = 补领 挂失\n请问 我想 =\n")
    assert (weak.says, weak.is_weak) == (("丢了", "不见了"), True)
    assert (padding.says, padding.targets) == (("请问", "我想"), ())


def test_words_of_an_english_expression_are_joined_by_a_line(tmp_path):
    (rule,) = rules_of(tmp_path, "lost_id_card = 身份证+补领")
    assert rule.says == ("lost id card",)


def test_remarks_and_empty_lines_are_no_rules(tmp_path):
    assert rules_of(tmp_path, "\n# 罚单 = 违法\n   \n") == []


def test_files_are_read_in_the_order_of_their_names(tmp_path):
    rules_of(tmp_path, "罚单 = 违法", "b.txt")
    rules_of(tmp_path, "不是 = 规则", "c.md")
    first, second = rules_of(tmp_path, "护照本 = 护照", "a.txt")
    assert (first.says, second.says) == (("护照本",), ("罚单",))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("罚单", "expected"),
        ("罚单=违法", "expected"),
        ("= 违法", "expected"),
        ("~ = 违法", "expected"),
        ("罚单 = 违法+", "empty piece"),
        ("罚单 = -违法", "empty piece"),
        ("罚单 = 违法--处理", "empty piece"),
        ("车 罚单 = 车辆", "车 is in too many words"),
    ],
)
def test_a_line_that_is_no_rule_is_named_by_file_and_number(tmp_path, line, reason):
    with pytest.raises(LexiconError, match=rf"^traffic\.txt, line 3: .*{reason}"):
        rules_of(tmp_path, f"# 交通\n护照本 = 护照\n{line}\n", "traffic.txt")


def test_a_single_sign_may_be_a_deed_or_padding(tmp_path):
    weak, padding = rules_of(tmp_path, "~ 丢 = 补领\n吗 =\n")
    assert (weak.says, padding.says) == (("丢",), ("吗",))


# the lexicon that ships -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shipped() -> list[Rule]:
    return read_rules()


@pytest.fixture(scope="module")
def simplified():
    return read_simplified()


def said(rules: Iterable[Rule]) -> set[str]:
    return {words for rule in rules for words in rule.says}


def test_there_are_enough_expressions_to_understand_a_stranger(shipped):
    assert len(said(shipped)) >= EXPRESSIONS_LEAST


def test_no_expression_is_a_thing_and_padding_at_once(shipped, simplified):
    things = said(rule for rule in shipped if rule.targets and not rule.is_weak)
    padding = said(rule for rule in shipped if not rule.targets)
    as_keys = [{key_of(words, simplified) for words in one} for one in (things, padding)]
    assert as_keys[0] & as_keys[1] == set()


def test_no_expression_is_longer_than_what_people_say_in_one_breath(shipped):
    too_long = {
        words
        for words in said(shipped)
        if (len(words.split()) > WORDS_MOST if words.isascii() else len(words) > SIGNS_MOST)
    }
    assert too_long == set()


def test_every_expression_is_still_itself_when_it_is_typed(shipped, simplified):
    keys = {words: key_of(words, simplified) for words in said(shipped)}
    assert {words for words, key in keys.items() if key_of(key, simplified) != key} == set()
    assert {words for words, key in keys.items() if not key.strip(f" {BARRIER}")} == set()


def test_no_chinese_expression_has_a_gap_across_which_nothing_is_read(shipped, simplified):
    spoken = {words: key_of(words, simplified) for words in said(shipped) if not words.isascii()}
    assert {words for words, key in spoken.items() if set(key) & set(f" {BARRIER}")} == set()


def test_every_piece_of_a_target_is_still_there_in_a_normalised_name(shipped, simplified):
    pieces = {
        piece
        for rule in shipped
        for target in rule.targets
        for piece in (*target.pieces, *target.without)
    }
    assert {piece for piece in pieces if not key_of(piece, simplified).strip(BARRIER)} == set()
