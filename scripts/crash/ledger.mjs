// What was typed, what was shown as saved, and what a power cut left.

/** The changes of one session, in order. Each is the field values after it. */
export class Ledger {
    constructor(before) {
        this.states = [{ at: 0, values: JSON.stringify(before) }];
        this.saved = 0;
    }

    /** Records a change: the field values now. */
    change(at, values) {
        this.states.push({ at, values: JSON.stringify(values) });
    }

    /** Changes made. */
    get typed() {
        return this.states.length - 1;
    }

    /** Records that the page showed this change as saved. */
    acknowledge(number) {
        this.saved = Math.max(this.saved, number);
    }

    /**
     * The loss by the power cut. `found` are the field values after it. `lost` counts changes shown as saved but gone,
     * `unsaved` is the age of the first missing change at the cut, in ms.
     */
    judge(found, cutAt) {
        const values = JSON.stringify(found);
        let kept = this.states.length - 1;
        while (kept >= 0 && this.states[kept].values !== values) kept--;
        // these values never occurred before
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
