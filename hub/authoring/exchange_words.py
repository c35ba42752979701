"""Words of an official list turned into words of this catalog: tile names, slugs, groups.

Knows how such lists are worded. No I/O; does not know the notation of the list
(`hub.authoring.exchange`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pypinyin import lazy_pinyin

from hub.authoring.checks import PLAIN_NAME_MAX

OTHER = "other"
_SLUG_MAX = 48
_ELLIPSIS = "…"
_TAIL = 4  # 变更登记, 经营许可: what is to be done stands at the end of an official name
_BRACKETS = re.compile(r"[（(][^（()）]*[)）]|《[^《》]*》")
_ROUND = re.compile(r"[（(][^（()）]*[)）]")
_SIGNS = re.compile("[（）()《》]")
_LEVEL = re.compile(r"[（(](?:[省市县]级?[/、]?)+(?:行使|权限)?[)）]")
_BREAK = "、，；：/和及与的或在对"
_BUSINESS = re.compile("企业|公司|经营|单位|机构|工程|项目|场所|纳税|用人|执业|生产|营业")

_BY_NAME = (
    ("driving", "驾驶证|机动车登记|号牌|车辆检验|交通违法"),
    ("household", "户口|户籍|身份证|居住证|护照|通行证"),
    ("family", "结婚|离婚|婚姻|收养|出生医学|生育登记|独生子女"),
    ("health", "医疗保险|医保|生育保险|医疗救助|就医|报销"),
    ("disability", "残疾|低保|最低生活|救助|特困|孤儿|抚养儿童|优待证|高龄|抚恤|优抚|护理补贴"),
    ("housing", "公积金|不动产|公租房|廉租|住房"),
    ("school", "入学|学籍|助学|教师资格|学历|幼儿园"),
    ("complaints", "法律援助|公证|调解|投诉|信访|举报"),
    ("pension", "社会保障卡|养老保险|失业|工伤|退休|就业|社会保险"),
    ("bills", "开具|缴费|供电|供水|完税"),
)
_BY_DEPARTMENT = (
    ("health", "医疗保障|医保|卫健|卫生"),
    ("pension", "人社|人力资源|社保"),
    ("household", "公安"),
    ("transport", "交通"),
    ("housing", "住建|公积金|自然资源|不动产"),
    ("school", "教"),
    ("disability", "民政|残联|退役军人"),
    ("bills", "税务|水务|供电"),
    ("complaints", "司法|信访"),
)


def clean(words: str) -> str:
    """The words without blanks at their ends, line ends and control signs."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in words).split())


def plain_names(name: str) -> Iterator[str]:
    """Ever shorter names that fit a tile, the fullest first; a bracket is kept whole or dropped.

    Which level of government decides (县级, 市级) is dropped from all of them: it is nothing to
    whoever stands in the hall.
    """
    level_free = _LEVEL.sub("", name) or name
    bare = _ROUND.sub("", level_free)
    brackets: list[str] = _ROUND.findall(level_free)
    if not bare or bare.startswith("《"):
        bare = _SIGNS.sub("", bare or level_free) or level_free
    yield from (whole for whole in (level_free, bare) if len(whole) <= PLAIN_NAME_MAX)
    if brackets and len(brackets[-1]) <= PLAIN_NAME_MAX // 2 and bare != _SIGNS.sub("", level_free):
        yield _joined(bare, brackets[-1])
    if len(bare) > PLAIN_NAME_MAX:
        tail = re.split("[的和及与、]", bare[-_TAIL:])[-1]
        if tail and not _SIGNS.search(tail):
            yield _joined(bare, tail)
        yield _joined(bare, "")


def _joined(beginning: str, end: str) -> str:
    return _cut(beginning, PLAIN_NAME_MAX - len(end) - 1) + _ELLIPSIS + end


def _cut(words: str, length: int) -> str:
    """The beginning of a name: not inside a bracket, at a joint between words where one is near."""
    if len(words) <= length:
        return words
    inside = {
        n for found in _BRACKETS.finditer(words) for n in range(found.start() + 1, found.end())
    }
    ends = [end for end in range(length, 1, -1) if end not in inside]
    if not ends:
        return _SIGNS.sub("", words)[:length]
    joints = [end for end in ends if words[end] in _BREAK and end >= length - 3]
    return words[: (joints or ends)[0]].rstrip(_BREAK)


def slug_of(words: str, taken: set[str]) -> str:
    """A slug in pinyin, not among those that are taken; it is added to them."""
    syllables = re.findall(r"[a-z0-9]+", " ".join(lazy_pinyin(words)).lower())
    slug = ""
    for syllable in syllables:
        if len(slug) + len(syllable) + 1 > _SLUG_MAX:
            break
        slug = f"{slug}-{syllable}" if slug else syllable[:_SLUG_MAX]
    slug = slug or "x"
    chosen, n = slug, 1
    while chosen in taken:
        n += 1
        chosen = f"{slug}-{n}"
    taken.add(chosen)
    return chosen


def group_of(name: str, department: str) -> str:
    """The group in which citizens would look: by the name of the thing, else by the office."""
    for group, words in _BY_NAME:
        if re.search(words, name) and not _BUSINESS.search(name):
            return group
    for group, words in _BY_DEPARTMENT:
        if re.search(words, department):
            return group
    return OTHER


def is_business(name: str) -> bool:
    """Whether only businesses and bodies would need it, as far as its name tells."""
    return _BUSINESS.search(name) is not None


def place_name(departments: list[str]) -> str | None:
    """The name of the place, where a department carries it in full: 广安区税务局 → 广安区."""
    for department in departments:
        found = re.match(r"[^市县区]{2,4}[市县区](?=.)", department)
        if found:
            return found[0]
    return None
