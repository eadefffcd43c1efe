// Asks Lighthouse about the built page: node scripts/lighthouse.mjs [FOLDER]
//
// Accessibility and best practices of each kind of page, in both languages, on a telephone and on a desk. Exit 1 where one
// scores less than 100, with the names of the audits that it fails. Works in target/lighthouse/; needs Linux and chromium,
// and no network but this machine's own.

import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

import lighthouse, { Audit, Gatherer } from "lighthouse";

import { cut, withBrowser } from "./bench/browser.mjs";
import { serve, stopAll } from "./bench/process.mjs";

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const DIST = path.resolve(process.argv[2] ?? path.join(ROOT, "dist"));
const PROFILE = path.join(ROOT, "target", "lighthouse", `profile-${process.pid}`);
const LIMIT = 5; // minutes for everything
const FLAGS = [
    "--remote-debugging-port=0", // Lighthouse comes in by it, beside the pipe of this script
    "--hide-scrollbars", // as on a telephone, where they take no room
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1", // a request to any other host fails, and so shows
];
const SIZES = {
    "360 px": { formFactor: "mobile", screenEmulation: { mobile: true, width: 360, height: 740, deviceScaleFactor: 2, disabled: false } },
    desktop: { formFactor: "desktop", screenEmulation: { mobile: false, width: 1280, height: 800, deviceScaleFactor: 1, disabled: false } },
};
const SETTINGS = {
    onlyCategories: ["accessibility", "best-practices", "wanted"],
    disableStorageReset: true, // the form is there
    disableFullPageScreenshot: true,
    logLevel: "error",
    // no speed is measured
    pauseAfterFcpMs: 0,
    pauseAfterLoadMs: 250,
    networkQuietThresholdMs: 250,
    cpuQuietThresholdMs: 250,
};

/**
 * Waits for what only the wanted page has, in its language and size, before anything is looked at: all would be well on a
 * page that is empty, too.
 */
class Shown extends Gatherer {
    meta = { supportedModes: ["navigation"] };

    constructor(wanted) {
        super();
        this.wanted = wanted;
    }

    async stopInstrumentation({ driver }) {
        const look = async ({ id, language, width }) => {
            const is = () =>
                document.querySelector(`[data-testid="${id}"]`)?.checkVisibility() &&
                document.documentElement.lang === language &&
                document.documentElement.clientWidth === width;
            for (const end = Date.now() + 10_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 25))) {
                if (is()) return true;
            }
            return false;
        };
        this.isShown = await driver.executionContext.evaluate(look, { args: [this.wanted] });
    }

    getArtifact() {
        return this.isShown;
    }
}

class IsWanted extends Audit {
    static meta = {
        id: "wanted",
        title: "The wanted page is shown",
        failureTitle: "Another page is shown than the wanted one",
        description: "What the page stands for is on it.",
        requiredArtifacts: ["Shown"],
    };

    static audit({ Shown }) {
        return { score: Number(Shown) };
    }
}

const config = (wanted) => ({
    extends: "lighthouse:default",
    artifacts: [{ id: "Shown", gatherer: { instance: new Shown(wanted) } }],
    audits: [{ implementation: IsWanted }],
    categories: { wanted: { title: "The wanted page", auditRefs: [{ id: "wanted", weight: 1 }] } },
});

const click = (id) => document.querySelector(`[data-testid="${id}"]`).click();
const there = (id) => document.querySelector(`[data-testid="${id}"]`);

/** Makes a form by a click; returns its address. */
async function makeForm(tab, url) {
    await tab.go(url);
    await tab.until("the button for a new form", there, "new-form");
    await tab.evaluate(click, "new-form");
    await tab.until("the form", there, "section-C1");
    return tab.evaluate(() => location.href);
}

