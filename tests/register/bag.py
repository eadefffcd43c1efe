"""Unpacks an archive, has bagit validate the bag in it, and prints the names of its payload as JSON."""

import json
import pathlib
import sys
import warnings
import zipfile

warnings.simplefilter("ignore")  # bagit asks pkg_resources, which says that it is old
import bagit  # noqa: E402

archive, folder = map(pathlib.Path, sys.argv[1:])
with zipfile.ZipFile(archive) as zip:
    zip.extractall(folder)
(base,) = folder.iterdir()
bag = bagit.Bag(str(base))
bag.validate()
json.dump({"payload": sorted(bag.payload_files()), "info": bag.info, "tags": sorted(bag.tagfile_entries())}, sys.stdout)
