"""What need not be kept any longer is dropped by whoever leads, without anyone asking for it."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from women import roster

from app import create_server
from connectors.choose import source_key
from connectors.settings import ROOT, Settings
from connectors.store import open_store
from dashboard.programme import load_programme

PATIENCE = 30.0


def test_the_leader_drops_what_was_replaced_longer_ago_than_wanted(tmp_path: Path) -> None:
    sheet = tmp_path / "roster.csv"
    sheet.write_text(
        "Code,Début de formation,Fin de formation,Date d'embauche\nP-001,03/11/2025,01/06/2026,\n", "utf-8"
    )
    settings = Settings(str(sheet), ROOT / "programme.toml", tmp_path, b"k" * 32, None, keep_days=30)
    store = open_store(settings.store_url)
    feed = store.feed(load_programme(settings.programme).id, source_key(settings.source))
    now = datetime.now(UTC)
    for number, days in enumerate((100, 90, 80), 1):
        women = [{"start_date": -300 - n} for n in range(number)]
        feed.record(
            roster(*women), at=now - timedelta(days=days), read_on=now.date(), content_hash=str(number),
            source_version=None, seconds=0.0,
        )  # fmt: skip
    background = create_server(settings).extensions["dashboard"]
    background.start()
    end = time.monotonic() + PATIENCE
    while [version.number for version in feed.versions()] != [3, 4] and time.monotonic() < end:
        time.sleep(0.05)
    background.stop()
    # The third was the newest until now: it is what was known 30 days ago.
    assert [version.number for version in feed.versions()] == [3, 4]
    assert [(note.action, note.by) for note in store.audits(5)][-1:] == [("prune", "dashboard")]
    store.close()
