// Opening a locked key on the page of keys: how long it takes, and how long the page freezes meanwhile.

import { sleep } from "./process.mjs";

const PASSPHRASE = "mười hai con giáp đi chợ";
const TIMES = 6; // the first is dropped

const there = (name) => document.querySelector(`[data-testid="${name}"]`);

/** Types a text into a field with events. */
function write(name, text) {
    const field = document.querySelector(`[data-testid="${name}"]`);
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Opens the key once: ms from the click until the page shows it open, and the longest gap between two frames. */
function unlockOnce() {
    const at = (name) => document.querySelector(`[data-testid="${name}"]`);
    return new Promise((resolve) => {
        let [longest, last] = [0, performance.now()];
        const begun = last;
        const frame = () => {
            const now = performance.now();
            longest = Math.max(longest, now - last);
            last = now;
            if (at("key-lock")) resolve({ taken: now - begun, longest });
            else requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
        at("key-open-form-go").click();
    });
}

/** Makes a key and opens it several times; `withoutWebCrypto` as over plain HTTP. */
export async function measureUnlock(page, url, withoutWebCrypto) {
    if (withoutWebCrypto) {
        const source = "Object.defineProperty(Crypto.prototype, 'subtle', { get: () => undefined })";
        await page.send("Page.addScriptToEvaluateOnNewDocument", { source });
    }
    await page.go(new URL("#/keys", url).href);
    const press = async (name) => {
        await page.until(name, there, name);
        await page.evaluate((name) => document.querySelector(`[data-testid="${name}"]`).click(), name);
    };
    await press("key-new");
    await page.until("the form", there, "passphrase-again");
    await page.evaluate(write, "key-name", "Chi bộ");
    for (const field of ["passphrase", "passphrase-again"]) await page.evaluate(write, field, PASSPHRASE);
    await press("key-make-go");
    const all = [];
    for (let time = 0; time < TIMES; time++) {
        await press("key-lock");
        await press("key-open");
        await page.until("the passphrase", there, "passphrase");
        await page.evaluate(write, "passphrase", PASSPHRASE);
        await sleep(300);
        const one = await page.evaluate(unlockOnce);
        if (time > 0) all.push(one);
    }
    return { taken: all.map((one) => one.taken), longest: all.map((one) => one.longest) };
}
