// Trunk's post_build hook (Trunk.toml). It splits the page's program at its one split point (src/app/actions/chunks.rs),
// shrinks every file, and writes what names files: their names, the Content-Security-Policy, the service worker's list.
// It works on trunk's staging folder, so that a failure leaves dist/ as it was.

import fs from "node:fs";
import path from "node:path";

import { fillPolicy, fillWorker, replaceOnce, sha256 } from "./page.mjs";
import { PROGRAM, ROOT, TARGET, bindgen, bundle, minify, run, shrink } from "./tools.mjs";

const stage = process.env.TRUNK_STAGING_DIR;
const at = (name) => path.join(stage, name);
const read = (...names) => fs.readFileSync(path.join(...names), "utf8");
/** The only file that trunk named so. */
const only = (pattern) => {
    const found = fs.readdirSync(stage).filter((name) => pattern.test(name));
    if (found.length !== 1) throw new Error(`trunk built ${found.length} files like ${pattern}`);
    return found[0];
};

// One digest in all names that change: of what trunk built, of the program and of the tools that make files of it, so that
// no cache joins files of two builds.
const [script, style] = [only(/^app-\w+\.js$/), only(/^page-\w+\.css$/)];
const made = fs.readdirSync(stage).sort().map((name) => fs.readFileSync(at(name)));
const tools = ["wasm-split-cli", "wasm-bindgen"].map((tool) => run(tool, "--version"));
const sources = ["package-lock.json", "scripts/page.mjs", "scripts/post-build.mjs", "scripts/tools.mjs"].map((name) => read(ROOT, name));
const digests = [...made, fs.readFileSync(PROGRAM), ...fs.readdirSync(path.join(ROOT, "style")).map((name) => read(ROOT, "style", name)), ...tools, ...sources];
const build = sha256(digests.map((content) => sha256(content)).join()).slice(0, 16);

// Trunk ran wasm-bindgen on the whole program; here it runs on the first chunk.
const chunks = path.join(TARGET, "chunks");
fs.rmSync(chunks, { recursive: true, force: true });
run("wasm-split-cli", PROGRAM, chunks, "--target", "web", "--out-name", "app");
bindgen(path.join(chunks, "app.wasm"), chunks, "--keep-lld-exports");
let app = bundle(path.join(chunks, "app.js"));
const wasm = fs.readdirSync(chunks).filter((name) => name.endsWith(".wasm") && name !== "app.wasm");
if (!wasm.some((name) => name.startsWith("split_"))) throw new Error("the program has no split point: it was not built with the feature split");
for (const name of wasm) {
    const named = `app-${build}_${name.replace(/^(app|split)_/, "")}`;
    app = replaceOnce(app, name, named, "app.js");
    fs.copyFileSync(path.join(chunks, name), at(named));
}
const old = script.replace(/\.js$/, "");
for (const name of [script, `${old}_bg.wasm`, style]) fs.rmSync(at(name));
fs.writeFileSync(at(`app-${build}.js`), app);
fs.writeFileSync(at(`style-${build}.css`), bundle(path.join(ROOT, "style/page.css")));

// The worker is a classic script, which runs everywhere, and starts itself.
fs.renameSync(at("worker_bg.wasm"), at(`worker-${build}_bg.wasm`));
fs.writeFileSync(at(`worker-${build}.js`), minify(`${read(at("worker.js"))}\nwasm_bindgen({ module_or_path: "./worker-${build}_bg.wasm" });`));
fs.rmSync(at("worker.js"));

if (process.env.TRUNK_PROFILE !== "debug") {
    for (const name of fs.readdirSync(stage).filter((name) => name.endsWith(".wasm"))) shrink(at(name));
}

const named = replaceOnce(read(at("index.html")), "worker.js", `worker-${build}.js`, "index.html");
const html = named.replaceAll(old, `app-${build}`).replaceAll(style, `style-${build}.css`);
fs.writeFileSync(at("index.html"), fillPolicy(html));
const files = Object.fromEntries(fs.readdirSync(stage).map((name) => [name, fs.readFileSync(at(name))]));
fs.writeFileSync(at("sw.js"), minify(fillWorker(read(ROOT, "public/sw.js"), files)));
