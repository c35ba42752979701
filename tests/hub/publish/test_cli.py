"""The publisher's commands, as typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from hub.cli import app
from hub.publish.repository import Repository
from tests.hub.publish.building import files_of
from tests.hub.publish.recording import END, START, make_wav, write_speech

SOURCE = """\
policy: {link_hosts: [zwfw.yunchuan.example]}
city: {id: yunchuan, name: 云川 | Yunchuan, region: "990100", hotline: "12345", platform: 云川 | Y}
groups: [{id: papers, order: 1, name: 证件 | Papers, hint: 证件 | Papers, icon: id}]
categories: [{id: identity, group: papers, order: 1, name: 身份 | Identity, icon: id}]
providers: [{id: police, name: 公安局 | Police, short: 公安 | Police}]
service:
  id: passport
  number: 13001
  group: papers
  category: identity
  name: 办护照 | Passport
  plain_name: 办护照 | Passport
  summary: 到大厅办 | At the hall
  provider: police
"""


@pytest.fixture
def source(tmp_path) -> Path:
    file = tmp_path / "source" / "all.yaml"
    file.parent.mkdir()
    file.write_text(SOURCE, "utf-8")
    return file


@pytest.fixture
def data(tmp_path) -> Path:
    folder = tmp_path / "data"
    assert run("init", folder, "--collection", "990100").exit_code == 0
    return folder


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def publish(source: Path, data: Path, *options: str) -> Result:
    return run("publish", source.parent, "--data", data, *options)


def test_init_shows_the_fingerprint_in_eight_groups(tmp_path):
    result = run("init", tmp_path / "data", "--collection", "990100")
    line = next(line for line in result.output.splitlines() if "fingerprint" in line)
    assert [len(group) for group in line.split()[1:]] == [8] * 8


def test_init_twice_is_refused(data):
    result = run("init", data, "--collection", "990100")
    assert result.exit_code == 1
    assert "a key already" in result.output


def test_publishing_says_version_records_bytes_and_seconds(source, data):
    result = publish(source, data)
    assert result.exit_code == 0
    assert "4 warnings; --verbose prints them" in result.output
    assert "version 1: 5 records, " in result.output
    assert result.output.endswith(" s\n")


def test_verbose_prints_every_warning_with_its_line(source, data):
    result = publish(source, data, "--verbose")
    assert f"warning: {source}:7: steps: are missing" in result.output


def test_a_proposed_word_is_told_by_both_commands_and_published_by_none(source, data):
    words = "  aliases: [出国本, {text: 本本, state: proposed}]\n"
    source.write_text(SOURCE + words, "utf-8")
    said = f"warning: {source}:15: aliases: 1 proposed and not published"
    assert said in run("check", source.parent).output
    result = publish(source, data, "--verbose")
    assert said in result.output
    assert "version 1: 6 records, " in result.output
    _, bodies = Repository(data).read_current()
    (alias,) = (body.decode() for key, body in bodies.items() if key.startswith("alias/"))
    assert "出国本" in alias
    assert "state" not in alias


def test_publishing_again_says_so_and_succeeds(source, data):
    publish(source, data)
    before = files_of(data / "repository")
    result = publish(source, data)
    assert result.exit_code == 0
    assert "version 1 is already published" in result.output
    assert files_of(data / "repository") == before


def test_recorded_sentences_beside_the_source_are_published_with_it(source, data):
    write_speech(source.parent / "speech", {START: make_wav(1), END: make_wav(2)})
    size = 2 * len(make_wav())
    assert f"clips: 2, 2 new ({size:,} bytes), 0 gone\n" in publish(source, data).output
    assert "clips: 2, as they were\n" in publish(source, data).output


def test_recorded_sentences_may_stand_somewhere_else(source, data, tmp_path):
    folder = write_speech(tmp_path / "elsewhere", {START: make_wav()})
    assert "clips: 1, 1 new" in publish(source, data, "--speech", str(folder)).output
    assert "clips: 1, as they were" in publish(source, data).output


def test_a_catalog_without_recorded_sentences_says_nothing_about_them(source, data):
    assert "clips" not in publish(source, data).output


def test_a_wrong_clip_is_named_with_its_entry_and_changes_nothing(source, data):
    folder = write_speech(source.parent / "speech", {START: b"MP3"})
    before = files_of(data)
    result = publish(source, data)
    assert result.exit_code == 1
    assert f"error: {folder / 'clips.json'}:4: clips[0]: 0.wav is no WAV file" in result.output
    assert "nothing was changed" in result.output
    assert files_of(data) == before


def test_a_folder_of_sentences_that_is_not_there_is_said(source, data, tmp_path):
    result = publish(source, data, "--speech", str(tmp_path / "nowhere"))
    assert result.exit_code == 1
    assert "clips.json:1: file: cannot be read: No such file" in result.output


def test_checking_looks_at_the_recorded_sentences_as_well(source):
    assert run("check", source.parent).exit_code == 0
    write_speech(source.parent / "speech", {START: b"MP3"})
    result = run("check", source.parent)
    assert result.exit_code == 1
    assert "clips[0]: 0.wav is no WAV file" in result.output


def test_an_unknown_field_names_its_line_and_changes_nothing(source, data):
    publish(source, data)
    before = files_of(data)
    source.write_text(SOURCE + "  colour: blue\n", "utf-8")
    result = publish(source, data)
    assert result.exit_code == 1
    assert f"{source}:15: colour: Object contains unknown field `colour`" in result.output
    assert "nothing was changed" in result.output
    assert files_of(data) == before


def test_a_large_removal_wants_its_option(source, data):
    publish(source, data)
    source.write_text(SOURCE.replace("id: passport", "id: visa").replace("13001", "13002"), "utf-8")
    result = publish(source, data)
    assert result.exit_code == 1
    assert "1 of 5 records would be removed" in result.output
    assert publish(source, data, "--confirm-removals").exit_code == 0


def test_publishing_where_nothing_was_made_says_what_is_missing(source, tmp_path):
    result = publish(source, tmp_path / "nowhere")
    assert result.exit_code == 1
    assert "timestamp.json cannot be read" in result.output


def test_refresh_names_what_it_signed(data):
    result = run("refresh", data)
    assert result.exit_code == 0
    assert "signed again: timestamp" in result.output


def test_a_kit_is_written(source, data, tmp_path):
    publish(source, data)
    result = run("kit", data, tmp_path / "stick", "--days", 7)
    assert result.exit_code == 0
    assert "good for 7 days" in result.output
    assert (tmp_path / "stick" / "metadata" / "timestamp.json").is_file()


def test_a_portals_list_is_published_and_keeps_its_numbers(data, tmp_path):
    link = "http://portal.example/x?areaCode=990100000000&itemCode="
    item = {"name": "身份证换领", "link": f"{link}B-1", "qrcode": ""}
    listed = [{"department": "区公安局", "items": [{"main_item": "未分类", "sub_items": [item]}]}]
    file = tmp_path / "services.json"
    file.write_text(json.dumps(listed), "utf-8")
    options = ("--data", data, "--format", "exchange")
    assert run("publish", file, *options).exit_code == 0
    listed[0]["items"][0]["sub_items"].append({**item, "link": f"{link}A-1"})
    file.write_text(json.dumps(listed), "utf-8")
    assert "version 2: 8 records" in run("publish", file, *options).output
    _, bodies = Repository(data).read_current()
    assert json.loads(bodies["service/b-1"])["number"] == 50001
    assert json.loads(bodies["service/a-1"])["number"] == 50002
