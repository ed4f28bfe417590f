"""Put the front-end files into layouts/assets/vendor, so that no page asks another host for one.

Plotly, Dash's components and Bootstrap's style sheets are built by tools/bundle.mjs with no more in them than our pages
use, fonts by tools/fonts.py.
"""

import importlib.util
import json
import re
import shutil
import subprocess
from importlib import metadata
from pathlib import Path

import click

from tools.fonts import copy_fonts, merge_fonts

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "layouts" / "assets" / "vendor"

BUNDLE = ROOT / "tools" / "bundle.mjs"
TRACES = ("bar", "scatter", "waterfall")  # all that dashboard/figures draws with: a test holds it
PLOTLY, COMPONENTS = "plotly.min.js", "components.min.js"
# The packages whose components are built in: their Python twins must have the very same version.
TWINS = {"dash-core-components": "dash"}
STYLES = ("bootstrap.min.css", "bootstrap.rtl.min.css")
LICENCES = {"plotly.js": "plotly.js/LICENSE", "bootstrap": "bootstrap/LICENSE", "cairo": "@fontsource/cairo/LICENSE"}
LICENCE_NAMES = ("LICENSE*", "LICENCE*", "License*", "license*")


def plotly_version(script: Path) -> str:
    """The version in the banner of a Plotly bundle. Raises ClickException if there is none."""
    with script.open(encoding="utf-8") as file:
        banner = re.search(r"plotly\.js.* v(\d+\.\d+\.\d+)", file.read(400))
    if banner is None:
        raise click.ClickException(f"{script.name} does not say which version of plotly.js it is.")
    return banner[1]


def check_plotly(script: Path) -> None:
    """Raise ClickException unless the bundle is the version that the installed plotly.py draws for."""
    spec = importlib.util.find_spec("plotly")
    if spec is None or spec.origin is None:
        raise click.ClickException("plotly is not installed: run `make setup`.")
    wanted = plotly_version(Path(spec.origin).parent / "package_data" / "plotly.min.js")
    found = plotly_version(script)
    if found != wanted:
        raise click.ClickException(
            f'plotly.py draws with plotly.js {wanted}, package.json has {found}: set "plotly.js": "{wanted}" '
            "there and run `make lock`."
        )


def check_components(modules: Path = MODULES) -> None:
    """Raise ClickException unless the components are of the version that the installed Dash describes in Python."""
    for name, package in TWINS.items():
        found = json.loads(_source(modules, f"{name}/package.json").read_text("utf-8"))["version"]
        wanted = metadata.version(package)
        if found != wanted:
            raise click.ClickException(
                f'{package} is {wanted}, package.json has {name} {found}: set "{name}": "{wanted}" there and run '
                "`make lock`."
            )


def bundle(modules: Path = MODULES, vendor: Path = VENDOR, node: str | None = None) -> list[Path]:
    """Build scripts and style sheets with no more in them than our pages use. Raises ClickException if that fails."""
    node = node or shutil.which("node")
    if node is None:
        raise click.ClickException("Node.js is missing: run `make setup`.")
    check_components(modules)
    vendor.mkdir(parents=True, exist_ok=True)
    done = subprocess.run([node, str(BUNDLE), str(vendor), ",".join(TRACES)], capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        raise click.ClickException(f"{BUNDLE.name}: {done.stderr.strip()}")
    check_plotly(vendor / PLOTLY)
    held = vendor / "packages.json"
    licences = [_licence(modules, name, vendor) for name in json.loads(held.read_text("utf-8"))]
    held.unlink()
    return [vendor / PLOTLY, vendor / COMPONENTS, *(vendor / name for name in STYLES), *licences]


def _licence(modules: Path, name: str, vendor: Path) -> Path:
    """The licence of a package in a bundle: its text, else what it says of itself."""
    texts = [file for pattern in LICENCE_NAMES for file in sorted((modules / name).glob(pattern)) if file.is_file()]
    target = vendor / "licences" / f"{name.replace('/', '-')}.txt"
    target.parent.mkdir(parents=True, exist_ok=True)
    if texts:
        return Path(shutil.copyfile(texts[0], target))
    said = json.loads(_source(modules, f"{name}/package.json").read_text("utf-8"))
    target.write_text(f"{name} {said['version']}: {said['license']}\n", "utf-8")
    return target


def copy_front_end(modules: Path = MODULES, vendor: Path = VENDOR) -> list[Path]:
    """Fonts and licences, in a folder that holds nothing else. Raises ClickException if one is missing."""
    shutil.rmtree(vendor, ignore_errors=True)
    (vendor / "licences").mkdir(parents=True)
    texts = {part: _source(modules, name) for part, name in LICENCES.items()}
    written = [Path(shutil.copyfile(text, vendor / "licences" / f"{part}.txt")) for part, text in texts.items()]
    return [*written, *copy_fonts(modules, vendor)]


def _source(modules: Path, name: str) -> Path:
    path = modules / name
    if not path.is_file():
        raise click.ClickException(f"node_modules/{name} is missing: run `make setup`.")
    return path


@click.command()
def main() -> None:
    """Copy and build the front-end files."""
    files = [*copy_front_end(), *bundle(), *merge_fonts(VENDOR)]
    size = sum(file.stat().st_size for file in files)
    click.echo(f"{len(files)} front-end files, {size / 1e6:.1f} MB, in {VENDOR.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
