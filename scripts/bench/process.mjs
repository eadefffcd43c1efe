// Processes with a time limit, which end when this one ends.

import { spawn } from "node:child_process";
import * as fs from "node:fs";

const groups = new Set();

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Kills a process, or with a negative number its group; ignores ended ones. */
export function stop(id) {
    try {
        process.kill(id, "SIGKILL");
    } catch {
        // it has ended
    }
}

/** Kills all processes started here. */
export function stopAll() {
    for (const id of groups) stop(-id);
}

/** Starts a process in its own group. */
export function start(command, args, options) {
    const child = spawn(command, args, { detached: true, ...options });
    if (child.pid === undefined) return child;
    groups.add(child.pid);
    child.on("exit", () => groups.delete(child.pid));
    return child;
}

/** Runs a command; returns its standard output. Its log is shown when it fails or takes over `limit` seconds. */
export function run(command, args, { limit, ...options }) {
    return new Promise((resolve, reject) => {
        const child = start(command, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
        const [out, log] = [[], []];
        child.stdout.on("data", (bytes) => (out.push(bytes), log.push(bytes)));
        child.stderr.on("data", (bytes) => log.push(bytes));
        const timer = setTimeout(() => {
            stop(-child.pid);
            reject(new Error(`${command} took more than ${limit} s`));
        }, limit * 1000);
        child.on("error", (error) => reject(new Error(`${command} cannot be started: ${error.message}`)));
        child.on("close", (code) => {
            clearTimeout(timer);
            if (code === 0) return resolve(Buffer.concat(out).toString());
            const end = Buffer.concat(log).toString().split("\n").slice(-20).join("\n");
            reject(new Error(`${command} ${args[0] ?? ""} failed (${code}):\n${end}`));
        });
    });
}

/** Seconds that a command takes; its output is discarded, and `watch` gets its process. */
export async function clock(command, args, limit, watch = () => {}) {
    const sink = fs.openSync("/dev/null", "w");
    try {
        const from = performance.now();
        const child = start(command, args, { stdio: ["ignore", sink, sink] });
        const timer = setTimeout(() => stop(-child.pid), limit * 1000);
        watch(child);
        const code = await new Promise((resolve, reject) => child.on("exit", resolve).on("error", reject));
        clearTimeout(timer);
        if (code !== 0) throw new Error(`${command} ${args[0]} failed (${code ?? `over its limit of ${limit} s`})`);
        return (performance.now() - from) / 1000;
    } finally {
        fs.closeSync(sink);
    }
}

/** The most memory that a command takes, in bytes: the last that the kernel's mark says of it. */
export async function peakMemory(command, args, limit) {
    let peak = 0;
    await clock(command, args, limit, (child) => {
        const look = setInterval(() => {
            try {
                const [, kib] = /^VmHWM:\s+(\d+) kB$/m.exec(fs.readFileSync(`/proc/${child.pid}/status`, "utf8")) ?? [0, 0];
                peak = Math.max(peak, Number(kib) * 1024);
            } catch {
                // it has just ended
            }
        }, 20);
        child.on("exit", () => clearInterval(look));
    });
    return peak;
}

/** Serves a folder with serve.mjs. */
export function serve(script, folder) {
    const child = start(process.execPath, [script, folder, "0"], { stdio: ["ignore", "pipe", "inherit"] });
    return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`no server for ${folder} within 20 s`)), 20_000);
        child.stdout.on("data", (bytes) => {
            const found = /http:\/\/\S+/.exec(bytes.toString());
            if (!found) return;
            clearTimeout(timer);
            resolve(found[0]);
        });
        child.on("exit", () => reject(new Error(`the server for ${folder} ended`)));
    });
}
