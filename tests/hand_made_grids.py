"""The cells of ten sheets as ten different people would keep them. Codes only: nobody in them exists."""

from collections.abc import Sequence
from datetime import date, timedelta

from doors import Grid
from sheets_grid import Value


def d(text: str) -> date:
    return date.fromisoformat(text)


ARABIC: Grid = [
    ["الرمز", "الاسم الكامل", "الفوج", "الشعبة", "تاريخ الازدياد", "الحي", "الحالة العائلية", "تاريخ بداية التكوين",
     "تاريخ نهاية التكوين", "الشهادة", "تاريخ الإدماج", "نوع العقد", "الحالة", "ملاحظات"],
    ["م-01", "اسم", "الفوج الأول", "مربية", "12 ماي 1999", "أنفا", "أرملة", "20 نونبر 2024",
     "30 يونيو 2025", "نعم", "15 يوليوز 2025", "عمل مأجور", "مدمجة", "شيء"],
    ["م-02", "اسم", "الفوج الأول", "مرافقة مدرسية", "٠٣/٠٤/٢٠٠١", "الألفة", "أم عازبة، بدون دخل", "٢٠/١١/٢٠٢٤",
     "٣٠/٠٦/٢٠٢٥", "لا", None, None, "تبحث عن عمل", None],
    ["م-03", "اسم", "الفوج الأول", "مساعدة تمريض", None, "حي غير معروف", "مطلقة", "20 نونبر 2024",
     None, "قيد الإنجاز", None, None, "منقطعة", None],
    ["م-04", "اسم", "الفوج الأول", "مربية", None, "عين الشق", None, "20 نونبر 2024",
     "فين يونيو 2025", "نعم", "شتمبر 2025", "مشروع خاص", "مشروع خاص", None],
    ["المجموع", None, 4],
]  # fmt: skip
FRENCH: Grid = [
    ["Code bénéficiaire", "Nom et prénom", "Téléphone", "Promotion", "Filière", "Date de naissance", "Niveau scolaire",
     "Début de formation", "Date de fin", "Attestation", "Date d'embauche", "Type de contrat",
     "Salaire (DH)", "Situation"],
    ["B-1", "nom", "tél", "Promo 1", "AVS", "5/3/99", "Bac",
     "06/01/2025", "30/06/2025", "Oui", "14 juillet 2025", "CDI", "3 500,00 DH", "Insérée"],
    ["B-2", "nom", "tél", "Promo 1", "Aide-soignante", "1er août 2001", "9e AF",
     "06/01/2025", "30 juin 2025", "oui", "fin sept. 2025", "Auto-emploi", "2.800", "INSEREE"],
    ["B-3", "nom", "tél", "Promo 1", "Couture", "12/12/1985", "Bac+2",
     "06/01/2025", None, "en cours", None, None, None, "Abandon"],
    ["B-4", "nom", "tél", "Promo 1", "AVS", "31/02/2000", "Bac",
     "06/01/2025", "15/12/2024", "non", None, None, "15", "En recherche d'emploi"],
    [],
    ["Total", None, None, 4],
]  # fmt: skip
_SHORT = ["الرمز", "تاريخ بداية التكوين", "تاريخ نهاية التكوين", "تاريخ الإدماج"]
COHORTS: dict[str, Grid] = {
    "فوج 1": [_SHORT, ["C-1", d("2025-01-06"), d("2025-06-30"), d("2025-08-01")], ["C-2", d("2025-01-06")]],
    "Promo 2": [
        ["Date d'embauche", "Fin de formation", "Début de formation", "Code"],
        [None, None, d("2026-01-05"), "C-3"],
        [None, None, d("2026-01-05"), "C-2"],  # she enrolled again
    ],
    "فوج 9": [_SHORT, ["C-4", d("2026-09-01")]],  # a cohort that the programme does not know
    "ميزانية": [["البند", "المبلغ"], ["كراء", 4000]],
}
TWO_ROWS: Grid = [
    ["Code", "Groupe", "Dates de la formation", None, None, "Suivi", None, "Insertion", None],
    [
        None,
        None,
        "Début de formation",
        "Fin de formation",
        "Remarque",
        "3 mois",
        "6 mois",
        "Date d'embauche",
        "Salaire",
    ],
    ["D-1", "Promo 1", d("2025-01-06"), d("2025-06-30"), "x", "oui", "même employeur", d("2025-07-20"), 3200],
    ["D-2", "Promo 1", d("2025-01-06"), d("2025-06-30"), "x", "non", "peut-être", d("2025-07-20"), 3100],
    ["D-3", "Promo 1", d("2025-01-06"), None, "x", None, None, None, None],
]
TITLE_BLOCK: Grid = [
    ["مؤسسة التكوين"],
    ["برنامج إشعاع – ÉCLAT", None, None, "2025"],
    [],
    ["آخر تحيين:", d("2026-11-20")],
    [],
    ["ر.ت", "الرمز", "الفوج", "تاريخ بداية التكوين", "تاريخ نهاية التكوين", "تاريخ الإدماج"],
    [1, "E-1", "فوج 1", d("2025-01-06"), d("2025-06-30"), None],
    [],
    [2, "E-2", "فوج 1", d("2025-01-06"), None, None],
    [None, "الفوج الثاني"],
    [3, "E-3", None, d("2026-01-05"), None, None],
    [4, None, None, d("2026-01-05"), None, None],
    [None, "المجموع", 4],
]
US_DATES: Grid = [
    ["Code", "Début de formation", "Fin de formation", "Date d'embauche"],
    ["F-1", d("2025-05-03"), d("2025-06-30"), None],  # typed 05/03/2025, taken for the third of May
    ["F-2", "25/03/2025", d("2025-06-30"), d("2025-07-15")],
    ["F-3", d("2025-03-20"), d("2025-06-30"), None],  # typed in another way: its day leaves no doubt
    ["F-4", "31/03/2025", d("2025-06-30"), "07/25/2025"],
]
ALL_TEXT: Grid = [
    [
        "Code",
        "Promotion",
        "Début de formation",
        "Fin de formation",
        "Certifiée",
        "Date d'embauche",
        "Salaire",
        "Pré-test",
    ],
    ["001", "1", "45663", "2025-06-30", "TRUE", "15-07-2025", "3200", "12,5"],
    ["002", "2", "45663", "30.06.2025", "FALSE", "", "", "0"],
    ["003", " Promo 2 ", "6/1/2025 00:00", "30/06/2025 à vérifier", "1", "-", "3,200.50", "143"],
]
BROKEN: Grid = [
    ["Code", "Promotion", "Début de formation", "Fin de formation", "Date d'embauche", "Salaire", "Statut"],
    ["G-1", "Promo 1", "#REF!", d("2025-06-30"), d("2025-07-15"), "#DIV/0!", "Insérée"],
    ["#N/A", "Promo 1", d("2025-01-06"), None, None, None, "En formation"],
    ["G-3", "#VALUE!", d("2025-01-06"), "#NAME?", None, None, "#REF!"],
    ["G-4", "Promo 1", "=B2+C2", d("2025-06-30"), None, None, "En recherche"],
]
MANY = 12_000
EMPTY_HEADER: Grid = [["الرمز", "الفوج", "تاريخ بداية التكوين", "تاريخ نهاية التكوين", "تاريخ الإدماج"]]


def many_rows() -> Grid:
    """12,000 women who began on 2 January 2017 and the days after; every hundredth has a day that cannot be.

    Every thousandth row has the code of the one before it, who began a day earlier; every 1,500th has no code.
    """
    rows: list[Sequence[Value]] = [EMPTY_HEADER[0]]
    for number in range(1, MANY + 1):
        code = None if number % 1500 == 0 else f"H-{number - (number % 1000 == 0)}"
        start = d("2017-01-02") + timedelta(days=number % 3000)
        rows.append([code, "فوج 1", start, "31/02/2025" if number % 100 == 0 else None, None])
    return rows
