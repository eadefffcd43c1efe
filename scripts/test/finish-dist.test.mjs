import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { SCRIPTS, folder, run } from "./support.mjs";

const POLICY = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' __SCRIPT_HASHES__">`;
const START = `<script type="module">import init from './app.js';</script>`;

// the smallest module, and a module that uses simd and says so in its target_features section
const PLAIN = Buffer.from("0061736d01000000", "hex");
const SIMD = Buffer.concat([
    PLAIN,
    Buffer.from("010401600000", "hex"), // type: [] -> []
    Buffer.from("03020100", "hex"), // one function of that type
    Buffer.from("07050101660000", "hex"), // exported as f
    Buffer.from("0a09010700" + "4100fd0f1a0b", "hex"), // i32.const 0, i8x16.splat, drop
    Buffer.from("001a" + "0f" + Buffer.from("target_features").toString("hex") + "01" + "2b07" + Buffer.from("simd128").toString("hex"), "hex"),
]);

const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

function finish(t, html, profile = "debug", wasm = PLAIN) {
    const root = folder(t, { "index.html": html, "app.wasm": wasm });
    const cache = path.join(root, "cache");
    const result = run("node", [path.join(SCRIPTS, "finish-dist.mjs"), root], { TRUNK_PROFILE: profile, CARGO_TARGET_DIR: cache });
    const read = (name) => fs.readFileSync(path.join(root, name));
    return { ...result, html: read("index.html").toString(), wasm: read("app.wasm"), root };
}

function refused(t, html, reason) {
    const result = finish(t, html);
    assert.equal(result.status, 1);
    assert.match(result.stderr, reason);
    assert.equal(result.html, html, "the page stays as it was");
}

test("the policy gets the hash of every inline script, and of nothing else", (t) => {
    const page = [
        `<!-- <script>in a comment</script> -->`,
        POLICY,
        START,
        `<script src="a.js"></script><SCRIPT defer src=b.js></SCRIPT>`,
        `<script data-note="x > y, src=z">second</script>`,
        `<script>second</script>`,
        `<script>a\r\nb</script>`,
        `<scripted>no</scripted>`,
    ].join("\n");
    const { status, html, stderr } = finish(t, page);
    assert.equal(stderr, "");
    assert.equal(status, 0);
    const wanted = ["import init from './app.js';", "second", "a\nb"].map(hash).join(" ");
    assert.ok(html.includes(`script-src 'self' ${wanted}">`), html);
});

test("a page without the placeholder is refused", (t) => refused(t, `<meta charset="utf-8">${START}`, /stands 0 times/));
test("a page with the placeholder twice is refused", (t) => refused(t, POLICY + POLICY + START, /stands 2 times/));
test("a placeholder outside the policy is refused", (t) => refused(t, `<p>__SCRIPT_HASHES__</p>${START}`, /is not in a <meta/));
test("a script before the policy is refused", (t) => refused(t, START + POLICY, /stands before/));
test("a page without an inline script is refused", (t) => refused(t, `${POLICY}<script src="a.js"></script>`, /no inline script/));
test("a script without an end is refused", (t) => refused(t, `${POLICY}<script>x`, /not closed/));
test("an integrity attribute is refused", (t) => refused(t, `${POLICY}${START}<link integrity="sha384-x">`, /no_sri/));

test("a release build shrinks the wasm and keeps the result for the next build", (t) => {
    const name = Buffer.from("000401" + "6e" + "0000", "hex"); // a custom section that says nothing
    const first = finish(t, POLICY + START, "release", Buffer.concat([PLAIN, name]));
    assert.equal(first.stderr, "");
    assert.equal(first.status, 0);
    assert.match(first.stdout, /app\.wasm: 14 -> \d+ bytes/);
    assert.equal(fs.readdirSync(path.join(first.root, "cache/wasm-opt")).length, 1);
});

test("wasm that needs more than the oldest browser has is refused", (t) => {
    assert.ok(WebAssembly.validate(SIMD));
    const { status, stderr, html } = finish(t, POLICY + START, "release", SIMD);
    assert.equal(status, 1);
    assert.match(stderr, /i8x16\.splat/);
    assert.ok(html.includes("__SCRIPT_HASHES__"), "the page stays as it was");
});

test("a release build without wasm is refused", (t) => {
    const root = folder(t, { "index.html": POLICY + START });
    const { status, stderr } = run("node", [path.join(SCRIPTS, "finish-dist.mjs"), root], { TRUNK_PROFILE: "release", CARGO_TARGET_DIR: root });
    assert.equal(status, 1);
    assert.match(stderr, /no wasm file/);
});

test("a release build makes one style sheet of all, in their order", (t) => {
    const link = (name) => `<link rel="stylesheet" href="./${name}"/>\n`;
    const html = POLICY + link("a-1.css") + link("b-2.css") + START;
    const root = folder(t, { "index.html": html, "app.wasm": PLAIN, "a-1.css": "p { color: red; }\n", "b-2.css": "p { color: tan }" });
    const { status, stderr } = run("node", [path.join(SCRIPTS, "finish-dist.mjs"), root], { TRUNK_PROFILE: "release", CARGO_TARGET_DIR: path.join(root, "cache") });
    assert.equal(stderr, "");
    assert.equal(status, 0);
    const styles = fs.readdirSync(root).filter((name) => name.endsWith(".css"));
    assert.equal(styles.length, 1);
    assert.equal(fs.readFileSync(path.join(root, styles[0]), "utf8"), "p{color:red}p{color:tan}\n");
    const links = fs.readFileSync(path.join(root, "index.html"), "utf8").match(/href="[^"]+"/g);
    assert.deepEqual(links, [`href="./${styles[0]}"`]);
});

test("a style sheet named later is written apart, and linked nowhere", (t) => {
    const link = (name) => `<link rel="stylesheet" href="./${name}"/>\n`;
    const html = POLICY + link("later-1.css") + link("a-1.css") + START;
    const root = folder(t, { "index.html": html, "app.wasm": PLAIN, "a-1.css": "p { color: red; }", "later-1.css": "p { color: tan }" });
    const { status } = run("node", [path.join(SCRIPTS, "finish-dist.mjs"), root], { TRUNK_PROFILE: "release", CARGO_TARGET_DIR: path.join(root, "cache") });
    assert.equal(status, 0);
    const [later, style] = fs.readdirSync(root).filter((name) => name.endsWith(".css")).sort();
    assert.equal(fs.readFileSync(path.join(root, later), "utf8"), "p{color:tan}\n");
    const links = fs.readFileSync(path.join(root, "index.html"), "utf8").match(/href="[^"]+"/g);
    assert.deepEqual(links, [`href="./${style}"`]);
});

test("the worker lists every file with its digest, and a version that changes with them", (t) => {
    const first = finish(t, POLICY + START);
    const second = finish(t, `${POLICY}<p>more</p>${START}`);
    const listed = ({ root }) => {
        const worker = fs.readFileSync(path.join(root, "sw.js"), "utf8");
        assert.doesNotMatch(worker, /__[A-Z]+__/);
        return { version: /="([0-9a-f]{16})"/.exec(worker)[1], files: JSON.parse(/\{"[^}]+\}/.exec(worker)[0]) };
    };
    const sha = (root, name) => createHash("sha256").update(fs.readFileSync(path.join(root, name))).digest("hex");
    const { version, files } = listed(first);
    assert.deepEqual(files, { "app.wasm": sha(first.root, "app.wasm"), "index.html": sha(first.root, "index.html") });
    assert.notEqual(listed(second).version, version);
    assert.equal(listed(second).files["app.wasm"], files["app.wasm"]);
});
