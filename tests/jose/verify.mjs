// What another program makes of our files, from spec s. 4 and 5 alone, with npm's jose:
//
//   verify FILE            each signature of a submission or key card; prints the signers
//   sign CONTENT JWK ALG   the element of `signatures` that a unit's key adds to a content
//   open LOCK PASSPHRASE   the public part of the key in a lock
//   reveal LOCK PASSPHRASE the private part of the key in a lock, for looking where else it is
//   lock JWK PASSPHRASE    a lock of a key, with the defaults of jose
//
// One JSON text on standard output; status 1 and a sentence on standard error when refused.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { CompactEncrypt, EmbeddedJWK, FlattenedSign, base64url, calculateJwkThumbprint, compactDecrypt, flattenedVerify, importJWK } from "jose";

// RFC 8785 for integers, strings, booleans and null: sort() compares UTF-16 code units
const jcs = (value) => {
  if (Array.isArray(value)) return `[${value.map(jcs).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const member = (name) => `${JSON.stringify(name)}:${jcs(value[name])}`;
  return `{${Object.keys(value).sort().map(member).join(",")}}`;
};

const read = (file) => JSON.parse(readFileSync(file, "utf8"));
const bytes = (text) => new TextEncoder().encode(text);
const LOCK = { keyManagementAlgorithms: ["PBES2-HS256+A128KW"], contentEncryptionAlgorithms: ["A256GCM"], maxPBES2Count: 1_000_000 };

const refuse = (why) => {
  throw new Error(why);
};

async function verify(file) {
  const { signatures, ...content } = read(file);
  const payload = base64url.encode(bytes(jcs(content)));
  const signers = [];
  for (const signature of signatures) {
    const { protectedHeader } = await flattenedVerify({ ...signature, payload }, EmbeddedJWK, { algorithms: ["Ed25519", "EdDSA"] });
    const { alg, typ, jwk, kid, role, iat } = protectedHeader;
    if (typ !== "bontot+jws") refuse(`typ is ${typ}`);
    if (kid !== (await calculateJwkThumbprint(jwk))) refuse("kid is not the thumbprint of jwk");
    signers.push({ alg, iat, kid, role });
  }
  const first = content.format === "bontot.appraisal/1" ? "superior" : "unit";
  if (signers[0]?.role !== first) refuse(`the first signature is not the ${first}'s`);
  return { digest: createHash("sha256").update(jcs(content)).digest("hex"), signers };
}

async function sign(file, jwkFile, alg) {
  const { d, ...jwk } = read(jwkFile);
  const kid = await calculateJwkThumbprint(jwk);
  const header = { alg, typ: "bontot+jws", jwk, kid, role: "unit", iat: 1795399398 };
  const key = await importJWK({ ...jwk, d }, alg);
  const made = await new FlattenedSign(bytes(jcs(read(file)))).setProtectedHeader(header).sign(key);
  return { protected: made.protected, signature: made.signature };
}

async function open(file, passphrase) {
  const { plaintext, protectedHeader } = await compactDecrypt(readFileSync(file, "utf8").trim(), bytes(passphrase), LOCK);
  const { d, ...jwk } = JSON.parse(new TextDecoder().decode(plaintext));
  await importJWK({ ...jwk, d }, "Ed25519"); // refuses a d that does not belong to x
  return { jwk, header: protectedHeader };
}

async function reveal(file, passphrase) {
  const { plaintext } = await compactDecrypt(readFileSync(file, "utf8").trim(), bytes(passphrase), LOCK);
  return { d: JSON.parse(new TextDecoder().decode(plaintext)).d };
}

async function lock(jwkFile, passphrase) {
  const plain = bytes(JSON.stringify(read(jwkFile)));
  const header = { alg: "PBES2-HS256+A128KW", enc: "A256GCM", cty: "jwk+json" };
  return { lock: await new CompactEncrypt(plain).setProtectedHeader(header).encrypt(bytes(passphrase)) };
}

const [command, ...rest] = process.argv.slice(2);
try {
  const run = { verify, sign, open, reveal, lock }[command] ?? refuse(`no command ${command}`);
  console.log(JSON.stringify(await run(...rest)));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
