// Puts the built page into one file: node scripts/portable.mjs [FOLDER]
//
// FOLDER/bon-tot.html (default dist/) is the whole of the page in FOLDER: style, script and both parts of the wasm stand in
// it, so that it opens by a double click, from a USB stick too, and asks nobody for anything. Its policy names what stands
// in it by digest and allows nothing else; the worker, a script that stands in it as text, is started from memory. The wasm stands in it compressed (DEFLATE, RFC 1951), with what unpacks it, since
// older browsers cannot.

import { buildSync } from "esbuild";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { deflateRawSync } from "node:zlib";

const INFLATE = path.join(path.dirname(path.dirname(fileURLToPath(import.meta.url))), "node_modules/fflate/esm/browser.js");
const WORKER = "worker_bg.wasm"; // has its script beside it, worker.js
const NAME = "bon-tot.html";
const LIMIT = 1_000_000; // bytes

const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** The only file of the folder whose name ends so. */
function only(folder, end) {
    const found = fs.readdirSync(folder).filter((name) => name.endsWith(end) && name !== WORKER);
    if (found.length !== 1) throw new Error(`${folder} has ${found.length} files named *${end}; run make dist`);
    return path.join(folder, found[0]);
}

/** The script of the page with its start: it takes the wasm from the document. */
function scriptOf(folder) {
    const contents = `
        import init from "./${path.basename(only(folder, "_bg.wasm")).replace("_bg.wasm", ".js")}";
        import { inflateSync } from ${JSON.stringify(INFLATE)};
        const bytes = (id) => inflateSync(Uint8Array.from(atob(document.getElementById(id).textContent), (char) => char.charCodeAt(0)));
        globalThis.bonTotPart = () => bytes("wasm-rest");
        const worker = () => URL.createObjectURL(new Blob([document.getElementById("worker").textContent], { type: "text/javascript" }));
        globalThis.bonTotWorker = () => new Worker(worker());
        init({ module_or_path: bytes("wasm") });`;
    const stdin = { contents, resolveDir: path.resolve(folder) };
    const { outputFiles } = buildSync({ stdin, bundle: true, minify: true, format: "esm", charset: "utf8", write: false, logLevel: "warning" });
    return outputFiles[0].text.trim();
}

/** The script of the worker with its wasm in it. */
function workerOf(folder) {
    const wasm = deflateRawSync(fs.readFileSync(path.join(folder, WORKER)), { level: 9 }).toString("base64");
    const contents = `
        import { inflateSync } from ${JSON.stringify(INFLATE)};
        self.bonTotPart = () => inflateSync(Uint8Array.from(atob("${wasm}"), (char) => char.charCodeAt(0)));`;
    const stdin = { contents, resolveDir: path.resolve(folder) };
    const { outputFiles } = buildSync({ stdin, bundle: true, minify: true, format: "iife", charset: "utf8", write: false, logLevel: "warning" });
    return outputFiles[0].text.trim() + fs.readFileSync(path.join(folder, WORKER.replace("_bg.wasm", ".js")), "utf8").trim();
}

/** A piece of text that is to be taken out of another, or an error. */
function without(html, what, pattern, instead = "") {
    if (!pattern.test(html)) throw new Error(`index.html: ${what} is not where scripts/portable.mjs looks for it`);
    return html.replace(pattern, () => instead);
}

export function portable(folder) {
    const read = (end) => fs.readFileSync(only(folder, end));
    const styles = fs.readdirSync(folder).filter((name) => /^(style|later)-\w+\.css$/.test(name));
    if (!styles.some((name) => name.startsWith("style"))) throw new Error(`${folder} has no style sheet; run make dist`);
    // what a first visit has comes first
    const style = styles.sort().reverse().map((name) => fs.readFileSync(path.join(folder, name), "utf8")).join("").replace(/\n/g, "");
    const script = scriptOf(folder);
    const worker = workerOf(folder);
    if (/<\/(script|style)/i.test(script + style + worker)) throw new Error("script or style would end its own element");
    const icon = `data:image/svg+xml,${encodeURIComponent(read(".svg").toString())}`;
    const data = (id, end) => `<script type="application/octet-stream" id="${id}">${deflateRawSync(read(end), { level: 9 }).toString("base64")}</script>`;

    let html = fs.readFileSync(path.join(folder, "index.html"), "utf8");
    html = without(html, "the style sheet", /<link rel="stylesheet"[^>]*>/, `<style>${style}</style>`);
    html = without(html, "the script", /<script type="module">[\s\S]*?<\/script>/, "");
    html = without(html, "the icon", /(?<=<link rel="icon" href=")[^"]*/, icon);
    html = without(html, "the manifest", /<link rel="manifest"[^>]*>\n?/);
    html = html.replace(/<link rel="(module)?preload"[^>]*>\n?/g, "");
    const start = `${data("wasm", "_bg.wasm")}\n${data("wasm-rest", "_rest.wasm")}\n<script type="text/plain" id="worker">${worker}</script>\n<script type="module">${script}</script>\n</body>`;
    html = without(html, "the end of the body", /<\/body>/, start);

    const inline = [...html.matchAll(/<script(?: type="module")?>([\s\S]*?)<\/script>/g)].map(([, text]) => hash(text));
    const policy = `default-src 'none'; script-src ${inline.join(" ")} 'wasm-unsafe-eval'; style-src ${hash(style)}; img-src data:; worker-src blob:; base-uri 'none'; form-action 'none'`;
    return without(html, "the policy", /(?<=http-equiv="Content-Security-Policy" content=")[^"]*/, policy);
}

try {
    const folder = process.argv[2] ?? "dist";
    const html = portable(folder);
    const size = Buffer.byteLength(html);
    if (size > LIMIT) throw new Error(`${NAME} would be ${size} bytes, ${size - LIMIT} over its ${LIMIT}`);
    fs.writeFileSync(path.join(folder, NAME), html);
    console.log(`${path.join(folder, NAME)}: ${size} bytes of ${LIMIT} allowed`);
} catch (error) {
    console.error(`portable: ${error.message}`);
    process.exitCode = 1;
}
