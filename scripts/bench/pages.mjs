// The measured pages: the first question, how to answer, how to open a form.

import * as inside from "./inside.mjs";
import { sleep } from "./process.mjs";

const ANSWER_LIMIT = 6000; // ms after which an answer counts as missed

const id = (name) => `[data-testid="${name}"]`;

/** Loads a page with an empty HTTP cache and a slowed processor: ms until the first question can be answered. */
export async function load(page, subject, url, rate) {
    await page.go(new URL("nothing-here", url).href); // the process of the site, before it is slowed
    await page.send("Network.clearBrowserCache");
    await page.throttle(rate);
    const source = `(${inside.watchFirst})(${JSON.stringify(subject.first)})`;
    const { identifier } = await page.send("Page.addScriptToEvaluateOnNewDocument", { source });
    await sleep(700); // let a new browser settle
    await page.go(url);
    const usable = await page.until("the first question", () => window.bench?.first.usable);
    await page.send("Page.removeScriptToEvaluateOnNewDocument", { identifier });
    return usable;
}

/** One answer by trusted input: a click, or a digit into a field that is emptied first. */
async function answer(page, { selector, digit }) {
    const { x, y, scrolled } = await page.evaluate(inside.aim, selector);
    await page.hover(x, y);
    if (digit !== undefined) {
        await page.click(x, y);
        await page.evaluate(() => document.activeElement.select());
    }
    await sleep(scrolled ? 600 : 150); // the app saves the scroll position after 400 ms
    await page.evaluate((limit) => bench.arm(limit), ANSWER_LIMIT);
    await (digit === undefined ? page.click(x, y) : page.digit(digit));
    const result = await page.evaluate(() => bench.answered);
    return { ...result, by: digit === undefined ? "click" : "key" };
}

/** Gives up to `count` answers that each change the bar. Steps leading up to an answer do not count. */
async function answers(page, subject, count) {
    await page.evaluate(inside.record, subject.bar, subject.save ?? null);
    const given = [];
    let missed = 0;
    for await (const step of subject.steps(page)) {
        const before = await page.evaluate(subject.done);
        const result = await answer(page, step);
        if ((await page.evaluate(subject.done)) === before) {
            if (step.surely) missed++;
            continue;
        }
        if (result.bar === undefined || result.paint === undefined || (subject.save && result.saved === undefined)) missed++;
        else given.push(result);
        if (given.length + missed >= count) break;
    }
    return { given, missed };
}