/** Opens a section of the form, so that it is the one that is open the next time too; returns the address. */
async function openSection(tab, form, section, shown) {
    await tab.go("about:blank");
    await tab.go(form);
    await tab.until("the sections", there, `section-${section}`);
    await tab.evaluate(click, `section-${section}`);
    await tab.until(shown, there, shown);
    await tab.until("the place is on disk", () => document.querySelector('[data-testid="save-state"][data-state=saved]'));
    const address = await tab.evaluate(() => location.href);
    await tab.go("about:blank"); // keeps what it has not kept yet, and lets another tab write
    return address;
}

async function speak(tab, url, language) {
    await tab.go(url);
    const speaks = (language) => document.documentElement.lang === language && document.querySelector("[data-testid=new-form]");
    await tab.until("the first page", there, "new-form");
    if (!(await tab.evaluate(speaks, language))) await tab.evaluate(click, `lang-${language}`);
    await tab.until(language, speaks, language);
    await tab.go("about:blank");
}

/** What Lighthouse finds wrong with a page: nothing, or a line for each audit that fails. */
async function faults(url, wanted, port, size) {
    const flags = { ...SETTINGS, port, ...size };
    const { lhr } = await lighthouse(url, flags, config({ ...wanted, width: size.screenEmulation.width }));
    if (lhr.runtimeError) return [`${lhr.runtimeError.code}: ${lhr.runtimeError.message}`];
    const found = [];
    for (const { id, score, auditRefs } of Object.values(lhr.categories)) {
        if (score === 1) continue;
        found.push(`${id}: ${score === null ? "no score" : Math.floor(score * 100)}`);
        for (const audit of auditRefs.filter(({ weight }) => weight > 0).map(({ id }) => lhr.audits[id])) {
            if (audit.score === 1 || ["notApplicable", "manual", "informative"].includes(audit.scoreDisplayMode)) continue;
            found.push(`  ${audit.id}: ${audit.errorMessage ?? audit.title}`);
            for (const { node, description, url } of audit.details?.items ?? []) {
                const words = [node?.selector, node?.explanation ?? description, url].filter(Boolean).join(": ");
                if (words) found.push(`    ${words.replace(/\s+/g, " ")}`);
            }
        }
    }
    return found;
}

async function main() {
    fs.mkdirSync(PROFILE, { recursive: true });
    const url = await serve(path.join(ROOT, "scripts", "serve.mjs"), DIST);
    const found = await withBrowser(PROFILE, async (tab) => {
        const [port] = fs.readFileSync(path.join(PROFILE, "DevToolsActivePort"), "utf8").split("\n");
        const form = await makeForm(tab, url);
        const found = [];
        for (const language of ["vi", "en"]) {
            await speak(tab, url, language);
            const pages = [
                ["home", "new-form", () => url],
                ["form", "item-2.08", () => openSection(tab, form, "C2", "item-2.08")],
                ["review", "seal", () => openSection(tab, form, "review", "seal")],
                ["keys", "key-new", () => `${url}#/keys`],
                ["desk", "desk-import", () => `${url}#/desk`],
            ];
            for (const [name, shown, open] of pages) {
                const address = await open();
                for (const [size, settings] of Object.entries(SIZES)) {
                    const wrong = await faults(address, { id: shown, language }, Number(port), settings);
                    console.log(`${wrong.length === 0 ? "100" : "   "} ${name}, ${language}, ${size}`);
                    for (const line of wrong) console.log(`    ${line}`);
                    found.push(...wrong);
                }
            }
        }
        return found;
    }, FLAGS);
    if (found.length > 0) throw new Error("a page scores less than 100 (see above)");
}

const watchdog = setTimeout(() => end(1, `over its limit of ${LIMIT} minutes`), LIMIT * 60_000);

function end(status, sentence) {
    if (sentence) console.error(`lighthouse: ${sentence}`);
    cut(PROFILE);
    stopAll();
    fs.rmSync(PROFILE, { recursive: true, force: true, maxRetries: 5 });
    process.exit(status);
}

for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => end(130));
let fault;
try {
    await main();
} catch (error) {
    fault = error.message;
}
clearTimeout(watchdog);
end(fault ? 1 : 0, fault);
