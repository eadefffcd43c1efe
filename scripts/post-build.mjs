// Trunk's post_build hook (Trunk.toml). It splits the page's program at its split points (src/app/mod.rs),
// shrinks every file, and writes file names, the Content-Security-Policy and the service worker's list.
// It works on trunk's staging folder, so that a failure leaves dist/ as it was.

import fs from "node:fs";
import path from "node:path";

import { fillPolicy, fillWorker, replaceOnce, sha256 } from "./page.mjs";
import { PROGRAM, ROOT, TARGET, bindgen, bundle, bundleScript, minify, pack, remembered, run, shrink } from "./tools.mjs";

const BUILD = "__BUILD__"; // in names and texts: placeholder of the page's digest

const stage = process.env.TRUNK_STAGING_DIR;
const at = (name) => path.join(stage, name);
const text = (file) => fs.readFileSync(file, "utf8");
const only = (pattern) => {
    const found = fs.readdirSync(stage).filter((name) => pattern.test(name));
    if (found.length !== 1) throw new Error(`trunk built ${found.length} files like ${pattern}`);
    return found[0];
};
const wasm = (file, make = shrink) => {
    if (process.env.TRUNK_PROFILE !== "debug") remembered(file, make);
    return fs.readFileSync(file);
};

// The program: trunk ran wasm-bindgen on all of it; here it runs on the first chunk.
const chunks = path.join(TARGET, "chunks");
fs.rmSync(chunks, { recursive: true, force: true });
run("wasm-split-cli", PROGRAM, chunks, "--target", "web", "--out-name", "app");
bindgen(path.join(chunks, "app.wasm"), chunks, "--keep-lld-exports");
const files = {};
// Each split point names the same module as one of its imports.
const IMPORT = /^\s*"\.\/__wasm_split\.js": import\d+,$/gm;
const glue = path.join(chunks, "app.js");
let imports = 0;
// Only what starts the page is taken from it; classes that nobody asks for go if what they make at once is called pure.
const REGISTRY = /: (new FinalizationRegistry\()/g;
fs.writeFileSync(glue, text(glue).replace(IMPORT, (line) => (imports++ === 0 ? line : "")).replace(REGISTRY, ": /* @__PURE__ */ $1"));
let script = bundleScript('export { default } from "./app.js";', chunks, "esm", { "Symbol.dispose": "undefined" });
const modules = fs.readdirSync(chunks).filter((name) => name.endsWith(".wasm") && name !== "app.wasm");
if (!modules.some((name) => name.startsWith("split_"))) throw new Error("app.wasm has no split point: it was built without the feature split");
// What several parts share is named after them, as wasm-split-cli notes above each.
const SHARED = /\/\* ([\w, ]+) \*\/\s*const __chunk_\d+ = [^]*?"\.\/(chunk_\d+\.wasm)"/g;
const notes = text(path.join(chunks, "__wasm_split.js")).matchAll(SHARED);
const shared = new Map([...notes].map(([, parts, name]) => [name, `${parts.split(", ").sort().join("_")}.wasm`]));
for (const name of modules) {
    const named = `app-${BUILD}_${shared.get(name) ?? name.replace(/^(app|split)_/, "")}`;
    script = replaceOnce(script, name, named, "app.js");
    files[named] = wasm(path.join(chunks, name));
}
files[`app-${BUILD}.js`] = script;
const STYLES = ["rest", "desk", "kit"];
files[`style-${BUILD}.css`] = bundle(path.join(ROOT, "style/page.css"));
for (const name of STYLES) files[`${name}-${BUILD}.css`] = bundle(path.join(ROOT, `style/${name}.css`));

// The workers: classic scripts, which run everywhere, and start themselves.
const WORKERS = { worker: "worker", "desk-worker": "desk_worker", "pdf-worker": "pdf_worker", "sheet-worker": "sheet_worker" };
// The passes of wasm-opt take seven minutes for what reads PDF, and its brotli is not smaller afterwards.
const PACKED = ["pdf-worker"];
for (const [name, built] of Object.entries(WORKERS)) {
    files[`${name}-${BUILD}_bg.wasm`] = wasm(at(`${built}_bg.wasm`), PACKED.includes(name) ? pack : shrink);
    files[`${name}-${BUILD}.js`] = minify(`${text(at(`${built}.js`))}\nwasm_bindgen({ module_or_path: "./${name}-${BUILD}_bg.wasm" });`);
}

// These replace trunk's output.
const [app, style] = [only(/^app-\w+\.js$/).replace(".js", ""), only(/^page-\w+\.css$/)];
const builtWorkers = Object.values(WORKERS).flatMap((built) => [`${built}.js`, `${built}_bg.wasm`]);
for (const name of [`${app}.js`, `${app}_bg.wasm`, style, ...builtWorkers]) fs.rmSync(at(name));
let page = text(at("index.html"));
for (const name of STYLES) page = replaceOnce(page, `"${name}.css"`, `"${name}-${BUILD}.css"`, "index.html");
for (const name of Object.keys(WORKERS)) page = replaceOnce(page, `"${name}.js"`, `"${name}-${BUILD}.js"`, "index.html");
files["index.html"] = page.replaceAll(app, `app-${BUILD}`).replaceAll(style, `style-${BUILD}.css`);

// One digest in all names, so that no cache mixes two builds.
const build = sha256(Object.entries(files).map(([name, content]) => name + sha256(content)).join()).slice(0, 16);
for (const [name, content] of Object.entries(files)) {
    const named = typeof content === "string" ? content.replaceAll(BUILD, build) : content;
    fs.writeFileSync(at(name.replace(BUILD, build)), name === "index.html" ? fillPolicy(named) : named);
}
const every = Object.fromEntries(fs.readdirSync(stage).map((name) => [name, fs.readFileSync(at(name))]));
fs.writeFileSync(at("sw.js"), minify(fillWorker(text(path.join(ROOT, "public/sw.js")), every)));
