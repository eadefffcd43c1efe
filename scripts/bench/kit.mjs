// The form kit with a pack of 500 items: how long the main thread is busy after an edit until the next frame, and the
// longest task of the second behind it, in which the pack is saved and reviewed. Alone: node scripts/bench/kit.mjs [DIST]

import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

import { withBrowser } from "./browser.mjs";
import { serve, sleep, stopAll } from "./process.mjs";
import { kitRows } from "./report.mjs";
import { table } from "./table.mjs";

const ROOT = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
const ITEMS = 500;
const EDITS = 15; // of each kind; the first of each is dropped
const RATE = 4; // times slower than this machine
const REST = 1500; // ms after an edit

const label = (vi, en) => ({ vi, en });

/** Four items of different kinds: a share of shared figures with steps of points, a choice, a day, a share of own numbers. */
function item(n) {
    const of = { sub: [{ fact: "total" }, { fact: "exempt" }] };
    const share = (percent) => ({ share: { of: { field: "present" }, in: of, op: "gt", percent } });
    const kinds = [
        {
            fields: [{ id: "present", kind: "integer", label: label("Dự", "Present"), min: 0, max: 2000, required: true }],
            na_when: { eq: [{ fact: "total" }, { fact: "exempt" }] },
            met_when: share(85),
            points: { max: 10, bands: [{ when: share(95), points: 10 }, { when: share(85), points: 7 }] },
            checks: [{ id: "present_le_due", when: { le: [{ field: "present" }, of] }, severity: "error", message: label("Dự quá số", "Too many") }],
        },
        {
            fields: [{ id: "kind", kind: "choice", label: label("Loại", "Kind"), choices: ["full", "part"].map((id) => ({ id, label: label(id, id) })) }],
            met_when: { choice: { field: "kind", in: ["full"] } },
            points: { max: 5 },
        },
        { evidence: "required", fields: [{ id: "on", kind: "date", label: label("Ngày", "Day") }], met_when: { in_period: { field: "on" } }, points: { max: 5 } },
        {
            fields: ["done", "due"].map((id, least) => ({ id, kind: "integer", label: label(id, id), min: least, max: 500 })),
            met_when: { all: [{ given: { field: "done" } }, { share: { of: { field: "done" }, in: { field: "due" }, op: "ge", percent: 60 } }] },
            points: { max: 5 },
        },
    ];
    const applies = [["*:*"], ["cell:*"], ["*:school"], ["committee:*", "board:*"], ["*:*"], ["*:firm", "cell:*"]];
    return {
        id: `i${n}`,
        criterion: `C${1 + Math.floor((n * 10) / ITEMS)}`,
        label: label(`Mục ${n}`, `Item ${n}`),
        source: [`S${n % 20}`],
        applies: applies[n % applies.length],
        ...kinds[n % kinds.length],
    };
}

/** A pack of 500 items in ten criteria, for twelve kinds of units. */
export function packOf500() {
    const term = (id) => ({ id, label: label(id, id) });
    const band = (id, at_least_bp) => ({ ...term(id), at_least_bp });
    const fact = (id, min) => ({ ...term(id), min, max: 1000, applies: ["*:*"] });
    return {
        format: "bontot.pack/1",
        id: "large",
        version: "1.0.0",
        title: label("Bộ lớn", "A large pack"),
        legal_basis: [{ cite: "HD 1", issued: "2025-01-02", in_force: { from: "2025-01-02", to: null } }],
        effective: { from: "2026-01-01", to: "2026-12-31" },
        levels: ["cell", "committee", "board"].map(term),
        types: ["village", "school", "agency", "firm"].map(term),
        periods: ["year"],
        facts: [fact("total", 1), fact("exempt", 0)],
        checks: [{ id: "exempt_le_total", applies: ["*:*"], when: { le: [{ fact: "exempt" }, { fact: "total" }] }, severity: "error", message: label("Miễn quá tổng", "Too many") }],
        criteria: Array.from({ length: 10 }, (_, n) => ({ id: `C${n + 1}`, label: label(`Tiêu chí ${n + 1}`, `Criterion ${n + 1}`), others_percent: 50 })),
        items: Array.from({ length: ITEMS }, (_, n) => item(n)),
        gates: [{ id: "G1", label: label("Kỷ luật", "Discipline"), effect: "fail", applies: ["*:*"], in_force: { from: "2025-06-01", to: null }, allows_exception: true }],
        adjustments: [{ ...term("bonus"), points: 2, max_times: 2, applies: ["*:*"] }],
        points: { scale: 1, na: "drop", adjustment_cap: { up: 4, down: 6 }, bands: [band("good", 9000), band("fair", 7000), band("poor", 0)], eligible_bands: ["good", "fair"] },
        decision: { criteria_required: 8, vote: { required: true, of: "eligible", op: "gt", num: 1, den: 2 } },
    };
}

