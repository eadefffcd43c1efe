// A headless Chromium that this process starts, controls and ends. The DevTools protocol uses a pipe, so that
// no port, driver or WebSocket is needed.

import * as fs from "node:fs";
import * as path from "node:path";

import { sleep, start, stop } from "./process.mjs";

const FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,800",
    "--remote-debugging-pipe",
];
const PATIENCE = 30_000; // ms that one command of the protocol may take

/** A /proc file; empty if the process has ended. */
function ofProcess(id, name) {
    try {
        return fs.readFileSync(`/proc/${id}/${name}`, "utf8");
    } catch {
        return "";
    }
}

/** The processes of the browser with this profile. */
function processes(profile) {
    return fs.readdirSync("/proc").filter((id) => /^\d+$/.test(id) && ofProcess(id, "cmdline").includes(profile));
}

/** Kills all processes of the browser with this profile at once, like a power cut. */
export function cut(profile) {
    for (const id of processes(path.resolve(profile))) stop(Number(id));
}

/** Waits for the browser with this profile to end, and kills the rest after a second. */
async function sweep(profile) {
    for (let tries = 0; tries < 60; tries++) {
        const left = processes(profile);
        if (left.length === 0) return;
        if (tries > 20) for (const id of left) stop(Number(id));
        await sleep(50);
    }
}

/** Private memory of the largest renderer of the browser with this profile, in bytes. */
function rendererMemory(profile) {
    const renderers = processes(profile).filter((id) => ofProcess(id, "cmdline").includes("--type=renderer"));
    const own = renderers.map((id) => {
        const parts = ofProcess(id, "smaps_rollup").matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB$/gm);
        return [...parts].reduce((sum, [, kib]) => sum + Number(kib) * 1024, 0);
    });
    return Math.max(...own);
}

/** One tab. */
class Page {
    constructor(send, profile, listeners) {
        this.send = send;
        this.profile = profile;
        this.listeners = listeners;
    }

    /** Calls `listen` with the parameters of each event of this name. */
    on(event, listen) {
        this.listeners.set(event, listen);
    }

    /** Types a text at the caret, as one input. */
    type(text) {
        return this.send("Input.insertText", { text });
    }

    /** Runs a function in the page; arguments and result are JSON, and it may be asynchronous. */
    async evaluate(run, ...args) {
        const expression = `(${run})(${args.map((arg) => JSON.stringify(arg)).join(", ")})`;
        const { result, exceptionDetails } = await this.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
        if (exceptionDetails) throw new Error(`in the page: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`);
        return result.value;
    }

    /** Waits until a function in the page returns truthy. */
    async until(what, run, ...args) {
        for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
            const found = await this.evaluate(run, ...args).catch(() => null); // the page may be going away
            if (found) return found;
            await sleep(25);
        }
        throw new Error(`not within ${PATIENCE / 1000} s: ${what}`);
    }

    /** Goes to an address and waits until its document starts. */
    async go(url) {
        const { errorText } = await this.send("Page.navigate", { url });
        if (errorText) throw new Error(`${url}: ${errorText}`);
    }

    /** Slows the page's main thread. This applies to the process: call it once the page's site is open. */
    throttle(rate) {
        return this.send("Emulation.setCPUThrottlingRate", { rate });
    }

    /** A mouse click; the button is held as long as by a person. */
    async click(x, y) {
        const at = { x, y, button: "left", clickCount: 1 };
        await this.send("Input.dispatchMouseEvent", { ...at, type: "mousePressed" });
        await sleep(80);
        await this.send("Input.dispatchMouseEvent", { ...at, type: "mouseReleased" });
    }

    /** Moves the mouse. */
    hover(x, y) {
        return this.send("Input.dispatchMouseEvent", { type: "mouseMoved", x, y });
    }

    /** Presses a digit key. */
    async digit(digit) {
        const key = { key: digit, code: `Digit${digit}`, windowsVirtualKeyCode: 48 + Number(digit) };
        await this.send("Input.dispatchKeyEvent", { ...key, type: "keyDown", text: digit });
        await this.send("Input.dispatchKeyEvent", { ...key, type: "keyUp" });
    }

    /** Memory in bytes, after a collection: JavaScript heap in use, private memory of the process. */
    async memory() {
        await this.send("HeapProfiler.collectGarbage");
        return this.used();
    }

    /** Memory in bytes as it is. */
    async used() {
        await this.send("Performance.enable");
        const { metrics } = await this.send("Performance.getMetrics");
        return { js: metrics.find((metric) => metric.name === "JSHeapUsedSize").value, process: rendererMemory(this.profile) };
    }
}

/** Starts a browser on a profile, with more flags where they are wanted, passes its tab to `use`, and always ends it. */
export async function withBrowser(profile, use, flags = []) {
    const folder = path.resolve(profile);
    fs.mkdirSync(folder, { recursive: true });
    const child = start("chromium", [...FLAGS, ...flags, `--user-data-dir=${folder}`, "about:blank"], {
        stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
        env: { ...process.env, HOME: folder, TMPDIR: folder },
    });
    const [, , , to, from] = child.stdio;
    const waiting = new Map();
    const listeners = new Map();
    let last = 0;
    let ended = false;
    const giveUp = (reason) => {
        for (const { reject } of waiting.values()) reject(new Error(reason));
        waiting.clear();
    };
    const send = (method, params = {}, sessionId = undefined) =>
        new Promise((resolve, reject) => {
            if (ended) return reject(new Error("the browser has ended"));
            const id = ++last;
            const timer = setTimeout(() => {
                waiting.delete(id);
                reject(new Error(`the browser did not answer ${method} within ${PATIENCE / 1000} s`));
            }, PATIENCE);
            const settle = (how) => (value) => {
                clearTimeout(timer);
                how(value);
            };
            waiting.set(id, { method, resolve: settle(resolve), reject: settle(reject) });
            to.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
        });
    let rest = Buffer.alloc(0);
    from.on("data", (bytes) => {
        rest = Buffer.concat([rest, bytes]);
        for (let end; (end = rest.indexOf(0)) >= 0; rest = rest.subarray(end + 1)) {
            const message = JSON.parse(rest.subarray(0, end).toString());
            const asked = waiting.get(message.id);
            if (!asked) {
                listeners.get(message.method)?.(message.params);
                continue;
            }
            waiting.delete(message.id);
            if (message.error) asked.reject(new Error(`${asked.method}: ${message.error.message}`));
            else asked.resolve(message.result);
        }
    });
    to.on("error", () => giveUp("the browser has gone"));
    child.on("close", () => {
        ended = true;
        giveUp("the browser has ended");
    });
    child.on("error", (error) => giveUp(`chromium cannot be started: ${error.message}`));
    try {
        const { product } = await send("Browser.getVersion");
        const { targetInfos } = await send("Target.getTargets");
        const tab = targetInfos.find((target) => target.type === "page");
        const { sessionId } = await send("Target.attachToTarget", { targetId: tab.targetId, flatten: true });
        const page = new Page((method, params) => send(method, params, sessionId), folder, listeners);
        page.product = product;
        await page.send("Page.enable");
        return await use(page);
    } finally {
        await send("Browser.close").catch(() => {});
        for (let tries = 0; tries < 100 && child.exitCode === null && child.signalCode === null; tries++) await sleep(50);
        stop(-child.pid);
        await sweep(folder);
    }
}
