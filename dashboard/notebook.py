"""The worksheet of dated notes: what it is called, and how its two columns may be headed."""

from dashboard.model import Frozen


class Notebook(Frozen):
    """Notes that staff keep beside the roster, to be marked on the charts. Without `worksheet` there are none.

    Of the worksheet only the first row and these two columns are asked for. Headers are compared as those of the
    roster are: capital letters, accents and spaces make no difference.
    """

    worksheet: str = ""
    expected: bool = False  # whether it is a finding that the worksheet is not there
    date: tuple[str, ...] = ("التاريخ", "تاريخ", "اليوم", "Date", "Jour", "Le", "Day", "When")
    text: tuple[str, ...] = (
        *("الملاحظة", "ملاحظة", "ملاحظات", "النص", "الحدث", "حدث"),
        *("Note", "Notes", "Texte", "Remarque", "Événement", "Text", "Remark", "Event", "What happened"),
    )
