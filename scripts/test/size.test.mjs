import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import * as path from "node:path";
import { test } from "node:test";
import { SCRIPTS, folder, run } from "./support.mjs";

const size = (root) => run("node", [path.join(SCRIPTS, "size.mjs"), root]);

test("the first visit is what the page leads to, and the total comes last", (t) => {
    const root = folder(t, {
        "index.html": `<meta name="worker" content="worker-1.js"><meta name="desk-worker" content="desk-worker-1.js"><meta name="kit-style" content="kit-1.css"><meta name="pdf-worker" content="pdf-worker-1.js"><meta name="sheet-worker" content="sheet-worker-1.js"><link href="./a-1.css"><script src="app-1.js"></script><link rel="manifest" href="public/m.webmanifest">`,
        "a-1.css": `body { background: url(public/back.svg) }`,
        "app-1.js": `new URL('app-1_bg.wasm', import.meta.url); new URL('app-1_rest.wasm', import.meta.url); new URL('app-1_desk.wasm', import.meta.url); new URL('app-1_kit.wasm', import.meta.url)`,
        "app-1_bg.wasm": randomBytes(1000),
        "public/m.webmanifest": `{"icons": [{"src": "icon.svg"}]}`,
        "public/back.svg": "<svg/>",
        "public/icon.svg": "<svg/>",
        "my-app-1.js": "// only resembles a name that is mentioned",
        "handbook.html": "for later",
        "app-1_rest.wasm": randomBytes(100),
        "worker-1.js": "",
        "worker-1_bg.wasm": randomBytes(100),
        "app-1_desk.wasm": randomBytes(100),
        "app-1_kit.wasm": randomBytes(100),
        "kit-1.css": "",
        "desk-worker-1.js": "",
        "desk-worker-1_bg.wasm": randomBytes(100),
        "pdf-worker-1.js": "",
        "pdf-worker-1_bg.wasm": randomBytes(100),
        "sheet-worker-1.js": "",
        "sheet-worker-1_bg.wasm": randomBytes(100),
    });
    const { status, stdout, stderr } = size(root);
    assert.equal(stderr, "");
    assert.equal(status, 0);
    const parts = stdout.split(/then, in the background|later, or never|the desk, when asked for  |the form kit, when asked for  |what reads PDF, when asked for  |workbooks, when asked for  |when asked for  /);
    const [first, then, later, asked, desk, kit, pdf, sheets] = parts;
    assert.ok(then.includes("app-1_rest.wasm"), then);
    for (const name of ["worker-1.js", "worker-1_bg.wasm"]) assert.ok(asked.includes(name), name);
    for (const name of ["app-1_kit.wasm", "kit-1.css"]) assert.ok(kit.includes(name), name);
    for (const name of ["app-1_desk.wasm", "desk-worker-1.js", "desk-worker-1_bg.wasm"]) assert.ok(desk.includes(name), name);
    for (const name of ["pdf-worker-1.js", "pdf-worker-1_bg.wasm"]) assert.ok(pdf.includes(name), name);
    for (const name of ["sheet-worker-1.js", "sheet-worker-1_bg.wasm"]) assert.ok(sheets.includes(name), name);
    for (const name of ["index.html", "a-1.css", "app-1.js", "app-1_bg.wasm", "m.webmanifest", "back.svg", "icon.svg"]) {
        assert.ok(first.includes(name), name);
    }
    for (const name of ["my-app-1.js", "handbook.html"]) assert.ok(later.includes(name), name);

    const rows = [...(first + then).matchAll(/^ {2}\S+ +(\d+) +(\d+)$/gm)];
    const sum = (column) => rows.reduce((all, row) => all + Number(row[column]), 0);
    assert.equal(stdout.trimEnd().split("\n").at(-1), `total ${sum(1)} ${sum(2)}`);
});

test("a first visit over its budget fails, with the total still last", (t) => {
    const { status, stdout, stderr } = size(folder(t, { "index.html": "app.wasm", "app.wasm": randomBytes(225_000) }));
    assert.equal(status, 1);
    assert.match(stderr, /^size: a first visit downloads \d+ bytes of brotli, \d+ over its budget of 221184\.$/m);
    assert.match(stdout, /\ntotal 225008 \d+\n$/);
});

test("all files together have a budget too", (t) => {
    const { status, stderr } = size(folder(t, { "index.html": "", "kit.bin": randomBytes(600_000) }));
    assert.equal(status, 1);
    assert.match(stderr, /^size: all files together are \d+ bytes/);
});

test("the form kit has a budget of its own", (t) => {
    const { status, stdout, stderr } = size(folder(t, { "index.html": "", "app-1_kit.wasm": randomBytes(600_000) }));
    assert.equal(status, 1);
    assert.match(stderr, /^size: the form kit is \d+ bytes of brotli, \d+ over its budget/m);
    assert.match(stdout, /^everything else: /m);
});

test("the desk has a budget of its own", (t) => {
    const { status, stdout, stderr } = size(folder(t, { "index.html": "", "desk-worker-1_bg.wasm": randomBytes(600_000) }));
    assert.equal(status, 1);
    assert.match(stderr, /^size: the desk is \d+ bytes of brotli, \d+ over its budget/m);
    assert.match(stdout, /\ntotal 0 \d+\n$/);
});

test("what reads PDF has a budget of its own", (t) => {
    const { status, stdout, stderr } = size(folder(t, { "index.html": "", "pdf-worker-1_bg.wasm": randomBytes(2_000_000) }));
    assert.equal(status, 1);
    assert.match(stderr, /^size: what reads PDF is \d+ bytes of brotli, \d+ over its budget/m);
    assert.match(stdout, /\ntotal 0 \d+\n$/);
});

test("what reads and writes workbooks has a budget of its own", (t) => {
    const { status, stdout, stderr } = size(folder(t, { "index.html": "", "sheet-worker-1_bg.wasm": randomBytes(2_000_000) }));
    assert.equal(status, 1);
    assert.match(stderr, /^size: what reads and writes workbooks is \d+ bytes of brotli, \d+ over its budget/m);
    assert.match(stdout, /\ntotal 0 \d+\n$/);
});

test("a folder without a page is an error", (t) => {
    const { status, stderr } = size(folder(t, { "a.txt": "" }));
    assert.equal(status, 1);
    assert.match(stderr, /run make dist/);
});
