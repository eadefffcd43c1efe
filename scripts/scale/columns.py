"""The columns of a row of the register, in its order; what has members of its own is JSON text."""

import json

COLUMNS = (
    "file status detail digest check_code assessment revision kid unit unit_code level type parent superior pack "
    "pack_version period_kind period_from period_to verdict received decision decision_date criteria items facts points "
    "trusted_as unit_key own_status own_detail"
).split()
NUMBERS = {"revision"}
NESTED = {"criteria", "items", "facts", "points"}


def cells(line):
    """The cells of a line of NDJSON."""
    row = json.loads(line)
    assert list(row) == COLUMNS, f"other columns: {list(row)}"
    return [json.dumps(row[name]) if name in NESTED and row[name] is not None else row[name] for name in COLUMNS]


def row(cells):
    """The row of the cells of a result: the columns of a receipt, then status and detail among all files."""
    *own, status, detail = cells
    row = dict(zip(COLUMNS, own, strict=True))
    for name in NESTED:
        row[name] = None if row[name] is None else json.loads(row[name])
    return {**row, "status": status, "detail": detail}


def statement():
    """The look across files."""
    import pathlib

    return (pathlib.Path(__file__).parent / "across.sql").read_text(encoding="utf-8")
