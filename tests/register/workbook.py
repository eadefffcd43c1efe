"""Reads a workbook with openpyxl and prints it as JSON: the cells of each sheet, and how it is frozen and filtered."""

import datetime
import json
import sys

import openpyxl


def shown(cell):
    value = cell.value
    if isinstance(value, datetime.datetime):
        return {"day": value.date().isoformat()}
    if isinstance(value, str) and cell.data_type == "f":
        return {"formula": value}
    return value


book = openpyxl.load_workbook(sys.argv[1])
sheets = {
    sheet.title: {
        "rows": [[shown(cell) for cell in row] for row in sheet.iter_rows()],
        "frozen": sheet.freeze_panes,
        "filter": sheet.auto_filter.ref,
        "dimensions": sheet.dimensions,
    }
    for sheet in book.worksheets
}
json.dump(sheets, sys.stdout)
