// Measures the built page in a browser, and the command-line tool: node scripts/bench.mjs
//
// Every figure stands beside its floor, measured in the same run (a hand-written page of 30 questions, a bare IndexedDB
// write, bare signature checks), and beside the bound that it is to keep to. Exit 0 whatever the figures are: a timing is no
// test. Exit 1 where something could not be measured. Works in target/bench/; needs Linux, chromium and a built dist/.

import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

import { withBrowser } from "./bench/browser.mjs";
import * as inside from "./bench/inside.mjs";
import { buildMany } from "./bench/many.mjs";
import { app, floor, load } from "./bench/pages.mjs";
import { run, serve, sleep, stopAll } from "./bench/process.mjs";
import { median, percentile, short, table } from "./bench/table.mjs";
import { measureTool } from "./bench/tool.mjs";

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const WORK = path.join(ROOT, "target", "bench");
const PROFILES = path.join(WORK, `profiles-${process.pid}`);
const SERVER = path.join(ROOT, "scripts", "serve.mjs");

const RATE = 4; // times slower than this machine
const LOADS = 7; // the first is dropped
const ANSWERS = 60;
const EACH = 75; // items in each of four criteria
const SAMPLES = 1000;
const PUTS = 30;
const LIMIT = 45 * 60; // seconds for everything, builds included

const MIB = 1024 * 1024;

let failed = false;
const say = (words) => console.error(`bench: ${words}`);

function end(code) {
    stopAll();
    fs.rmSync(PROFILES, { recursive: true, force: true, maxRetries: 5 });
    process.exit(code);
}

/** A part that may fail without taking the others with it. */
async function part(name, measure) {
    try {
        return await measure();
    } catch (error) {
        failed = true;
        say(`${name}: not measured: ${error.message}`);
        return undefined;
    }
}

/** Cold loads of pages in turn, each in a browser that has just been started: ms by page, the first load dropped. */
async function coldLoads(pages) {
    const taken = pages.map(() => []);
    for (let i = 0; i < LOADS; i++) {
        for (const [place, { subject, url, profile }] of pages.entries()) {
            const usable = await withBrowser(profile, async (page) => {
                const usable = await load(page, subject, url, RATE);
                await subject.proveUsable(page);
                return usable;
            });
            if (i > 0) taken[place].push(usable);
        }
    }
    return taken;
}

/** Answers on a page that was loaded cold, then what it holds in memory. */
function fill({ subject, url, profile }, after) {
    return withBrowser(profile, async (page) => {
        await load(page, subject, url, RATE);
        await sleep(1500);
        const { given, missed } = await subject.answers(page, ANSWERS);
        if (missed > 0) say(`${missed} answers on ${url} changed nothing that could be seen within their limit`);
        if (given.length === 0) throw new Error(`no answer on ${url} was seen`);
        const memory = await page.memory();
        const more = await after?.(page);
        const slow = await page.evaluate(inside.work);
        await page.throttle(1);
        const slowed = slow / (await page.evaluate(inside.work));
        return { given, missed, memory, slowed, more, product: page.product };
    });
}

/** A page of the app with a form in its own profile. */
async function withForm(name, url) {
    const profile = path.join(PROFILES, name);
    const fragment = await withBrowser(profile, (page) => app.prepare(page, url));
    return { subject: app, url: new URL(fragment, url).href, profile };
}

function loadRow(figure, taken, floorTaken, bound) {
    const range = `${short(Math.min(...taken))}–${short(Math.max(...taken))}`;
    return { figure, unit: "ms", value: median(taken), range, floor: floorTaken && median(floorTaken), bound };
}

