import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { SCRIPTS, folder, run } from "./support.mjs";

const SYSTEM = ["awk", "bash", "cat", "chmod", "cmp", "cp", "dirname", "env", "head", "id", "mkdir", "nice", "rm", "sleep", "sort", "tail", "tr"];

/** Prints a version; logs any other arguments to the file `calls`. */
const tool = (version, then = "") =>
    `if [ "$1" = --version ]; then echo "tool ${version}"; else echo "\${0##*/} $*" >>calls; ${then || ":"}; fi`;
/** Lists what it installed, which is the only one to ask for wasm-split-cli's version; `then` builds. */
const cargo = (then = "", split = "0.2.4") =>
    `if [ "$1 $2" = "install --list" ]; then echo "wasm_split_cli_support v${split}:"; echo "    wasm-split-cli"; exit; fi
${tool("1.95.0", then)}`;
/** Waits for a promise; fails after ten seconds. */
const until = (condition) => `for _ in {1..100}; do ${condition} && break; sleep 0.1; done; ${condition} || exit 1`;
const called = (what) => `[[ $(cat calls 2>/dev/null) == *"${what}"* ]]`;
const becomes = (name, version) => `printf '#!/bin/bash\\necho tool ${version}\\n' >bin/${name}; chmod +x bin/${name}`;

const COMPLETE = {
    apt_get: tool("2.6"),
    cargo: cargo(),
    cc: tool("12"),
    chromedriver: tool("156"),
    chromium: tool("156"),
    node: "echo v20.1.0",
    npm: tool("10"),
    rustc: `case $1 in --version) echo "rustc 1.95.0 (x)" ;; --print) echo "$PWD/libdir" ;; esac`,
    rustup: tool("1.28"),
    trunk: tool("0.21.14"),
    wasm_bindgen: tool("0.2.130"),
    wasm_bindgen_test_runner: tool("0.2.130"),
    wasm_split_cli: "exit 2", // knows no --version
    WebKitWebDriver: "exit 2", // neither does this
    Xvfb: "exit 2",
};

/** A machine with these tools only (undefined: lacks it), and this script in a project of its own. */
function machine(t, changes = {}) {
    const root = folder(t, {
        "Cargo.toml": `rust-version = "1.88"\n`,
        "Cargo.lock": `[[package]]\nname = "wasm-bindgen-shared"\nversion = "9"\n\n[[package]]\nname = "wasm-bindgen"\nversion = "0.2.130"\n`,
        "Trunk.toml": `trunk-version = "=0.21.14"\n`,
        "package-lock.json": "{}",
        "node_modules/.installed-lock": "{}",
        "libdir/x": "",
        "bin/x": "",
        "system/x": "",
        "scripts/setup.sh": fs.readFileSync(path.join(SCRIPTS, "setup.sh")),
    });
    // no link leads to a real tool, and no file is written twice: a stub must never replace what it stands for
    const write = (folder, name, body) =>
        fs.writeFileSync(path.join(root, folder, name), `#!/bin/bash\n${body}\n`, { mode: 0o755, flag: "wx" });
    for (const name of SYSTEM) write("system", name, `exec ${which(name)} "$@"`);
    for (const [name, body] of Object.entries({ ...COMPLETE, ...changes })) {
        if (body !== undefined) write("bin", name.replaceAll("_", "-"), body);
    }
    const env = { PATH: path.join(root, "system"), CARGO_HOME: root }; // the script itself puts CARGO_HOME/bin first
    const command = (what) => ["/bin/bash", [path.join(root, "scripts/setup.sh"), ...what]];
    const setup = (...what) => run(...command(what), { ...env, PROGRESS: "1" });
    const start = (...what) => spawn(...command(what), { stdio: "ignore", env: { ...process.env, ...env } });
    const calls = () => (fs.existsSync(path.join(root, "calls")) ? fs.readFileSync(path.join(root, "calls"), "utf8") : "");
    const read = (name) => fs.readFileSync(path.join(root, name), "utf8");
    return { root, setup, start, calls, read };
}

function which(name) {
    return process.env.PATH.split(":").map((folder) => path.join(folder, name)).find((file) => fs.existsSync(file));
}

const ALL = ["rust", "lint", "wasm", "trunk", "wasm-bindgen", "wasm-split", "npm", "browser", "webkit"];

