import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { SCRIPTS, folder, run } from "./support.mjs";

const PAGE = `<!doctype html><html><head>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'">
<link rel="icon" href="icon.svg" type="image/svg+xml">
<link rel="manifest" href="manifest.webmanifest">
<link rel="stylesheet" href="./style-1.css"/>
<script type="module">
import init from './app-1.js?ab';
</script>
<link rel="modulepreload" href="./app-1.js?ab"><link rel="preload" href="./app-1_bg.wasm?cd" as="fetch"></head>
<body><script>boot();</script></body></html>
`;

function build(t, changes = {}) {
    const root = folder(t, {
        "index.html": PAGE,
        "app-1.js": `export default async function init({ module_or_path }) { console.log("$&", module_or_path); }`,
        "app-1_bg.wasm": Buffer.from("first"),
        "app-1_rest.wasm": Buffer.from("second"),
        "icon.svg": `<svg xmlns="http://www.w3.org/2000/svg"/>`,
        "manifest.webmanifest": "{}",
        "style-1.css": "p{color:red}",
        "sw.js": "// keeps it offline",
        "worker.js": "self.start(self.bonTotPart());",
        "worker_bg.wasm": Buffer.from("third"),
        ...changes,
    });
    const result = run("node", [path.join(SCRIPTS, "portable.mjs"), root]);
    const file = path.join(root, "bon-tot.html");
    return { ...result, html: fs.existsSync(file) ? fs.readFileSync(file, "utf8") : null };
}

test("everything stands in the one file, and its policy names it", (t) => {
    const { status, stderr, html } = build(t);
    assert.equal(stderr, "");
    assert.equal(status, 0);
    const links = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, to]) => to);
    assert.ok(links.every((to) => to.startsWith("data:")), `${links}`);
    for (const name of ["app-1", "style-1", "manifest", "sw.js"]) assert.ok(!html.includes(name), name);
    for (const part of ["first", "second", "third"]) assert.ok(html.includes(deflateRawSync(Buffer.from(part), { level: 9 }).toString("base64")), part);

    const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)[1];
    const scripts = [...html.matchAll(/<script(?: type="module")?>([\s\S]*?)<\/script>/g)].map(([, text]) => text);
    assert.equal(scripts.length, 2);
    assert.ok(scripts[1].includes("$&"), "text is put in as it is");
    for (const text of scripts) assert.ok(policy.includes(hash(text)));
    assert.ok(policy.includes(`style-src ${hash("p{color:red}")}`));
    assert.doesNotMatch(policy, /'self'|connect-src/);
    // the worker is a text that the page starts from memory
    assert.match(policy, /worker-src blob:;/);
    const worker = /<script type="text\/plain" id="worker">([\s\S]*?)<\/script>/.exec(html)[1];
    assert.ok(worker.endsWith("self.start(self.bonTotPart());"));
});

test("a file over its limit is not written", (t) => {
    const { status, stderr, html } = build(t, { "app-1_rest.wasm": randomBytes(760_000) });
    assert.equal(status, 1);
    assert.match(stderr, /^portable: bon-tot\.html would be \d+ bytes, \d+ over its 1000000\n$/);
    assert.equal(html, null);
});

test("a page that looks otherwise is refused", (t) => {
    const { status, stderr } = build(t, { "index.html": PAGE.replace("stylesheet", "style") });
    assert.equal(status, 1);
    assert.match(stderr, /the style sheet is not where/);
});
