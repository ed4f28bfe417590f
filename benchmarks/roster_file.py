"""A roster of women who do not exist as a CSV file of 25 columns, of any size: what both dashboards read."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

_EPOCH = np.datetime64("1970-01-01")
_FIRST = 20_047  # days since 1970: 20 November 2024, the launch
_LAST = 20_780  # 23 November 2026: nothing that has happened is later

# Headers as staff write them, in the order of the sheet; the words below them are the programme's own.
WORDS: Mapping[str, tuple[str, ...]] = {
    "Promotion": ("Promotion 1", "Promotion 2", "Promotion 3"),
    "Filière": (
        *("Auxiliaire de vie scolaire", "Auxiliaire de vie sociale"),
        *("Éducatrice de la petite enfance", "Aide-soignante"),
    ),
    "Arrondissement": ("Anfa", "Aïn Chock", "Hay Hassani", "Moulay Rachid", "Sidi Bernoussi"),
    "Niveau scolaire": ("Primaire", "Collège", "Lycée (niveau bac)", "Baccalauréat"),
    "Critère de vulnérabilité": ("Mère célibataire", "Veuve", "Divorcée", "Ménage sans revenu"),
}
# The steps in order: header, days since the step before at least and at most, share that takes it.
STEPS: tuple[tuple[str, int, int, float], ...] = (
    ("Premier contact", 0, 500, 1.0),
    ("Date de sélection", 5, 20, 0.95),
    ("Date d’inscription", 3, 20, 0.95),
    ("Début de formation", 5, 20, 1.0),
    ("Début formation professionnelle", 20, 40, 0.95),
    ("Début de stage", 30, 60, 0.95),
    ("Fin de formation", 20, 50, 0.95),
    ("Date du certificat", 5, 30, 0.9),
    ("Date d’insertion", 1, 150, 0.85),
)
COHORT, TRACK = "Promotion", "Filière"
COMPLETED, WORK, CERTIFIED = "Fin de formation", "Date d’insertion", "Date du certificat"
COLUMNS = (
    *("Code", COHORT, TRACK, "Date de naissance", "Arrondissement", "Niveau scolaire", "Critère de vulnérabilité"),
    *(header for header, *_ in STEPS),
    *("Fin prévue", "Certificat", "Statut", "Type de contrat", "Salaire mensuel", "Heures par semaine"),
    *("Suivi 3 mois", "Suivi 6 mois", "Dernier contact"),
)


def write_roster(path: Path, women: int, seed: int = 135) -> Path:
    """Write the file, through a draft, so that whoever reads it sees the old roster or the new one. Returns its path.

    Equal numbers and seeds make equal files.
    """
    draft = path.with_suffix(".draft")
    with draft.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(_rows(women, np.random.default_rng(seed)))
    return draft.replace(path)


def _rows(women: int, dice: np.random.Generator) -> Iterator[tuple[str, ...]]:
    days = _way(women, dice)
    born = _words_of_days(_FIRST - dice.integers(18 * 365, 40 * 365, women).astype(float))
    columns: dict[str, npt.NDArray[np.str_]] = {
        "Code": np.array([f"P-{number:06d}" for number in range(1, women + 1)]),
        "Date de naissance": born,
    }
    for header, words in WORDS.items():
        columns[header] = np.array(words)[dice.integers(0, len(words), women)]
    columns |= {header: _words_of_days(found) for header, found in days.items()}
    columns |= _what_follows(days, women, dice)
    return zip(*(columns[header].tolist() for header in COLUMNS), strict=True)


def _way(women: int, dice: np.random.Generator) -> dict[str, Numbers]:
    """The day of each step, NaN where it was not reached: no step without the one before."""
    day, found = np.full(women, float(_FIRST)), {}
    for header, least, most, share in STEPS:
        day = day + dice.integers(least, most + 1, women)
        day[(dice.random(women) >= share) | (day > _LAST)] = np.nan
        found[header] = day.copy()
    return found


def _what_follows(
    days: Mapping[str, Numbers], women: int, dice: np.random.Generator
) -> dict[str, npt.NDArray[np.str_]]:
    """The columns that hang on how far a woman has come."""
    started, completed, certified, work = (
        days[header] for header in ("Début de formation", COMPLETED, CERTIFIED, WORK)
    )
    placed, salaried = ~np.isnan(work), dice.random(women) < 0.8
    since = np.where(placed, _LAST - np.nan_to_num(work), 0)
    steps = [placed & salaried, placed, ~np.isnan(completed), ~np.isnan(started)]
    words = ["Insérée (emploi salarié)", "Insérée (auto-emploi)", "En recherche d’emploi", "En formation"]
    wage = dice.integers(3_400, 6_000, women).astype(str)
    last = np.where(dice.random(women) < 0.9, _LAST - dice.integers(0, 60, women), np.nan)
    return {
        "Fin prévue": _words_of_days(started + 150),
        "Certificat": np.where(~np.isnan(certified), "oui", ""),
        "Statut": np.select(steps, words, "Inscrite"),
        "Type de contrat": np.where(placed, np.where(salaried, "CDI", "Auto-emploi"), ""),
        "Salaire mensuel": np.where(placed & salaried, wage, ""),
        "Heures par semaine": np.where(placed & salaried, "44", ""),
        "Suivi 3 mois": np.where(since > 90, np.where(dice.random(women) < 0.9, "Même employeur", "Non"), ""),
        "Suivi 6 mois": np.where(since > 180, np.where(dice.random(women) < 0.8, "Même employeur", "Non"), ""),
        "Dernier contact": _words_of_days(last),
    }


def _words_of_days(days: Numbers) -> npt.NDArray[np.str_]:
    """Days since 1970 as staff write them, empty where there is none."""
    known = ~np.isnan(days)
    words = np.full(len(days), "", dtype="<U10")
    words[known] = (_EPOCH + days[known].astype("int64")).astype("datetime64[D]").astype(str)
    return words
