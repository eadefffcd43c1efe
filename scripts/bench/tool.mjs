// The command-line tool on a thousand samples: time, with process starts.

import * as crypto from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

import { clock, peakMemory, run } from "./process.mjs";

const PACK = "nghe-an-2024";
const LIMIT = 120; // seconds for one run over all samples

/** RFC 8785 for our files: integers, texts, lists, objects. */
function canonical(value) {
    if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
    if (value === null || typeof value !== "object") return JSON.stringify(value);
    const names = Object.keys(value).sort();
    return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
}

/** What there is to verify in the files: key, signed bytes and signature, ready in memory. */
function signaturesOf(files) {
    return files.flatMap((file) => {
        const { signatures, ...payload } = JSON.parse(fs.readFileSync(file, "utf8"));
        const body = Buffer.from(canonical(payload)).toString("base64url");
        return signatures.map(({ protected: header, signature }) => {
            const { jwk } = JSON.parse(Buffer.from(header, "base64url").toString());
            const key = crypto.createPublicKey({ key: jwk, format: "jwk" });
            return { file, key, signed: Buffer.from(`${header}.${body}`), signature: Buffer.from(signature, "base64url") };
        });
    });
}

/** Seconds for the verifications alone, by OpenSSL in this process: the floor of receiving on one thread. */
function verifyAlone(all) {
    const from = performance.now();
    for (const { file, key, signed, signature } of all) {
        if (!crypto.verify(null, signed, key, signature)) throw new Error(`${file}: OpenSSL refuses its signature`);
    }
    return (performance.now() - from) / 1000;
}

async function repeated(times, measure) {
    const taken = [];
    for (let i = 0; i < times; i++) taken.push(await measure());
    return taken;
}

/** The most memory that `register` takes for so many files, in bytes. */
export async function measureMemory(bontot, work, count) {
    const folder = path.join(work, "memory");
    fs.rmSync(folder, { recursive: true, force: true });
    await run(bontot, ["sample", "--pack", PACK, "--count", String(count), "--seed", "1", "--out", folder], { limit: LIMIT });
    const out = path.join(work, "memory.ndjson");
    const peak = await peakMemory(bontot, ["register", folder, "--received", "2026-11-27", "--force", "--out", out], 5 * LIMIT);
    for (const left of [folder, out]) fs.rmSync(left, { recursive: true, force: true });
    return peak;
}

/** Seconds over all samples: `verify` (one process), `register` by number of threads, `signatures` (their floor), `score` (a process each), `process` (its floor). */
export async function measureTool(bontot, work, count) {
    const folder = path.join(work, "samples");
    fs.rmSync(folder, { recursive: true, force: true });
    await run(bontot, ["sample", "--pack", PACK, "--count", String(count), "--seed", "1", "--out", folder], { limit: LIMIT });
    const names = fs.readdirSync(folder).filter((name) => name.startsWith("bontot_"));
    const files = names.sort().map((name) => path.join(folder, name));
    if (files.length !== count) throw new Error(`${files.length} samples of ${count} in ${folder}`);
    const loop = (program, args) => clock("sh", ["-c", `for file; do "$0" ${args} || exit; done`, program, ...files], LIMIT);
    const signed = signaturesOf(files);
    const register = (threads) => {
        const out = path.join(work, `register-${threads}.ndjson`);
        const options = ["--received", "2026-11-27", "--threads", String(threads), "--force", "--out", out];
        return repeated(3, () => clock(bontot, ["register", folder, ...options], LIMIT));
    };
    return {
        register: { 1: await register(1), 2: await register(2) },
        verify: await repeated(3, () => clock(bontot, ["verify", "--json", ...files], LIMIT)),
        signatures: await repeated(3, async () => verifyAlone(signed)),
        score: await repeated(3, () => loop(bontot, `score "$file" --pack ${PACK}`)),
        process: await repeated(3, () => loop("/bin/true", '"$file"')),
    };
}
