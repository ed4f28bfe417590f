"""The newest revision is known without asking Alembic, which is not on the way to the first page."""

import subprocess
import sys
from pathlib import Path

from alembic.script import ScriptDirectory

from connectors.store.migrate import NEWEST, SCRIPTS, known

ROOT = Path(__file__).resolve().parents[3]
# What a start on a file or an already migrated store can do without.
NOT_LOADED = (
    "alembic",
    "mako",
    "authlib",
    "joserfc",
    "psycopg",
    "gspread",
    "plotly.graph_objs._bar",
    "scipy",
    "matplotlib",
)


def test_the_newest_revision_is_the_head_of_the_migrations() -> None:
    assert ScriptDirectory(str(SCRIPTS)).get_current_head() == NEWEST
    assert NEWEST in known()


def test_a_start_loads_nothing_that_it_may_never_need() -> None:
    asked = f"import app, sys; print([name for name in {NOT_LOADED!r} if name in sys.modules])"
    told = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
