"""The hub's commands. Knows only how to say what happened."""

from __future__ import annotations

from pathlib import Path

import typer

from hub.authoring import checks, findings, yaml_source

app = typer.Typer(add_completion=False, no_args_is_help=True, help="The central server.")


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
    for finding in found:
        typer.echo(f"{finding.severity}: {finding}", err=True)
    typer.echo(", ".join(f"{kind} {count}" for kind, count in checks.summary(read).items()))
    if any(finding.severity == "error" for finding in found):
        raise typer.Exit(1)
