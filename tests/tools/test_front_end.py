"""The vendored files are the right versions, ask no other host, and carry their licences."""

import ast
import json
import re
from importlib import metadata
from pathlib import Path

import click
import pytest

from tools.front_end import (
    BUNDLE,
    COMPONENTS,
    PLOTLY,
    STYLES,
    TRACES,
    TWINS,
    VENDOR,
    bundle,
    check_components,
    check_plotly,
    copy_front_end,
    plotly_version,
)

BANNER = "/* plotly.js (bar, scatter) v4.1.1, MIT: licences/ */\n"
ROOT = Path(__file__).parents[2]


def test_the_installed_plotly_is_the_version_we_serve() -> None:
    """package.json pins what plotly.py draws for: 7.1 draws for plotly.js 4.1.1."""
    package = json.loads((Path(__file__).parents[2] / "package.json").read_text("utf-8"))
    pinned = package["dependencies"]["plotly.js"]
    import plotly

    own = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    assert plotly_version(own) == pinned


def test_set_up_has_made_everything_a_page_loads() -> None:
    names = {file.relative_to(VENDOR).as_posix() for file in VENDOR.rglob("*") if file.is_file()}
    assert {PLOTLY, COMPONENTS, "cairo.css", *STYLES, "licences/cairo.txt", "licences/bootstrap.txt"} <= names
    for name in (PLOTLY, COMPONENTS, *STYLES):
        assert "sourceMappingURL" not in (VENDOR / name).read_text("utf-8")


@pytest.mark.parametrize("name", STYLES)
def test_a_style_sheet_has_the_rules_that_are_used_and_few_others(name: str) -> None:
    sheet = (VENDOR / name).read_text("utf-8")
    for used in (".form-check-input:checked", ".form-select:disabled", ".visually-hidden", ".form-control:focus", "*,"):
        assert used in sheet
    for unused in (".carousel", ".offcanvas", ".navbar", ".toast"):
        assert unused not in sheet
    assert "Bootstrap Authors" in sheet[:300]
    assert len(sheet) < 30_000


def test_another_version_of_plotly_is_refused(tmp_path: Path) -> None:
    script = tmp_path / PLOTLY
    script.write_text(BANNER.replace("4.1.1", "3.0.0"), "utf-8")
    with pytest.raises(click.ClickException, match=r"package\.json has 3\.0\.0"):
        check_plotly(script)


def test_a_bundle_without_a_version_is_refused(tmp_path: Path) -> None:
    script = tmp_path / PLOTLY
    script.write_text("draw()", "utf-8")
    with pytest.raises(click.ClickException, match="does not say which version"):
        check_plotly(script)


def called(folder: str, of: str) -> set[str]:
    """The names of a module that a folder's files call: `go.Bar(...)` -> Bar."""
    trees = [ast.parse(file.read_text("utf-8")) for file in (ROOT / folder).rglob("*.py")]
    calls = [node.func for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {
        call.attr
        for call in calls
        if isinstance(call, ast.Attribute) and isinstance(call.value, ast.Name) and call.value.id == of
    }


def traces_of(folder: str) -> set[str]:
    """The types of the series that a folder's files draw: `Trace(type="bar", ...)` -> bar."""
    trees = [ast.parse(file.read_text("utf-8")) for file in (ROOT / folder).rglob("*.py")]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    named = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Trace"]
    given = [keyword.value for call in named for keyword in call.keywords if keyword.arg == "type"]
    assert len(given) == len(named)
    return {ast.literal_eval(value) for value in given}


def test_plotly_is_built_with_the_traces_that_are_drawn_and_no_other() -> None:
    assert traces_of("dashboard") | traces_of("layouts") == set(TRACES)
    built = (VENDOR / PLOTLY).read_text("utf-8")
    assert {name for name in (*TRACES, "funnel", "pie") if f'moduleType:"trace",name:"{name}"' in built} == set(TRACES)


@pytest.mark.parametrize("folder", ["dashboard", "layouts"])
def test_no_figure_asks_for_a_part_that_plotly_is_built_without(folder: str) -> None:
    listed = re.search(r"LEFT_OUT = \[([^]]+)\]", BUNDLE.read_text("utf-8"))
    assert listed is not None
    parts = set(re.findall(r'"(\w+)"', listed[1])) - {"annotations3d"} | {"add_layout_image", "coloraxis"}
    for file in (ROOT / folder).rglob("*.py"):
        words = set(re.findall(r"\w+", file.read_text("utf-8")))
        assert not words & (parts - {"images"}), file.name


def test_every_component_of_a_page_is_in_the_bundle_of_components() -> None:
    used = called("layouts", "dcc") | called("layouts", "dbc") | called("callbacks", "dcc") | called("callbacks", "dbc")
    built = BUNDLE.read_text("utf-8")
    given = re.findall(r"window\.dash_\w+_components = \{ ([^}]+) \}", built)
    assert used == set(", ".join(given).split(", "))
    assert (VENDOR / COMPONENTS).stat().st_size < 90_000  # with all of them: 700,000


def test_components_are_of_the_version_that_dash_describes(tmp_path: Path) -> None:
    for name, package in TWINS.items():
        pinned = json.loads((ROOT / "package.json").read_text("utf-8"))["dependencies"][name]
        assert pinned == metadata.version(package)
        (tmp_path / name).mkdir()
        (tmp_path / name / "package.json").write_text('{"version": "1.0.0"}', "utf-8")
    with pytest.raises(click.ClickException, match=r"dash-core-components 1\.0\.0"):
        check_components(tmp_path)


def test_a_bundle_carries_the_licence_of_every_package_in_it() -> None:
    texts = {file.stem: file.read_text("utf-8") for file in (VENDOR / "licences").iterdir()}
    assert {"plotly.js", "@plotly-d3", "culori", "ramda", "dash-core-components", "react-bootstrap"} <= set(texts)
    assert all(len(text) > 10 for text in texts.values())


def test_a_machine_without_node_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(click.ClickException, match=r"Node\.js is missing"):
        bundle(vendor=tmp_path)


def test_a_missing_package_is_named(tmp_path: Path) -> None:
    with pytest.raises(click.ClickException, match=r"plotly\.js/LICENSE is missing"):
        copy_front_end(tmp_path, tmp_path / "vendor")
