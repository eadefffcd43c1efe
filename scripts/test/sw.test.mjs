// The service worker by itself, with a cache and a network of its own.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import test from "node:test";
import vm from "node:vm";

import { fillWorker } from "../page.mjs";
import { ROOT } from "../tools.mjs";

const FILES = { "index.html": "<p>page", "app.wasm": "\0asm" };
const KIT = { "kit-0123.css": "kit{}", "app-0123_kit.wasm": "\0asm of the kit" };
const DESK = { "desk-worker-0123.js": "receive()", "app-0123_desk.wasm": "\0asm of the desk" };
const PDF = { "pdf-worker-0123.js": "draw()" };
const SHEETS = { "sheet-worker-0123.js": "write()" };
const SOURCE = fillWorker(fs.readFileSync(path.join(ROOT, "public/sw.js"), "utf8"), { ...FILES, ...DESK, ...KIT, ...PDF, ...SHEETS });
const BASE = "https://bontot.example/to/";

/** A worker that was installed from a network with these files, and what a person can do to it. */
async function installed(network = { ...FILES, ...DESK, ...KIT, ...PDF, ...SHEETS }, stores = new Map()) {
    const handlers = {};
    const asked = [];
    const caches = {
        keys: async () => [...stores.keys()],
        delete: async (name) => stores.delete(name),
        open: async (name) => {
            if (!stores.has(name)) stores.set(name, new Map());
            const store = stores.get(name);
            return {
                keys: async () => [...store.keys()].map((at) => ({ url: BASE + at })),
                match: async (at) => store.get(at)?.clone(),
                put: async (at, response) => void store.set(at, response),
                delete: async (at) => store.delete(at),
            };
        },
    };
    const fetch = async (at) => {
        asked.push(at);
        if (network[at] === undefined) throw new TypeError("no network");
        return new Response(network[at], { headers: { "Content-Type": "text/plain" } });
    };
    const self = { location: new URL("sw.js", BASE), addEventListener: (kind, handler) => (handlers[kind] = handler) };
    vm.runInNewContext(SOURCE, { self, caches, fetch, crypto, URL, Response, Uint8Array, Object });
    await new Promise((done, failed) => handlers.install({ waitUntil: (work) => work.then(done, failed) }));
    return {
        asked,
        network,
        stores,
        store: [...stores.values()].at(-1),
        /** The text that the worker answers with. */
        async ask(at) {
            let answer;
            handlers.fetch({ request: { method: "GET", url: BASE + at }, respondWith: (given) => (answer = given) });
            return (await answer).text();
        },
    };
}

test("what is kept is answered without the network, again and again", async () => {
    const worker = await installed();
    worker.asked.length = 0;
    for (const at of ["", "index.html", "app.wasm", "app.wasm"]) {
        assert.equal(await worker.ask(at), FILES[at || "index.html"]);
    }
    assert.deepEqual(worker.asked, []);
});

test("a kept file that was changed is fetched anew", async () => {
    const worker = await installed();
    worker.store.set("app.wasm", new Response("\0asm and more"));
    assert.equal(await worker.ask("app.wasm"), FILES["app.wasm"]);
    assert.equal(await worker.store.get("app.wasm").clone().text(), FILES["app.wasm"]);
    // Also one that was changed after it had been answered.
    worker.store.set("app.wasm", new Response("\0ASM"));
    assert.equal(await worker.ask("app.wasm"), FILES["app.wasm"]);
});

test("a changed file is never answered, whatever the network does", async () => {
    const worker = await installed();
    for (const network of [undefined, "\0asm of a later version"]) {
        worker.network["app.wasm"] = network;
        worker.store.set("app.wasm", new Response("\0asm and more"));
        await assert.rejects(worker.ask("app.wasm"), /no network|of another version/);
        await assert.rejects(worker.ask("app.wasm"));
    }
    assert.equal(await worker.ask("index.html"), FILES["index.html"]);
});

test("a version of which a file is missing or is another one is not taken in", async () => {
    await assert.rejects(installed({ "index.html": FILES["index.html"] }), /no network/);
    await assert.rejects(installed({ ...FILES, "app.wasm": "\0asm of a later version" }), /of another version/);
});

test("the desk, the form kit, and what reads PDF or workbooks, are kept when they are first asked for, and not before", async () => {
    const worker = await installed();
    assert.deepEqual(worker.asked, ["app.wasm", "index.html"]);
    const later = { ...DESK, ...KIT, ...PDF, ...SHEETS };
    for (const at of Object.keys(later)) assert.equal(await worker.ask(at), later[at]);
    for (const at of Object.keys(later)) delete worker.network[at];
    for (const at of Object.keys(later)) assert.equal(await worker.ask(at), later[at]);
    worker.store.set("app-0123_desk.wasm", new Response("\0ASM"));
    await assert.rejects(worker.ask("app-0123_desk.wasm"), /no network/);
});

test("who has the desk, the form kit, or what reads PDF or workbooks, has it in the next version too", async () => {
    for (const [name, more] of [["desk-worker-4567.js", DESK], ["kit-4567.css", KIT], ["pdf-worker-4567.js", PDF], ["sheet-worker-4567.js", SHEETS]]) {
        const earlier = new Map([[name, new Response("receive()")]]);
        const worker = await installed(undefined, new Map([["bon-tot/4567", earlier]]));
        assert.deepEqual(worker.asked.sort(), Object.keys({ ...FILES, ...more }).sort());
    }
});
