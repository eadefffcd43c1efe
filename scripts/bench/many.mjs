// The app with a pack of 300 items. Packs are compiled in, so this is a separate build in target/bench: the same
// sources and settings, except packs/nghe-an-2024.json. Rebuilt only when a source has changed.

import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

import { run } from "./process.mjs";

const PACK = "packs/nghe-an-2024.json";
// Not sources of the page.
const NOT_INPUTS = [".git", "dist", "docs", "node_modules", "scripts/bench", "scripts/bench.mjs", "scripts/test", "target", "tests"];
const BUILD_LIMIT = 1800; // seconds

/** The pack with its items repeated under new ids until each of its criteria has `each`, all of them for every unit. */
export function repeatItems(pack, each) {
    const items = pack.criteria.flatMap((criterion, place) => {
        const own = pack.items.filter((item) => item.criterion === criterion.id);
        return Array.from({ length: each }, (_, i) => ({
            ...own[i % own.length],
            id: `${place + 1}.${String(i + 1).padStart(2, "0")}`,
            applies: ["*:*"],
        }));
    });
    return { ...pack, items, gates: pack.gates.filter((gate) => !gate.items?.length) };
}

/** The files below a folder of the root, by their names from there, in order. */
function filesOf(root, folder = "") {
    const entries = fs.readdirSync(path.join(root, folder), { withFileTypes: true });
    return entries.flatMap((entry) => {
        const name = path.posix.join(folder, entry.name);
        if (NOT_INPUTS.includes(name) || name.endsWith(".md")) return [];
        return entry.isDirectory() ? filesOf(root, name) : [name];
    });
}

/** The folder of the built page; calls `say` before a build. */
export async function buildMany(root, work, each, say) {
    const copy = path.join(work, "many");
    const stamp = path.join(copy, "inputs.sha256");
    const pack = JSON.stringify(repeatItems(JSON.parse(fs.readFileSync(path.join(root, PACK), "utf8")), each));
    const hash = createHash("sha256").update(pack);
    const files = filesOf(root).sort();
    for (const file of files) hash.update(`\0${file}\0`).update(fs.readFileSync(path.join(root, file)));
    const digest = hash.digest("hex");
    const dist = path.join(copy, "dist");
    if (fs.existsSync(stamp) && fs.readFileSync(stamp, "utf8") === digest) return dist;

    const time = fs.existsSync(path.join(work, "cargo")) ? "about a minute" : "about 3 minutes the first time";
    say(`building the page with ${4 * each} items in ${path.relative(root, copy)}, ${time}`);
    fs.rmSync(copy, { recursive: true, force: true });
    // .cargo/ holds for the copy as it is, since the copy lies below it; a second one would double its flags
    for (const file of files.filter((file) => !file.startsWith(".cargo/"))) {
        fs.mkdirSync(path.dirname(path.join(copy, file)), { recursive: true });
        fs.copyFileSync(path.join(root, file), path.join(copy, file));
    }
    fs.writeFileSync(path.join(copy, PACK), pack);
    fs.symlinkSync(path.join(root, "node_modules"), path.join(copy, "node_modules"));
    // A separate target folder: to cargo this package is the same as the original, and dist/ would get its wasm.
    const env = { ...process.env, CARGO_TARGET_DIR: path.join(work, "cargo") };
    for (const name of ["CARGO_BUILD_BUILD_DIR", "NO_COLOR"]) delete env[name]; // trunk mistakes NO_COLOR=1
    await run("trunk", ["build", "--release", "--skip-version-check", "--quiet"], { cwd: copy, limit: BUILD_LIMIT, env });
    fs.writeFileSync(stamp, digest);
    return dist;
}
