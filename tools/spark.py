"""The environment for the test on Apache Spark: Java, found or installed, and PySpark in a Python of its own.

PySpark wants pandas before 3 and weighs 450 MB, so it stays out of the dashboard's environment. `python -m tools.spark`
finds Java, installs the distribution's package where there is none, and says what it found.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parent.parent
JAVA_HOME = "JAVA_HOME"
OLDEST = 17  # of Java, for Spark 4
PACKAGES: Mapping[str, Sequence[Sequence[str]]] = {
    "apt-get": (
        ("apt-get", "update", "-q"),
        ("apt-get", "install", "-q", "-y", "--no-install-recommends", "default-jre-headless"),
    ),
    "dnf": (("dnf", "install", "-y", "java-21-openjdk-headless"),),
    "apk": (("apk", "add", "openjdk21-jre-headless"),),
    "pacman": (("pacman", "-S", "--noconfirm", "jre-openjdk-headless"),),
}
NOT_FOUND = (
    "No Java 17 or newer found, and none could be installed. Install one yourself, or set JAVA_HOME to the folder of "
    "one, and run this again."
)


def spark_python() -> Path:
    """The Python that has PySpark."""
    return ROOT / ".spark" / "bin" / "python"


def find_java(environ: Mapping[str, str] = os.environ) -> Path | None:
    """The home of a Java that starts and is new enough: $JAVA_HOME, else the one on the PATH; None without one."""
    homes = [Path(environ[JAVA_HOME])] if environ.get(JAVA_HOME) else []
    if found := shutil.which("java", path=environ.get("PATH")):
        homes.append(Path(found).resolve().parent.parent)
    return next((home for home in homes if version(home) >= OLDEST), None)


def version(home: Path) -> int:
    """Which Java a folder holds; 0 where it does not start."""
    try:
        answer = subprocess.run(  # noqa: S603
            [str(home / "bin" / "java"), "-version"], capture_output=True, text=True, timeout=60, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return 0
    said = re.search(r'version "(\d+)', answer.stderr)
    return int(said[1]) if said else 0


def install_java() -> None:
    """Try the distribution's package. A failure is no error yet."""
    manager = next((name for name in PACKAGES if shutil.which(name)), None)
    if manager is None:
        return
    click.echo(f"No Java found: asking {manager} for the distribution's package.", err=True)
    for command in PACKAGES[manager]:
        root = [] if os.geteuid() == 0 else ["sudo", "-n"]
        try:
            subprocess.run([*root, *command], stdout=2, timeout=900, check=False)  # noqa: S603
        except (OSError, subprocess.SubprocessError) as error:
            click.echo(f"{command[0]}: {error}", err=True)


@click.command()
def main() -> None:
    """Print the home of a Java, installing one if need be; status 1 and one sentence if there is none."""
    home = find_java()
    if home is None:
        install_java()
        home = find_java()
    if home is None:
        raise click.ClickException(NOT_FOUND)
    click.echo(f"Java {version(home)} in {home}", err=True)


if __name__ == "__main__":
    main()
