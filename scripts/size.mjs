// What a visitor downloads: node scripts/size.mjs [FOLDER]
//
// Bytes of every file in FOLDER (default dist), raw and after brotli, in groups: what a first visit fetches until the form
// is usable, what it fetches then (the deferred chunk), and the rest. A file belongs to the first
// visit when a page, style sheet, script or manifest that belongs to it mentions the file's name, starting from
// index.html. The last line is `total RAW BROTLI` of the first visit.
// Over a budget: one sentence on stderr and exit 1.

import * as fs from "node:fs";
import * as path from "node:path";
import { DESK, KIT, PDF, SHEETS } from "./page.mjs";
import { brotliCompressSync, constants } from "node:zlib";

const FIRST_VISIT_BUDGET = 216 * 1024; // brotli bytes until the form is usable; the aim is 200 KiB
const AFTER = /^app-[0-9a-f]+_(?!bg\.)\w+\.wasm$|^rest-[0-9a-f]+\.css$|^sw\.js$|^icon-\d+\.png$/; // fetched when the form is usable
const ASKED = /^worker-[0-9a-f]+(_bg\.wasm|\.js)$/; // fetched for printing or scanning paper
const ASKED_BUDGET = 72 * 1024; // brotli bytes of those
const DESK_BUDGET = 584 * 1024; // brotli bytes of the desk, which is fetched when a superior asks for it
const KIT_BUDGET = 150 * 1024; // brotli bytes of the form kit, which is fetched when who writes criteria asks for it
const PDF_BUDGET = 857 * 1024; // brotli bytes of what reads PDF, which is fetched when the desk receives one
const SHEETS_BUDGET = 636 * 1024; // brotli bytes of what reads and writes workbooks, which is fetched when the desk needs one
const ALL_BUDGET = 584 * 1024; // brotli bytes of everything else in dist/ together; the aim is 440 KiB
const MENTIONS = new Set([".html", ".css", ".js", ".mjs", ".json", ".webmanifest"]);

const folder = process.argv[2] ?? "dist";
const START = "index.html";
const PORTABLE = "bon-tot.html"; // the single-file page; not downloaded to use the page

function fail(sentence) {
    console.error(`size: ${sentence}`);
    process.exitCode = 1;
}

function measure(name) {
    const bytes = fs.readFileSync(path.join(folder, name));
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    return { name, text: MENTIONS.has(path.extname(name)) ? bytes.toString() : "", raw: bytes.length, brotli: brotliCompressSync(bytes, { params }).length };
}

/** Is `name` in `text` as a whole file name, not as the end or the beginning of a longer one? */
function mentions(text, name) {
    const literal = path.basename(name).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    return new RegExp(`(?<![\\w.-])${literal}(?![\\w-])`).test(text);
}

function firstVisit(files) {
    const reached = new Set(files.filter((file) => file.name === START));
    for (const from of reached) {
        for (const file of files) if (!ASKED.test(file.name) && mentions(from.text, file.name)) reached.add(file);
    }
    return files.filter((file) => reached.has(file));
}

function sum(files) {
    return files.reduce((all, { raw, brotli }) => ({ raw: all.raw + raw, brotli: all.brotli + brotli }), { raw: 0, brotli: 0 });
}

function table(title, files) {
    console.log(`${title.padEnd(44)} ${"raw".padStart(9)} ${"brotli".padStart(9)}`);
    const rows = [...files].sort((a, b) => b.brotli - a.brotli || (a.name < b.name ? -1 : 1));
    for (const { name, raw, brotli } of rows) {
        console.log(`  ${name.padEnd(42)} ${String(raw).padStart(9)} ${String(brotli).padStart(9)}`);
    }
}