/** The app with a form of its first pack. */
export const app = {
    first: `${id("item-1.01")} input`,
    bar: id("verdict"),
    save: id("save-state"),

    /** The progress in the bar: changes with every answer that settles an item. */
    done: () => document.querySelector('[data-testid="progress"]').textContent,

    /**
     * Makes a form, fills in the facts, opens the first criterion; returns the form's fragment.
     * `fits`: whether the page has the expected number of items.
     */
    async prepare(page, url, fits) {
        await page.go(url);
        await page.until("the button for a new form", () => document.querySelector('[data-testid="new-form"]'));
        await page.evaluate(() => document.querySelector('[data-testid="new-form"]').click());
        await page.until("the unit section", () => document.querySelector('[data-testid^="fact-"]'));
        await page.evaluate(() => {
            for (const input of document.querySelectorAll('input[data-testid^="fact-"]')) {
                input.value = { "fact-members_total": 20, "fact-members_exempt": 2 }[input.dataset.testid] ?? 12;
                input.dispatchEvent(new Event("input", { bubbles: true }));
            }
        });
        await page.until("the numbers to be saved", () => document.querySelector('[data-testid="save-state"]').dataset.state === "saved");
        const items = Number(/\d+(?=\D*$)/.exec(await page.evaluate(this.done)));
        if (!fits(items)) throw new Error(`the page asks for ${items} items, which is another pack's number; build it anew`);
        await openSection(page, "C1");
        await sleep(1500); // the open section is saved silently
        return page.evaluate(() => location.hash);
    },

    /** Writes evidence of `length` characters at every item of the open form. */
    async writeEvidence(page, length) {
        for (const criterion of await criteriaOf(page)) {
            await openSection(page, criterion);
            await page.evaluate((length) => {
                const words = "Báo cáo số 13-BC/CB ngày 11/06/2026 về kết quả thực hiện nghị quyết của chi bộ. ";
                for (const text of document.querySelectorAll('main textarea[data-testid$="-evidence"]')) {
                    text.value = words.repeat(length).slice(0, length);
                    text.dispatchEvent(new Event("input", { bubbles: true }));
                }
            }, length);
        }
        await page.until("the evidence to be saved", () => document.querySelector('[data-testid="save-state"]').dataset.state === "saved");
        await openSection(page, "C1");
        await sleep(1500);
    },

    /** Is all input processed? */
    async proveUsable(page) {
        const select = () => {
            const own = document.activeElement;
            own.select?.();
            return own.matches("input");
        };
        // What loads later can move the field between the aim and the click.
        let isIn = false;
        for (let tries = 0; tries < 5 && !isIn; tries++) {
            const { x, y } = await page.evaluate(inside.aim, this.first);
            await page.click(x, y);
            isIn = await page.evaluate(select);
        }
        await page.digit("1");
        const taken = () => Number(document.querySelector('[data-testid="save-state"]').dataset.revision) > 0;
        await page.until("the first answer to be taken in", taken);
    },

    /** Every unsettled item: a click if a person answers, else digits until the rule decides. */
    async *steps(page) {
        const criteria = await criteriaOf(page);
        const verdict = (item) => page.evaluate((name) => document.querySelector(name).dataset.verdict, id(item));
        for (const criterion of criteria) {
            await openSection(page, criterion);
            const items = await page.evaluate(() =>
                [...document.querySelectorAll("main section.item")].map((item) => {
                    const radio = item.querySelector(":scope > fieldset input[type=radio]");
                    const fields = item.querySelectorAll(":scope > .fields input[inputmode=numeric]");
                    const digits = [...fields].map((field) => field.dataset.testid);
                    return { name: item.dataset.testid, radio: radio?.dataset.testid, digits };
                }),
            );
            for (const { name, radio, digits } of items) {
                const steps = radio ? [{ selector: id(radio), surely: true }] : digits.map((field) => ({ selector: id(field), digit: "1" }));
                for (const step of steps) if ((await verdict(name)) === "unanswered") yield step;
            }
        }
    },

    answers(page, count) {
        return answers(page, this, count);
    },
};

function criteriaOf(page) {
    return page.evaluate(() => {
        const lines = document.querySelectorAll('[data-testid="verdict"] [data-testid^="criterion-"]');
        return [...lines].map((line) => line.dataset.testid.slice("criterion-".length));
    });
}

async function openSection(page, section) {
    const link = id(`section-${section}`);
    await page.evaluate((name) => document.querySelector(name).click(), link);
    const open = (name) => document.querySelector(name)?.ariaCurrent === "step" && document.querySelector("main section.item") !== null;
    await page.until(`section ${section}`, open, link);
    await sleep(800); // the page scrolls to its heading and saves the position
}

/** The hand-written page. */
export const floor = {
    first: "#item-q1 input",
    bar: ".bar",
    done: () => document.querySelector(".bar").textContent,

    async proveUsable(page) {
        const { x, y } = await page.evaluate(inside.aim, "#q1-yes");
        await page.click(x, y);
        await page.until("the first answer to be taken in", () => document.getElementById("done").textContent === "1");
    },

    /** All questions with points, repeatedly, each time with another answer. */
    async *steps(page) {
        const names = await page.evaluate(() => scored.map(({ id, kind }) => ({ id, kind })));
        for (let round = 0; ; round++) {
            for (const { id, kind } of names) {
                if (kind === "yesno") yield { selector: `#${id}-${round % 2 === 0 ? "yes" : "no"}`, surely: true };
                else yield { selector: `#${id}`, digit: String(1 + (round % 9)), surely: true };
            }
        }
    },

    answers(page, count) {
        return answers(page, this, count);
    },
};
