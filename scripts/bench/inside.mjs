// Functions that run in the measured pages. Each is sent as text, without the rest of this file.

/**
 * Runs before the document: records when an element exists, and when it is painted and the page can take input;
 * and keeps the WebAssembly memories, which cannot be found otherwise.
 */
export function watchFirst(selector) {
    window.bench = { first: {}, memories: new Set() };
    for (const name of ["instantiate", "instantiateStreaming"]) {
        const own = WebAssembly[name];
        WebAssembly[name] = async (...args) => {
            const result = await own.apply(WebAssembly, args);
            const exported = Object.values((result.instance ?? result).exports);
            for (const one of exported) if (one instanceof WebAssembly.Memory) bench.memories.add(one);
            return result;
        };
    }
    const observer = new MutationObserver(() => {
        if (!document.querySelector(selector)) return;
        observer.disconnect();
        bench.first.there = performance.now();
        requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => (bench.first.usable = performance.now());
            port2.postMessage(0);
        });
    });
    observer.observe(document, { childList: true, subtree: true });
}

/** Bytes of all WebAssembly memories. */
export function wasmBytes() {
    return [...bench.memories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0);
}

/**
 * Notes of each answer, in ms: `bar` until the last mutation of the bar, `paint` until the frame that shows it, `saved` until
 * the change is on disk, all from the time stamp of the click or key, when the browser got it; and `own`, the part of `bar`
 * that is left once the browser has turned it into an input event and the page's own code begins.
 */
export function record(barSelector, saveSelector) {
    let answer = null;
    let framed = false;
    const channel = new MessageChannel();
    const save = saveSelector && document.querySelector(saveSelector);
    const settle = () => {
        const shown = answer.bar === undefined || answer.paint !== undefined;
        if (save ? answer.saved !== undefined && shown : answer.paint !== undefined) answer.done();
    };
    channel.port1.onmessage = () => {
        framed = false;
        if (answer?.at === undefined) return;
        answer.paint = performance.now() - answer.at;
        settle();
    };
    const begin = (event) => {
        if (event.isTrusted && answer && answer.at === undefined) answer.at = event.timeStamp;
    };
    for (const kind of ["click", "keydown"]) addEventListener(kind, begin, true);
    addEventListener("input", () => answer && (answer.began ??= performance.now()), true);
    new MutationObserver(() => {
        if (answer?.at === undefined) return;
        answer.bar = performance.now() - answer.at;
        answer.own = performance.now() - answer.began;
        if (!framed) requestAnimationFrame(() => channel.port2.postMessage(0));
        framed = true;
    }).observe(document.querySelector(barSelector), { subtree: true, childList: true, characterData: true, attributes: true });
    if (save) {
        new MutationObserver(() => {
            if (answer?.at === undefined || Number(save.dataset.revision) <= answer.revision) return;
            if (save.dataset.state !== "saved") return;
            answer.saved ??= performance.now() - answer.at;
            settle();
        }).observe(save, { attributes: true });
    }
    /** Prepares for an answer; `bench.answered` is its result, within `limit` ms. */
    bench.arm = (limit) => {
        bench.answered = new Promise((resolve) => {
            const one = { revision: Number(save?.dataset.revision ?? 0) };
            one.done = () => {
                clearTimeout(timer);
                answer = null;
                resolve({ bar: one.bar, own: one.own, paint: one.paint, saved: one.saved });
            };
            const timer = setTimeout(one.done, limit);
            answer = one;
        });
    };
}

/** Scrolls the middle of a click target into view: its position, and whether the page scrolled. */
export function aim(selector) {
    const found = document.querySelector(selector);
    const seen = found.closest("label") && found.type === "radio" ? found.closest("label") : found;
    const before = scrollY;
    const place = () => seen.getBoundingClientRect();
    if (place().top < 120 || place().bottom > innerHeight - 120) seen.scrollIntoView({ block: "center", behavior: "instant" });
    const { left, top, width, height } = place();
    return { x: left + width / 2, y: top + height / 2, scrolled: scrollY !== before };
}

/** The ms that a fixed piece of work takes without interruption. */
export function work() {
    const times = [0, 1, 2, 3, 4].map(() => {
        const from = performance.now();
        let sum = 0;
        for (let i = 0; i < 4e6; i++) sum = (sum * 31 + i) | 0;
        return performance.now() - from + (sum & 0);
    });
    return Math.min(...times);
}

/** Writes a text of `length` characters to IndexedDB `times` times, strictly durable: ms from each call to its end. */
export async function putBare(length, times) {
    const until = (target, name) => new Promise((resolve, reject) => {
        target[`on${name}`] = () => resolve(target.result);
        target.onerror = () => reject(target.error);
    });
    const opening = indexedDB.open("bench", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("texts");
    const database = await until(opening, "success");
    const taken = [];
    for (let i = 0; i < times; i++) {
        const text = String(i).padEnd(length, "x");
        await new Promise((resolve) => setTimeout(resolve, 100));
        const from = performance.now();
        const transaction = database.transaction("texts", "readwrite", { durability: "strict" });
        transaction.objectStore("texts").put(text, "one");
        await until(transaction, "complete");
        taken.push(performance.now() - from);
    }
    return taken;
}

/** The length of the app's longest draft. */
export async function draftLength() {
    const result = (request) => new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
    const database = await result(indexedDB.open("bon-tot"));
    const drafts = await result(database.transaction("drafts").objectStore("drafts").getAll());
    database.close();
    return Math.max(...drafts.map((draft) => (typeof draft === "string" ? draft : JSON.stringify(draft)).length));
}
