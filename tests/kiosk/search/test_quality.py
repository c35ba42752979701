"""How well it finds: judged queries of everyday life, and every kind of slip.

The figures stand in the assertions a little below what was measured; `-s` prints what is reached.
"""

from __future__ import annotations

import json
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from benchmarks import search_slips
from benchmarks.search_catalogs import SHARED_NAMES, read_lines
from db.phonetic import SPELLING
from kiosk.core.results import Hit
from kiosk.search.searcher import Searcher
from kiosk.store.lexicon import read_readings
from kiosk.store.reading import Reader
from tests.kiosk.search.catalogs import SHARED

JUDGED = Path(search_slips.__file__).with_name("judged")
_SCREEN = 5  # hits that are seen without turning the page
_NONSENSE = [
    *("asdfgh", "xqzjk", "mnbvcx", "banana", "zebra", "lorem", "a1b2c3", "99999"),
    *(
        "31415926",
        "你好世界",
        "今天吃什么好",
        "红烧肉",
        "周杰伦",
        "宇宙飞船",
        "股票行情",
        "三国演义",
    ),
    *("孙悟空", "月亮", "长颈鹿", "哈哈哈哈", "αβγ", "привет", "こんにちは", "안녕"),
    *("!!!", "...", "😀😀", "的的的", "啊", "量子力学", "黑洞", "唐诗宋词"),
    *("银河系", "梦见大海", "猜谜语", "星座运势", "世界杯", "王者荣耀", "葫芦娃", "圣诞老人"),
    *("鸡兔同笼", "九九乘法表", "奥特曼", "白雪公主", "蓝天白云", "绕口令", "笑话一则", "讲个故事"),
    *("唱首歌", "白日梦", "天地玄黄", "孔雀开屏", "守株待兔"),
]
_OF_ONES_LIFE = ["苹果手机", "恐龙", "麻辣火锅", "篮球比赛", "钢琴曲", "西红柿", "下象棋"]
"""No errand, but words that the lexicon knows: a museum, a licence for a restaurant."""


def place(hits: Iterable[Hit], fits: Callable[[Hit], bool]) -> int:
    """The place of the first hit that fits, from 1; 0 where none does."""
    return next((n for n, hit in enumerate(hits, 1) if fits(hit)), 0)


def judged(
    searcher: Searcher,
    rows: list[dict[str, object]],
    fits: Callable[[dict[str, object], Hit], bool],
) -> tuple[float, float, dict[str, list[bool]]]:
    """Recall in the first five, mean reciprocal rank, and the outcomes by kind."""
    kinds: defaultdict[str, list[bool]] = defaultdict(list)
    ranks = []
    for row in rows:
        language = "en" if row["kind"] == "english" else "zh"
        hits = searcher.find(str(row["query"]), language).hits
        ranks.append(place(hits, lambda hit, row=row: fits(row, hit)))
        kinds[str(row["kind"])].append(0 < ranks[-1] <= _SCREEN)
    recall = sum(0 < rank <= _SCREEN for rank in ranks) / len(ranks)
    return recall, sum(1 / rank for rank in ranks if rank) / len(ranks), kinds


