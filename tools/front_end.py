"""Put the front-end files into layouts/assets/vendor, so that no page asks another host for one.

Most are copied from node_modules; Plotly and Dash's components are built there by tools/bundle.mjs with no more in
them than our pages use.
"""

import importlib.util
import json
import re
import shutil
import subprocess
import tempfile
from importlib import metadata
from pathlib import Path
from typing import Any

import click
from fontTools.merge import Merger
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "layouts" / "assets" / "vendor"

BUNDLE = ROOT / "tools" / "bundle.mjs"
TRACES = ("bar", "scatter", "waterfall")  # all that dashboard/figures draws with: a test holds it
PLOTLY, COMPONENTS = "plotly.min.js", "components.min.js"
# The packages whose components are built in: their Python twins must have the very same version.
TWINS = {"dash-core-components": "dash"}
STYLES = ("bootstrap/dist/css/bootstrap.min.css", "bootstrap/dist/css/bootstrap.rtl.min.css")
LICENCES = {"plotly.js": "plotly.js/LICENSE", "bootstrap": "bootstrap/LICENSE", "cairo": "@fontsource/cairo/LICENSE"}
LICENCE_NAMES = ("LICENSE*", "LICENCE*", "License*", "license*")

FONT = "@fontsource/cairo"
SUBSETS = ("arabic", "latin-ext", "latin")  # the last face that has a letter draws it
WEIGHTS = (400, 600, 700)
PAPER_WEIGHTS = (400, 700)  # what a PDF made on the server is set in


def font_face(subset: str, weight: int, letters: str) -> str:
    """One @font-face rule; `letters` is its unicode-range, so that a French page does not fetch Arabic."""
    return (
        f"@font-face {{ font-family: Cairo; font-style: normal; font-weight: {weight}; font-display: swap;\n"
        f'  src: url("fonts/cairo-{subset}-{weight}.woff2") format("woff2");\n'
        f"  unicode-range: {letters}; }}\n"
    )


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
    """Build the two scripts with no more in them than our pages use. Raises ClickException if that fails."""
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
    return [vendor / PLOTLY, vendor / COMPONENTS, *licences]


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
    """Copy everything the pages load as it is. Returns the files written. Raises ClickException if one is missing."""
    shutil.rmtree(vendor, ignore_errors=True)
    written = [_copy_text(_source(modules, name), vendor / Path(name).name) for name in STYLES]
    written += [
        _copy_text(_source(modules, name), vendor / "licences" / f"{part}.txt") for part, name in LICENCES.items()
    ]
    return [*written, *_copy_font(modules, vendor)]


def _copy_font(modules: Path, vendor: Path) -> list[Path]:
    letters = json.loads(_source(modules, f"{FONT}/unicode.json").read_text("utf-8"))
    (vendor / "fonts").mkdir()
    files = []
    for subset in SUBSETS:
        for weight in WEIGHTS:
            source = _source(modules, f"{FONT}/files/cairo-{subset}-{weight}-normal.woff2")
            files.append(shutil.copyfile(source, vendor / "fonts" / f"cairo-{subset}-{weight}.woff2"))
    faces = [font_face(subset, weight, letters[subset]) for subset in SUBSETS for weight in WEIGHTS]
    sheet = vendor / "cairo.css"
    sheet.write_text("/* Cairo, SIL Open Font License 1.1: licences/cairo.txt */\n" + "".join(faces), "utf-8")
    return [*files, sheet]


def merge_fonts(vendor: Path = VENDOR) -> list[Path]:
    """One TrueType file a weight with the letters of every subset, for the PDF: it cannot choose between files.

    Returns the files written. Equal subsets make equal files.
    """
    (vendor / "paper").mkdir(exist_ok=True)
    return [_merged(vendor, weight) for weight in PAPER_WEIGHTS]


def _merged(vendor: Path, weight: int) -> Path:
    target = vendor / "paper" / f"cairo-{weight}.ttf"
    with tempfile.TemporaryDirectory() as folder:
        plain = []
        for subset in SUBSETS:
            font: Any = TTFont(vendor / "fonts" / f"cairo-{subset}-{weight}.woff2", recalcTimestamp=False)
            font.flavor = None  # woff2 is TrueType, compressed
            plain.append(str(Path(folder) / f"{subset}.ttf"))
            font.save(plain[-1])
        merged: Any = Merger().merge(plain)  # type: ignore[no-untyped-call]
        # The day of the letters, not of the merge: equal files on every machine.
        merged.recalcTimestamp = False
        merged["head"].created, merged["head"].modified = font["head"].created, font["head"].modified
        merged.save(target)
    return target


def _copy_text(source: Path, target: Path) -> Path:
    """Copy without the pointer to a source map, which is not served."""
    target.parent.mkdir(parents=True, exist_ok=True)
    text = re.sub(r"\n?/[/*]# sourceMappingURL=\S+( \*/)?\s*$", "\n", source.read_text("utf-8"))
    target.write_text(text, "utf-8")
    return target


def _source(modules: Path, name: str) -> Path:
    path = modules / name
    if not path.is_file():
        raise click.ClickException(f"node_modules/{name} is missing: run `make setup`.")
    return path


@click.command()
def main() -> None:
    """Copy and build the front-end files."""
    files = [*copy_front_end(), *bundle(), *merge_fonts()]
    size = sum(file.stat().st_size for file in files)
    click.echo(f"{len(files)} front-end files, {size / 1e6:.1f} MB, in {VENDOR.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
