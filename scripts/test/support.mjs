// Throw-away folders and runs of the scripts beside this one.

import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

export const SCRIPTS = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** A folder with these files, removed when the test ends. */
export function folder(test, files) {
    const root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "bontot-")));
    test.after(() => fs.rmSync(root, { recursive: true }));
    for (const [name, content] of Object.entries(files)) {
        fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
        fs.writeFileSync(path.join(root, name), content);
    }
    return root;
}

/** Runs a script to its end: its status and what it wrote. */
export function run(command, args, env = {}) {
    const { status, stdout, stderr } = spawnSync(command, args, {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
        timeout: 60_000,
        env: { ...process.env, ...env },
    });
    return { status, stdout, stderr };
}
