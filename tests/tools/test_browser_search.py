"""A Chromium is found where one starts, and a wrong setting is said in one sentence."""

from pathlib import Path

import click
import pytest

from tools import browser


def program(folder: Path, name: str, body: str) -> str:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n", "utf-8")
    path.chmod(0o755)
    return str(path)


@pytest.fixture(autouse=True)
def no_own_browser(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither an application nor Playwright's own, whatever the machine has."""
    monkeypatch.setattr(browser, "APPLICATIONS", ())
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "none"))


def test_the_setting_comes_first(tmp_path: Path) -> None:
    mine = program(tmp_path / "mine", "my-browser", "echo Chromium 156.0")
    program(tmp_path / "bin", "chromium", "echo Chromium 1.0")
    assert browser.find_chromium({"CHROMIUM": mine, "PATH": str(tmp_path / "bin")}) == mine


def test_a_setting_that_does_not_start_is_said(tmp_path: Path) -> None:
    with pytest.raises(click.ClickException, match="CHROMIUM is set to /nowhere/chromium, which does not start"):
        browser.find_chromium({"CHROMIUM": "/nowhere/chromium", "PATH": str(tmp_path)})


def test_a_placeholder_that_does_not_start_is_passed_over(tmp_path: Path) -> None:
    program(tmp_path / "bin", "chromium", "echo 'install the snap' >&2; exit 1")
    chrome = program(tmp_path / "bin", "google-chrome", "echo Google Chrome 156.0")
    assert browser.find_chromium({"PATH": str(tmp_path / "bin")}) == chrome


def test_none_is_none(tmp_path: Path) -> None:
    assert browser.find_chromium({"PATH": str(tmp_path)}) is None


def test_the_distribution_is_asked_when_playwright_brings_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(browser, "_run", asked.append)
    monkeypatch.setattr(browser, "_as_root", list)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    program(tmp_path / "bin", "apt-get", "exit 0")
    browser.install_chromium({"PATH": str(tmp_path / "bin")})
    assert [command[:4] for command in asked[:1]] == [[asked[0][0], "-m", "playwright", "install"]]
    assert [command[:2] for command in asked[1:]] == [["apt-get", "update"], ["apt-get", "install"]]
    assert asked[-1][-1] == "chromium"


def test_the_distribution_is_not_asked_when_playwright_brought_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bring(command: list[str]) -> None:
        program(tmp_path / "bin", "chromium", "echo Chromium 156.0")
        asked.append(command)

    asked: list[list[str]] = []
    monkeypatch.setattr(browser, "_run", bring)
    browser.install_chromium({"PATH": str(tmp_path / "bin")})
    assert len(asked) == 1
