"""Reading the editors' files: every mistake is named with its file, line and field."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import records
from db.records import Text
from hub.authoring.findings import Finding, SourceError
from hub.authoring.yaml_source import Source, read_folder

SERVICE = """\
    # a comment does not count for less
    service:
      id: passport
      number: 13001
      group: papers
      category: identity
      name: 普通护照签发 | Passport
      plain_name: 办护照 | Get a passport
      summary: 第一次办护照 | Your first passport
      provider: police
      steps:
        - 到窗口说“办护照” | Say it at the counter
        - {text: 交钱, note: 刷卡也行 | Cards too}
      visits: 1
      visit_reason: 要本人照相
      aliases: [办护照, 第一次办护照]
    """


def write(folder: Path, name: str = "passport.yaml", content: str = SERVICE) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(dedent(content), "utf-8")
    return file


def changed(old: str, new: str) -> str:
    text = dedent(SERVICE)
    assert text.count(old) == 1
    return text.replace(old, new)


def mistakes(folder: Path) -> list[Finding]:
    with pytest.raises(SourceError) as caught:
        read_folder(folder)
    return caught.value.findings


def only_mistake(folder: Path) -> Finding:
    (finding,) = mistakes(folder)
    return finding


# what is read -------------------------------------------------------------------------------


def test_a_service_is_read_with_its_short_notations(tmp_path: Path) -> None:
    write(tmp_path)
    service, *aliases = read_folder(tmp_path).records
    assert isinstance(service, records.Service)
    assert service.name == Text("普通护照签发", "Passport")
    assert service.steps[0] == records.Step(Text("到窗口说“办护照”", "Say it at the counter"))
    assert service.steps[1] == records.Step(Text("交钱"), Text("刷卡也行", "Cards too"))
    assert [one.text for one in aliases if isinstance(one, records.Alias)] == [
        "办护照",
        "第一次办护照",
    ]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("护照", Text("护照")),
        ("护照 | Passport", Text("护照", "Passport")),
        ("护照 | Passport | پاسپورت", Text("护照", "Passport", "پاسپورت")),
        ("护照 || پاسپورت", Text("护照", "", "پاسپورت")),
        ("{zh: 左|右, en: left|right}", Text("左|右", "left|right")),
    ],
)
def test_a_text_has_up_to_three_languages(tmp_path: Path, written: str, read: Text) -> None:
    write(tmp_path, content=changed("办护照 | Get a passport", written))
    service = read_folder(tmp_path).records[0]
    assert isinstance(service, records.Service)
    assert service.plain_name == read


def test_bulletins_and_picks_are_read(tmp_path: Path) -> None:
    write(
        tmp_path,
        "news.yaml",
        """\
        bulletins:
          - id: closed
            title: 停办 | Closed | توختىدى
            text: 下周再来
            valid_from: 2026-11-22T08:00+08:00
            valid_to: 2026-11-29T08:00+08:00
            hides: [passport]
        picks:
          - {id: travel, order: 1, service: passport, why: 出国用, months: [6, 7]}
        """,
    )
    bulletin, pick = read_folder(tmp_path).records
    assert isinstance(bulletin, records.Bulletin)
    assert (bulletin.title.ug, bulletin.hides) == ("توختىدى", ("passport",))
    assert bulletin.valid_to == "2026-11-29T08:00+08:00"
    assert isinstance(pick, records.Pick)
    assert (pick.service, pick.months) == ("passport", (6, 7))


@pytest.mark.parametrize("moment", ["2026-11-22", "2026-11-22T08:00", "2026-11-22 08:00+08:00"])
def test_a_moment_says_the_minute_and_its_distance_from_utc(tmp_path: Path, moment: str) -> None:
    write(
        tmp_path,
        "news.yaml",
        f"""\
        bulletins:
          - id: closed
            title: 停办
            text: 下周再来
            valid_from: "{moment}"
            valid_to: 2026-11-29T08:00+08:00
        """,
    )
    finding = only_mistake(tmp_path)
    assert (finding.place.line, finding.field) == (5, "valid_from")


def test_a_word_of_two_services_is_one_record(tmp_path: Path) -> None:
    write(tmp_path)
    write(tmp_path, "deep/renew.yaml", changed("id: passport", "id: passport-renew"))
    aliases = [one for one in read_folder(tmp_path).records if isinstance(one, records.Alias)]
    assert [one.services for one in aliases] == [("passport-renew", "passport")] * 2
    assert len({one.id for one in aliases}) == 2


def aliases_of(folder: Path) -> dict[str, records.Alias]:
    found = (one for one in read_folder(folder).records if isinstance(one, records.Alias))
    return {one.text: one for one in found}


def write_aliases(folder: Path, **lists: str) -> None:
    """Services with these ids, read in this order, and the lists of words that lead to them."""
    for n, (service, written) in enumerate(lists.items()):
        content = changed("id: passport", f"id: {service}")
        content = content.replace("[办护照, 第一次办护照]", written)
        write(folder, f"{n}.yaml", content)


def test_a_word_alone_is_spoken_accepted_and_the_editors(tmp_path: Path) -> None:
    write_aliases(tmp_path, a="[出国本, {text: 通行本}]")
    said = [(one.sort, one.source, one.state) for one in aliases_of(tmp_path).values()]
    assert said == [("spoken", "editor", "accepted")] * 2


def test_a_word_may_say_its_sort_source_and_state(tmp_path: Path) -> None:
    write_aliases(tmp_path, a="[{text: 本本, sort: dialect, source: citizens, state: proposed}]")
    alias = aliases_of(tmp_path)["本本"]
    assert (alias.sort, alias.source, alias.state) == ("dialect", "citizens", "proposed")
    assert alias.services == ("a",)


@pytest.mark.parametrize(
    ("places", "order"),
    [
        ((None, None, None), "abc"),
        ((None, None, 1), "cab"),
        ((2, None, None), "bac"),
        ((3, None, 1), "cba"),
        ((None, 9, None), "acb"),
        ((9, 8, None), "cba"),
    ],
)
def test_services_of_the_same_words_stand_in_their_places(
    tmp_path: Path, places: tuple[int | None, ...], order: str
) -> None:
    written = ["本本" if n is None else f"{{text: 本本, place: {n}}}" for n in places]
    write_aliases(tmp_path, **{key: f"[{one}]" for key, one in zip("abc", written, strict=True)})
    assert aliases_of(tmp_path)["本本"].services == tuple(order)


def test_a_word_that_stands_twice_at_a_service_leads_there_once(tmp_path: Path) -> None:
    write_aliases(tmp_path, a="[本本, 本本]")
    assert aliases_of(tmp_path)["本本"].services == ("a",)


def test_a_word_stands_at_its_own_line(tmp_path: Path) -> None:
    write_aliases(tmp_path, a="\n    - 本本\n    - text: 通行本\n      sort: dialect")
    aliases = [
        one for one in read_folder(tmp_path).entries if isinstance(one.record, records.Alias)
    ]
    assert [one.place().line for one in aliases] == [17, 18]


@pytest.mark.parametrize(
    ("written", "line", "field", "says"),
    [
        ("[本本, {text: 通行本, sort: slang}]", 16, "aliases[1].sort", "enum value 'slang'"),
        ("[本本, {text: 通行本, state: refused}]", 16, "aliases[1].state", "enum value 'refused'"),
        ("[本本, {text: 通行本, source: web}]", 16, "aliases[1].source", "enum value 'web'"),
        ("\n    - text: 本本\n      place: 0", 18, "aliases[0].place", ">= 1"),
        ("\n    - 本本\n    - sort: dialect", 18, "aliases[1]", "`text`"),
        ("[{text: 本本, services: [a]}]", 16, "aliases[0].services", "unknown field"),
        ("[{text: 本本, rank: 1}]", 16, "aliases[0].rank", "unknown field"),
        ("['']", 16, "aliases[0].text", "length >= 1"),
        ("[110]", 16, "aliases", "list of words"),
    ],
)
def test_a_mistake_in_a_word_is_named_with_its_line_and_field(
    tmp_path: Path, written: str, line: int, field: str, says: str
) -> None:
    write_aliases(tmp_path, a=written)
    finding = only_mistake(tmp_path)
    assert (finding.place.line, finding.field) == (line, field)
    assert says in finding.message


@pytest.mark.parametrize(
    ("written", "read"),
    [("no", "no"), ("08:30", "08:30"), ("1e3", "1e3"), ("0x1f", "0x1f"), ("2026-01-02", None)],
)
def test_words_that_other_loaders_turn_into_numbers_stay_words(
    tmp_path: Path, written: str, read: str | None
) -> None:
    write(tmp_path, content=changed("交钱", written))
    service = read_folder(tmp_path).records[0]
    assert isinstance(service, records.Service)
    assert service.steps[1].text == Text(read or written)


def test_the_demo_city_is_read_with_a_place_for_every_field(demo_source: Source) -> None:
    lost = next(one for one in demo_source.entries if one.record.id == "id-card-lost")
    lines = lost.place().file.read_text("utf-8").splitlines()
    for path, words in (
        ("$.number", "number: 13003"),
        ("$.steps[1]", "- 拍照、按指纹、交40元"),
        ("$.channels[1].url", "- {via: web, title: 公安一网通办"),
        ("$.proxy.exceptions[0].papers[1]", "papers: [id-card-guardian, household-book]"),
    ):
        assert words in lines[lost.place(path).line - 1]
    # what is not there stands where the thing around it stands
    assert lost.place("$.proxy.colour") == lost.place("$.proxy")
    assert lost.place("$.nothing[3].at.all") == lost.place()
    assert "zwfw.yunchuan.example" in demo_source.link_hosts


# mistakes -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "says"),
    [
        ("visits: 1", "visits: one", 14, "visits", "Expected `int"),
        ("visits: 1", "visits: 99", 14, "visits", "<= 9"),
        ("visits: 1", "colour: red", 14, "colour", "unknown field"),
        ("number: 13001", "number: 0", 4, "number", ">= 1"),
        ("id: passport", "id: Pass Port", 3, "id", "regex"),
        ("note: 刷卡也行 | Cards too", "hint: x", 13, "steps[1].hint", "unknown field"),
        ("text: 交钱", "text: [交钱]", 13, "steps[1].text", "object"),
        ("name: 普通护照签发 | Passport", "name:", 7, "name", "object"),
        ("name: 普通护照签发 | Passport", "name: '| Passport'", 7, "name.zh", "length"),
        ("办护照 | Get a passport", "甲 | a | b | c", 8, "plain_name", "4 parts between bars"),
        ("刷卡也行 | Cards too", "甲 | a | b | c", 13, "steps[1].note", "more than zh, en, ug"),
        ("到窗口说“办护照” | Say", "甲 | 乙 | 丙 | Say", 12, "steps[0]", "write it in full"),
        ("  provider: police\n", "", 3, "record", "provider"),
        ("aliases: [办护照, 第一次办护照]", "aliases: 办护照", 16, "aliases", "list of words"),
        ("aliases: [办护照, 第一次办护照]", "aliases: [[a]]", 16, "aliases", "list of words"),
        ("visits: 1", "number: 13002", 14, "number", "twice"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_field(
    tmp_path: Path, old: str, new: str, line: int, field: str, says: str
) -> None:
    file = write(tmp_path, content=changed(old, new))
    finding = only_mistake(tmp_path)
    assert (finding.place.file, finding.place.line, finding.field) == (file, line, field)
    assert says in finding.message
    assert str(finding).startswith(f"{file}:{line}: {field}: ")


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("service:\n  id: [passport\n  number: 1\n", 3),
        ("service:\n  id: passport\n number: 1\n", 3),
        ("service:\n\tid: passport\n", 2),
        ("service: {id: 'passport}\n", 2),
        ("- a list\n- at the top\n", 1),
        ("just words\n", 1),
        ("", 1),
        ("# only a comment\n", 1),
        ("a: 1\n---\nb: 2\n", 2),
    ],
)
def test_a_file_that_is_no_readable_yaml_is_named_with_its_line(
    tmp_path: Path, content: str, line: int
) -> None:
    file = write(tmp_path, "broken.yaml", content)
    finding = only_mistake(tmp_path)
    assert (finding.place.file, finding.place.line) == (file, line)
    assert finding.field == "file"


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    (tmp_path / "gbk.yaml").write_bytes("service: 护照".encode("gbk"))
    assert "UTF-8" in only_mistake(tmp_path).message


@pytest.mark.parametrize(
    ("content", "line", "field"),
    [
        ("city: {}\nvillages:\n  - x\n", 2, "villages"),
        ("\n\nservices: {id: one}\n", 3, "services"),
        ("policy:\n  link_hosts: []\nkindness: much\n", 3, "kindness"),
    ],
)
def test_an_unknown_or_misplaced_key_at_the_top_is_named(
    tmp_path: Path, content: str, line: int, field: str
) -> None:
    write(tmp_path, "top.yaml", content)
    assert (line, field) in [(one.place.line, one.field) for one in mistakes(tmp_path)]


def test_a_record_that_is_no_mapping_is_named(tmp_path: Path) -> None:
    write(tmp_path, "groups.yaml", "groups:\n  - just a word\n")
    finding = only_mistake(tmp_path)
    assert (finding.place.line, finding.field) == (2, "record")


def test_all_mistakes_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    first = write(tmp_path, "a.yaml", changed("visits: 1", "visits: one"))
    second = write(tmp_path, "b.yaml", "service: [")
    groups = write(tmp_path, "c.yaml", "groups:\n  - {id: a}\n  - {id: b}\n")
    found = [(one.place.file, one.place.line) for one in mistakes(tmp_path)]
    assert found == [(first, 14), (second, 2), (groups, 2), (groups, 3)]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("? [a]\n: b\n", 1),
        ("service:\n  id: a\n  ? [b]\n  : c\n", 3),
        ("service: &all\n  id: a\n  steps: *all\n", 3),
        ("service:\n  number: !!int abc\n", 2),
        ("policy:\n  link_hosts: zwfw.example.cn\n", 2),
        ("policy:\n  link_hosts: 5\n", 2),
        ("policy:\n  link_hosts: [[zwfw.example.cn]]\n", 2),
    ],
)
def test_yaml_that_nobody_would_write_on_purpose_is_refused_with_its_line(
    tmp_path: Path, content: str, line: int
) -> None:
    file = write(tmp_path, "odd.yaml", content)
    places = [finding.place for finding in mistakes(tmp_path)]
    assert all(place.file == file for place in places)
    assert any(abs(place.line - line) <= 1 for place in places)


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    assert only_mistake(tmp_path).place.file == tmp_path


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(content=st.text(st.characters(codec="utf-8"), max_size=80))
def test_any_text_is_a_source_or_refused_with_a_place(tmp_path: Path, content: str) -> None:
    (tmp_path / "any.yaml").write_text(content, "utf-8", newline="")
    findings: list[Finding] = []
    try:
        read_folder(tmp_path)
    except SourceError as error:
        findings = error.findings
    assert all(finding.place.line >= 1 for finding in findings)