/** Puts a pack in the place of that of the only record of the kit. */
async function put(pack) {
    const until = (request) => new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
    const database = await until(indexedDB.open("bon-tot"));
    const store = database.transaction("kit", "readwrite").objectStore("kit");
    const [key] = await until(store.getAllKeys());
    const record = { ...JSON.parse(await until(store.get(key))), pack };
    await until(store.put(JSON.stringify(record), key));
    database.close();
}

/** Notes of each edit: ms of its handlers and of the frame behind them; and the longest task for some time from then on. */
function watch(rest) {
    const after = (run) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = run;
        port2.postMessage(0);
    };
    window.edit = (kind) => {
        window.edited = new Promise((resolve) => {
            addEventListener(kind, () => {
                const begun = performance.now();
                let [own, longest, last] = [0, 0, begun];
                const ping = () => {
                    const now = performance.now();
                    longest = Math.max(longest, now - last);
                    last = now;
                    if (now - begun < rest) after(ping);
                    else resolve({ own, longest });
                };
                after(() => {
                    own += performance.now() - begun;
                    ping();
                });
                requestAnimationFrame(() => {
                    const framed = performance.now();
                    after(() => (own += performance.now() - framed));
                });
            }, { capture: true, once: true });
        });
    };
}

/** A hand-written page of a hundred fields, whose only work is to note what is typed: what the browser itself takes. */
const FLOOR = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Floor</title>
<style>body { display: grid; grid-template-columns: 1fr 26rem; gap: 2rem; font: 16px/1.5 system-ui } label { display: block } input { font: inherit; width: 100% }</style>
<div>${'<label>Field<input></label><p>Text</p>'.repeat(100)}</div><div>${'<p><a href="about:blank">Finding</a></p>'.repeat(200)}</div>
<script>addEventListener("input", (event) => (document.title = event.target.value))</script>`;

/** Ms of a letter on the hand-written page until the next frame. */
async function measureFloor(page) {
    await page.go(`data:text/html,${encodeURIComponent(FLOOR)}`);
    await page.until("the fields", () => document.querySelectorAll("input").length === 100);
    await page.throttle(RATE);
    await page.evaluate(watch, 300);
    const taken = [];
    for (let n = 0; n < EDITS; n++) {
        await page.evaluate(() => document.querySelector("input").focus());
        await sleep(100);
        await page.evaluate(() => window.edit("input"));
        await page.type("a");
        const { own } = await page.evaluate(() => window.edited);
        if (n > 0) taken.push(own);
    }
    await page.throttle(1);
    return taken;
}

const there = (id) => document.querySelector(`[data-testid="${id}"]`) !== null;
const done = () => document.querySelector('[data-testid="kit-advised"]')?.dataset.state === "done";

/** The edits: what event each begins with, and how it is made. */
const KINDS = {
    letter: ["input", "kit-items-0-label-vi", (page) => page.type("a")],
    threshold: ["input", "kit-items-0-met_when-share-percent", (page, n) => page.type(String(80 + (n % 10)))],
    tick: ["click", "kit-items-0-mandatory", (page) => page.evaluate(() => document.activeElement.click())],
};

/** Ms by kind of edit: until the next frame, and of the longest task behind it; and until the analysis was there. */
export async function measureKit(page, url) {
    await page.go(new URL("#/kit", url).href);
    await page.until("the kit", there, "kit-new");
    await page.evaluate(() => document.querySelector('[data-testid="kit-new"]').click());
    await page.until("a pack", there, "kit-id");
    const id = await page.evaluate(() => location.hash.split("/")[2]);
    await sleep(1500);
    await page.go("about:blank");
    await page.go(url);
    await page.evaluate(put, packOf500());
    await page.go("about:blank");
    const from = performance.now();
    await page.go(new URL(`#/kit/${id}/items/0`, url).href);
    await page.until("the item", there, "kit-items-0-label-vi");
    await page.until("the analysis", done);
    const analysed = performance.now() - from;
    await page.throttle(RATE);
    await page.evaluate(watch, REST);
    const taken = { analysed };
    for (const [name, [event, control, make]] of Object.entries(KINDS)) {
        taken[name] = { own: [], longest: [] };
        for (let n = 0; n < EDITS; n++) {
            await page.evaluate((control) => {
                const own = document.querySelector(`[data-testid="${control}"]`);
                own.focus();
                if (own.inputMode === "numeric") own.select();
            }, control);
            await sleep(100);
            await page.evaluate((event) => window.edit(event), event);
            await make(page, n);
            const { own, longest } = await page.evaluate(() => window.edited);
            if (n > 0) {
                taken[name].own.push(own);
                taken[name].longest.push(longest);
            }
        }
    }
    await page.throttle(1);
    taken.floor = await measureFloor(page);
    return taken;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    const dist = path.resolve(process.argv[2] ?? path.join(ROOT, "dist"));
    const profile = fs.mkdtempSync(path.join(os.tmpdir(), "bench-kit-"));
    try {
        const url = await serve(path.join(ROOT, "scripts", "serve.mjs"), dist);
        const taken = await withBrowser(profile, (page) => measureKit(page, url));
        for (const line of table(kitRows(taken))) console.log(line);
    } finally {
        stopAll();
        fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    }
}
