// Finishes a page that trunk has just built: shrinks the wasm and fills the Content-Security-Policy.
//
// trunk runs it as its post_build hook on the staging folder, so that a failure leaves dist/ untouched.
// By hand: node scripts/finish-dist.mjs FOLDER

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

import { split } from "./split.mjs";

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
const FEATURES = WASM_FEATURES.map((feature) => `--enable-${feature}`);
// wasm-opt believes what a module says of itself; without that section the next run refuses any other feature
const FORGET_FEATURES = ["-g", "--strip-target-features"];
const SHRINK = ["-Oz", "-g", "--mvp-features", ...FEATURES];
const FORGET_NAMES = ["-Oz", "--strip-debug", "--strip-producers", "--mvp-features", ...FEATURES];

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

/** Runs npm's wasm-opt. */
function wasmOpt(args, from, to) {
    const tool = path.join(ROOT, "node_modules/binaryen/bin/wasm-opt");
    execFileSync(process.execPath, [tool, ...args, from, "-o", to], { stdio: ["ignore", "inherit", "inherit"] });
}

/**
 * Shrinks a wasm file in place; of the page's own module it splits off what loads later, beside it. `cache` keeps both by the digest of
 * what went in and of the scripts that do it. Returns the cached files and the sizes.
 */
function shrink(file, cache) {
    if (!fs.existsSync(path.join(ROOT, "node_modules/binaryen"))) throw new Error("wasm-opt is missing: run scripts/setup.sh npm");
    const before = fs.readFileSync(file);
    const digest = createHash("sha256").update(before);
    for (const part of ["package-lock.json", "scripts/finish-dist.mjs", "scripts/split.mjs"]) digest.update(fs.readFileSync(path.join(ROOT, part)));
    const entry = path.join(cache, digest.digest("hex"));
    const isPage = file.endsWith("_bg.wasm");
    const parts = isPage ? [`${entry}.rest.wasm`, `${entry}.wasm`] : [`${entry}.wasm`];
    if (!parts.every((part) => fs.existsSync(part))) {
        const [whole, ...partial] = [`${entry}.whole.partial`, ...parts.map((part) => `${part}.partial`)];
        wasmOpt(FORGET_FEATURES, file, whole);
        wasmOpt(SHRINK, whole, whole);
        if (isPage) split(whole, partial[1], partial[0], FEATURES);
        else fs.copyFileSync(whole, partial[0]);
        for (const [place, part] of partial.entries()) {
            wasmOpt(FORGET_NAMES, part, part);
            if (!WebAssembly.validate(fs.readFileSync(part))) throw new Error(`${file}: the build wrote an invalid module`);
            fs.renameSync(part, parts[place]);
        }
        fs.rmSync(whole);
    }
    const rest = isPage ? file.replace(/_bg\.wasm$/, "_rest.wasm") : null;
    fs.copyFileSync(parts.at(-1), file);
    if (rest) fs.copyFileSync(parts[0], rest);
    const sizes = parts.map((part) => fs.statSync(part).size).reverse();
    return { used: parts, name: path.basename(file), rest, before: before.length, sizes };
}

/**
 * A file's name with a digest of what it holds now. trunk put a digest into the name before the split, so two splits of
 * one build bear the same names; a cache must never join parts of both.
 */
function dated(file) {
    const digest = createHash("sha256").update(fs.readFileSync(file)).digest("hex").slice(0, 16);
    return `${path.basename(file)}?${digest}`;
}

/** Teaches wasm-bindgen's script where the rest of the program is, and what calls into it do until it has come. */
function joinRest(folder, rest) {
    const name = path.basename(rest).replace(/_rest\.wasm$/, ".js");
    const script = path.join(folder, name);
    const [imports, init] = ["const imports = __wbg_get_imports();", "return __wbg_finalize_init(instance, module);"];
    const [head, tail, more] = fs.readFileSync(script, "utf8").split("async function __wbg_init_once");
    if (!tail?.includes(imports) || !tail.includes(init) || more !== undefined) {
        throw new Error(`${name}: wasm-bindgen writes another script than this one knows; see scripts/finish-dist.mjs`);
    }
    const joined = tail
        .replace(
            imports,
            `${imports}
    imports.placeholder = new Proxy({}, { get: (_, name) => () => { throw new Error("part not loaded yet: " + name); } });`,
        )
        .replace(
            init,
            `const loadRest = async () => {
        const response = await fetch(new URL("${dated(rest)}", import.meta.url));
        if (!response.ok) throw new Error(response.status);
        await WebAssembly.instantiate(await response.arrayBuffer(), { primary: instance.exports });
    };
    let rest;
    globalThis.bonTotRest = () => (rest ??= loadRest().catch((error) => {
        rest = undefined;
        throw error;
    }));
    ${init}`,
        );
    fs.writeFileSync(script, `${head}async function __wbg_init_once${joined}`);
    return script;
}

function finish(folder) {
    const page = path.join(folder, "index.html");
    let html = fs.readFileSync(page, "utf8");
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
        for (const { rest } of modules.filter((module) => module.rest)) {
            const parts = [joinRest(folder, rest), rest.replace(/_rest\.wasm$/, "_bg.wasm")];
            for (const part of parts) html = html.replaceAll(path.basename(part), dated(part));
        }
        const used = new Set(modules.flatMap((module) => module.used.map((file) => path.basename(file))));
        for (const old of fs.readdirSync(cache)) if (!used.has(old)) fs.rmSync(path.join(cache, old));
        for (const { name, before, sizes } of modules) console.log(`${name}: ${before} -> ${sizes.join(" + ")} bytes`);
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
