// The rows of the table, and its footnotes.

import { median, percentile, range, short } from "./table.mjs";

const MIB = 1024 * 1024;

/** Time of a cold load until the first question can be answered. */
export function loadRows(name, taken, beside, bound) {
    if (!taken) return [];
    const floor = beside && median(beside);
    return [{ figure: `load to first question, ${name}`, unit: "ms", value: median(taken), range: range(taken), floor, bound }];
}

/** Time of an answer until it is in the bar, and until painted. `bounds` are for the bar, by percentile. */
export function answerRows(name, filled, beside, bounds) {
    if (!filled) return [];
    const times = (from, what, by) => (from?.given ?? []).filter((one) => !by || one.by === by).map((one) => one[what]);
    const rows = (figure, what, percent, bound, by) => {
        const [values, floors] = [times(filled, what, by), times(beside, what, by)];
        if (values.length === 0) return [];
        const floor = floors.length > 0 ? percentile(floors, percent) : undefined;
        const value = percentile(values, percent);
        return [{ figure: `${figure} p${percent}, ${name}`, unit: "ms", value, range: range(values), floor, bound }];
    };
    return [
        ...rows("answer to bar", "bar", 50, bounds.p50),
        ...rows("answer to bar", "bar", 95, bounds.p95),
        ...rows("  by a click", "bar", 50, undefined, "click"),
        ...rows("  by a key", "bar", 50, undefined, "key"),
        ...rows("  in the page's own code", "own", 50),
        ...rows("  in the page's own code", "own", 95),
        ...rows("answer to paint", "paint", 50),
        ...rows("answer to paint", "paint", 95),
    ];
}

/** Time of a change until on disk. */
export function saveRows(name, filled, puts, bounds) {
    if (!filled) return [];
    const values = filled.given.map((one) => one.saved);
    return [50, 95].map((percent) => ({
        figure: `answer to saved p${percent}, ${name}`,
        unit: "ms",
        value: percentile(values, percent),
        range: range(values),
        floor: puts && percentile(puts, percent),
        bound: bounds?.[`p${percent}`],
    }));
}

/** Memory after the answers. */
export function memoryRows(name, filled, beside, bound) {
    if (!filled) return [];
    const row = (figure, of, bound) => ({
        figure: `${figure}, ${name}`,
        unit: "MiB",
        value: of(filled.memory) / MIB,
        floor: beside && of(beside.memory) / MIB,
        bound,
    });
    return [
        row("JavaScript heap", (memory) => memory.js),
        row("WebAssembly memory", (memory) => memory.wasm),
        row("heap, both", (memory) => memory.js + memory.wasm, bound),
        row("renderer, private", (memory) => memory.process),
    ];
}

/** Opening a key at full speed, and the longest pause between two frames meanwhile. */
export function unlockRows(name, unlock, beside) {
    if (!unlock) return [];
    const row = (figure, of, bound) => ({ figure, unit: "ms", value: median(unlock[of]), range: range(unlock[of]), floor: beside && median(beside[of]), bound });
    return [row(`open a key: ${name}`, "taken", 1000), row("  longest pause between frames", "longest", 100)];
}

/** The command-line tool: seconds over `count` files. */
export function toolRows(seconds, count) {
    if (!seconds) return [];
    const rows = (figure, taken, beside) => {
        const rates = (taken) => taken.map((one) => count / one);
        return [
            { figure, unit: "files/s", value: median(rates(taken)), range: range(rates(taken)), floor: median(rates(beside)) },
            { figure: `  ${count} files in all`, unit: "s", value: median(taken), range: range(taken), floor: median(beside) },
        ];
    };
    return [
        ...rows("bontot verify, one process", seconds.verify, seconds.signatures),
        ...rows("bontot register, one thread", seconds.register[1], seconds.signatures),
        ...rows("bontot register, two threads", seconds.register[2], seconds.signatures),
        ...rows("bontot score, a process each", seconds.score, seconds.process),
    ];
}

/** Memory of the tool by number of files, the second beside the first. */
export function registerRows(peaks) {
    if (!peaks) return [];
    const [[few, first], [many, second]] = peaks;
    return [
        { figure: `bontot register, ${few} files: most memory`, unit: "MiB", value: first / MIB },
        { figure: `bontot register, ${many} files: most memory`, unit: "MiB", value: second / MIB, floor: first / MIB, bound: (1.5 * first) / MIB },
    ];
}

