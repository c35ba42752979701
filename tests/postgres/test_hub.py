from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, select
from typer.testing import CliRunner

from db import fleet
from db.engine import server as server_engine
from db.fleet import refusal, token_use
from db.kiosk_request import Request
from hub.cli import app
from hub.config import Alarms, HubConfig, Limits, Settings
from hub.fleet import register
from hub.fleet.database import open_hub
from hub.fleet.errors import FleetError
from hub.hall.book import CallBook
from hub.hall.gate import KioskGate, Refusal
from hub.phone.ledger import Ledger
from hub.phone.refusals import RefusalBook
from hub.phone.verify import Claim
from tests.hub.hall.serving import Machine
from tests.hub.phone.building import HERE, NO_ALARMS, NOON, PAPER, Hub, make_handoff
from tests.hub.phone.parallel import accepted, at_once
from tests.hub.publish import building as publishing


def opened(url: str, folder: Path) -> HubConfig:
    return HubConfig(folder, Settings(database=url))


@pytest.fixture
def hub(url: str, tmp_path: Path) -> Iterator[Hub]:
    """All phones of a test are one address."""
    settings = Settings(limits=Limits(1000), alarms=NO_ALARMS)
    made = Hub(tmp_path, settings=settings, database=lambda _: server_engine(url))
    yield made
    made.close()


def test_commands_that_start_together_migrate_once(url: str, tmp_path: Path) -> None:
    def tables(_: int) -> set[str]:
        engine = open_hub(opened(url, tmp_path))
        names = set(inspect(engine).get_table_names())
        engine.dispose()
        return names

    with ThreadPoolExecutor(4) as threads:
        seen = list(threads.map(tables, range(4)))
    assert seen == [{"alembic_version", *fleet.metadata.tables}] * 4
    engine = open_hub(opened(url, tmp_path))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, fleet.metadata) == []
    engine.dispose()


def test_the_commands_use_the_server_and_make_no_file(url: str, tmp_path: Path) -> None:
    data = tmp_path / "data"
    publishing.make_published(data)
    (data / "hub.toml").write_text(f'database = "{url}"\n', "utf-8")

    def run(*arguments: str) -> str:
        done = CliRunner().invoke(app, [*arguments, "--data", str(data)])
        assert done.exit_code == 0, done.output
        return done.output

    kit = str(tmp_path / "kit")
    run("enrol", "--hall", "hall", "--kiosk", "1", "--base-url", "https://zw.example", "--out", kit)
    assert "990100/1/1" in run("kiosks")
    assert run("alarms") == "no alarms in 7 days\n"
    assert "revoked" in run("revoke", "--kiosk", "990100/1/1")
    assert "revoked on" in run("kiosks")
    assert list(data.glob("hub.sqlite*")) == []


def test_a_server_that_is_not_there_is_said_without_a_password(tmp_path: Path) -> None:
    nowhere = f"postgresql+psycopg://hub:secret-word@/hub?host={tmp_path}"
    with pytest.raises(FleetError, match=r"hub\.toml: database") as raised:
        open_hub(opened(nowhere, tmp_path))
    assert "secret-word" not in str(raised.value)


@pytest.mark.parametrize(("medium", "limit"), [({}, 1), (PAPER, 3)], ids=["screen", "paper"])
@pytest.mark.parametrize("turn", range(5))
def test_fifty_phones_at_once_get_exactly_the_uses_there_are(
    hub: Hub, medium: dict[str, Any], limit: int, turn: int
) -> None:
    assert accepted(hub, hub.digits(**medium), 50) == {303: limit, 410: 50 - limit}
    with hub.engine.connect() as connection:
        assert list(connection.scalars(select(token_use.c.uses))) == [limit]


def test_the_whole_family_at_the_same_moment_is_never_told_that_it_was_used(hub: Hub) -> None:
    ledgers = [Ledger(hub.engine) for _ in range(3)]
    for turn in range(40):
        handoff = make_handoff(nonce=turn.to_bytes(4), **PAPER)
        claim = Claim(hub.sealed(handoff), handoff)

        def burn(n: int, claim: Claim = claim) -> int:
            return ledgers[n].burn(claim, f"visit-{n}", NOON)

        assert at_once(3, burn) == [True] * 3, turn


def test_one_page_whose_button_is_hammered_takes_one_use(hub: Hub) -> None:
    assert accepted(hub, hub.digits(**PAPER), 50, visit="the same") == {303: 50}
    with hub.engine.connect() as connection:
        assert list(connection.scalars(select(token_use.c.uses))) == [1]


def test_refusals_at_once_are_all_counted_and_raise_one_alarm(
    hub: Hub, caplog: pytest.LogCaptureFixture
) -> None:
    books = [RefusalBook(hub.engine, Limits(), Alarms(forged=5)) for _ in range(2)]

    def count(n: int) -> int:
        return books[n % 2].count(HERE, "forged", NOON)

    with caplog.at_level(logging.WARNING):
        at_once(30, count)
    assert [record.getMessage() for record in caplog.records] == [
        "handoff-alarm forged 990100/1/7 5"
    ]
    with hub.engine.connect() as connection:
        assert connection.execute(select(refusal)).mappings().one()["count"] == 30


def test_signed_requests_calls_and_clocks_are_kept_too(hub: Hub) -> None:
    asked = Request("POST", "/hall/calls", b"{}")
    gate = KioskGate(hub.engine, lambda: hub.master, hub.clock)
    machine = Machine(hub)
    header = machine.header(asked, 90)
    assert gate.admit(header, asked) == HERE
    assert gate.admit(header, asked) is Refusal.REPLAYED
    with hub.engine.connect() as connection:
        found = register.find(connection, HERE)
    assert found is not None
    assert found.clock_offset == timedelta(seconds=90)
    book = CallBook(hub.engine)
    for _ in range(2):
        book.count_answer(1, NOON.date(), 40)
    assert book.answers(1, NOON.date()) == {40: 2}
