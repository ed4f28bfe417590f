"""Find a Chromium for the browser tests, or install one: Playwright's own, else the distribution's package."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
# Nothing below opens a window, asks the graphics card or calls home.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PACKAGES: Mapping[str, Sequence[Sequence[str]]] = {
    "apt-get": (("apt-get", "update", "-q"), ("apt-get", "install", "-q", "-y", "--no-install-recommends", "chromium")),
    "dnf": (("dnf", "install", "-y", "chromium"),),
    "apk": (("apk", "add", "chromium"),),
    "pacman": (("pacman", "-S", "--noconfirm", "chromium"),),
}
NOT_FOUND = (
    "No Chromium found, and none could be installed. Install Chromium or Chrome yourself, or set CHROMIUM to the "
    "path of one, and run this again."
)


def find_chromium(environ: Mapping[str, str] = os.environ) -> str | None:
    """The path of a Chromium that starts: $CHROMIUM, one on the PATH, an application, or Playwright's; else None.

    Raises ClickException if $CHROMIUM is set but does not start.
    """
    if given := environ.get("CHROMIUM"):
        if version(given) is None:
            raise click.ClickException(f"CHROMIUM is set to {given}, which does not start.")
        return given
    return next((path for path in _candidates(environ.get("PATH")) if version(path) is not None), None)


def version(path: str) -> str | None:
    """What the browser says it is, or None if it does not start: a library is missing, or it is a placeholder."""
    try:
        answer = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=60, check=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return None
    return answer.stdout.strip() or None


def install_chromium(environ: Mapping[str, str] = os.environ) -> None:
    """Try Playwright's download, then the distribution's package. Says what it does; a failure is no error yet."""
    click.echo("No Chromium found: asking Playwright for its own.", err=True)
    _run([sys.executable, "-m", "playwright", "install", "chromium"])
    if find_chromium(environ) is not None:
        return
    manager = next((name for name in PACKAGES if shutil.which(name)), None)
    if manager is None:
        return
    click.echo(f"Playwright's download did not come: asking {manager} for the distribution's package.", err=True)
    for command in PACKAGES[manager]:
        _run([*_as_root(), *command])


def _candidates(path: str | None) -> Iterator[str]:
    yield from filter(None, (shutil.which(name, path=path) for name in NAMES))
    yield from (application for application in APPLICATIONS if Path(application).exists())
    if (own := _playwrights()) and Path(own).exists():
        yield own


def _playwrights() -> str:
    """Where Playwright keeps its own browser; asked in a process of its own, for it runs once in each."""
    code = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)  # noqa: S603
    return answer.stdout.strip()


def _as_root() -> list[str]:
    return [] if os.geteuid() == 0 else ["sudo", "-n"]


def _run(command: Sequence[str]) -> None:
    """Run with its output on standard error: standard output carries the path only."""
    try:
        subprocess.run(command, stdout=sys.stderr, timeout=900, check=False)  # noqa: S603
    except (OSError, subprocess.SubprocessError) as error:
        click.echo(f"{command[0]}: {error}", err=True)


@click.command()
def main() -> None:
    """Print the path of a Chromium, installing one if need be; status 1 and one sentence if there is none."""
    path = find_chromium()
    if path is None:
        install_chromium()
        path = find_chromium()
    if path is None:
        raise click.ClickException(NOT_FOUND)
    click.echo(f"{version(path)}", err=True)
    click.echo(path)


if __name__ == "__main__":
    main()
