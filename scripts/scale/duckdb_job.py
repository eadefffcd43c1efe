"""Receives parts of files and looks across them with DuckDB: duckdb_job.py PARTS OUT.parquet BONTOT [ARGUMENT...]

PARTS is a folder of NDJSON as ndjson.py writes it; BONTOT is the tool, and arguments are those of `bontot receive`.
"""

import pathlib
import subprocess
import sys
import tempfile

import duckdb
from columns import COLUMNS, NESTED, NUMBERS, statement

parts, out, tool, *arguments = sys.argv[1:]

with tempfile.TemporaryDirectory() as folder:
    for part in sorted(pathlib.Path(parts).glob("*.ndjson")):
        with open(part, "rb") as lines, open(pathlib.Path(folder) / part.name, "wb") as receipts:
            subprocess.run([tool, "receive", "-", *arguments], stdin=lines, stdout=receipts, check=True)
    kinds = {name: "BIGINT" if name in NUMBERS else "JSON" if name in NESTED else "VARCHAR" for name in COLUMNS}
    base = duckdb.connect()
    base.execute(
        f"CREATE TABLE receipts AS SELECT * FROM read_json('{folder}/*.ndjson', format = 'newline_delimited', "
        f"columns = {kinds}, maximum_object_size = 16777216)"
    )
    base.execute(f"CREATE TABLE rows AS {statement()}")
    base.execute(f"COPY rows TO '{out}' (FORMAT parquet)")
    for status, count in base.execute("SELECT status_across, COUNT(*) FROM rows GROUP BY 1 ORDER BY 1").fetchall():
        print(f"{count} {status}")
