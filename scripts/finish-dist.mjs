// Finishes a page that trunk has just built: shrinks the wasm and fills the Content-Security-Policy.
//
// trunk runs it as its post_build hook on the staging folder, so that a failure leaves dist/ untouched.
// By hand: node scripts/finish-dist.mjs FOLDER

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const PLACEHOLDER = "__SCRIPT_HASHES__";

// What rustc's own wasm32 target uses, and no more: every one of these is in Chrome 96, Firefox 79 and Safari 15.
const WASM_FEATURES = [
    "bulk-memory",
    "multivalue",
    "mutable-globals",
    "nontrapping-float-to-int",
    "reference-types",
    "sign-ext",
];
const WASM_OPT_RUNS = [
    // wasm-opt believes what a module says of itself; without that section the next run refuses any other feature
    ["--strip-target-features"],
    ["-Oz", "--strip-debug", "--strip-producers", "--mvp-features", ...WASM_FEATURES.map((feature) => `--enable-${feature}`)],
];

/** The inline scripts of a page, and where the first script of any kind stands (-1: nowhere). */
function scriptsOf(html) {
    const inline = [];
    let first = -1;
    const opening = /<!--|<script(?=[\s/>])/gi;
    for (let found; (found = opening.exec(html)); ) {
        if (found[0] === "<!--") {
            const end = html.indexOf("-->", found.index + 4);
            if (end < 0) break;
            opening.lastIndex = end + 3;
            continue;
        }
        if (first < 0) first = found.index;
        const tag = /^<script((?:"[^"]*"|'[^']*'|[^>"'])*)>/i.exec(html.slice(found.index));
        if (!tag) throw new Error("index.html: a <script> tag does not end");
        const start = found.index + tag[0].length;
        const end = html.slice(start).search(/<\/script[\s/>]/i);
        if (end < 0) throw new Error("index.html: a <script> is not closed");
        if (!/(?:^|\s)src(?:\s*=|\s|$)/i.test(tag[1].replace(/=\s*(?:"[^"]*"|'[^']*')/g, "= "))) {
            // the browser hashes what it parsed: line ends are always LF there
            inline.push(html.slice(start, start + end).replace(/\r\n?/g, "\n"));
        }
        opening.lastIndex = start + end;
    }
    return { inline, first };
}

/** The page with the hash of every inline script in its policy. */
function fillPolicy(html) {
    const places = html.split(PLACEHOLDER).length - 1;
    if (places !== 1) {
        throw new Error(`index.html: ${PLACEHOLDER} must stand once, in the Content-Security-Policy; it stands ${places} times`);
    }
    const policy = /<meta\s[^>]*http-equiv\s*=\s*["']?Content-Security-Policy[^>]*>/i.exec(html);
    if (!policy?.[0].includes(PLACEHOLDER)) {
        throw new Error(`index.html: ${PLACEHOLDER} is not in a <meta http-equiv="Content-Security-Policy">`);
    }
    const { inline, first } = scriptsOf(html);
    if (inline.length === 0) {
        throw new Error("index.html: no inline script; the one that starts the wasm is missing");
    }
    if (first < policy.index) {
        throw new Error("index.html: a script stands before the Content-Security-Policy and would escape it");
    }
    const hashes = inline.map((text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`);
    return html.replace(PLACEHOLDER, () => [...new Set(hashes)].join(" "));
}

/** Shrinks a wasm file in place; `cache` keeps results by the digest of what went in. Returns the cache entry's path. */
function shrink(file, cache) {
    const tool = path.join(ROOT, "node_modules/binaryen");
    if (!fs.existsSync(tool)) throw new Error("wasm-opt is missing: run scripts/setup.sh npm");
    const { version } = JSON.parse(fs.readFileSync(path.join(tool, "package.json"), "utf8"));
    const before = fs.readFileSync(file);
    const key = createHash("sha256").update(JSON.stringify([version, WASM_OPT_RUNS])).update(before).digest("hex");
    const entry = path.join(cache, `${key}.wasm`);
    if (!fs.existsSync(entry)) {
        const partial = `${entry}.partial`;
        fs.copyFileSync(file, partial);
        for (const args of WASM_OPT_RUNS) {
            execFileSync(process.execPath, [path.join(tool, "bin/wasm-opt"), ...args, partial, "-o", partial], {
                stdio: ["ignore", "inherit", "inherit"],
            });
        }
        if (!WebAssembly.validate(fs.readFileSync(partial))) throw new Error(`${file}: wasm-opt wrote an invalid module`);
        fs.renameSync(partial, entry);
    }
    fs.copyFileSync(entry, file);
    return { entry, name: path.basename(file), before: before.length, after: fs.statSync(file).size };
}

function finish(folder) {
    const page = path.join(folder, "index.html");
    const html = fs.readFileSync(page, "utf8");
    if (/\sintegrity\s*=/i.test(html)) {
        throw new Error("index.html: an integrity attribute would not match the shrunk wasm; keep no_sri = true in Trunk.toml");
    }

    if (process.env.TRUNK_PROFILE !== "debug") {
        const cache = path.resolve(ROOT, process.env.CARGO_TARGET_DIR ?? "target", "wasm-opt");
        fs.mkdirSync(cache, { recursive: true });
        const modules = fs
            .readdirSync(folder, { recursive: true })
            .filter((name) => name.endsWith(".wasm"))
            .map((name) => shrink(path.join(folder, name), cache));
        if (modules.length === 0) throw new Error(`${folder}: no wasm file`);
        const used = new Set(modules.map((module) => path.basename(module.entry)));
        for (const old of fs.readdirSync(cache)) if (!used.has(old)) fs.rmSync(path.join(cache, old));
        for (const { name, before, after } of modules) console.log(`${name}: ${before} -> ${after} bytes`);
    }

    fs.writeFileSync(page, fillPolicy(html));
}

try {
    const folder = process.argv[2] ?? process.env.TRUNK_STAGING_DIR;
    if (!folder) throw new Error("which folder? node scripts/finish-dist.mjs FOLDER");
    finish(folder);
} catch (error) {
    console.error(`finish-dist: ${error.message}`);
    process.exitCode = 1;
}