test("where nothing is missing, nothing is installed or said", (t) => {
    const { setup, calls } = machine(t);
    assert.deepEqual(setup(...ALL), { status: 0, stdout: "", stderr: "" });
    assert.doesNotMatch(calls(), /install|add|\bci\b/);
});

test("another version of trunk is replaced by the one that Trunk.toml names, once", (t) => {
    const install = becomes("trunk", "0.21.14");
    const { setup, calls } = machine(t, { trunk: tool("0.22.1"), cargo: cargo(install) });
    const { status, stdout } = setup("trunk");
    assert.equal(status, 0);
    assert.match(stdout, /^setup: building trunk 0\.21\.14 \(in place of 0\.22\.1\), about 3 minutes [^\n]*\n$/);
    assert.equal(calls(), "cargo install --force --locked --no-default-features trunk@0.21.14\n");
    assert.deepEqual(setup("trunk"), { status: 0, stdout: "", stderr: "" });
});

test("wasm-bindgen has the version of Cargo.lock and is built without --locked", (t) => {
    const install = becomes("wasm-bindgen-test-runner", "0.2.130");
    const { setup, calls } = machine(t, { wasm_bindgen_test_runner: undefined, cargo: cargo(install) });
    assert.equal(setup("wasm-bindgen").status, 0);
    assert.equal(calls(), "cargo install --force --no-default-features wasm-bindgen-cli@0.2.130\n");
});

test("wasm-split-cli, which does not say its version, has the one that cargo lists", (t) => {
    const { setup, calls } = machine(t, { cargo: cargo("echo 0.2.4 >split", "$(cat split 2>/dev/null || echo 0.2.3)") });
    assert.match(setup("wasm-split").stdout, /^setup: building wasm_split_cli_support 0\.2\.4 \(in place of 0\.2\.3\), [^\n]*\n$/);
    assert.equal(calls(), "cargo install --force --locked --features build-binary wasm_split_cli_support@0.2.4\n");
    assert.deepEqual(setup("wasm-split"), { status: 0, stdout: "", stderr: "" });
});

test("tools are built at the same time, beside what else is installed, and say how far they are", (t) => {
    const builds = `mkdir -p "$CARGO_TARGET_DIR"; case $* in
        *trunk*) printf '    Building [=>  ] 7/20: a, b\\r'; ${until(called("npm ci"))}; sleep 1.5; ${becomes("trunk", "0.21.14")} ;;
        *) ${until(called("trunk"))}; ${becomes("wasm-bindgen", "0.2.130")} ;;
    esac`;
    const { root, setup, read } = machine(t, { trunk: undefined, wasm_bindgen: undefined, cargo: cargo(builds) });
    fs.writeFileSync(path.join(root, "package-lock.json"), "{ }");
    const { status, stdout, stderr } = setup("trunk", "wasm-bindgen", "npm");
    assert.deepEqual([status, stderr], [0, ""]);
    assert.match(stdout, /^setup: trunk 7 of 20 steps$/m);
    assert.match(read("calls"), /^npm ci /m);
    assert.ok(!fs.existsSync(path.join(root, "target/setup/build")));
});

/** A trunk that never ends, and writes its pid to the file `process`. */
const ENDLESS = `case $* in *trunk*) echo $$ >process; sleep 60 ;; *) ${until("[ -s process ]")}; exit 1 ;; esac`;
/** Resolves when the process has ended. */
async function gone(id) {
    for (let tries = 0; tries < 100; tries++) {
        try {
            process.kill(Number(id), 0);
        } catch {
            return;
        }
        await sleep(50);
    }
    assert.fail("it goes on");
}

test("the first build that fails ends the others", async (t) => {
    const { setup, read } = machine(t, { trunk: undefined, wasm_bindgen: undefined, cargo: cargo(ENDLESS) });
    const { status, stderr } = setup("trunk", "wasm-bindgen");
    assert.equal(status, 1);
    assert.match(stderr, /^setup: wasm-bindgen-cli 0\.2\.130 could not be built [^\n]*\n$/);
    await gone(read("process"));
});

