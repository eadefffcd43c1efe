// trunk's post_build hook: cuts the page's wasm at its one split point (src/app/rest.rs) and shrinks the parts.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { transformSync } from "esbuild";

const stage = process.env.TRUNK_STAGING_DIR;
const target = path.resolve(process.env.CARGO_TARGET_DIR ?? "target");
const profile = "wasm"; // cargo_profile of Trunk.toml, for trunk serve too
const debug = process.env.TRUNK_PROFILE === "debug";
const at = (name) => path.join(stage, name);
const run = (tool, ...args) => execFileSync(tool, args, { stdio: ["ignore", "ignore", "inherit"] });
const sha256 = (bytes, form) => createHash("sha256").update(bytes).digest(form);

// Trunk has run wasm-bindgen on the whole; here it runs on the first part, and its files take the place of those.
const name = fs.readdirSync(stage).find((file) => /^app-\w+\.js$/.test(file)).slice(0, -3);
const parts = path.join(target, "split");
fs.rmSync(parts, { recursive: true, force: true });
run("wasm-split-cli", path.join(target, `wasm32-unknown-unknown/${profile}/app.wasm`), parts, "--target", "web", "--out-name", "app");
run("wasm-bindgen", "--target", "web", "--no-typescript", "--keep-lld-exports", "--out-dir", parts, path.join(parts, "app.wasm"));
// names that change with every version, for caches
const link = name.replace("app-", "link-") + ".js";
const named = { "app.js": `${name}.js`, "app_bg.wasm": `${name}_bg.wasm`, "__wasm_split.js": link, "split_rest.wasm": `${name}_rest.wasm` };
for (const [from, to] of Object.entries(named)) fs.copyFileSync(path.join(parts, from), at(to));

const FEATURES = ["bulk-memory", "multivalue", "mutable-globals", "nontrapping-float-to-int", "reference-types", "sign-ext"];
for (const file of fs.readdirSync(stage, { recursive: true })) {
    if (file.endsWith(".wasm") && !debug) {
        run("node_modules/.bin/wasm-opt", "-Os", "--strip-debug", "--strip-producers", "--strip-target-features", ...FEATURES.map((one) => `--enable-${one}`), at(file), "-o", at(file));
    }
    if (file.endsWith(".js")) {
        let text = fs.readFileSync(at(file), "utf8").replace('from "./__wasm_split.js"', `from "./${link}"`);
        text = text.replace('from "./app.js"', `from "./${name}.js"`).replace('"./split_rest.wasm"', `"./${name}_rest.wasm"`);
        fs.writeFileSync(at(file), transformSync(text, { minify: true, charset: "utf8" }).code);
    }
    if (file.endsWith(".css")) {
        const text = fs.readFileSync(at(file), "utf8");
        fs.writeFileSync(at(file), transformSync(text, { loader: "css", minify: true, charset: "utf8" }).code);
    }
}

// The policy allows the inline scripts by their digests.
const html = fs.readFileSync(at("index.html"), "utf8");
const inline = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([^]*?)<\/script>/g)].map(([, text]) => `'sha256-${sha256(text, "base64")}'`);
fs.writeFileSync(at("index.html"), html.replace("__SCRIPT_HASHES__", inline.join(" ")));

// The service worker keeps every file of this version.
const files = Object.fromEntries(fs.readdirSync(stage).sort().map((file) => [file, sha256(fs.readFileSync(at(file)), "hex")]));
const worker = fs.readFileSync("public/sw.js", "utf8").replace("__FILES__", JSON.stringify(files)).replace("__VERSION__", sha256(JSON.stringify(files), "hex").slice(0, 16));
fs.writeFileSync(at("sw.js"), transformSync(worker, { minify: true, charset: "utf8" }).code);
