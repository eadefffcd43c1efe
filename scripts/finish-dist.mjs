// Finishes a page that trunk has just built: shrinks wasm, script and style sheets, and fills the Content-Security-Policy.
//
// trunk runs it as its post_build hook on the staging folder, so that a failure leaves dist/ untouched.
// By hand: node scripts/finish-dist.mjs FOLDER

import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

import { buildSync, transformSync } from "esbuild";

import { WORKER, shrink } from "./shrink.mjs";
import { mapExports, renameImports } from "./wasm.mjs";

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const PLACEHOLDER = "__SCRIPT_HASHES__";

// Browsers that know everything that the page's wasm uses; index.html names the same.
const BROWSERS = ["chrome97", "edge97", "firefox102", "safari16"];

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

/**
 * A file's name with a digest of what it holds now. trunk put a digest into the name before the split, so two splits of
 * one build bear the same names; a cache must never join parts of both.
 */
function dated(file) {
    const digest = createHash("sha256").update(fs.readFileSync(file)).digest("hex").slice(0, 16);
    return `${path.basename(file)}?${digest}`;
}

/**
 * Makes the script of the page's worker, a classic one that runs everywhere, and starts it: from what the page gives it
 * along where the page is one file, else from beside it. Returns its name, or null where there is no worker.
 */
function startWorker(folder) {
    const wasm = path.join(folder, WORKER);
    if (!fs.existsSync(wasm)) return null;
    const script = wasm.replace("_bg.wasm", ".js");
    shortenImports(script, wasm);
    const contents = `import init from "./${path.basename(script)}";
        init({ module_or_path: self.bonTotPart?.() ?? new URL("${dated(wasm)}", self.location.href) });`;
    const stdin = { contents, resolveDir: path.dirname(script) };
    const define = { "import.meta.url": "self.location.href" };
    const { outputFiles } = buildSync({ stdin, define, bundle: true, minify: true, format: "iife", target: BROWSERS, charset: "utf8", write: false, logLevel: "warning" });
    fs.writeFileSync(script, outputFiles[0].contents);
    return dated(script);
}

/**
 * Teaches wasm-bindgen's script where the rest of the program and its style are, what calls into it do until it has come,
 * and where the worker is.
 */
function joinRest(folder, rest, style, worker) {
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
            `const loadStyle = () => new Promise((resolve, reject) => {
        const link = document.createElement("link");
        link.rel = "stylesheet";
        link.href = new URL("${style ? path.basename(style) : ""}", import.meta.url);
        link.onload = resolve;
        link.onerror = () => {
            link.remove();
            reject(new Error(link.href));
        };
        document.head.append(link);
    });
    const loadRest = async () => {
        // where the page is one file, part and style stand in it
        let bytes = globalThis.bonTotPart?.();
        if (!bytes) {
            ${style ? "await loadStyle();" : ""}
            const response = await fetch(new URL("${dated(rest)}", import.meta.url));
            if (!response.ok) throw new Error(response.status);
            bytes = await response.arrayBuffer();
        }
        await WebAssembly.instantiate(bytes, { primary: instance.exports });
    };
    let rest;
    globalThis.bonTotRest = () => (rest ??= loadRest().catch((error) => {
        rest = undefined;
        throw error;
    }));
    ${worker ? `globalThis.bonTotWorker ??= () => new Worker(new URL("${worker}", import.meta.url));` : ""}
    ${init}`,
        );
    fs.writeFileSync(script, `${head}async function __wbg_init_once${joined}`);
    return script;
}

/**
 * Gives what the wasm imports from its script short names in both: those of wasm-bindgen end in digests, which no
 * compression shrinks. What the script offers and the wasm no longer imports is left out.
 */
function shortenImports(script, wasm) {
    const names = new Map();
    const rename = (from, name) => {
        if (from === "placeholder") return name; // of the part that loads later
        names.set(name, `i${names.size.toString(36)}`);
        return names.get(name);
    };
    fs.writeFileSync(wasm, renameImports(fs.readFileSync(wasm), rename));
    const offered = new Set();
    const entry = /^ {8}(\w+): function\([\s\S]*?\n {8}\}[^\n]*,\n/gm;
    const shortened = fs.readFileSync(script, "utf8").replace(entry, (whole, name) => {
        offered.add(name);
        return names.has(name) ? whole.replace(name, names.get(name)) : "";
    });
    const lost = [...names.keys()].filter((name) => !offered.has(name));
    if (lost.length > 0) throw new Error(`${path.basename(script)} does not offer ${lost[0]} in the way that this script knows`);
    // so do the names of the closures that the wasm lends to the script
    const lent = new Map();
    const short = (found) => {
        if (!found.name.startsWith("wasm_bindgen_")) return found;
        lent.set(found.name, `c${lent.size.toString(36)}`);
        return { ...found, name: lent.get(found.name) };
    };
    fs.writeFileSync(wasm, mapExports(fs.readFileSync(wasm), short));
    const joined = shortened.replace(/\bwasm\.(wasm_bindgen_\w+)/g, (whole, name) => {
        if (!lent.has(name)) throw new Error(`${path.basename(script)} calls ${name}, which the wasm does not have`);
        return `wasm.${lent.get(name)}`;
    });
    // classes for what shrink.mjs empties; in each of three statements
    const streams = /^(export class IntoUnderlying\w+ \{[\s\S]*?^\}|if \(Symbol\.dispose\) IntoUnderlying.*|const IntoUnderlying\w+ =[\s\S]*?;)\n/gm;
    fs.writeFileSync(script, joined.replace(streams, ""));
}

