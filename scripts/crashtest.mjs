// Cuts the power while a form is being filled, again and again: node scripts/crashtest.mjs
//
// Each time a browser opens the form, text is typed, and at a random moment every process of the browser is
// killed. The field values afterwards are compared with what was shown as saved. Exit 1 if a change that
// was shown as saved is gone, or more than the last second of typing. KILLS and SEED may be set. Works in
// target/crashtest/; needs Linux, chromium and a built dist/.

import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

import { cut, withBrowser } from "./bench/browser.mjs";
import { serve, sleep, stopAll } from "./bench/process.mjs";
import * as inside from "./crash/inside.mjs";
import { Ledger, chance } from "./crash/ledger.mjs";

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const WORK = path.join(ROOT, "target", "crashtest");
const KILLS = Number(process.env.KILLS ?? 50);
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
const LIMIT = 15; // minutes for everything
const MOST_UNSAVED = 1000; // ms of typing that may be lost
const WORDS = ["Sổ ", "biên bản ", "số 5/2026, ", "đồng chí ", "Đặng Thị Ngọc Ưu ", "ghi ", "ngày 19/5, ", "đã ", "họp ", "đủ. "];

const profile = path.join(WORK, `profile-${process.pid}`);
const random = chance(SEED);
const below = (limit) => Math.floor(random() * limit);

/** Makes a form and opens its first criterion; returns its address. */
async function makeForm(url) {
    return withBrowser(profile, async (page) => {
        await page.go(url);
        await page.until("the button for a new form", () => document.querySelector('[data-testid="new-form"]'));
        await page.evaluate(() => document.querySelector('[data-testid="new-form"]').click());
        await page.until("the sections", () => document.querySelector('[data-testid="section-C1"]'));
        await page.evaluate(() => document.querySelector('[data-testid="section-C1"]').click());
        await page.until("the place is on disk", () => document.querySelector('[data-testid="save-state"][data-state=saved]'));
        await sleep(500);
        return page.evaluate(() => location.href);
    });
}

/** Opens the form and waits for its fields. */
async function open(page, url) {
    await page.go(url);
    await page.until("the fields of the first criterion", () => document.querySelectorAll("main textarea").length > 5);
    await page.evaluate(inside.unfold);
}

/** Types until the end of time. */
async function type(page) {
    for (;;) {
        if (random() < 0.15) {
            const { x, y } = await page.evaluate(inside.choice, below(1000));
            await page.click(x, y);
            continue;
        }
        await page.evaluate(inside.focus, below(1000));
        for (let words = 1 + below(6); words > 0; words--) {
            for (const letter of WORDS[below(WORDS.length)]) {
                await page.type(letter);
                await sleep(10 + below(50));
            }
        }
    }
}

/** One session that ends in a power cut: what was typed, and when it was cut. */
async function session(url, before) {
    let ledger;
    let cutAt;
    await withBrowser(profile, async (page) => {
        await open(page, url);
        const found = await page.evaluate(inside.values);
        if (before) before.verdict = before.ledger.judge(found, before.cutAt);
        ledger = new Ledger(found);
        page.on("Runtime.bindingCalled", ({ payload }) => {
            const told = JSON.parse(payload);
            if (told.change) ledger.change(told.at, told.values);
            else ledger.acknowledge(told.saved);
        });
        await page.send("Runtime.enable");
        await page.send("Runtime.addBinding", { name: "crashTold" });
        await page.evaluate(`() => (${inside.watch})(${inside.values})`);
        const typing = type(page).catch((error) => error);
        await sleep(150 + random() ** 2 * 4000);
        cutAt = Date.now();
        cut(profile);
        await typing;
    });
    return { ledger, cutAt };
}

async function main() {
    if (!fs.existsSync(path.join(ROOT, "dist", "index.html"))) throw new Error("dist/ is missing; run make dist");
    fs.mkdirSync(WORK, { recursive: true });
    const server = await serve(path.join(ROOT, "scripts", "serve.mjs"), path.join(ROOT, "dist"));
    const url = await makeForm(server);
    const sessions = [];
    console.error(`crashtest: ${KILLS} power cuts, about ${Math.ceil((KILLS * 5) / 60)} minutes; SEED=${SEED}`);
    for (let cuts = 0; cuts < KILLS; cuts++) sessions.push(await session(url, sessions.at(-1)));
    // after the last cut
    await withBrowser(profile, async (page) => {
        await open(page, url);
        const last = sessions.at(-1);
        last.verdict = last.ledger.judge(await page.evaluate(inside.values), last.cutAt);
    });
    const sum = (count) => sessions.reduce((all, one) => all + count(one), 0);
    const lost = sum(({ verdict }) => verdict.lost);
    const mixed = sum(({ verdict }) => Number(verdict.mixed));
    const worst = Math.max(...sessions.map(({ verdict }) => verdict.unsaved));
    console.log(`power cuts                          ${KILLS}   (seed ${SEED})`);
    console.log(`changes typed                       ${sum(({ ledger }) => ledger.typed)}`);
    console.log(`changes acknowledged as saved       ${sum(({ ledger }) => ledger.saved)}`);
    console.log(`acknowledged changes lost           ${lost}`);
    console.log(`forms in a state that never was     ${mixed}`);
    console.log(`worst unsaved time                  ${worst} ms, of at most ${MOST_UNSAVED}`);
    if (sum(({ ledger }) => ledger.saved) === 0) throw new Error("no change was acknowledged: nothing was tested");
    if (lost > 0 || mixed > 0 || worst > MOST_UNSAVED) throw new Error(`a power cut took too much; SEED=${SEED} gives the same input`);
}

let code = 0;
const watchdog = setTimeout(() => end(1, `over its limit of ${LIMIT} minutes`), LIMIT * 60_000);

function end(status, sentence) {
    if (sentence) console.error(`crashtest: ${sentence}`);
    cut(profile);
    stopAll();
    fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    process.exit(status);
}

for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => end(130));
try {
    await main();
} catch (error) {
    code = 1;
    console.error(`crashtest: ${error.message}`);
}
clearTimeout(watchdog);
end(code);
