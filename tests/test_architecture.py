"""The house rules, read from the imports: which way they point, who may touch the edges, and what no file may say."""

import ast
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("dashboard", "connectors", "layouts", "callbacks")

# Package -> top-level modules that it may not import.
FORBIDDEN = {
    "dashboard": {"app", "callbacks", "connectors", "layouts", "tools", "tests"}
    | {"dash", "dash_bootstrap_components", "flask", "gspread", "requests", "sqlalchemy", "dotenv"},
    "connectors": {"app", "callbacks", "layouts", "tools", "tests"},
    "layouts": {"app", "callbacks", "connectors", "tools", "tests"},
    "callbacks": {"app", "connectors", "tools", "tests"},
}
# Module -> the only files or folders that may import it.
ONLY_IN = {
    "dash": ("app.py", "callbacks/", "layouts/"),
    "dash_bootstrap_components": ("app.py", "callbacks/", "layouts/"),
    "flask": ("app.py", "donor_app.py", "programme_server.py", "callbacks/", "layouts/"),
    "gspread": ("connectors/google_sheets.py",),
    "sqlalchemy": ("connectors/store/",),
    "alembic": ("connectors/store/",),
}
CLOCK_OR_ENVIRONMENT = {
    "os.environ",
    "os.getenv",
    "date.today",
    "datetime.date.today",
    "datetime.now",
    "datetime.datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "time.time",
    "pd.Timestamp.now",
    "pd.Timestamp.today",
}
PROCESS_GLOBAL = {"dash.callback", "dash.clientside_callback", "dash.register_page", "dash.hooks", "dash.get_app"}

# A host of a package registry, or a folder of one machine. Written so that this file does not match itself.
FOREIGN = re.compile(
    r"registry\.npmjs\.|registry\.yarnpkg\.|files\.python[h]osted\.|pypi\.org/simple|deb\.debian\."
    r"|(?<![\w.~-])/(?:work|root|home|Users)/\w|/tmp/(?:bash)_"
)


def sources(*folders: str) -> list[Path]:
    """The Python files of the packages, and app.py."""
    return sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py"))


def imports(tree: ast.AST) -> Iterator[str]:
    """Every module that a file imports, wherever in it, "package.module.name" for `from package.module import name`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{'.' * node.level}{node.module or ''}.{name.name}" for name in node.names)


def dotted_names(tree: ast.AST) -> Iterator[str]:
    """Every `a.b.c` that is written."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            yield ast.unparse(node)


def wrong_direction(place: str, tree: ast.AST) -> list[str]:
    """Imports that point the wrong way out of the package that `place` lies in."""
    forbidden = FORBIDDEN.get(place.partition("/")[0], set())
    return [f"{place}: imports {name}" for name in imports(tree) if name.partition(".")[0] in forbidden]


def out_of_place(place: str, tree: ast.AST) -> list[str]:
    """Imports of a library that only another place may use."""
    names = [(name, ONLY_IN[top]) for name in imports(tree) if (top := name.partition(".")[0]) in ONLY_IN]
    return [f"{place}: imports {name}" for name, allowed in names if not place.startswith(allowed)]


def impure(place: str, tree: ast.AST) -> list[str]:
    """Where the core asks the clock or the environment."""
    if not place.startswith("dashboard/"):
        return []
    said = [*dotted_names(tree), *imports(tree)]
    return [f"{place}: {name}" for name in said if name in CLOCK_OR_ENVIRONMENT]


def process_global(place: str, tree: ast.AST) -> list[str]:
    """Callbacks and pages that would go to whichever Dash app comes first: a donor could be shown management's."""
    said = [name for name in (*dotted_names(tree), *imports(tree)) if name in PROCESS_GLOBAL]
    bare = [
        ast.unparse(mark)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for mark in node.decorator_list
        if re.match(r"(clientside_)?callback\b", ast.unparse(mark))
    ]
    return [f"{place}: {name}" for name in (*said, *bare)]


