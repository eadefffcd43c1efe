// The tools that make the page from cargo's output, for trunk's hook and the single-file page.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { buildSync, transformSync } from "esbuild";

export const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
export const TARGET = path.resolve(ROOT, process.env.CARGO_TARGET_DIR ?? "target");
/** The program as built by cargo with the profile in Trunk.toml. */
export const PROGRAM = path.join(TARGET, "wasm32-unknown-unknown/wasm/app.wasm");

// Browsers that support the page's wasm; index.html has the same list.
const BROWSERS = ["chrome97", "edge97", "firefox102", "safari16"];
// Only the features of rustc's wasm32 target: all are in Chrome 96, Firefox 79 and Safari 15.
const FEATURES = ["bulk-memory", "multivalue", "mutable-globals", "nontrapping-float-to-int", "reference-types", "sign-ext"];

/** Runs a tool; if it fails, the error has its message. */
export const run = (tool, ...args) => void execFileSync(tool, args, { stdio: ["ignore", "ignore", "pipe"], cwd: ROOT });

/** Writes app.js and app_bg.wasm for a program into a folder. */
export function bindgen(program, folder, ...flags) {
    run("wasm-bindgen", "--target", "web", "--no-typescript", "--out-name", "app", "--out-dir", folder, ...flags, program);
}

const wasmOpt = (file, ...args) => run(process.execPath, path.join(ROOT, "node_modules/binaryen/bin/wasm-opt"), ...args, file, "-o", file);

/** What `make` makes of a wasm file, in place; of the same file it is what it was the last time, since it takes minutes. */
export function remembered(file, make) {
    const key = createHash("sha256").update(make.name);
    for (const read of [fileURLToPath(import.meta.url), path.join(ROOT, "package-lock.json"), file]) key.update(fs.readFileSync(read));
    const kept = path.join(TARGET, "shrunk", `${key.digest("hex")}.wasm`);
    if (!fs.existsSync(kept)) {
        make(file);
        fs.mkdirSync(path.dirname(kept), { recursive: true });
        // in one step, so that nothing that was cut short is ever taken
        fs.copyFileSync(file, `${kept}.${process.pid}`);
        fs.renameSync(`${kept}.${process.pid}`, kept);
    }
    fs.copyFileSync(kept, file);
}

/** Writes a wasm file anew, with nothing in it but what runs. */
export const pack = (file) => wasmOpt(file, "--strip-target-features", "--strip-debug", "--strip-producers");

/** Shrinks a wasm file in place; fails if it needs more than the oldest browser has. */
export function shrink(file) {
    wasmOpt(file, "--strip-target-features"); // or wasm-opt allows all features the file declares
    // twice over flat code, as binaryen advises where size is all: half a per cent less than -Os
    // nothing lies in the first KiB of memory: it is the end of the stack, which wasm-ld puts first
    // local-cse makes fewer bytes, but more of brotli's; the alignment that a load states is a hint, which costs bytes
    wasmOpt(file, "--low-memory-unused", "--flatten", "--rereloop", "-Oz", "-Oz", "--skip-pass=local-cse", "--dealign", "--strip-debug", "--strip-producers", "--mvp-features", ...FEATURES.map((feature) => `--enable-${feature}`));
    if (!WebAssembly.validate(fs.readFileSync(file))) throw new Error(`${path.basename(file)}: wasm-opt wrote an invalid module`);
}

const SMALL = { minify: true, charset: "utf8", target: BROWSERS, logLevel: "warning" };

/** Bundles a file and its imports into one module or style sheet. */
export const bundle = (file) => buildSync({ ...SMALL, entryPoints: [file], bundle: true, format: "esm", write: false }).outputFiles[0].text.trim();

/** Like the above, from a text into a classic script; imports are below `folder`, and `define` gives constants by name. */
export function bundleScript(contents, folder, format = "iife", define = {}) {
    return buildSync({ ...SMALL, stdin: { contents, resolveDir: folder }, bundle: true, format, define, write: false }).outputFiles[0].text.trim();
}

/** Shrinks a classic script; keeps global names. */
export const minify = (text) => transformSync(text, SMALL).code.trim();
