"""The addresses of style sheets, fonts and pictures, which are the same for everybody."""

from pathlib import Path

ASSETS = Path(__file__).resolve().parent.parent / "layouts" / "assets"


def asset_address(name: str) -> str:
    """The address of a file, which changes with its content."""
    path = ASSETS / name
    changed = int(path.stat().st_mtime) if path.exists() else 0
    return f"/assets/{name}?m={changed}"
