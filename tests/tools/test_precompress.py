"""Compression at set-up: exact copies, only what changed, nothing left of files that are gone."""

import gzip
import hashlib
import json
from pathlib import Path

import brotli
import pytest

from tools.precompress import copies, precompress, sources


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    folder = tmp_path / "assets"
    (folder / "vendor").mkdir(parents=True)
    (folder / "page.css").write_text("a { b: c }\n" * 400, "utf-8")
    (folder / "vendor" / "draw.js").write_text("draw();\n" * 400, "utf-8")
    (folder / "letters.woff2").write_bytes(b"wOF2")
    return {key: file for key, file in sources(folder).items() if key.startswith("assets/")}


def test_texts_are_found_and_fonts_left_alone(files: dict[str, Path]) -> None:
    assert set(files) == {"assets/page.css", "assets/vendor/draw.js"}


def test_dash_is_found_without_its_own_plotly(tmp_path: Path) -> None:
    keys = sources(tmp_path)
    assert "suites/dash/dash-renderer/build/dash_renderer.min.js" in keys
    assert "suites/dash_bootstrap_components/_components/dash_bootstrap_components.min.js" in keys
    assert not [key for key in keys if "plotly" in key or "mathjax" in key]


def test_copies_hold_the_same_bytes(files: dict[str, Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    manifest = precompress(files, out)
    for key, file in files.items():
        br, gz = copies(out, key)
        assert brotli.decompress(br.read_bytes()) == gzip.decompress(gz.read_bytes()) == file.read_bytes()
        assert manifest[key] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert json.loads((out / "manifest.json").read_text("utf-8")) == manifest


def test_only_what_changed_is_compressed_again(files: dict[str, Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    precompress(files, out)
    for key in files:
        copies(out, key)[0].write_bytes(b"marked")
    files["assets/page.css"].write_text("changed", "utf-8")
    precompress(files, out)
    assert brotli.decompress(copies(out, "assets/page.css")[0].read_bytes()) == b"changed"
    assert copies(out, "assets/vendor/draw.js")[0].read_bytes() == b"marked"


def test_a_lost_copy_is_made_again(files: dict[str, Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    precompress(files, out)
    copies(out, "assets/page.css")[1].unlink()
    precompress(files, out)
    assert copies(out, "assets/page.css")[1].is_file()


def test_copies_of_a_file_that_is_gone_go_too(files: dict[str, Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    precompress(files, out)
    del files["assets/page.css"]
    assert set(precompress(files, out)) == {"assets/vendor/draw.js"}
    assert not any(path.exists() for path in copies(out, "assets/page.css"))
