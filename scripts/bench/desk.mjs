// The page of the desk: receiving thousands of files, and scrolling through them.

import * as fs from "node:fs";
import * as path from "node:path";

import { run, sleep } from "./process.mjs";

const PACK = "nghe-an-2024";
const LIMIT = 600; // seconds for one intake
const WHEEL = 240; // turns of the wheel
const TURN = 700; // CSS pixels each

/**
 * Notes the longest task of the main thread from now on. That in which the browser makes the chosen files and hands them
 * over is the browser's own until the page hears of them.
 */
function watchTasks() {
    window.longest = { browser: 0, page: 0 };
    let handed = Infinity;
    document.addEventListener("change", () => (handed = performance.now()), { capture: true, once: true });
    const note = ({ startTime, duration }) => {
        const own = Math.min(duration, startTime + duration - handed);
        window.longest.page = Math.max(window.longest.page, own);
        window.longest.browser = Math.max(window.longest.browser, duration - Math.max(own, 0));
    };
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type: "longtask" });
}

/** Notes the time between frames from now on. */
function watchFrames() {
    window.frames = [];
    let last = performance.now();
    const next = (now) => {
        window.frames.push(now - last);
        last = now;
        requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
}

const at = (id) => document.querySelector(`[data-testid="${id}"]`) !== null;
const state = () => document.querySelector('[data-testid="desk-progress"]')?.dataset.state;
const read = () => Number(document.querySelector('[data-testid="desk-total"]')?.dataset.read ?? 0);

/** Hands files to the page as a person chooses them; returns seconds, longest task in ms, most memory in bytes. */
async function receive(page, files, expected) {
    await page.evaluate(watchTasks);
    const { root } = await page.send("DOM.getDocument");
    const { nodeId } = await page.send("DOM.querySelector", { nodeId: root.nodeId, selector: '[data-testid="desk-import"]' });
    const most = { js: 0, process: 0 };
    const from = performance.now();
    await page.send("DOM.setFileInputFiles", { files, nodeId });
    for (let ended = false; !ended; ) {
        await sleep(250);
        const now = await page.used();
        most.js = Math.max(most.js, now.js);
        most.process = Math.max(most.process, now.process);
        ended = (await page.evaluate(state)) === "ended" && (await page.evaluate(read)) === expected;
        if (performance.now() - from > LIMIT * 1000) throw new Error(`${await page.evaluate(read)} of ${expected} files after ${LIMIT} s`);
    }
    const seconds = (performance.now() - from) / 1000;
    return { seconds, longest: await page.evaluate(() => window.longest), most };
}

/** Turns the wheel over the list; returns the times between frames in ms. */
async function scroll(page) {
    const { x, y } = await page.evaluate(() => {
        const list = document.getElementById("desk-scroll");
        list.scrollIntoView({ block: "center" });
        const { left, top, width, height } = list.getBoundingClientRect();
        return { x: left + width / 2, y: top + height / 2 };
    });
    await sleep(500);
    await page.evaluate(watchFrames);
    for (let turn = 0; turn < WHEEL; turn++) {
        await page.send("Input.dispatchMouseEvent", { type: "mouseWheel", x, y, deltaX: 0, deltaY: TURN });
    }
    await sleep(500);
    const moved = await page.evaluate(() => document.getElementById("desk-scroll").scrollTop);
    if (moved < TURN) throw new Error(`the list is still at ${moved} px`);
    return (await page.evaluate(() => window.frames)).slice(1);
}

/** Receives `count` files, then as many again, and scrolls through all of them. */
export async function measureDesk(bontot, work, page, url, count) {
    const halves = [];
    for (const seed of [1, 2]) {
        const folder = path.join(work, `desk-${seed}`);
        fs.rmSync(folder, { recursive: true, force: true });
        await run(bontot, ["sample", "--pack", PACK, "--count", String(count), "--seed", String(seed), "--out", folder], { limit: LIMIT });
        // Names of both folders are told apart by their folder in the tool; a browser gives the name alone.
        const names = fs.readdirSync(folder).filter((name) => name.startsWith("bontot_"));
        halves.push(names.map((name) => path.join(folder, name)));
    }
    await page.go(new URL("#/desk", url).href);
    await page.until("the desk", at, "desk-import");
    const first = await receive(page, halves[0], count);
    await receive(page, halves[1], 2 * count);
    return { ...first, frames: await scroll(page) };
}
