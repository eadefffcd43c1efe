// Measures the built page in a browser, and the command-line tool: node scripts/bench.mjs
//
// Each figure is printed beside its floor from the same run (a hand-written page, a bare IndexedDB write, bare
// signature checks) and its bound. Exit 0 whatever the figures are: a timing is no test.
// Exit 1 if a measurement failed. Works in target/bench/; needs Linux, chromium and a built dist/.

import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

import { withBrowser } from "./bench/browser.mjs";
import * as inside from "./bench/inside.mjs";
import { buildMany } from "./bench/many.mjs";
import { app, floor, load } from "./bench/pages.mjs";
import { run, serve, sleep, stopAll } from "./bench/process.mjs";
import { answerRows, conditions, deskRows, kitRows, legend, linkRows, loadRows, memoryRows, phoneRows, registerRows, saveRows, toolRows, unlockRows } from "./bench/report.mjs";
import { table } from "./bench/table.mjs";
import { measureDesk } from "./bench/desk.mjs";
import { measureKit } from "./bench/kit.mjs";
import { measureLinks } from "./bench/links.mjs";
import { measurePhone } from "./bench/phone.mjs";
import { measureMemory, measureTool } from "./bench/tool.mjs";
import { measureUnlock } from "./bench/unlock.mjs";

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const TARGET = path.resolve(ROOT, process.env.CARGO_TARGET_DIR ?? "target");
const WORK = path.join(ROOT, "target", "bench");
const PROFILES = path.join(WORK, `profiles-${process.pid}`);

const RATE = 4; // times slower than this machine
const LOADS = 7; // the first is dropped
const ANSWERS = 60;
const EVIDENCE = 300; // characters at each item
const EACH = 75; // items in each of four criteria
const PUTS = 30;
const SAMPLES = 1000;
const RECEIVED = 10_000; // files at the desk
const FILES = [10_000, 100_000]; // of which the tool's memory is measured
const LIMIT = 45; // minutes for everything, builds included

let failed = false;

const say = (words) => console.error(`bench: ${words}`);

function end(code) {
    stopAll();
    try {
        fs.rmSync(PROFILES, { recursive: true, force: true, maxRetries: 5 });
    } catch (error) {
        say(`${PROFILES} is left behind: ${error.message}`);
    }
    process.exit(code);
}

/** A part whose failure does not stop the others. */
async function part(name, measure) {
    try {
        return await measure();
    } catch (error) {
        failed = true;
        say(`${name}: not measured: ${error.message}`);
        return undefined;
    }
}

/** Serves a folder with serve.mjs; returns its address. */
const serveFolder = (folder) => serve(path.join(ROOT, "scripts", "serve.mjs"), folder);

/** The pages to measure; the app's have a form in their browser profiles. */
async function openPages(items, manyDist) {
    // in its own folder, to be served like the app
    const folder = path.join(WORK, "floor");
    fs.mkdirSync(folder, { recursive: true });
    fs.copyFileSync(path.join(ROOT, "scripts", "bench", "floor.html"), path.join(folder, "index.html"));
    const floorAt = await serveFolder(folder);
    const profile = (name) => path.join(PROFILES, name);
    const withForm = async (name, dist, fits) => {
        const url = await serveFolder(dist);
        const fragment = await withBrowser(profile(name), (page) => app.prepare(page, url, fits));
        return { subject: app, url: new URL(fragment, url).href, profile: profile(name) };
    };
    const withEvidence = async () => {
        const url = await serveFolder(path.join(ROOT, "dist"));
        const fragment = await withBrowser(profile("full"), async (page) => {
            const fragment = await app.prepare(page, url, (asked) => asked <= items);
            await app.writeEvidence(page, EVIDENCE);
            return fragment;
        });
        return { subject: app, url: new URL(fragment, url).href, profile: profile("full") };
    };
    return {
        app: await part("the app", () => withForm("app", path.join(ROOT, "dist"), (asked) => asked <= items)),
        full: await part("the app with evidence", withEvidence),
        floor: { subject: floor, url: floorAt, profile: profile("floor") },
        many: manyDist && (await part("the app with many items", () => withForm("many", manyDist, (asked) => asked === 4 * EACH))),
        floorMany: { subject: floor, url: `${floorAt}#10`, profile: profile("floor-many") },
    };
}

/** Cold loads of some pages in turn, each in a newly started browser: ms by page. */
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

/** Answers on a page, then its memory use, the result of `after`, and the slowdown. */
function fill({ subject, url, profile }, after) {
    return withBrowser(profile, async (page) => {
        await load(page, subject, url, RATE);
        await sleep(1500);
        const { given, missed } = await subject.answers(page, ANSWERS);
        if (given.length === 0) throw new Error("no answer was seen");
        const memory = { wasm: await page.evaluate(inside.wasmBytes), ...(await page.memory()) };
        const more = await after?.(page);
        const slow = await page.evaluate(inside.work);
        await page.throttle(1);
        const slowed = slow / (await page.evaluate(inside.work));
        return { given, missed, memory, more, slowed, product: page.product };
    });
}

