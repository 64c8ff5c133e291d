"""The coding sheet as a spreadsheet (.xlsx): labels are chosen from a list, row by row.

Written part by part after ECMA-376, since nothing but text, one list a row and two styles is in it.
Every cell is a text, never a formula, and the file has no clock in it: the same table, the same
bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

import pandas as pd

SHEET = "xl/worksheets/sheet1.xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WIDTHS = {"item": 14, "label": 22, "coder": 10, "asked": 22, "note": 22, "text": 90}
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST = 32_000
"""Characters of a cell; Excel refuses more than 32,767."""
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships'
    '+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>'
    '<sheet name="codes" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font/><font><b/></font>'
    '</fonts><fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/>'
    '</borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2">'
    '<xf applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    '<xf fontId="1" applyFont="1"/></cellXfs></styleSheet>',
}


def xlsx(table: pd.DataFrame, choices: Sequence[Sequence[str]]) -> bytes:
    """The table as a workbook; a cell of the column ``label`` offers the ``choices`` of its row.

    These stand in columns of their own behind the table, whose cells the list names: so a label may
    hold a comma, and the list may be long.
    """
    columns = [*table.columns]
    label, behind = _letter(columns.index("label")), len(columns)
    rows = [_row(1, columns, style=1)]
    lists = []
    for number, (row, offered) in enumerate(
        zip(table.itertuples(index=False, name=None), choices, strict=True), start=2
    ):
        rows.append(_row(number, [*row, *offered]))
        first, last = _letter(behind), _letter(behind + len(offered) - 1)
        lists.append(
            '<dataValidation type="list" allowBlank="1" showErrorMessage="1" '
            f'sqref="{label}{number}"><formula1>${first}${number}:${last}${number}</formula1>'
            "</dataValidation>"
        )
    widths = "".join(
        f'<col min="{i}" max="{i}" width="{_WIDTHS.get(name, 12)}" customWidth="1"/>'
        for i, name in enumerate(columns, start=1)
    )
    sheet = (
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" '
        'topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{widths}</cols><sheetData>{''.join(rows)}</sheetData>"
        f'<dataValidations count="{len(lists)}">{"".join(lists)}</dataValidations></worksheet>'
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as made:
        for name, part in {**_PARTS, SHEET: sheet}.items():
            made.writestr(zipfile.ZipInfo(name), _HEAD + part)  # of 1980, whenever it is written
    return file.getvalue()


def _row(number: int, cells: Sequence[object], *, style: int = 0) -> str:
    made = "".join(
        f'<c r="{_letter(i)}{number}" s="{style}" t="inlineStr"><is><t xml:space="preserve">'
        f"{escape(_NO_XML.sub('�', str(cell))[:_LONGEST])}</t></is></c>"
        for i, cell in enumerate(cells)
        if cell != ""
    )
    return f'<row r="{number}">{made}</row>'


def _letter(column: int) -> str:
    """The name of a column, counted from 0.

    >>> _letter(0), _letter(25), _letter(27)
    ('A', 'Z', 'AB')
    """
    before, last = divmod(column, 26)
    return (_letter(before - 1) if before else "") + chr(ord("A") + last)
