"""The hub's commands. Knows only how to say what happened."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from getpass import getpass
from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer

from db import clips
from hub import catalog_source, config, server
from hub.app import create_app
from hub.authoring import checks, exchange, findings, yaml_source
from hub.config import HubConfigError
from hub.fleet import enrolment, installation, master_key, register
from hub.fleet.database import open_hub
from hub.fleet.errors import FleetError
from hub.hall.pins import HallPins
from hub.phone import check_files, filing
from hub.phone.refusals import RefusalBook
from hub.publish import edition, kit, publication
from hub.publish import speech as speeches
from hub.publish.errors import PublishError
from hub.publish.fingerprint import fingerprint
from hub.publish.repository import Repository
from hub.server import ServerError

_GROUPS = Path(__file__).resolve().parent.parent / "resources" / "catalog" / "groups.yaml"

app = typer.Typer(add_completion=False, no_args_is_help=True, help="The central server.")
hall_app = typer.Typer(no_args_is_help=True, help="The pages of halls, where calls are answered.")
app.add_typer(hall_app, name="hall")


@app.callback()
def hub() -> None:
    """Import, check, sign and serve a city's catalog."""


@app.command()
def check(source: Path) -> None:
    """Check the source files of a catalog; change nothing."""
    try:
        read = yaml_source.read_folder(source)
        found = checks.check(read)
    except findings.SourceError as error:
        found, read = error.findings, yaml_source.Source()
    try:
        _speech(source, None)
    except findings.SourceError as error:
        found = [*found, *error.findings]
    for finding in found:
        typer.echo(f"{finding.severity}: {finding}", err=True)
    typer.echo(", ".join(f"{kind} {count}" for kind, count in checks.summary(read).items()))
    if any(finding.severity == "error" for finding in found):
        raise typer.Exit(1)


class SourceFormat(StrEnum):
    """How a source is written."""

    YAML = "yaml"  # a folder of the editors' own files
    EXCHANGE = "exchange"  # a provincial portal's JSON list


@contextmanager
def _said() -> Iterator[None]:
    """Say what kept something from being done, and exit with 1."""
    try:
        yield
    except findings.SourceError as error:
        for finding in error.findings:
            typer.echo(f"{finding.severity}: {finding}", err=True)
        typer.echo("nothing was changed", err=True)
        raise typer.Exit(1) from error
    except (PublishError, FleetError, HubConfigError, ServerError, OSError) as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(1) from error


@app.command()
def init(
    data: Path,
    collection: Annotated[str, typer.Option(help="Administrative code, as 990100.")],
) -> None:
    """Make the keys and an empty repository in DATA."""
    with _said():
        repository = Repository(data)
        repository.create(collection)
        root = repository.first_root
    typer.echo(f"root of trust: {repository.metadata_dir / '1.root.json'}")
    typer.echo(f"fingerprint:   {fingerprint(root)}")
    typer.echo(f"Move all keys but online-* and transport-* out of {repository.keys_dir}.")


@app.command()
def publish(
    source: Path,
    data: Annotated[Path, typer.Option(help="Where `hub init` made the repository.")],
    format: Annotated[
        SourceFormat, typer.Option(help="How SOURCE is written.")
    ] = SourceFormat.YAML,
    speech: Annotated[
        Path | None,
        typer.Option(help="Recorded sentences; SOURCE/speech where it is there.", metavar="FOLDER"),
    ] = None,
    confirm_removals: Annotated[
        bool, typer.Option(help="Yes, more than one record in twenty goes.")
    ] = False,
    verbose: Annotated[bool, typer.Option(help="Print every warning.")] = False,
) -> None:
    """Check SOURCE and publish it as the next version."""
    started = perf_counter()
    with _said():
        repository = Repository(data)
        read, lost = _read(source, format, repository)
        spoken = _speech(source, speech)
        done = publication.publish(
            repository, read, speech=spoken, removals_confirmed=confirm_removals
        )
    warnings = (*lost, *done.warnings)
    for finding in warnings if verbose else ():
        typer.echo(f"{finding.severity}: {finding}", err=True)
    if warnings:
        typer.echo(f"{len(warnings)} warnings" + ("" if verbose else "; --verbose prints them"))
    if done.changed:
        seconds = perf_counter() - started
        typer.echo(
            f"version {done.version}: {done.records} records, "
            f"{done.full_bytes:,} bytes, {seconds:.1f} s"
        )
    else:
        typer.echo(f"version {done.version} is already published")
    for line in _clip_lines(done.clips):
        typer.echo(line)


