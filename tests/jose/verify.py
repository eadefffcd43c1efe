"""What a second program makes of our files, from spec s. 4 and 5 alone, with PyPI's jwcrypto and rfc8785:

  verify FILE            each signature of a submission, an appraisal or a key card; prints the signers
  open LOCK PASSPHRASE   the public part of the key in a lock
  lock JWK PASSPHRASE    a lock of a key, with as many iterations as spec s. 5 wants

One JSON text on standard output; status 1 and a sentence on standard error when refused.
"""

import json
import sys
from hashlib import sha256

import rfc8785
from jwcrypto import jwa, jwe, jwk, jws
from jwcrypto.common import base64url_encode

ITERATIONS = 310_000
LOCK = ["PBES2-HS256+A128KW", "A256GCM"]


class Ed25519(type(jwa.JWA.signing_alg("EdDSA"))):
    """The fully-specified name of RFC 9864, which jwcrypto does not know yet: EdDSA with this curve."""

    name = "Ed25519"


jwa.JWA.algorithms_registry["Ed25519"] = Ed25519
jwa.default_max_pbkdf2_iterations = 1_000_000


class Refused(Exception):
    """Why a file is refused."""


def read(file):
    with open(file, encoding="utf-8") as text:
        return text.read().strip()


def verify(file):
    content = json.loads(read(file))
    signatures = content.pop("signatures")
    payload = rfc8785.dumps(content)
    signers = []
    for signature in signatures:
        token = jws.JWS()
        token.allowed_algs = ["Ed25519", "EdDSA"]
        token.deserialize(json.dumps(signature))
        header = token.jose_header
        if header["typ"] != "bontot+jws":
            raise Refused(f"typ is {header['typ']}")
        key = jwk.JWK(**header["jwk"])
        if header["kid"] != key.thumbprint():
            raise Refused("kid is not the thumbprint of jwk")
        token.verify(key, detached_payload=payload)
        signers.append({name: header[name] for name in ("alg", "iat", "kid", "role")})
    first = "superior" if content["format"] == "bontot.appraisal/1" else "unit"
    if not signers or signers[0]["role"] != first:
        raise Refused(f"the first signature is not the {first}'s")
    return {"digest": sha256(payload).hexdigest(), "signers": signers}


def open_lock(file, passphrase):
    token = jwe.JWE(algs=LOCK)
    token.deserialize(read(file), jwk.JWK.from_password(passphrase))
    key = jwk.JWK.from_json(token.payload.decode())
    return {"jwk": key.export_public(as_dict=True), "header": token.jose_header}


def lock(jwk_file, passphrase):
    jwa.JWA.algorithms_registry["PBES2-HS256+A128KW"].default_iterations = ITERATIONS
    header = {"alg": LOCK[0], "enc": LOCK[1], "cty": "jwk+json"}
    token = jwe.JWE(read(jwk_file).encode(), protected=header, algs=LOCK)
    token.add_recipient(jwk.JWK.from_password(passphrase))
    return {"lock": token.serialize(compact=True)}


def main():
    command, *rest = sys.argv[1:]
    try:
        print(json.dumps({"verify": verify, "open": open_lock, "lock": lock}[command](*rest)))
    except (Refused, ValueError, KeyError, jws.InvalidJWSSignature, jws.InvalidJWSObject, jwe.InvalidJWEData) as error:
        sys.exit(f"{type(error).__name__}: {error}")


main()
