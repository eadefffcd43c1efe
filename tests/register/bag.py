"""Unpacks an archive, has bagit validate the bag in it and jwcrypto its signature, and prints what is in it as JSON."""

import json
import pathlib
import sys
import warnings
import zipfile

warnings.simplefilter("ignore")  # bagit asks pkg_resources, which says that it is old
import bagit  # noqa: E402
from jwcrypto import jwa, jwk, jws  # noqa: E402


class Ed25519(type(jwa.JWA.signing_alg("EdDSA"))):
    """The fully-specified name of RFC 9864, which jwcrypto does not know yet: EdDSA with this curve."""

    name = "Ed25519"


jwa.JWA.algorithms_registry["Ed25519"] = Ed25519


def signer(base):
    """The thumbprint of the key that signed the tag manifest; nothing where none did."""
    file = base / "tagmanifest-sha256.jws.json"
    if not file.exists():
        return None
    (signature,) = json.loads(file.read_text())["signatures"]
    token = jws.JWS()
    token.allowed_algs = ["Ed25519"]
    token.deserialize(json.dumps(signature))
    header = token.jose_header
    assert (header["typ"], header["role"]) == ("bontot+bag", "superior"), header
    key = jwk.JWK(**header["jwk"])
    token.verify(key, detached_payload=(base / "tagmanifest-sha256.txt").read_bytes())
    return key.thumbprint()


archive, folder = map(pathlib.Path, sys.argv[1:])
with zipfile.ZipFile(archive) as zip:
    zip.extractall(folder)
(base,) = folder.iterdir()
bag = bagit.Bag(str(base))
bag.validate()
told = {
    "payload": sorted(bag.payload_files()),
    "info": bag.info,
    "tags": sorted(bag.tagfile_entries()),
    "signer": signer(base),
}
json.dump(told, sys.stdout)