/** Takes from wasm-bindgen's script what the page does not call, and what people write for people. */
function minifyScript(script) {
    const contents = `export { default } from "./${path.basename(script)}";`;
    const stdin = { contents, resolveDir: path.dirname(script) };
    const { outputFiles } = buildSync({ stdin, bundle: true, minify: true, format: "esm", target: BROWSERS, charset: "utf8", write: false, logLevel: "warning" });
    fs.writeFileSync(script, outputFiles[0].contents);
}

/** Writes style sheets as one, named after its contents; returns its name. */
function writeStyle(folder, name, files) {
    const text = files.map((file) => fs.readFileSync(file, "utf8")).join("\n");
    const { code } = transformSync(text, { loader: "css", minify: true, target: BROWSERS, charset: "utf8" });
    for (const file of files) fs.rmSync(file);
    const written = `${name}-${createHash("sha256").update(code).digest("hex").slice(0, 16)}.css`;
    fs.writeFileSync(path.join(folder, written), code);
    return written;
}

/**
 * Makes of the page's style sheets one, which takes the place of the first; but `later.css` comes with the rest of the
 * program, and is linked nowhere.
 */
function joinStyles(folder, html) {
    const links = [...html.matchAll(/<link rel="stylesheet" href="([^"]+)"[^>]*>\n?/g)];
    if (links.length !== html.split("stylesheet").length - 1) {
        throw new Error("index.html: trunk links style sheets in another way than this script knows");
    }
    const files = (links) => links.map(([, href]) => path.join(folder, path.basename(href)));
    const later = links.filter(([, href]) => path.basename(href).startsWith("later"));
    const [first, ...more] = links.filter((link) => !later.includes(link));
    const style = later.length > 0 ? writeStyle(folder, "later", files(later)) : null;
    let page = [...more, ...later].reduce((page, [link]) => page.replace(link, ""), html);
    if (first) page = page.replace(first[0], first[0].replace(path.basename(first[1]), writeStyle(folder, "style", files([first, ...more]))));
    return { html: page, style };
}

/** Writes the service worker that keeps every file of the folder; last, when they are what they will be. */
function writeWorker(folder) {
    const names = fs.readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => entry.name);
    const files = {};
    for (const name of names.sort()) {
        files[name] = createHash("sha256").update(fs.readFileSync(path.join(folder, name))).digest("hex");
    }
    const list = JSON.stringify(files);
    const version = createHash("sha256").update(list).digest("hex").slice(0, 16);
    const text = fs.readFileSync(path.join(ROOT, "public", "sw.js"), "utf8").replace("__FILES__", () => list).replace("__VERSION__", version);
    const { code } = transformSync(text, { loader: "js", minify: true, target: BROWSERS, charset: "utf8" });
    fs.writeFileSync(path.join(folder, "sw.js"), code);
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
        const joined = joinStyles(folder, html);
        html = joined.html;
        const worker = startWorker(folder);
        for (const { rest } of modules.filter((module) => module.rest)) {
            const wasm = rest.replace(/_rest\.wasm$/, "_bg.wasm");
            const parts = [joinRest(folder, rest, joined.style, worker), wasm];
            shortenImports(...parts);
            minifyScript(parts[0]);
            for (const part of parts) html = html.replaceAll(path.basename(part), dated(part));
        }
        const used = new Set(modules.flatMap((module) => module.used.map((file) => path.basename(file))));
        for (const old of fs.readdirSync(cache)) if (!used.has(old)) fs.rmSync(path.join(cache, old));
        for (const { name, before, sizes } of modules) console.log(`${name}: ${before} -> ${sizes.join(" + ")} bytes`);
    }

    fs.writeFileSync(page, fillPolicy(html));
    writeWorker(folder);
}

try {
    const folder = process.argv[2] ?? process.env.TRUNK_STAGING_DIR;
    if (!folder) throw new Error("which folder? node scripts/finish-dist.mjs FOLDER");
    finish(folder);
} catch (error) {
    console.error(`finish-dist: ${error.message}`);
    process.exitCode = 1;
}
