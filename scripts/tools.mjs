// The tools that make the page of what cargo builds; the hook of trunk and the page in one file use the same.

import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { buildSync, transformSync } from "esbuild";

export const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
export const TARGET = path.resolve(ROOT, process.env.CARGO_TARGET_DIR ?? "target");
/** The page's program as cargo builds it with the profile that Trunk.toml names. */
export const PROGRAM = path.join(TARGET, "wasm32-unknown-unknown/wasm/app.wasm");

// Browsers that know all that the page's wasm uses; index.html names the same.
const BROWSERS = ["chrome97", "edge97", "firefox102", "safari16"];
// What rustc's own wasm32 target uses, and no more: every one of these is in Chrome 96, Firefox 79 and Safari 15.
const FEATURES = ["bulk-memory", "multivalue", "mutable-globals", "nontrapping-float-to-int", "reference-types", "sign-ext"];

/** Runs a tool to its end; where it fails, the error says what it complained of. */
export const run = (tool, ...args) => void execFileSync(tool, args, { stdio: ["ignore", "ignore", "pipe"], cwd: ROOT });

/** Writes app.js and app_bg.wasm for a program into a folder. */
export function bindgen(program, folder, ...flags) {
    run("wasm-bindgen", "--target", "web", "--no-typescript", "--out-name", "app", "--out-dir", folder, ...flags, program);
}

/** Shrinks a wasm file in place; an error where it needs more than the oldest browser has. */
export function shrink(file) {
    const wasmOpt = (...args) => run(process.execPath, path.join(ROOT, "node_modules/binaryen/bin/wasm-opt"), ...args, file, "-o", file);
    wasmOpt("--strip-target-features"); // or wasm-opt allows whatever the file says that it needs
    wasmOpt("--flatten", "--rereloop", "-Oz", "-Oz", "--strip-debug", "--strip-producers", "--mvp-features", ...FEATURES.map((feature) => `--enable-${feature}`));
    if (!WebAssembly.validate(fs.readFileSync(file))) throw new Error(`${path.basename(file)}: wasm-opt wrote an invalid module`);
}

const SMALL = { minify: true, charset: "utf8", target: BROWSERS, logLevel: "warning" };

/** One module, or one style sheet, of a file and all that it imports. */
export const bundle = (file) => buildSync({ ...SMALL, entryPoints: [file], bundle: true, format: "esm", write: false }).outputFiles[0].text.trim();

/** The same of a text, as a script that is no module; what it imports stands below `folder`. */
export function bundleScript(contents, folder, format = "iife") {
    return buildSync({ ...SMALL, stdin: { contents, resolveDir: folder }, bundle: true, format, write: false }).outputFiles[0].text.trim();
}

/** A classic script, shrunk; its global names stay. */
export const minify = (text) => transformSync(text, SMALL).code.trim();
