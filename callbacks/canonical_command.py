"""`flask --app app canonical out.parquet`: a roster as the canonical table of a warehouse."""

from collections.abc import Callable
from pathlib import Path

import click
from flask import Flask

from callbacks.command_line import stop
from dashboard.programme import Lang
from dashboard.roster import Roster


def register(
    server: Flask,
    open_roster: Callable[[str | None], Roster],
    write: Callable[[Roster, Path], int],
    lang: Lang,
    faults: tuple[type[Exception], ...],
) -> None:
    """Add the command. `open_roster(source)` reads a roster once; `write` returns how many women it wrote."""

    @server.cli.command("canonical")
    @click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
    @click.option("--source", help="demo, a .csv or .xlsx file, or a spreadsheet's address. Default: DASHBOARD_SOURCE.")
    def canonical_command(path: Path, source: str | None) -> None:
        """Write the roster as the canonical table (docs/warehouse.md), into a new .parquet or .duckdb file."""
        try:
            written = write(open_roster(source), path)
        except faults as error:
            stop(error, lang)  # type: ignore[arg-type]
        click.echo(f"{path}: {written}")
