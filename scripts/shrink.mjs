// Shrinks the page's wasm with binaryen's wasm-opt, and cuts it in two (scripts/split.mjs).

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

import { split } from "./split.mjs";
import { emptyFunctions, forgetPlaces, forgetTexts, mapExports } from "./wasm.mjs";

/** The module of the page's worker (src/bin/worker.rs), which is shrunk and not cut: it is loaded when it is needed. */
export const WORKER = "worker_bg.wasm";
const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const MAKERS = ["package-lock.json", "scripts/shrink.mjs", "scripts/split.mjs", "scripts/texts.mjs", "scripts/wasm.mjs"];

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
// Before the cut, functions stay what their names say: none is folded into its caller. -Os takes more bytes than -Oz
// and fewer after brotli.
const APART = ["-Os", "-ocimfs", "0", "-aimfs", "0", "-g", "--mvp-features", ...FEATURES];
const SHRINK = ["-Os", "--converge", "--strip-debug", "--strip-producers", "--mvp-features", ...FEATURES];
// Streams of the browser, which come with leptos; the page uses none. Their exports go, and what a table of functions
// would still keep of them becomes a trap. So does what only words a panic for programmers (`Debug`, which the page shows
// nobody, and a text cut inside a character): it brings the tables of Unicode along. A panic stops the page as before.
const UNUSED_EXPORT = /intounderlying(bytesource|sink|source)_/;
const UNUSED = /wasm_streams|core\[[0-9a-f]+\]::str::slice_error_fail| as core\[[0-9a-f]+\]::fmt::Debug>::fmt/;

// The paths under which other people's sources stood on the machine that built the page.
const CRATES = path.join(process.env.CARGO_HOME ?? path.join(os.homedir(), ".cargo"), "registry", "src");
const FOREIGN = new RegExp(`(?:${CRATES.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}|/rustc/[0-9a-f]{40})/[\\w.+/-]+?\\.rs`, "g");

// What dependencies say to programmers: the errors of operating systems, which the page does not meet, a wrong build of a
// library, why a key is none (src/seal says that in its own words). Each whole and long enough to be nothing else: what
// stands beside it in memory differs from build to build.
const UNSAID = [
    "connection refused",
    "network unreachable",
    "connection aborted",
    "address not available",
    "entity already exists",
    "operation would block",
    "directory not empty",
    "read-only filesystem or storage medium",
    "filesystem loop or indirection limit (e.g. symlink loop)",
    "stale network file handle",
    "invalid input parameter",
    "seek on unseekable file",
    "executable file busy",
    "cross-device link or rename",
    "argument list too long",
    "operation interrupted",
    "unexpected end of file",
    "uncategorized error",
    "Cannot decompress Edwards point",
    "Cannot use scalar with high-bit set",
    "Verification equation was not satisfied",
    "Mismatched Keypair detected",
    "Value is None because the `ssr` feature is active. When `ssr` is enabled, tachys skips creating client-side values (event handlers, directives, properties) to avoid cross-thread panics on multithreaded servers. If you are building a client-side (CSR or hydrate) target, this means the `ssr` feature is being activated unintentionally via Cargo feature unification; another dependency in your workspace is enabling it. Run `cargo tree -e features -i tachys` to identify the source.",
];

/** Runs npm's wasm-opt; returns what it prints. */
function wasmOpt(args, from, to = "/dev/null") {
    const tool = path.join(ROOT, "node_modules/binaryen/bin/wasm-opt");
    return execFileSync(process.execPath, [tool, ...args, from, "-o", to], {
        stdio: ["ignore", "pipe", "inherit"],
        encoding: "utf8",
        maxBuffer: 1 << 28,
    });
}

/** Takes out of a module what nobody calls or reads. */
function trim(whole) {
    const module = forgetTexts(forgetPlaces(fs.readFileSync(whole), FOREIGN), UNSAID);
    const used = mapExports(module, (found) => (UNUSED_EXPORT.test(found.name) ? null : found));
    fs.writeFileSync(whole, emptyFunctions(used, (name) => UNUSED.test(name)));
}

/** Cuts the page's module `whole` in two. */
function cut(whole, first, second) {
    trim(whole);
    wasmOpt(APART, whole, whole);
    split(whole, first, second, FEATURES, wasmOpt([...FEATURES, "--print-call-graph"], whole));
}

/**
 * Shrinks a wasm file in place; of the page's own module it cuts off what loads later, beside it; its worker stays whole. `cache` keeps both by
 * the digest of what went in and of the scripts that do it. Returns the cached files and the sizes.
 */
export function shrink(file, cache) {
    if (!fs.existsSync(path.join(ROOT, "node_modules/binaryen"))) throw new Error("wasm-opt is missing: run scripts/setup.sh npm");
    const before = fs.readFileSync(file);
    const digest = createHash("sha256").update(before);
    for (const part of MAKERS) digest.update(fs.readFileSync(path.join(ROOT, part)));
    const entry = path.join(cache, digest.digest("hex"));
    const isWorker = path.basename(file) === WORKER;
    const isPage = file.endsWith("_bg.wasm") && !isWorker;
    const parts = isPage ? [`${entry}.wasm`, `${entry}.rest.wasm`] : [`${entry}.wasm`];
    if (!parts.every((part) => fs.existsSync(part))) {
        const whole = `${entry}.whole.partial`;
        const partial = parts.map((part) => `${part}.partial`);
        wasmOpt(FORGET_FEATURES, file, whole);
        if (isPage) cut(whole, ...partial);
        else fs.copyFileSync(whole, partial[0]);
        if (isWorker) trim(partial[0]);
        for (const [place, part] of partial.entries()) {
            wasmOpt(SHRINK, part, part);
            if (!WebAssembly.validate(fs.readFileSync(part))) throw new Error(`${file}: the build wrote an invalid module`);
            fs.renameSync(part, parts[place]);
        }
        fs.rmSync(whole);
    }
    const rest = isPage ? file.replace(/_bg\.wasm$/, "_rest.wasm") : null;
    fs.copyFileSync(parts[0], file);
    if (rest) fs.copyFileSync(parts[1], rest);
    const sizes = parts.map((part) => fs.statSync(part).size);
    return { used: parts, name: path.basename(file), rest, before: before.length, sizes };
}
