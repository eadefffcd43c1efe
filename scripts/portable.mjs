// The page in one file: node scripts/portable.mjs [FOLDER]
//
// FOLDER/bon-tot.html (default dist/) is the page built into FOLDER, with style, script, worker and the program,
// rebuilt in one chunk, inside: it opens by a double click, even from a USB stick, and makes no requests. Its
// policy lists its contents by digest and allows nothing else. The wasm is compressed (DEFLATE, RFC 1951),
// with a decoder for older browsers.

import fs from "node:fs";
import path from "node:path";
import { deflateRawSync } from "node:zlib";

import { LIMIT, onePage, replaceOnce } from "./page.mjs";
import { PROGRAM, ROOT, TARGET, bindgen, bundleScript, run, shrink } from "./tools.mjs";

const NAME = "bon-tot.html";
const INFLATE = `import { inflateSync } from "fflate";
    const unpack = (text) => inflateSync(Uint8Array.from(atob(text), (char) => char.charCodeAt(0)));`;

const pack = (file) => deflateRawSync(fs.readFileSync(file), { level: 9 }).toString("base64");

/** The program in one chunk: its wasm, and the script that takes it and the worker from the document. */
function program() {
    const folder = path.join(TARGET, "portable");
    const flags = ["--locked", "--offline", "--quiet", "--profile", "wasm", "--target", "wasm32-unknown-unknown"];
    run("cargo", "build", ...flags, "--no-default-features", "--features", "app", "--bin", "app");
    bindgen(PROGRAM, folder);
    const wasm = path.join(folder, "app_bg.wasm");
    shrink(wasm);
    const start = `${INFLATE}
        import init from ${JSON.stringify(path.join(folder, "app.js"))};
        const text = (id) => document.getElementById(id).textContent;
        const worker = new Blob([text("worker")], { type: "text/javascript" });
        document.querySelector("meta[name=worker]").content = URL.createObjectURL(worker);
        init({ module_or_path: unpack(text("wasm")) });`;
    return { wasm: pack(wasm), script: bundleScript(start, ROOT, "esm") };
}

/** The script of the worker, with its wasm in it. */
function workerOf(folder, name) {
    const wasm = name.replace(/\.js$/, "_bg.wasm");
    const unpacked = bundleScript(`${INFLATE} self.program = () => unpack("${pack(path.join(folder, wasm))}");`, ROOT);
    return unpacked + replaceOnce(fs.readFileSync(path.join(folder, name), "utf8"), `"./${wasm}"`, "self.program()", name);
}

try {
    const folder = process.argv[2] ?? "dist";
    const only = (pattern) => {
        const found = fs.readdirSync(folder).filter((name) => pattern.test(name));
        if (found.length !== 1) throw new Error(`${folder} has ${found.length} files like ${pattern}; run make dist`);
        return found[0];
    };
    const read = (name) => fs.readFileSync(path.join(folder, name), "utf8").trim();
    const style = [/^style-\w+\.css$/, /^rest-\w+\.css$/].map((name) => read(only(name))).join("\n");
    const icon = read("icon.svg");
    const worker = workerOf(folder, only(/^worker-\w+\.js$/));
    const html = onePage(read("index.html"), { style, icon, worker, ...program() });
    fs.writeFileSync(path.join(folder, NAME), html);
    console.log(`${path.join(folder, NAME)}: ${Buffer.byteLength(html)} bytes of ${LIMIT} allowed`);
} catch (error) {
    console.error(`portable: ${error.message}`);
    process.exitCode = 1;
}