if (!fs.existsSync(path.join(folder, START))) {
    fail(`${folder}/${START} is missing; run make dist`);
} else {
    const every = fs
        .readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name !== PORTABLE)
        .map((entry) => measure(path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name))));
    const asked = every.filter((file) => ASKED.test(file.name));
    const desk = every.filter((file) => DESK.test(file.name));
    const kit = every.filter((file) => KIT.test(file.name));
    const pdf = every.filter((file) => PDF.test(file.name));
    const sheets = every.filter((file) => SHEETS.test(file.name));
    const files = every.filter((file) => ![asked, desk, kit, pdf, sheets].some((group) => group.includes(file)));
    const visit = firstVisit(files);
    const first = visit.filter((file) => !AFTER.test(file.name));
    const after = files.filter((file) => AFTER.test(file.name));
    const later = files.filter((file) => !visit.includes(file) && !after.includes(file));
    const [usable, total, all] = [first, [...first, ...after], files].map(sum);

    table("first visit", first);
    if (after.length > 0) table("then, in the background", after);
    if (later.length > 0) table("later, or never", later);
    if (asked.length > 0) table("when asked for", asked);
    if (desk.length > 0) table("the desk, when asked for", desk);
    if (kit.length > 0) table("the form kit, when asked for", kit);
    if (pdf.length > 0) table("what reads PDF, when asked for", pdf);
    if (sheets.length > 0) table("workbooks, when asked for", sheets);
    console.log(`when asked for: ${sum(asked).brotli} brotli of ${ASKED_BUDGET} allowed`);
    console.log(`the desk, when asked for: ${sum(desk).brotli} brotli of ${DESK_BUDGET} allowed`);
    console.log(`the form kit, when asked for: ${sum(kit).brotli} brotli of ${KIT_BUDGET} allowed`);
    console.log(`what reads PDF, when asked for: ${sum(pdf).brotli} brotli of ${PDF_BUDGET} allowed`);
    console.log(`workbooks, when asked for: ${sum(sheets).brotli} brotli of ${SHEETS_BUDGET} allowed`);
    console.log(`everything else: ${all.raw} raw, ${all.brotli} brotli of ${ALL_BUDGET} allowed`);
    console.log(`first visit: ${usable.brotli} brotli of ${FIRST_VISIT_BUDGET} allowed`);
    if (usable.brotli > FIRST_VISIT_BUDGET) {
        fail(`a first visit downloads ${usable.brotli} bytes of brotli, ${usable.brotli - FIRST_VISIT_BUDGET} over its budget of ${FIRST_VISIT_BUDGET}.`);
    }
    if (sum(asked).brotli > ASKED_BUDGET) {
        fail(`what is fetched when asked for is ${sum(asked).brotli} bytes of brotli, ${sum(asked).brotli - ASKED_BUDGET} over its budget of ${ASKED_BUDGET}.`);
    }
    if (sum(desk).brotli > DESK_BUDGET) {
        fail(`the desk is ${sum(desk).brotli} bytes of brotli, ${sum(desk).brotli - DESK_BUDGET} over its budget of ${DESK_BUDGET}.`);
    }
    if (sum(kit).brotli > KIT_BUDGET) {
        fail(`the form kit is ${sum(kit).brotli} bytes of brotli, ${sum(kit).brotli - KIT_BUDGET} over its budget of ${KIT_BUDGET}.`);
    }
    if (sum(pdf).brotli > PDF_BUDGET) {
        fail(`what reads PDF is ${sum(pdf).brotli} bytes of brotli, ${sum(pdf).brotli - PDF_BUDGET} over its budget of ${PDF_BUDGET}.`);
    }
    if (sum(sheets).brotli > SHEETS_BUDGET) {
        fail(`what reads and writes workbooks is ${sum(sheets).brotli} bytes of brotli, ${sum(sheets).brotli - SHEETS_BUDGET} over its budget of ${SHEETS_BUDGET}.`);
    }
    if (all.brotli > ALL_BUDGET) {
        fail(`all files together are ${all.brotli} bytes of brotli, ${all.brotli - ALL_BUDGET} over their budget of ${ALL_BUDGET}.`);
    }
    console.log(`total ${total.raw} ${total.brotli}`);
}
