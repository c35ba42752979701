"""A program that understands speech: its answers, and every way in which it can fail."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.asking import QUERY_MAX
from kiosk.devices.dictation import (
    GUESSES_MAX,
    CommandDictation,
    Dictation,
    Guess,
    NoDictation,
    cleaned,
)
from tests.kiosk.voice.hearing import children, program, until

SECONDS = 10.0
ANSWER = '{"texts": [{"text": "社保卡补办", "score": 0.8}, {"text": "设保卡", "score": 0.1}]}'
HEARD = (Guess("社保卡补办", 0.8), Guess("设保卡", 0.1))
logs_failure = pytest.mark.logs("dictation-failed")
Says = Callable[..., CommandDictation]


@pytest.fixture
def says(tmp_path: Path) -> Iterator[Says]:
    """A recogniser that is a script; whatever it does, nothing of it is left."""

    def made(script: str, grace_s: float = 2.0) -> CommandDictation:
        return CommandDictation([program(tmp_path / "recogniser", script)], grace_s)

    yield made
    assert children() == set()


def reason(caplog: pytest.LogCaptureFixture) -> str:
    (line,) = (one for one in caplog.records if one.getMessage() == "dictation-failed")
    facts: dict[str, str] = line.facts  # type: ignore[attr-defined]
    return facts["reason"]


# answers ----------------------------------------------------------------------------------------


def test_what_was_understood_comes_back_the_likeliest_first(says: Says) -> None:
    assert says(f"echo '{ANSWER}'").listen(SECONDS) == HEARD
    swapped = '{"texts": [{"text": "乙", "score": 0.1}, {"text": "甲", "score": 0.9}]}'
    assert says(f"echo '{swapped}'").listen(SECONDS) == (Guess("甲", 0.9), Guess("乙", 0.1))


def test_an_answer_without_scores_keeps_its_order(says: Says) -> None:
    line = '{"texts": [{"text": "乙"}, {"text": "甲"}], "engine": "x"}'
    assert says(f"echo '{line}'").listen(SECONDS) == (Guess("乙"), Guess("甲"))


def test_the_last_line_may_have_no_end(says: Says) -> None:
    assert says(f"printf '%s' '{ANSWER}'").listen(SECONDS) == HEARD


def test_what_else_it_says_is_passed_over(says: Says) -> None:
    noise = (
        "echo ready; echo '{}'; printf '\\377\\376\\n'; echo '[[[['; echo '{\"texts\": 5}'; echo"
    )
    assert says(f"{noise}; echo '{ANSWER}'; echo more").listen(SECONDS) == HEARD


def test_an_answer_in_pieces_is_put_together(says: Says) -> None:
    half = len(ANSWER) // 2
    pieces = f"printf '%s' '{ANSWER[:half]}'; sleep 0.1; echo '{ANSWER[half:]}'"
    assert says(pieces).listen(SECONDS) == HEARD


@pytest.mark.parametrize("script", ["true", "echo '{\"texts\": []}'"])
def test_understanding_nothing_is_no_failure(says: Says, script: str) -> None:
    assert says(script).listen(SECONDS) == ()


def test_it_gets_the_arguments_of_the_settings_and_no_shell(tmp_path: Path) -> None:
    file = program(tmp_path / "recogniser", f'printf "%s\\n" "$@" >{tmp_path}/arguments')
    CommandDictation([file, "--model", "zh; $HOME"]).listen(SECONDS)
    assert (tmp_path / "arguments").read_text() == "--model\nzh; $HOME\n"


def test_it_can_be_asked_again_and_again(says: Says) -> None:
    dictation = says(f"echo '{ANSWER}'")
    assert [dictation.listen(SECONDS) for _ in range(3)] == [HEARD] * 3


def test_who_is_not_there_does_not_work(tmp_path: Path, says: Says) -> None:
    assert says("true").works
    assert not CommandDictation([str(tmp_path / "nobody")]).works
    nobody: Dictation = NoDictation()
    nobody.stop()
    assert (nobody.works, nobody.listen(SECONDS)) == (False, ())


# time -------------------------------------------------------------------------------------------


def test_when_the_time_is_over_it_may_still_say_what_it_has(says: Says) -> None:
    patient = f"end() {{ echo '{ANSWER}'; exit; }}; trap end TERM; while :; do sleep 0.02; done"
    assert says(patient).listen(0.3) == HEARD


def test_ending_when_it_is_told_to_is_no_failure(says: Says) -> None:
    assert says("exec sleep 100").listen(0.1) == ()


@logs_failure
def test_what_does_not_end_is_killed_with_all_that_it_has_started(
    says: Says, caplog: pytest.LogCaptureFixture
) -> None:
    deaf = "trap '' TERM; sleep 100 & sleep 100"
    assert says(deaf, grace_s=0.1).listen(0.1) == ()
    assert reason(caplog) == "recogniser: does not end"


def test_an_answer_does_not_wait_for_what_goes_on_behind_it(says: Says) -> None:
    assert says(f"sleep 100 & echo '{ANSWER}'; wait").listen(SECONDS) == HEARD


@pytest.mark.parametrize("script", ["exec sleep 100", "sleep 100 & sleep 100"])
def test_stopping_is_at_once_and_forgets(tmp_path: Path, says: Says, script: str) -> None:
    half = '{"texts": [{"text": "社保"}'
    dictation = says(f"printf '%s' '{half}'; touch {tmp_path}/listens; {script}")
    heard: list[object] = []
    thread = threading.Thread(target=lambda: heard.append(dictation.listen(100)))
    thread.start()
    until((tmp_path / "listens").exists)
    dictation.stop()
    thread.join(5)
    assert heard == [()]


def test_stopping_where_nobody_listens_leaves_the_next_time_alone(says: Says) -> None:
    dictation = says(f"echo '{ANSWER}'")
    dictation.stop()
    assert dictation.listen(SECONDS) == HEARD
    dictation.stop()
    assert dictation.listen(SECONDS) == HEARD


# failures ---------------------------------------------------------------------------------------


@logs_failure
@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("exit 3", "ended with 3"),
        ("echo 张三的电话; exit 3", "gave no answer that can be read"),
        ("echo 张三的电话", "gave no answer that can be read"),
        ("echo 张三的电话 >&2; exit 1", "ended with 1"),
        ("head -c 100000 /dev/zero", "said too much"),
        ("yes 张三的电话", "said too much"),
    ],
)
def test_a_failure_is_logged_without_a_word_of_what_was_said(
    says: Says, caplog: pytest.LogCaptureFixture, script: str, why: str
) -> None:
    with caplog.at_level(logging.INFO):
        assert says(script).listen(SECONDS) == ()
    assert reason(caplog) == f"recogniser: {why}"
    assert "张三" not in caplog.text + str([vars(line) for line in caplog.records])


@logs_failure
def test_a_program_that_cannot_be_started_is_named(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "recogniser"
    assert CommandDictation([str(file)]).listen(SECONDS) == ()
    assert reason(caplog) == "recogniser: cannot be started: FileNotFoundError"
    caplog.clear()
    file.write_text("no program", "utf-8")
    assert CommandDictation([str(file)]).listen(SECONDS) == ()
    assert reason(caplog) == "recogniser: cannot be started: PermissionError"


def test_what_was_understood_is_not_logged(says: Says, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        says(f"echo '{ANSWER}'").listen(SECONDS)
    assert caplog.records == []


# words ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (" 社保卡怎么补办？ ", "社保卡怎么补办"),
        ("“换驾照。”", "换驾照"),
        ("renew my\npassport.", "renew my passport"),
        ("户口\u202e本\x07", "户口本"),
        ("65岁，老年证", "65岁，老年证"),
        ("。，！", ""),
        ("长" * 100, "长" * QUERY_MAX),
        ("长" * (QUERY_MAX - 1) + " 短", "长" * (QUERY_MAX - 1)),
    ],
)
def test_words_are_made_fit_for_the_search_field(said: str, shown: str) -> None:
    assert cleaned(said) == shown


@given(st.text())
def test_any_text_becomes_one_short_printable_line(said: str) -> None:
    text = cleaned(said)
    assert text == text.strip()
    assert text.isprintable()
    assert len(text) <= QUERY_MAX
    assert cleaned(text) == text


def test_guesses_are_few_and_each_is_another(says: Says) -> None:
    texts = [{"text": text, "score": 0.5} for text in ("社保", " ", "", *"甲乙丙丁戊己")]
    texts.append({"text": "社保。", "score": 0.4})
    heard = says(f"echo '{json.dumps({'texts': texts})}'").listen(SECONDS)
    assert heard == tuple(Guess(text, 0.5) for text in ("社保", *"甲乙丙丁"))
    assert len(heard) == GUESSES_MAX
