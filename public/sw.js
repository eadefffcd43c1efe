// Keeps the page for times without a network: one version of it, with all of its files, or none. A version is taken in
// whole, each file checked against its digest, and is never mixed with another. What was kept is checked again with
// every answer: whatever runs at this address can write to its caches. scripts/post-build.mjs fills in what stands
// between underscores.

const VERSION = "__VERSION__";
const FILES = __FILES__; // by path, the SHA-256 of each file in hexadecimal digits
const DESK = __DESK__; // the same of the desk: kept when it is first asked for, and not before
const PDF = __PDF__; // the same of what reads PDF
const SHEETS = __SHEETS__; // the same of what reads and writes workbooks
const KIT = __KIT__; // the same of the form kit
const ALL = { ...FILES, ...DESK, ...KIT, ...PDF, ...SHEETS };
const START = "index.html";
const PREFIX = "bon-tot/";
const CACHE = PREFIX + VERSION;

async function digest(bytes) {
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A file as it was kept; nothing where it is not there or is not what it was. */
async function sound(cache, path) {
    const kept = await cache.match(path);
    if (!kept) return null;
    // the same body twice: what is answered is what was checked, and the browser goes on with what it compiled of it
    if ((await digest(await kept.clone().arrayBuffer())) === ALL[path]) return kept;
    await cache.delete(path);
    return null;
}

/** One file of this version from the network, kept; an error where the network has another. */
async function takeIn(cache, path) {
    const response = await fetch(path, { cache: "no-cache" });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    const bytes = await response.arrayBuffer();
    if ((await digest(bytes)) !== ALL[path]) throw new Error(`${path} is of another version`);
    // made anew, since a page may not be opened with an answer that came by a detour
    const kept = new Response(bytes, { headers: { "Content-Type": response.headers.get("Content-Type") } });
    await cache.put(path, kept.clone());
    return kept;
}

/** Was a file that begins so kept by an earlier version? Who uses it finds it here too. */
async function had(name) {
    for (const cache of await caches.keys()) {
        if (!cache.startsWith(PREFIX)) continue;
        const kept = await (await caches.open(cache)).keys();
        if (kept.some((request) => request.url.includes(`/${name}`))) return true;
    }
    return false;
}

/** Every file of this version, one after the other; those that came before the network broke off are not asked for again. */
async function takeInAll() {
    const cache = await caches.open(CACHE);
    const wanted = { ...FILES };
    for (const [worker, files] of Object.entries({ "desk-worker-": DESK, "kit-": KIT, "pdf-worker-": PDF, "sheet-worker-": SHEETS })) {
        if (await had(worker)) Object.assign(wanted, files);
    }
    for (const path of Object.keys(wanted)) {
        if (!(await sound(cache, path))) await takeIn(cache, path);
    }
}

async function dropOthers() {
    for (const name of await caches.keys()) {
        if (name.startsWith(PREFIX) && name !== CACHE) await caches.delete(name);
    }
}

async function answer(path) {
    const cache = await caches.open(CACHE);
    return (await sound(cache, path)) ?? takeIn(cache, path);
}

self.addEventListener("install", (event) => event.waitUntil(takeInAll()));
self.addEventListener("activate", (event) => event.waitUntil(dropOthers()));

self.addEventListener("fetch", (event) => {
    const url = new URL(event.request.url);
    const root = new URL("./", self.location).pathname;
    if (event.request.method !== "GET" || url.origin !== self.location.origin || !url.pathname.startsWith(root)) return;
    const path = url.pathname.slice(root.length) || START;
    if (Object.hasOwn(ALL, path)) event.respondWith(answer(path));
});

// "now": a person agreed. "alone": the page has just opened, and nothing is lost where no other one is open.
self.addEventListener("message", (event) => {
    const takeOver = async () => {
        const pages = event.data === "alone" ? await self.clients.matchAll({ type: "window" }) : [];
        if (pages.length < 2) await self.skipWaiting();
    };
    if (event.data === "now" || event.data === "alone") event.waitUntil(takeOver());
});
