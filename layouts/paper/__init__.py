"""Paper made on the server without a browser: the brief as PDF (fpdf2) and the numbers as a workbook (xlsxwriter).

Nothing here is imported before someone asks for a file: `callbacks/paper.py` imports it in its routes.
"""