/** The page of the desk. */
export function deskRows(desk, count) {
    if (!desk) return [];
    const { seconds, longest, most, frames } = desk;
    return [
        { figure: `the desk, ${count} files`, unit: "files/s", value: count / seconds },
        { figure: "  longest task of the main thread, the page's own", unit: "ms", value: longest.page, bound: 50 },
        { figure: "  the browser's, making the chosen files", unit: "ms", value: longest.browser },
        { figure: "  most JavaScript heap", unit: "MiB", value: most.js / MIB },
        { figure: "  most memory, workers included", unit: "MiB", value: most.process / MIB },
        { figure: `scrolling ${2 * count} rows: frames, median`, unit: "ms", value: median(frames) },
        { figure: "  longest frame", unit: "ms", value: Math.max(...frames), bound: 50 },
    ];
}

/** Links of forms without texts: `#/check/…`, and the QR code of the address at a host with a usual name. */
export function linkRows(links) {
    if (!links) return [];
    const rows = (figure, unit, { median, worst }, bound) => [
        { figure: `${figure}, median of 1000`, unit, value: median, bound },
        { figure: `${figure}, worst of 1000`, unit, value: worst, bound },
    ];
    return [
        ...rows("link without texts", "characters", links.characters, 160),
        ...rows("QR code of https://bontot.nghean.example.vn/#/check/…", "version", links.version, 10),
    ];
}

/** Notes on the figures. */
export function legend({ loads, answers, length, evidence, fullLength }) {
    return `
load     from navigationStart until the first question of criterion 1 is painted and the page is free to take input; browser
         just started, HTTP cache empty, the form in storage; median and range of ${loads} loads
answer   a trusted click or key; from the event's time stamp to the last change in the verdict bar, and to the frame that
         shows it; the page's own code begins with the input event
given    ${answers}
saved    from the same time stamp until data-state is "saved"; floor: a bare IndexedDB put of as many characters (${length};
         with ${evidence} characters of evidence at each item ${fullLength}),
         strictly durable, from the call to its end
memory   after the answers and a collection; renderer: the process's private memory by /proc
open     a locked key (310 000 iterations), not slowed, from the click until the page says that it is open
bontot   floors: OpenSSL on the signatures alone, key and bytes in memory, on one thread; the same loop over an empty process. Of files/s, more is better
floor    scripts/bench/floor.html in the same run, the same things asked of it: 30 questions, or 300
bound    what this project aims at; less is better`;
}

/** The machine and the browser. */
export function conditions({ cpus, busy, product, rate, slowed }) {
    const measured = slowed.length > 0 ? ` (measured: ${slowed.map(short).join(", ")})` : "";
    const machine = `${cpus[0]?.model.trim() ?? "unknown processor"}, ${cpus.length} cores, load ${short(busy)} before`;
    return `${machine}; ${product}, slowed ${rate} times${measured}\n`;
}

/** Taps and keys on a telephone, beside those before items were rows (tried on 27 November 2026). */
export function phoneRows(phone) {
    if (!phone) return [];
    const figure = "the form of a village cell on a telephone";
    return [
        { figure, unit: "taps", value: phone.taps, floor: 111, bound: 55 },
        { figure, unit: "keys", value: phone.keys, floor: 270, bound: 160 },
    ];
}

/** Edits of a pack of 500 items in the form kit, beside one frame, and beside a letter on a hand-written page. */
export function kitRows(kit) {
    if (!kit) return [];
    const frame = 1000 / 60;
    const edit = (name, { own, longest }) => [
        { figure: `kit of 500 items, ${name}: to the next frame`, unit: "ms", value: median(own), range: range(own), floor: median(kit.floor), bound: frame },
        { figure: "  the worst", unit: "ms", value: Math.max(...own), floor: Math.max(...kit.floor), bound: frame },
        { figure: "  longest task behind it", unit: "ms", value: median(longest), range: range(longest) },
    ];
    return [
        ...edit("a letter", kit.letter),
        ...edit("a threshold", kit.threshold),
        ...edit("a tick", kit.tick),
        { figure: "kit of 500 items: opened and analysed", unit: "ms", value: kit.analysed },
    ];
}
