"""Compares every row of results with the register of the same files: compare.py REGISTER.ndjson RESULT..."""

import json
import pathlib
import sys

import duckdb
from columns import COLUMNS, row

register, *results = sys.argv[1:]
with open(register, encoding="utf-8", newline="\n") as file:
    wanted = {(one["file"], one["digest"]): one for one in map(json.loads, file)}
names = ", ".join([f'"{name}"' for name in COLUMNS] + ["status_across", "detail_across"])
differ = False
for result in results:
    source = f"{result}/*.parquet" if pathlib.Path(result).is_dir() else result
    found = [row(cells) for cells in duckdb.sql(f"SELECT {names} FROM read_parquet('{source}')").fetchall()]
    others = [one for one in found if wanted.get((one["file"], one["digest"])) != one]
    is_equal = not others and len(found) == len(wanted)
    differ |= not is_equal
    print(f"{result}: {len(found)} rows, " + ("equal to the register" if is_equal else f"{len(others)} differ"))
    for one in others[:3]:
        print("  here:    ", json.dumps(one, ensure_ascii=False)[:400])
        print("  register:", json.dumps(wanted.get((one["file"], one["digest"])), ensure_ascii=False)[:400])
sys.exit(1 if differ else 0)
