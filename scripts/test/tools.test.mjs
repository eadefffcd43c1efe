import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { bundle, minify } from "../tools.mjs";
import { SCRIPTS, folder, run } from "./support.mjs";

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

function shrink(t, wasm) {
    const file = path.join(folder(t, { "app.wasm": wasm }), "app.wasm");
    const script = `import { shrink } from ${JSON.stringify(path.join(SCRIPTS, "tools.mjs"))}; shrink(${JSON.stringify(file)});`;
    return { ...run("node", ["--input-type=module", "--eval", script]), wasm: fs.readFileSync(file) };
}

test("wasm is shrunk in place", (t) => {
    const unused = Buffer.from("010401600000" + "03020100" + "0a040102000b", "hex"); // an uncalled function
    const { status, stderr, wasm } = shrink(t, Buffer.concat([PLAIN, unused]));
    assert.equal(stderr, "");
    assert.equal(status, 0);
    assert.deepEqual(wasm, PLAIN);
});

test("wasm that needs more than the oldest browser has is refused", (t) => {
    assert.ok(WebAssembly.validate(SIMD));
    const { status, stderr } = shrink(t, SIMD);
    assert.notEqual(status, 0);
    assert.match(stderr, /i8x16\.splat|SIMD/);
});

test("one style sheet is made of all that a sheet imports, in their order", (t) => {
    const root = folder(t, { "page.css": `@import "./a.css";\n@import "./b.css";`, "a.css": "p { color: red; }\n", "b.css": "p { color: tan }" });
    assert.equal(bundle(path.join(root, "page.css")), "p{color:red}p{color:tan}");
});

test("a script is shrunk, and its global names stay", () => {
    assert.equal(minify("// says nothing\nlet first = (second) => second + 1;\n"), "let first=t=>t+1;");
});
