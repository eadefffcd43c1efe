// The command-line tool on a thousand samples: time, with process starts.

import * as crypto from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

import { clock, run } from "./process.mjs";

const PACK = "nghe-an-2024";
const LIMIT = 120; // seconds for one run over all samples

/** RFC 8785 for our files: integers, texts, lists, objects. */
function canonical(value) {
    if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
    if (value === null || typeof value !== "object") return JSON.stringify(value);
    const names = Object.keys(value).sort();
    return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
}

/** Seconds for the signature checks alone, by OpenSSL in this process: the floor of any verification. */
function checkSignatures(files) {
    const from = performance.now();
    for (const file of files) {
        const { signatures, ...payload } = JSON.parse(fs.readFileSync(file, "utf8"));
        const body = Buffer.from(canonical(payload)).toString("base64url");
        for (const { protected: header, signature } of signatures) {
            const { jwk } = JSON.parse(Buffer.from(header, "base64url").toString());
            const key = crypto.createPublicKey({ key: jwk, format: "jwk" });
            const sound = crypto.verify(null, Buffer.from(`${header}.${body}`), key, Buffer.from(signature, "base64url"));
            if (!sound) throw new Error(`${file}: OpenSSL refuses its signature`);
        }
    }
    return (performance.now() - from) / 1000;
}

async function repeated(times, measure) {
    const taken = [];
    for (let i = 0; i < times; i++) taken.push(await measure());
    return taken;
}

/** Seconds over all samples: `verify` (one process), `signatures` (its floor), `score` (a process each), `process` (its floor). */
export async function measureTool(bontot, work, count) {
    const folder = path.join(work, "samples");
    fs.rmSync(folder, { recursive: true, force: true });
    await run(bontot, ["sample", "--pack", PACK, "--count", String(count), "--seed", "1", "--out", folder], { limit: LIMIT });
    const names = fs.readdirSync(folder).filter((name) => name.startsWith("bontot_"));
    const files = names.sort().map((name) => path.join(folder, name));
    if (files.length !== count) throw new Error(`${files.length} samples of ${count} in ${folder}`);
    const loop = (program, args) => clock("sh", ["-c", `for file; do "$0" ${args} || exit; done`, program, ...files], LIMIT);
    return {
        verify: await repeated(3, () => clock(bontot, ["verify", "--json", ...files], LIMIT)),
        signatures: await repeated(3, async () => checkSignatures(files)),
        score: await repeated(3, () => loop(bontot, `score "$file" --pack ${PACK}`)),
        process: await repeated(3, () => loop("/bin/true", '"$file"')),
    };
}
