"""The demo's worksheet of notes: what a team would write beside its roster, about nobody."""

from datetime import date, timedelta

from connectors.demo_grid import SEED, Worksheet, demo_grid, serial

TITLE = "Notes"
HEADER = ("التاريخ", "Note")

# Days before the one the demo is anchored on, and what was written; plainly made up.
_NOTES = (
    (170, "(تجريبي) إضراب وسائل النقل: تأخر الالتحاق بالتداريب"),
    (121, "(démo) Forum de l’emploi à Casablanca, 6 employeurs"),
    (83, "(تجريبي) شراكة جديدة مع روضتين بحي مولاي رشيد"),
    (40, "(démo) L’examen de certification est reporté de deux semaines"),
    (12, "(تجريبي) بدء مكالمات التتبع كل يوم اثنين"),
)


def demo_notes(anchor: date, day: date) -> Worksheet:
    """The worksheet at the end of a day: nobody writes about days that have not come."""
    written = ((anchor - timedelta(days=ago), words) for ago, words in _NOTES)
    rows = tuple((serial(on), words) for on, words in written if on <= day)
    return Worksheet(TITLE, (HEADER, *rows))


def demo_book(today: date, seed: int = SEED) -> tuple[Worksheet, ...]:
    """The whole workbook of a day: `demo_grid` and the notes."""
    return *demo_grid(today, seed), demo_notes(today, today)