@app.command()
def refresh(data: Path) -> None:
    """Sign again what ends soon; run it every hour."""
    with _said():
        done = publication.renew(Repository(data))
    typer.echo(f"signed again: {', '.join(done.renewed)}")
    for role, expires in done.waiting.items():
        typer.echo(f"{role} ends on {expires:%Y-%m-%d} and its keys are not here", err=True)


@app.command(name="kit")
def export_kit(
    data: Path,
    folder: Path,
    days: Annotated[int, typer.Option(min=1, max=90, help="How long the copy is good.")] = 30,
) -> None:
    """Copy what is published to FOLDER, to be carried to a kiosk."""
    with _said():
        size = kit.export(Repository(data), folder, timedelta(days=days))
    typer.echo(f"{folder}: {size:,} bytes, good for {days} days")


_DATA = Annotated[Path, typer.Option(help="Where `hub init` made the repository.")]


@app.command()
def serve(
    data: _DATA,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any free one.")] = 8750,
) -> None:
    """Serve kiosks and phones until SIGTERM."""
    handler = logging.StreamHandler()
    handler.addFilter(_is_ours)
    line = "%(asctime)s %(levelname)s %(message)s"
    logging.basicConfig(format=line, level=logging.INFO, handlers=[handler])
    with _said():
        settings = config.read(data)
        engine = open_hub(settings)
        master_key.read(settings.handoff_key)  # a key file that is wrong is said now
        web = create_app(settings, engine, catalog_source.on_disk(data), _utc_now)
        with closing(server.listen(host, port)) as bound:
            url = server.url_of(bound)
            proxies, ending = settings.settings.proxies, web.state.stop_waiting
            server.serve(web, bound, proxies, lambda: _say_ready(url), ending)
        engine.dispose()


@app.command()
def enrol(
    data: _DATA,
    hall: Annotated[str, typer.Option(help="The hall's id in the catalog.")],
    kiosk: Annotated[int, typer.Option(help="The machine's number in the hall, 1 to 255.")],
    base_url: Annotated[str, typer.Option(help="Where kiosks and phones find this hub.")],
    out: Annotated[Path, typer.Option(help="The kit to write; a new folder.")],
) -> None:
    """Register a kiosk and write its installation kit; again gives it a new key."""
    with _said():
        settings = config.read(data)
        engine = open_hub(settings)
        order = installation.Order(hall, kiosk, base_url, out)
        repository = Repository(data)
        done = installation.enrol(order, repository, engine, settings.handoff_key, _utc_now())
        engine.dispose()
    for warning in done.warnings:
        typer.echo(f"warning: {warning}", err=True)
    typer.echo(f"kiosk {enrolment.written(done.place)}, key epoch {done.epoch}: {done.folder}")
    typer.echo(f"It holds a secret key: carry {done.folder} to the machine, then delete it.")


@app.command()
def revoke(
    data: _DATA,
    kiosk: Annotated[str, typer.Option(help="region/hall/kiosk, for example 990100/1/7.")],
) -> None:
    """Refuse every code of a kiosk from now on."""
    with _said():
        engine = open_hub(config.read(data))
        done = register.revoke(engine, enrolment.parse(kiosk), _utc_now())
        engine.dispose()
    typer.echo(f"kiosk {enrolment.written(done.place)} ({done.name}) is revoked")


@app.command()
def kiosks(data: _DATA) -> None:
    """List the enrolled kiosks, and by how much their clocks are off."""
    with _said():
        engine = open_hub(config.read(data))
        with engine.connect() as connection:
            found = register.all_kiosks(connection)
        engine.dispose()
    for kiosk in found:
        state = f"revoked on {kiosk.revoked_at:%Y-%m-%d}" if kiosk.revoked_at else "in use"
        offset = round(kiosk.clock_offset.total_seconds())
        line = f"{enrolment.written(kiosk.place)}  {kiosk.name}  key epoch {kiosk.epoch}, {state}"
        typer.echo(f"{line}, clock {offset:+d} s")


