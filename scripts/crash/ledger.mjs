// What was typed, what was shown as saved, and what a power cut left of it.

/** The changes of one session, in order. Each is all that stood in the fields after it. */
export class Ledger {
    constructor(before) {
        this.states = [{ at: 0, values: JSON.stringify(before) }];
        this.saved = 0;
    }

    /** A change was made: what stands in the fields now. */
    change(at, values) {
        this.states.push({ at, values: JSON.stringify(values) });
    }

    /** Changes made. */
    get typed() {
        return this.states.length - 1;
    }

    /** The page showed the change with this number as saved. */
    acknowledge(number) {
        this.saved = Math.max(this.saved, number);
    }

    /**
     * What the power cut took. `found` stands in the fields afterwards. `lost` counts changes that were shown as saved and are gone,
     * `unsaved` is how long before the cut the first change was made that is gone, in ms.
     */
    judge(found, cutAt) {
        const values = JSON.stringify(found);
        let kept = this.states.length - 1;
        while (kept >= 0 && this.states[kept].values !== values) kept--;
        // what stands there now never stood there before
        if (kept < 0) return { lost: Math.max(1, this.saved), unsaved: 0, mixed: true };
        const next = this.states[kept + 1];
        return { lost: Math.max(0, this.saved - kept), unsaved: next ? Math.max(0, cutAt - next.at) : 0, mixed: false };
    }
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function chance(seed) {
    let state = seed >>> 0;
    return () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
}
