// The lengths of links of fully answered forms, and their QR codes, as printed by a test of the suite.

import { execFileSync } from "node:child_process";

const PACK = "nghe-an-2024";
const TEST = "sharing::a_form_without_texts_is_a_short_link";

/** The numbers that the test prints, by label. */
export function figures(printed) {
    const found = {};
    for (const [, what, median, worst] of printed.matchAll(new RegExp(`^link ${PACK} (\\w+): median (\\d+), worst (\\d+)$`, "gm"))) {
        found[what] = { median: Number(median), worst: Number(worst) };
    }
    if (!found.characters || !found.version) throw new Error(`${TEST} does not print what scripts/bench/links.mjs reads`);
    return found;
}

/** Of 1000 forms without texts. */
export function measureLinks(root) {
    const args = ["test", "--locked", "--test", "suite", TEST, "--", "--exact", "--nocapture"];
    const { MAKEFLAGS: _, MFLAGS: __, ...env } = process.env;
    return figures(execFileSync("cargo", args, { cwd: root, env, stdio: ["ignore", "pipe", "ignore"], encoding: "utf8" }));
}