def read(file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def test_everyday_queries_find_their_service_in_the_demo_city(city):
    rows = read(Path(__file__).with_name("demo_queries.jsonl"))
    assert len(rows) >= 60
    recall, mrr, kinds = judged(city, rows, lambda row, hit: hit.service in row["expect"])
    print(f"\ndemo city: recall@5 {recall:.3f}, MRR {mrr:.3f}, {len(rows)} queries")  # noqa: T201 — with -s
    assert recall >= 0.95
    assert mrr >= 0.85
    assert all(sum(outcomes) >= 0.8 * len(outcomes) for outcomes in kinds.values()), kinds


def is_titled(row: dict[str, object], hit: Hit) -> bool:
    """Whether a hit is one of those that the row expects by their titles."""
    expected = row["expect"]
    assert isinstance(expected, list)
    return any(re.search(one, hit.title) for one in expected)


def test_the_general_lexicon_alone_answers_the_shared_queries(names):
    rows = read(SHARED / "search_queries_sample.jsonl")
    recall, mrr, _ = judged(names, rows, is_titled)
    print(f"\n608 names, lexicon: recall@5 {recall:.3f}, MRR {mrr:.3f}")  # noqa: T201 — with -s
    assert recall >= 0.96
    assert mrr >= 0.88


def test_the_general_lexicon_alone_answers_phrases_that_it_has_not_seen(names):
    """Written without sight of the lexicon, which was written without sight of them."""
    rows = read(JUDGED / "names.jsonl")
    recall, mrr, _ = judged(names, rows, is_titled)
    print(f"\n608 names, unseen: recall@5 {recall:.3f}, MRR {mrr:.3f}")  # noqa: T201 — with -s
    assert recall >= 0.85
    assert mrr >= 0.75


def test_the_shared_queries_without_a_single_everyday_word(bare_names):
    """About half of the synonyms and all of the English cannot be found without those."""
    rows = read(SHARED / "search_queries_sample.jsonl")
    recall, mrr, kinds = judged(bare_names, rows, is_titled)
    print(f"\n608 names, no everyday words: recall@5 {recall:.3f}, MRR {mrr:.3f}")  # noqa: T201 — with -s
    assert recall >= 0.86
    assert mrr >= 0.8
    for kind in ("pinyin", "initials", "typo", "substring", "traditional", "dialect"):
        assert all(kinds[kind]), kind


def test_both_wishes_of_a_line_are_answered(names):
    found = [hit.title for hit in names.find("医保和社保查询").hits[:10]]
    assert any(re.search("医保.*查询", title) for title in found)
    assert any(re.search("社(保|会保险).*查询", title) for title in found)


def test_every_name_is_found_by_itself_by_its_letters_and_by_its_initials(names):
    reader = Reader(read_readings())
    titles = [row.split("\t")[2] for row in (SHARED / "service_names.txt").read_text().splitlines()]
    assert len(titles) == 608
    for title in titles:
        signs = "".join(sign for sign in title if sign.isalnum())
        spelled = [SPELLING.get(sound, sound).lower() for sound in reader.sounds(signs)]
        assert names.find(title).hits[0].title == title
        for typed in ("".join(spelled), "".join(one[0] for one in spelled)):
            first = [hit.title for hit in names.find(typed).hits[:_SCREEN]]
            assert title in first, typed


def test_the_first_page_for_social_insurance_is_not_of_one_kind(names):
    hits = names.find("社保").hits[:20]
    assert len({hit.path for hit in hits}) >= 3
    for expected in ("社保.*查询", "社会保障卡|社保卡", "参保", "缴"):
        assert any(re.search(expected, hit.title) for hit in hits), expected


def test_nonsense_is_hardly_ever_answered_with_confidence(city, names):
    for searcher in (city, names):
        confident = [typed for typed in _NONSENSE if searcher.find(typed).confident]
        assert len(confident) <= 0.04 * len(_NONSENSE), confident


@pytest.mark.parametrize("typed", _OF_ONES_LIFE)
def test_no_errand_is_never_taken_for_the_name_of_one(names, typed):
    assert all(hit.heard for hit in names.find(typed).hits[:3])


@pytest.mark.parametrize("kind", search_slips.KINDS)
def test_slips_find_the_name_they_were_made_of(names, kind):
    """A slip fits several names, so the first ten count, and names that hold the same piece."""
    titles = [line.name for line in read_lines(SHARED_NAMES)]
    slips = search_slips.made_of(titles, kind, titles)
    missed = [
        slip.typed
        for slip in slips
        if not slip.is_found_in(hit.title for hit in names.find(slip.typed).hits[:10])
    ]
    found = 1 - len(missed) / len(slips)
    print(f"\n{kind}: {found:.2f}")  # noqa: T201 — with -s
    assert found >= search_slips.LEAST[kind], missed


def test_a_keystroke_costs_little(city, names):
    """Far above what `benchmarks/search_speed.py` measures: this sees only a fall."""
    rows = read(Path(__file__).with_name("demo_queries.jsonl"))
    for searcher in (city, names):
        spent_ms = []
        for row in rows:
            query = str(row["query"])
            for end in range(1, len(query) + 1):
                started = time.thread_time()
                searcher.find(query[:end])
                spent_ms.append((time.thread_time() - started) * 1000)
        spent_ms.sort()
        assert spent_ms[len(spent_ms) // 2] < 10
        assert spent_ms[int(len(spent_ms) * 0.99)] < 50
