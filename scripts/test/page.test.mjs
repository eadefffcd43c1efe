import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { fillPolicy, fillWorker, onePage, replaceOnce } from "../page.mjs";

const POLICY = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' __SCRIPT_HASHES__">`;
const START = `<script type="module">import init from './app.js';</script>`;

const sha = (text) => createHash("sha256").update(text).digest("hex");
const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

test("the policy gets the digest of every inline script once, and of nothing else", () => {
    const html = fillPolicy(`${POLICY}${START}<script src="a.js"></script><script>second</script><script>second</script>`);
    assert.ok(html.includes(`script-src 'self' ${hash("import init from './app.js';")} ${hash("second")}">`), html);
});

const refused = (html, reason) => assert.throws(() => fillPolicy(html), reason);
test("a page without the placeholder is refused", () => refused(`<meta charset="utf-8">${START}`, /stands there 0 times/));
test("a page with the placeholder twice is refused", () => refused(POLICY + POLICY + START, /stands there 2 times/));
test("a placeholder outside the policy is refused", () => refused(`<p>__SCRIPT_HASHES__</p>${START}`, /is not in the Content/));
test("a script before the policy is refused", () => refused(`<SCRIPT src="a.js"></script>${POLICY}${START}`, /stands before/));
test("a page without an inline script is refused", () => refused(`${POLICY}<script src="a.js"></script>`, /no inline script/));
test("an integrity attribute is refused", () => refused(`${POLICY}${START}<link integrity="sha384-x">`, /no_sri/));

test("a piece that is not there once is refused", () => {
    assert.equal(replaceOnce("a b", "b", "$&", "x"), "a $&");
    assert.throws(() => replaceOnce("b b", "b", "c", "page.html"), /page\.html: b must stand there once/);
});

test("the service worker lists every file with its digest, and a version that changes with them", () => {
    const worker = `const VERSION = "__VERSION__"; const FILES = __FILES__; const DESK = __DESK__; const KIT = __KIT__; const PDF = __PDF__; const SHEETS = __SHEETS__;`;
    const contents = { "index.html": Buffer.from("page"), "app.wasm": Buffer.from([0, 255]), "desk-worker-0a.js": Buffer.from("desk"), "kit-0a.css": Buffer.from("kit"), "pdf-worker-0a.js": Buffer.from("pdf"), "sheet-worker-0a.js": Buffer.from("sheets") };
    const filled = fillWorker(worker, contents);
    const [, version, files, desk, kit, pdf, sheets] = /^const VERSION = "([0-9a-f]{16})"; const FILES = (\{.*\}); const DESK = (\{.*\}); const KIT = (\{.*\}); const PDF = (\{.*\}); const SHEETS = (\{.*\});$/.exec(filled);
    assert.deepEqual(JSON.parse(files), { "app.wasm": sha(Buffer.from([0, 255])), "index.html": sha("page") });
    assert.deepEqual(JSON.parse(desk), { "desk-worker-0a.js": sha("desk") });
    assert.deepEqual(JSON.parse(kit), { "kit-0a.css": sha("kit") });
    assert.deepEqual(JSON.parse(pdf), { "pdf-worker-0a.js": sha("pdf") });
    assert.deepEqual(JSON.parse(sheets), { "sheet-worker-0a.js": sha("sheets") });
    const other = fillWorker(worker, { ...contents, "desk-worker-0a.js": Buffer.from("more") });
    assert.ok(!other.includes(version));
    assert.ok(!fillWorker(worker, { ...contents, "pdf-worker-0a.js": Buffer.from("more") }).includes(version));
});

const PAGE = `<!doctype html><html><head>
${POLICY}
<link rel="icon" href="icon.svg" type="image/svg+xml">
<link rel="manifest" href="manifest.webmanifest">
<link rel="stylesheet" href="./style-1.css"/>
<script type="module">
import init from './app-1.js';
</script>
<link rel="modulepreload" href="./app-1.js"><link rel="preload" href="./app-1_bg.wasm" as="fetch"></head>
<body><script>boot();</script></body></html>
`;
const PARTS = { style: "p{color:red}", script: `start("$&")`, worker: "listen()", wasm: "AAEC", icon: "<svg/>" };

test("everything stands in the one file, and its policy names it", () => {
    const html = onePage(PAGE, PARTS);
    const links = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, to]) => to);
    assert.deepEqual(links, ["data:image/svg+xml,%3Csvg%2F%3E"]);
    for (const name of ["app-1", "style-1", "manifest", "__SCRIPT_HASHES__"]) assert.ok(!html.includes(name), name);
    for (const part of [`id="wasm">AAEC<`, `id="worker">listen()<`, `<style>p{color:red}<`]) assert.ok(html.includes(part), part);

    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)[1];
    const scripts = [...html.matchAll(/<script(?: type="module")?>([^]*?)<\/script>/g)].map(([, text]) => text);
    assert.deepEqual(scripts, ["boot();", `start("$&")`]);
    for (const text of scripts) assert.ok(policy.includes(hash(text)));
    assert.ok(policy.includes(`style-src ${hash("p{color:red}")};`));
    assert.match(policy, /worker-src blob:;/);
    assert.doesNotMatch(policy, /'self'|connect-src/);
});

test("a page that looks otherwise is refused", () => {
    assert.throws(() => onePage(PAGE.replace("stylesheet", "style"), PARTS), /the style sheet is not where/);
    assert.throws(() => onePage(PAGE, { ...PARTS, worker: "</script>" }), /would end its own element/);
});

test("a file over its limit is refused", () => {
    assert.throws(() => onePage(PAGE, { ...PARTS, wasm: "A".repeat(1 << 20) }), /would be \d+ bytes, \d+ over its 1048576/);
});