def prints(place: str, tree: ast.AST) -> list[str]:
    """Calls of print: a participant's value could end in a log that nobody guards."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "print"]
    return [f"{place}:{node.lineno}: print" for node in calls]


def relative(place: str, tree: ast.AST) -> list[str]:
    """Relative imports, which the other rules could not read."""
    return [f"{place}: imports {name}" for name in imports(tree) if name.startswith(".")]


def imports_app(place: str, tree: ast.AST) -> list[str]:
    """Anything that imports the composition root; what it is made of is imported by it alone."""
    roots = {"app"} if place == "app.py" else {"app", "programme_server"}
    return [f"{place}: imports {name}" for name in imports(tree) if name.partition(".")[0] in roots]


Rule = Callable[[str, ast.AST], list[str]]
RULES: tuple[Rule, ...] = (wrong_direction, out_of_place, impure, process_global, prints, relative, imports_app)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_its_rules(rule: Rule) -> None:
    files = [*(ROOT / name for name in ("app.py", "donor_app.py", "programme_server.py")), *sources(*PACKAGES, "tools")]
    assert len(files) > 20
    found = [rule(file.relative_to(ROOT).as_posix(), ast.parse(file.read_text("utf-8"))) for file in files]
    assert [offence for offences in found for offence in offences] == []


@pytest.mark.parametrize(
    ("rule", "place", "code"),
    [
        (wrong_direction, "dashboard/tally.py", "import connectors.base"),
        (wrong_direction, "dashboard/reading/dates.py", "def read():\n    from flask import request"),
        (wrong_direction, "layouts/page.py", "from callbacks.service import Dashboard"),
        (wrong_direction, "callbacks/service.py", "from connectors import refresher"),
        (wrong_direction, "connectors/demo.py", "import layouts.ids"),
        (out_of_place, "connectors/base.py", "from dash import html"),
        (out_of_place, "connectors/table_file.py", "import gspread.exceptions"),
        (out_of_place, "callbacks/service.py", "import sqlalchemy as sa"),
        (impure, "dashboard/tally.py", "from datetime import date\ntoday = date.today()"),
        (impure, "dashboard/text.py", "import os\nlang = os.environ['LANG']"),
        (impure, "dashboard/view.py", "import datetime\nnow = datetime.datetime.now()"),
        (impure, "dashboard/view.py", "from os import environ"),
        (process_global, "callbacks/management.py", "from dash import callback\n@callback()\ndef show(): pass"),
        (process_global, "callbacks/management.py", "import dash\n@dash.callback()\ndef show(): pass"),
        (process_global, "layouts/page.py", "import dash\ndash.register_page(__name__)"),
        (process_global, "layouts/page.py", "from dash import hooks"),
        (prints, "connectors/demo.py", "print('P-014')"),
        (relative, "layouts/page.py", "from . import ids"),
        (imports_app, "callbacks/service.py", "from app import create_server"),
    ],
)
def test_a_broken_rule_is_seen(rule: Rule, place: str, code: str) -> None:
    assert len(rule(place, ast.parse(code))) >= 1


@pytest.mark.parametrize(
    ("rule", "place", "code"),
    [
        (wrong_direction, "layouts/page.py", "from dashboard.text import Text"),
        (out_of_place, "connectors/google_sheets.py", "import gspread"),
        (out_of_place, "layouts/page.py", "import dashboard.view"),
        (impure, "connectors/settings.py", "import os\nos.environ"),
        (process_global, "callbacks/management.py", "@app.callback()\ndef show(): pass"),
    ],
)
def test_a_kept_rule_is_not_an_offence(rule: Rule, place: str, code: str) -> None:
    assert rule(place, ast.parse(code)) == []


def tracked_files() -> list[Path]:
    """What is or would be committed."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def test_no_file_names_a_package_registry_or_a_machines_folder() -> None:
    found = []
    for file in tracked_files():
        content = file.read_bytes()
        if b"\0" in content:
            continue
        for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), 1):
            if FOREIGN.search(line):
                found.append(f"{file.relative_to(ROOT)}:{number}")
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "https://registry.npm" + "js.org/dash",
        "see /" + "home/someone/dashboard",
        "--index https://pypi" + ".org/simple",
    ],
)
def test_a_foreign_line_is_seen(line: str) -> None:
    assert FOREIGN.search(line)


@pytest.mark.parametrize("line", ["cohort/work/start", "https://example.org/home/", "tests/data", "docs/root/x"])
def test_an_innocent_line_is_not(line: str) -> None:
    assert not FOREIGN.search(line)
