// What the build inserts in the page's texts: file names, policies, digests.

import { createHash } from "node:crypto";

const PLACEHOLDER = "__SCRIPT_HASHES__";
/** Size limit of the single-file page. */
export const LIMIT = 1 << 20;

export function sha256(content, encoding = "hex") {
    return createHash("sha256").update(content).digest(encoding);
}

/** Policy source of an inline element. */
export const source = (text) => `'sha256-${sha256(text, "base64")}'`;

/** The inline scripts of a page that a browser runs. */
export function inlineScripts(html) {
    return [...html.matchAll(/<script(?: type="module")?>([^]*?)<\/script>/g)].map(([, text]) => text);
}

/** Replaces one piece of a text, which must occur exactly once. */
export function replaceOnce(text, piece, instead, where) {
    const places = text.split(piece).length - 1;
    if (places !== 1) throw new Error(`${where}: ${piece} must stand there once; it stands there ${places} times`);
    return text.replace(piece, () => instead);
}

/** The page with the digest of every inline script in its policy. */
export function fillPolicy(html) {
    const filled = replaceOnce(html, PLACEHOLDER, [...new Set(inlineScripts(html).map(source))].join(" "), "index.html");
    const policy = /<meta\s[^>]*http-equiv="Content-Security-Policy"[^>]*>/.exec(html);
    if (!policy?.[0].includes(PLACEHOLDER)) throw new Error(`index.html: ${PLACEHOLDER} is not in the Content-Security-Policy`);
    if (/<script/i.test(html.slice(0, policy.index))) throw new Error("index.html: a script stands before the Content-Security-Policy and would escape it");
    if (inlineScripts(html).length === 0) throw new Error("index.html: no inline script; the one that starts the page is missing");
    if (/\sintegrity=/i.test(html)) throw new Error("index.html: an integrity attribute does not match the shrunk file; keep no_sri = true in Trunk.toml");
    return filled;
}

/** Files of the form kit, which only who writes criteria downloads. */
export const KIT = /^app-[0-9a-f]+_kit\.wasm$|^kit-[0-9a-f]+\.css$/;
/** Files of the desk, which only who asks for it downloads; what it shares with the form kit is counted here. */
export const DESK = /^desk-worker-[0-9a-f]+(_bg\.wasm|\.js)$|^app-[0-9a-f]+_desk(_kit)?\.wasm$|^desk-[0-9a-f]+\.css$/;

/** Files that read PDF, which only who receives one downloads. */
export const PDF = /^pdf-worker-[0-9a-f]+(_bg\.wasm|\.js)$/;

/** Files that read and write workbooks, which only who has one, or wants one, downloads. */
export const SHEETS = /^sheet-worker-[0-9a-f]+(_bg\.wasm|\.js)$/;

/** The service worker for files of these contents, by name. */
export function fillWorker(worker, files) {
    const digests = (names) => JSON.stringify(Object.fromEntries(names.sort().map((name) => [name, sha256(files[name])])));
    const names = Object.keys(files);
    const like = (pattern) => digests(names.filter((name) => pattern.test(name)));
    const asked = [DESK, KIT, PDF, SHEETS];
    const others = names.filter((name) => !asked.some((pattern) => pattern.test(name)));
    const lists = { FILES: digests(others), DESK: like(DESK), KIT: like(KIT), PDF: like(PDF), SHEETS: like(SHEETS) };
    const listed = Object.entries(lists).reduce((text, [what, list]) => replaceOnce(text, `__${what}__`, list, "sw.js"), worker);
    return replaceOnce(listed, "__VERSION__", sha256(Object.values(lists).join("")).slice(0, 16), "sw.js");
}

/** The page with everything in it: texts of style, script and worker; the wasm in base64; the icon as SVG. */
export function onePage(html, { style, script, worker, wasm, icon }) {
    if (/<\/(script|style)/i.test(style + script + worker)) throw new Error("script or style would end its own element");
    const put = (what, pattern, instead) => {
        if (!pattern.test(html)) throw new Error(`index.html: ${what} is not where scripts/page.mjs looks for it`);
        html = html.replace(pattern, () => instead);
    };
    put("the style sheet", /<link rel="stylesheet"[^>]*>/, `<style>${style}</style>`);
    put("the script", /<script type="module">[^]*?<\/script>/, "");
    put("the icon", /(?<=<link rel="icon" href=")[^"]*/, `data:image/svg+xml,${encodeURIComponent(icon)}`);
    put("the manifest", /<link rel="manifest"[^>]*>\n?/, "");
    html = html.replace(/<link rel="(module)?preload"[^>]*>\n?/g, "");
    html = html.replace(/<meta name="rest-style"[^>]*>\n?/, ""); // it is in the style sheet
    html = html.replace(/<meta name="(desk|pdf|sheet|kit)-(worker|style)"[^>]*>\n?/g, ""); // desk and kit do not fit in
    const parts = [
        `<script type="application/octet-stream" id="wasm">${wasm}</script>`,
        `<script type="text/plain" id="worker">${worker}</script>`,
        `<script type="module">${script}</script>`,
    ];
    put("the end of the body", /<\/body>/, `${parts.join("\n")}\n</body>`);
    const policy = `default-src 'none'; script-src ${inlineScripts(html).map(source).join(" ")} 'wasm-unsafe-eval'; style-src ${source(style)}; img-src data: blob:; worker-src blob:; base-uri 'none'; form-action 'none'`;
    put("the policy", /(?<=http-equiv="Content-Security-Policy" content=")[^"]*/, policy);
    const size = Buffer.byteLength(html);
    if (size > LIMIT) throw new Error(`the page in one file would be ${size} bytes, ${size - LIMIT} over its ${LIMIT}`);
    return html;
}