/** The rows of the answers on one page. */
function answerRows(name, filled, floorFilled, bounds) {
    if (!filled) return [];
    const pick = (from, what, by) => from?.given.filter((one) => !by || one.by === by).map((one) => one[what]);
    const row = (figure, what, percent, bound, by) => {
        const values = pick(filled, what, by);
        const beside = pick(floorFilled, what, by) ?? [];
        if (values.length === 0) return [];
        return [{
            figure: `${figure}, ${name}`,
            unit: "ms",
            value: percentile(values, percent),
            range: `${short(Math.min(...values))}–${short(Math.max(...values))}`,
            floor: beside.length > 0 ? percentile(beside, percent) : undefined,
            bound,
        }];
    };
    return [
        ...row("answer to bar, p50", "bar", 50, bounds.p50),
        ...row("answer to bar, p95", "bar", 95, bounds.p95),
        ...row("  by a click, p50", "bar", 50, undefined, "click"),
        ...row("  by a key, p50", "bar", 50, undefined, "key"),
        ...row("answer to paint, p50", "paint", 50),
        ...row("answer to paint, p95", "paint", 95),
    ];
}

function saveRows(name, filled, puts) {
    if (!filled) return [];
    const values = filled.given.map((one) => one.saved);
    const row = (percent) => ({
        figure: `answer to saved, p${percent}, ${name}`,
        unit: "ms",
        value: percentile(values, percent),
        range: `${short(Math.min(...values))}–${short(Math.max(...values))}`,
        floor: puts && percentile(puts, percent),
    });
    return [row(50), row(95)];
}

function memoryRows(name, filled, floorFilled, bound) {
    if (!filled) return [];
    const row = (figure, of, bound) => ({
        figure: `${figure}, ${name}`,
        unit: "MiB",
        value: of(filled.memory) / MIB,
        floor: floorFilled && of(floorFilled.memory) / MIB,
        bound,
    });
    return [
        row("JavaScript heap", (memory) => memory.js),
        row("WebAssembly memory", (memory) => memory.wasm),
        row("both", (memory) => memory.js + memory.wasm, bound),
        row("renderer, private", (memory) => memory.process),
    ];
}

function toolRows(seconds) {
    const rate = (taken) => SAMPLES / median(taken);
    const range = (taken) => `${short(SAMPLES / Math.max(...taken))}–${short(SAMPLES / Math.min(...taken))}`;
    const rates = (figure, taken, beside) => ({ figure, unit: "files/s", value: rate(taken), range: range(taken), floor: rate(beside) });
    const whole = (figure, taken, beside) => ({
        figure,
        unit: "s",
        value: median(taken),
        range: `${short(Math.min(...taken))}–${short(Math.max(...taken))}`,
        floor: median(beside),
    });
    return [
        rates("bontot verify, one process", seconds.verify, seconds.signatures),
        whole(`  the whole run, ${SAMPLES} files`, seconds.verify, seconds.signatures),
        rates("bontot score, a process each", seconds.score, seconds.process),
        whole(`  the whole run, ${SAMPLES} files`, seconds.score, seconds.process),
    ];
}