@app.command()
def alarms(
    data: _DATA,
    days: Annotated[int, typer.Option(min=1, max=31, help="How far back.")] = 7,
) -> None:
    """List the hours in which too many codes of one place were refused."""
    with _said():
        settings = config.read(data)
        engine = open_hub(settings)
        book = RefusalBook(engine, settings.settings.limits, settings.settings.alarms)
        found = book.alarms(_utc_now() - timedelta(days=days))
        with engine.connect() as connection:
            names = {register.packed(one.place): one for one in register.all_kiosks(connection)}
        engine.dispose()
    for alarm in found:
        kiosk = names.get(alarm.place)
        where = f"{enrolment.written(kiosk.place)}  {kiosk.name}" if kiosk else "nowhere"
        hour = alarm.hour.astimezone(config.CITY_TIME)
        typer.echo(f"{hour:%Y-%m-%d %H}:00  {alarm.reason} {alarm.count}  {where}")
    if not found:
        typer.echo(f"no alarms in {days} days")


@app.command()
def check_doors(data: _DATA) -> None:
    """Say where the doors of hub.toml lead, and what WeChat and Alipay need for them."""
    with _said():
        settings = config.read(data)
        catalog = catalog_source.on_disk(data).current()
        if catalog is None:
            raise FleetError(f"{data} holds no catalog yet; run `hub publish` first")
        checks_folder = settings.check_files
        names = [path.name for path in checks_folder.glob("*.txt")]
        served = [name for name in names if check_files.read(checks_folder, name) is not None]
        told = filing.report(settings.settings.doors, catalog, served)
    for line in told.lines or ("no doors are set: people are led to the catalog's own addresses",):
        typer.echo(line)
    for name in sorted(set(names) - set(served)):
        typer.echo(f"warning: checks/{name} is not served: its name or size is no check file's")
    for fault in told.faults:
        typer.echo(f"error: {fault}", err=True)
    if told.faults:
        raise typer.Exit(1)


@hall_app.command(name="set-pin")
def set_pin(
    data: _DATA,
    hall: Annotated[str, typer.Argument(help="The hall's id in the catalog.")],
) -> None:
    """Read a PIN for the hall's page from stdin; pages that are signed in ask for it anew."""
    with _said():
        number = installation.hall_number(Repository(data), hall)
        engine = open_hub(config.read(data))
        pin = getpass("PIN: ") if sys.stdin.isatty() else sys.stdin.readline().strip()
        HallPins(engine).set(number, pin, _utc_now())
        engine.dispose()
    typer.echo(f"{hall}: the page is /hall/{number}")


def _is_ours(record: logging.LogRecord) -> bool:
    """What a library says of a request could name an address; its warnings are wanted."""
    return record.name.partition(".")[0] == "hub" or record.levelno >= logging.WARNING


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _say_ready(url: str) -> None:
    typer.echo(f"serving {url}")
    sys.stdout.flush()


def _speech(source: Path, folder: Path | None) -> speeches.Speech | None:
    """The recorded sentences that go with a source; None where nothing is said about them."""
    beside = source / clips.FOLDER
    chosen = folder or (beside if beside.is_dir() else None)
    return speeches.read(chosen) if chosen else None


def _clip_lines(done: publication.ClipChange) -> Iterator[str]:
    if done.changed:
        yield f"clips: {done.count}, {done.new} new ({done.new_bytes:,} bytes), {done.gone} gone"
    elif done.count:
        yield f"clips: {done.count}, as they were"


def _read(
    source: Path, format: SourceFormat, repository: Repository
) -> tuple[yaml_source.Source, tuple[findings.Finding, ...]]:
    if format is SourceFormat.YAML:
        return yaml_source.read_folder(source), ()
    current = repository.read_current()
    numbers = edition.numbers_of(current[1]) if current else {}
    register = {key.partition("/")[2]: number for key, number in numbers.items()}
    imported = exchange.read(source, _GROUPS, register)
    return imported.source, imported.findings