async function measure() {
    if (!fs.existsSync(path.join(ROOT, "dist", "index.html"))) throw new Error("dist/index.html is missing; run make dist");
    fs.mkdirSync(PROFILES, { recursive: true });
    const { items } = JSON.parse(fs.readFileSync(path.join(ROOT, "packs", "nghe-an-2024.json"), "utf8"));
    const few = `${items.length} items`;
    const many = `${4 * EACH} items`;

    const manyDist = await part(many, () => buildMany(ROOT, WORK, EACH, say));
    const built = await part("bontot", async () => {
        const { MAKEFLAGS: _, MFLAGS: __, ...env } = process.env;
        await run("make", ["--no-print-directory", "cli"], { cwd: ROOT, limit: 1200, env });
        return path.join(TARGET, "release", "bontot");
    });

    say("measuring, about six minutes; whatever else runs on this machine shows in the figures");
    const busy = os.loadavg()[0];
    const pages = await openPages(items.length, manyDist);
    const names = { app: `the app, ${few}`, full: `the app, ${few} with evidence`, floor: "floor", many: `the app, ${many}`, floorMany: "floor, 300 questions" };
    const there = Object.keys(pages).filter((key) => pages[key]);

    const loads = {};
    for (const pair of [["floor", "app"], ["floorMany", "many"]]) {
        const keys = pair.filter((key) => pages[key]);
        say(`${LOADS} cold loads each of ${keys.map((key) => names[key]).join("; ")}`);
        const taken = await part("cold loads", () => coldLoads(keys.map((key) => pages[key])));
        for (const [place, key] of keys.entries()) loads[key] = taken?.[place];
    }

    const filled = {};
    let [length, fullLength] = [8000, 0];
    const after = {
        app: async (page) => (length = await page.evaluate(inside.draftLength)),
        full: async (page) => {
            fullLength = await page.evaluate(inside.draftLength);
            return page.evaluate(inside.putBare, fullLength, PUTS);
        },
        floor: (page) => page.evaluate(inside.putBare, length, PUTS), // as long as the app's draft
    };
    for (const key of there) {
        say(`${ANSWERS} answers: ${names[key]}`);
        filled[key] = await part(names[key], () => fill(pages[key], after[key]));
    }

    const unlock = {};
    for (const [name, bare] of [["web", false], ["rust", true]]) {
        unlock[name] = await part("opening a key", async () => {
            const url = await serveFolder(path.join(ROOT, "dist"));
            return withBrowser(path.join(PROFILES, `unlock-${name}`), (page) => measureUnlock(page, url, bare));
        });
    }

    if (built) say(`bontot on ${SAMPLES} samples`);
    const seconds = built && (await part("bontot", () => measureTool(built, WORK, SAMPLES)));

    let peaks, desk;
    if (built) {
        say(`bontot register on ${FILES.join(" and ")} samples`);
        peaks = await part("memory of bontot register", async () => {
            const peaks = [];
            for (const count of FILES) peaks.push([count, await measureMemory(built, WORK, count)]);
            return peaks;
        });
        say(`the desk: ${RECEIVED} files, and as many again`);
        desk = await part("the desk", async () => {
            const url = await serveFolder(path.join(ROOT, "dist"));
            return withBrowser(path.join(PROFILES, "desk"), (page) => measureDesk(built, WORK, page, url, RECEIVED));
        });
    }

    say("the form kit with 500 items");
    const kit = await part("the form kit", async () => {
        const url = await serveFolder(path.join(ROOT, "dist"));
        return withBrowser(path.join(PROFILES, "kit"), (page) => measureKit(page, url));
    });

    say("links of 1000 samples");
    const links = await part("links", async () => measureLinks(ROOT));

    say("a form on a telephone");
    const phone = await part("a form on a telephone", () => measurePhone(ROOT));

    const done = there.filter((key) => filled[key]);
    const [first] = done;
    const slowed = done.map((key) => filled[key].slowed);
    console.log(conditions({ cpus: os.cpus(), busy, product: filled[first]?.product ?? "no browser", rate: RATE, slowed }));
    const rows = [
        ...loadRows(few, loads.app, loads.floor, 1200),
        ...loadRows(many, loads.many, loads.floorMany, 1500),
        ...answerRows(few, filled.app, filled.floor, { p50: 5, p95: 15 }),
        ...answerRows(many, filled.many, filled.floorMany, { p50: 10 }),
        ...saveRows(few, filled.app, filled.floor?.more),
        ...saveRows(`${few} with evidence`, filled.full, filled.full?.more, { p50: 50 }),
        ...saveRows(many, filled.many),
        ...memoryRows(few, filled.app, filled.floor, 5),
        ...memoryRows(many, filled.many, filled.floorMany),
        ...unlockRows("WebCrypto", unlock.web),
        ...unlockRows("Rust, where there is none", unlock.rust, unlock.web),
        ...toolRows(seconds, SAMPLES),
        ...registerRows(peaks),
        ...deskRows(desk, RECEIVED),
        ...kitRows(kit),
        ...linkRows(links),
        ...phoneRows(phone),
    ];
    for (const line of table(rows)) console.log(line);
    const count = ({ given, missed }) => `${given.length}${missed > 0 ? `, and ${missed} missed` : ""}`;
    const answers = done.map((key) => `${names[key]}: ${count(filled[key])}`).join("; ");
    console.log(legend({ loads: LOADS - 1, answers, length, evidence: EVIDENCE, fullLength }));
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => end(130));
setTimeout(() => {
    say(`not done within ${LIMIT} minutes`);
    end(1);
}, LIMIT * 60_000);

try {
    await measure();
} catch (error) {
    failed = true;
    say(error.message);
}
end(failed ? 1 : 0);
