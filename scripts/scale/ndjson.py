"""Puts the files of a folder into lines for `bontot receive -`: ndjson.py FOLDER PARTS OUT

OUT gets PARTS files, each {"file", "text"} a line. What is not UTF-8 is no text: it is named, and left to `bontot register`.
"""

import json
import pathlib
import sys

folder, parts, out = pathlib.Path(sys.argv[1]), int(sys.argv[2]), pathlib.Path(sys.argv[3])
out.mkdir(parents=True, exist_ok=True)
files = sorted(path for path in folder.rglob("*") if path.is_file())
targets = [open(out / f"part-{part:04}.ndjson", "w", encoding="utf-8") for part in range(parts)]
for number, path in enumerate(files):
    # newline="": a carriage return belongs to the text
    try:
        with open(path, encoding="utf-8", newline="") as file:
            text = file.read()
    except UnicodeDecodeError:
        print(f"not UTF-8, left out: {path}", file=sys.stderr)
        continue
    line = json.dumps({"file": path.as_posix(), "text": text}, ensure_ascii=False)
    targets[number % parts].write(line + "\n")
for target in targets:
    target.close()
