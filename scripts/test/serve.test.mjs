import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as http from "node:http";
import * as path from "node:path";
import { test } from "node:test";
import { SCRIPTS, folder, run } from "./support.mjs";

const SERVE = path.join(SCRIPTS, "serve.mjs");

/** A request whose path reaches the server as it is written, unlike with fetch. */
async function ask(port, path, method = "GET") {
    const request = http.request({ host: "127.0.0.1", port, path, method, agent: false }).end();
    const [response] = await once(request, "response");
    let body = "";
    for await (const part of response) body += part;
    return { status: response.statusCode, headers: response.headers, body };
}

test("it serves the folder, says where, and stops when told to", async (t) => {
    const outside = folder(t, { "secret.txt": "secret" });
    const root = folder(t, {
        "index.html": "home",
        "a b.js": "1",
        "app.wasm": "",
        "m.webmanifest": "{}",
        "help/index.html": "help",
        "noindex/x.css": "",
    });
    fs.symlinkSync(path.join(outside, "secret.txt"), path.join(root, "link.txt"));
    fs.symlinkSync(outside, path.join(root, "out"));

    const server = spawn("node", [SERVE, root, "0"], { stdio: ["ignore", "pipe", "inherit"] });
    t.after(() => server.kill("SIGKILL"));
    const [line] = await once(server.stdout, "data");
    const port = /^http:\/\/127\.0\.0\.1:(\d+)\/ serves /.exec(line)[1];

    const home = await ask(port, "/?v=1");
    assert.deepEqual([home.status, home.body], [200, "home"]);
    assert.equal(home.headers["cache-control"], "no-cache");
    assert.equal(home.headers["content-type"], "text/html; charset=utf-8");
    assert.equal((await ask(port, "/help/")).body, "help");
    assert.equal((await ask(port, "/a%20b.js")).headers["content-type"], "text/javascript; charset=utf-8");
    assert.equal((await ask(port, "/app.wasm")).headers["content-type"], "application/wasm");
    assert.equal((await ask(port, "/m.webmanifest")).headers["content-type"], "application/manifest+json");

    const head = await ask(port, "/", "HEAD");
    assert.deepEqual([head.status, head.body, head.headers["content-length"]], [200, "", "4"]);
    assert.equal((await ask(port, "/", "POST")).status, 405);

    const name = path.basename(outside);
    const nowhere = ["/none", "/noindex/", "/help", "/link.txt", "/out/secret.txt", "/%", "/%00", `/../${name}/secret.txt`, `/%2e%2e/${name}/secret.txt`, `/..%2f${name}%2fsecret.txt`];
    for (const path of nowhere) assert.equal((await ask(port, path)).status, 404, path);

    const taken = run("node", [SERVE, root, port]);
    assert.equal(taken.status, 1);
    assert.equal(taken.stderr, `serve: port ${port} is in use; choose another with PORT=\n`);

    server.kill("SIGTERM");
    assert.deepEqual(await once(server, "exit"), [0, null]);
});

test("a folder without a page, or a port that is none, is an error", (t) => {
    assert.match(run("node", [SERVE, folder(t, {}), "0"]).stderr, /run make dist/);
    assert.match(run("node", [SERVE, folder(t, { "index.html": "" }), "http"]).stderr, /http is not a port/);
});
