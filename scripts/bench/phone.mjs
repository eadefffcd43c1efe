// What it takes to fill the form of a village cell on a telephone: the journey `phone` counts its own taps and keys.

import { run } from "./process.mjs";

const LIMIT = 1200; // seconds, the build of the journeys included

/** Taps and keys from the empty page to "handed in". */
export async function measurePhone(root) {
    const args = ["test", "--locked", "--features", "e2e", "--test", "e2e", "--", "--nocapture", "phone::"];
    const out = await run("cargo", args, { limit: LIMIT, cwd: root });
    const found = /^phone: (\d+) taps, (\d+) keys$/m.exec(out);
    if (!found) throw new Error("the journey says no count");
    return { taps: Number(found[1]), keys: Number(found[2]) };
}