for (const signal of ["SIGINT", "SIGTERM"]) {
    test(`nothing goes on building after ${signal}`, { timeout: 20_000 }, async (t) => {
        const { root, start, read } = machine(t, { trunk: undefined, cargo: cargo(ENDLESS) });
        const setup = start("trunk");
        const builds = () => fs.existsSync(path.join(root, "process")) && read("process") !== "";
        while (setup.exitCode === null && !builds()) await sleep(50);
        assert.equal(setup.exitCode, null, "it ends before what it builds");
        setup.kill(signal);
        const [status] = await once(setup, "exit");
        assert.equal(status, { SIGINT: 130, SIGTERM: 143 }[signal]);
        await gone(read("process"));
    });
}

test("a tool that cannot be built is named", (t) => {
    const { setup } = machine(t, { trunk: undefined, cargo: cargo("echo no network; exit 1") });
    const { status, stderr } = setup("trunk");
    assert.equal(status, 1);
    assert.match(stderr, /^no network\nsetup: trunk 0\.21\.14 could not be built [^\n]*\n$/);
});

test("a tool that another one hides is not taken for installed", (t) => {
    const { setup } = machine(t, { trunk: tool("0.22.1") });
    const { status, stderr } = setup("trunk");
    assert.equal(status, 1);
    assert.match(stderr, /answers as 0\.22\.1: put .* first in PATH/);
});

test("the wasm target is added with rustup", (t) => {
    const { root, setup, calls } = machine(t);
    fs.rmSync(path.join(root, "libdir"), { recursive: true });
    assert.match(setup("wasm").stdout, /^setup: adding [^\n]*\n$/);
    assert.match(calls(), /^rustup target add wasm32-unknown-unknown$/m);
});

test("npm packages follow package-lock.json", (t) => {
    const { root, setup, calls } = machine(t);
    fs.writeFileSync(path.join(root, "package-lock.json"), "{ }");
    assert.equal(setup("npm").status, 0);
    assert.match(calls(), /^npm ci /m);
    assert.deepEqual(setup("npm"), { status: 0, stdout: "", stderr: "" });
});

test("WebKit comes from Debian with its driver and a screen, once", (t) => {
    const install = `${becomes("WebKitWebDriver", "2")}; ${becomes("Xvfb", "21")}`;
    const { setup, calls } = machine(t, { WebKitWebDriver: undefined, Xvfb: undefined, id: "echo 0", apt_get: tool("2.6", install) });
    assert.match(setup("webkit").stdout, /^setup: installing WebKit \(webkit2gtk-driver xvfb\), [^\n]*\n$/);
    assert.match(calls(), /^apt-get update\napt-get install -y --no-install-recommends webkit2gtk-driver xvfb\n$/);
    assert.deepEqual(setup("webkit"), { status: 0, stdout: "", stderr: "" });
});

test("what cannot be installed ends in one sentence that names it", (t) => {
    const ends = (changes, what, sentence) => {
        const { status, stderr } = machine(t, changes).setup(what);
        assert.equal(status, 1);
        assert.match(stderr, sentence);
    };
    ends({ cargo: undefined }, "rust", /^setup: Rust is missing: install it with rustup/);
    ends({ rustc: `echo "rustc 1.87.0 (x)"` }, "rust", /^setup: Rust 1\.88 or later is needed and this is 1\.87\.0/);
    ends({ node: undefined }, "npm", /^setup: Node\.js with npm is missing/);
    ends({ node: "echo v18.19.0" }, "npm", /^setup: Node\.js 20 or later is needed and this is 18\.19\.0/);
    ends({ chromium: undefined, apt_get: undefined }, "browser", /^setup: Chromium is missing, and there is no apt-get/);
    ends({ chromium: undefined, apt_get: "exit 100", id: "echo 0" }, "browser", /setup: Chromium could not be installed: apt-get update failed/);
    ends({ chromium: undefined, id: "echo 1000" }, "browser", /^setup: Chromium is missing, and installing it needs root/);
    ends({ Xvfb: undefined, apt_get: undefined }, "webkit", /^setup: WebKit is missing, and there is no apt-get/);
    ends({ WebKitWebDriver: undefined, id: "echo 1000" }, "webkit", /^setup: WebKit is missing, and installing it needs root: run apt-get install webkit2gtk-driver xvfb as root/);
    ends({ Xvfb: undefined, id: "echo 0" }, "webkit", /^setup: WebKitWebDriver or Xvfb is still not in PATH/);
    ends({}, "tea", /^setup: nothing here is called tea/);
});
