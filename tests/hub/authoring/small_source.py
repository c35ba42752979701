"""A small catalog as editors write it, to be broken in one place at a time."""

from __future__ import annotations

from pathlib import Path

from hub.authoring.checks import check
from hub.authoring.findings import Finding
from hub.authoring.yaml_source import read_folder

CITY = """\
    city:
      {id: yunchuan, name: 云川市, region: "990100", hotline: "12345", platform: 云川市政务服务}
    policy:
      link_hosts: [zwfw.yunchuan.example]
    groups:
      - {id: papers, order: 1, name: 证件, hint: 护照, icon: id}
      - {id: health, order: 2, name: 看病, hint: 医保, icon: stethoscope}
    categories:
      - {id: identity, group: papers, order: 1, name: 护照, icon: id}
    providers:
      - {id: police, name: 公安局, short: 公安}
    halls:
      - id: hall
        order: 1
        number: 1
        name: 大厅
        short: 大厅
        address: 市民路
        transport: 公交 6 路
        hours: [{days: [1, 2], opens: "09:00", closes: "17:00"}]
        phone: "12345"
        help_desk: 1楼
    counters:
      - {id: desk, hall: hall, floor: 2楼, label: 3号, name: 护照}
    materials:
      - {id: id-card, name: 身份证, form: document, issuer: 公安}
    """
SERVICE = """\
    service:
      id: passport
      number: 13001
      group: papers
      category: identity
      name: 普通护照签发 | Passport
      plain_name: 办护照 | Get a passport
      summary: 第一次办护照 | Your first passport
      provider: police
      steps: [到窗口 | Go to the counter]
      materials:
        - {material: id-card, originals: 1}
      counters: [desk]
      consult: "12345"
      proxy: {allowed: yes, reason: 家人可以来, papers: [id-card]}
      legal_time: {n: 20, unit: day}
      channels:
        - {via: web, title: 网上办, url: "https://zwfw.yunchuan.example/p"}
    """


def write(folder: Path, old: str, new: str, name: str = "passport.yaml") -> Path:
    file = folder / name
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")
    return file


def found(folder: Path) -> list[Finding]:
    return check(read_folder(folder))