async function measure() {
    if (!fs.existsSync(path.join(ROOT, "dist", "index.html"))) throw new Error("dist/index.html is missing; run make dist");
    fs.mkdirSync(PROFILES, { recursive: true });

    const manyDist = await part("300 items", () => buildMany(ROOT, WORK, EACH, say));
    say("building the command-line tool");
    const { MAKEFLAGS: _, MFLAGS: __, ...env } = process.env;
    const built = await part("bontot", () => run("make", ["--no-print-directory", "cli"], { cwd: ROOT, limit: 1200, env }));

    // a folder of its own, so that it is served as the app is
    const floorFolder = path.join(WORK, "floor");
    fs.mkdirSync(floorFolder, { recursive: true });
    fs.copyFileSync(path.join(ROOT, "scripts", "bench", "floor.html"), path.join(floorFolder, "index.html"));

    const busy = os.loadavg()[0];
    const floorAt = (await serve(SERVER, floorFolder)).url;
    const pages = {
        floor: { subject: floor, url: floorAt, profile: path.join(PROFILES, "floor") },
        floorMany: { subject: floor, url: `${floorAt}#10`, profile: path.join(PROFILES, "floor-many") },
    };
    pages.app = await part("the app", async () => withForm("app", (await serve(SERVER, path.join(ROOT, "dist"))).url));
    if (manyDist) pages.many = await part("300 items", async () => withForm("many", (await serve(SERVER, manyDist)).url));

    const loads = {};
    for (const names of [["floor", "app"], ["floorMany", "many"]]) {
        const own = names.filter((name) => pages[name]);
        say(`${LOADS} cold loads each: ${own.join(", ")}`);
        const taken = await part("cold loads", () => coldLoads(own.map((name) => pages[name])));
        own.forEach((name, place) => (loads[name] = taken?.[place]));
    }

    const filled = {};
    let length = 8000;
    for (const name of Object.keys(pages).filter((name) => pages[name]).sort((a, b) => b.startsWith("app") - a.startsWith("app"))) {
        say(`${ANSWERS} answers: ${name}`);
        const after = {
            app: async (page) => (length = await page.evaluate(inside.draftLength)),
            floor: (page) => page.evaluate(inside.putBare, length, PUTS),
        }[name];
        filled[name] = await part(name, () => fill(pages[name], after));
    }

    let seconds;
    if (built !== undefined) {
        say(`bontot on ${SAMPLES} samples`);
        const target = path.resolve(ROOT, process.env.CARGO_TARGET_DIR ?? "target");
        seconds = await part("bontot", () => measureTool(path.join(target, "release", "bontot"), WORK, SAMPLES));
    }

    const count = `${4 * EACH} items`;
    const rows = [
        ...(loads.app ? [loadRow("load to first question, 64 items", loads.app, loads.floor, 1200)] : []),
        ...(loads.many ? [loadRow(`load to first question, ${count}`, loads.many, loads.floorMany, 1500)] : []),
        ...answerRows("64 items", filled.app, filled.floor, { p50: 5, p95: 15 }),
        ...answerRows(count, filled.many, filled.floorMany, { p50: 10 }),
        ...saveRows("64 items", filled.app, filled.floor?.more),
        ...saveRows(count, filled.many),
        ...memoryRows("64 items", filled.app, filled.floor, 5),
        ...memoryRows(count, filled.many, filled.floorMany),
        ...(seconds ? toolRows(seconds) : []),
    ];
    const slowed = Object.values(filled).filter(Boolean).map((one) => one.slowed);
    const product = Object.values(filled).find(Boolean)?.product ?? "no browser";
    const sizes = Object.entries(filled).filter(([, one]) => one).map(([name, one]) => `${one.given.length}${one.missed ? ` (and ${one.missed} missed)` : ""} on ${name}`);
    console.log(`${os.cpus()[0]?.model.trim()}, ${os.cpus().length} cores, load ${short(busy)} before; ${product}, processor slowed ${RATE}x (measured: ${slowed.map(short).join(", ")})\n`);
    for (const line of table(rows)) console.log(line);
    console.log(`
load     from navigationStart until the first question of criterion 1 is painted and the page is free to take input; browser
         just started, HTTP cache empty, the form in storage; median of ${LOADS - 1}, range is least–most
answer   a trusted click or key; from the time stamp of the event to the last change in the verdict bar, and to the frame
         that shows it; range is least–most; answers: ${sizes.join(", ")}
saved    from the same time stamp until data-state is "saved"; floor: a bare IndexedDB put of as many characters (${length}),
         strictly durable, from the call to its end
memory   after the answers and a collection; renderer: private memory of the process in /proc
bontot   floors: OpenSSL checking the signatures alone; the same loop over an empty process. More files a second are better
floor    scripts/bench/floor.html in the same run: 30 questions beside 64 items, 300 beside 300
bound    targets for this project; in all rows with one, less is better`);
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => end(130));
setTimeout(() => {
    say(`not done within ${LIMIT / 60} minutes`);
    end(1);
}, LIMIT * 1000);

try {
    await measure();
} catch (error) {
    failed = true;
    say(error.message);
}
end(failed ? 1 : 0);
